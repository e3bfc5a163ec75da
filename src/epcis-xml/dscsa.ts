import type { DocumentHead, EpcisEvent, MasterDataElement } from '#epcis/event-model.ts';

const MDA = 'urn:epcglobal:cbv:mda#';

/** A product as US trade wants it told, once for the unit and once for the case. */
export interface DscsaProduct {
  /** Class of all items of the GTIN, `urn:epc:idpat:sgtin:…*`. */
  readonly id: string;
  /** National Drug Code, with its hyphens. */
  readonly ndc: string;
  readonly name: string;
  readonly manufacturer: string;
  readonly dosageForm: string;
  readonly strength: string;
  readonly netContent: string;
}

/** A place or a party, by its SGLN. */
export interface DscsaPlace {
  readonly id: string;
  readonly name: string;
  readonly streetAddressOne: string;
  readonly streetAddressTwo?: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  readonly countryCode: string;
}

/** What a message of the US Drug Supply Chain Security Act says besides its events (GS1 US guideline R1.3). */
export interface DscsaMessage {
  readonly sender: string;
  readonly receiver: string;
  /** Unique for each message; kept with it in the outbox. */
  readonly instanceIdentifier: string;
  readonly creationDate: string;
  readonly products: readonly DscsaProduct[];
  readonly places: readonly DscsaPlace[];
  /** The transaction statement, which the seller affirms. */
  readonly legalNotice: string;
}

/** The head of a DSCSA message: business header, master data, guideline version and transaction statement. */
export function dscsaHead(message: DscsaMessage): DocumentHead {
  const { sender, receiver, instanceIdentifier, creationDate, products, places, legalNotice } = message;
  return {
    kind: 'document',
    schemaVersion: '1.2',
    creationDate,
    namespaces: { cbvmda: 'urn:epcglobal:cbv:mda', gs1ushc: 'http://epcis.gs1us.org/hc/ns' },
    sender,
    receiver,
    instanceIdentifier,
    vocabularies: [
      { type: 'urn:epcglobal:epcis:vtype:EPCClass', elements: products.map(productData) },
      { type: 'urn:epcglobal:epcis:vtype:Location', elements: places.map(placeData) },
    ],
    extensions: {
      'gs1ushc:guidelineVersion': 'GS1 US DSCSA R1.3',
      'gs1ushc:dscsaTransactionStatement': {
        'gs1ushc:affirmTransactionStatement': 'true',
        'gs1ushc:legalNotice': legalNotice,
      },
    },
  };
}

/** A shipping event that says whether somebody else than the seller sends the goods. */
export function withDropShipment(event: EpcisEvent, isDropped: boolean): EpcisEvent {
  return { ...event, 'gs1ushc:dropShipment': String(isDropped) };
}

function productData(product: DscsaProduct): MasterDataElement {
  return described(product.id, {
    additionalTradeItemIdentification: product.ndc,
    additionalTradeItemIdentificationTypeCode: 'US_FDA_NDC',
    regulatedProductName: product.name,
    manufacturerOfTradeItemPartyName: product.manufacturer,
    dosageFormType: product.dosageForm,
    strengthDescription: product.strength,
    netContentDescription: product.netContent,
  });
}

function placeData({ id, ...address }: DscsaPlace): MasterDataElement {
  const { name, streetAddressOne, streetAddressTwo, city, state, postalCode, countryCode } = address;
  const second = streetAddressTwo === undefined ? {} : { streetAddressTwo };
  return described(id, { name, streetAddressOne, ...second, city, state, postalCode, countryCode });
}

function described(id: string, values: Readonly<Record<string, string>>): MasterDataElement {
  return { id, attributes: Object.entries(values).map(([name, value]) => ({ id: `${MDA}${name}`, value })) };
}
