const CBV = 'https://ref.gs1.org/cbv/';

/** Business steps of CBV 2.0 §7.1. */
export const BIZ_STEPS: ReadonlySet<string> = words(`accepting arriving assembling collecting commissioning consigning
  creating_class_instance cycle_counting decommissioning departing destroying disassembling dispensing encoding
  entering_exiting holding inspecting installing killing loading other packing picking receiving removing repackaging
  repairing replacing reserving retail_selling sampling sensor_reporting shipping staging_outbound stock_taking stocking
  storing transporting unloading unpacking void_shipping`);

/** Dispositions of CBV 2.0 §7.2. */
export const DISPOSITIONS: ReadonlySet<string> = words(`active available completeness_inferred completeness_verified
  conformant container_closed container_open damaged destroyed dispensed disposed encoded expired in_progress in_transit
  inactive mismatch_class mismatch_instance mismatch_quantity needs_replacement no_pedigree_match non_conformant
  non_sellable_other partially_dispensed recalled reserved retail_sold returned sellable_accessible
  sellable_not_accessible stolen unavailable unknown`);

/** Kinds of business transactions of CBV 2.0 §7.3. */
export const TRANSACTION_TYPES: ReadonlySet<string> = words(
  'bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt',
);

/** Kinds of sources and destinations of CBV 2.0 §7.4. */
export const PARTY_TYPES: ReadonlySet<string> = words('owning_party possessing_party location');

/** Reasons of error declarations of CBV 2.0 §7.5. */
export const ERROR_REASONS: ReadonlySet<string> = words('did_not_occur incorrect_data');

const COMPONENTS = words(`x y z axial_distance azimuth height spherical_radius polar_angle elevation_angle easting
  northing latitude longitude altitude`);

/** One vocabulary of the CBV: its words, the URN before them in XML, the web URI before them everywhere else. */
interface Words {
  readonly known: ReadonlySet<string>;
  readonly urn: string;
  readonly web: string;
}

/** The vocabularies by the role a value has in an event. */
export const CBV_ROLES = {
  bizStep: { known: BIZ_STEPS, urn: 'urn:epcglobal:cbv:bizstep:', web: `${CBV}BizStep-` },
  disposition: { known: DISPOSITIONS, urn: 'urn:epcglobal:cbv:disp:', web: `${CBV}Disp-` },
  transaction: { known: TRANSACTION_TYPES, urn: 'urn:epcglobal:cbv:btt:', web: `${CBV}BTT-` },
  party: { known: PARTY_TYPES, urn: 'urn:epcglobal:cbv:sdt:', web: `${CBV}SDT-` },
  reason: { known: ERROR_REASONS, urn: 'urn:epcglobal:cbv:er:', web: `${CBV}ER-` },
  component: { known: COMPONENTS, urn: 'urn:epcglobal:cbv:comp:', web: `${CBV}Comp-` },
} as const satisfies Record<string, Words>;

export type CbvRole = keyof typeof CBV_ROLES;

/** Web vocabulary of GS1 as the EPCIS context names it: sensor types and alerts. */
export const GS1_VOC = 'https://gs1.org/voc/';

/** A CBV value as a bare word, whichever of its forms it came in; anything else stays as it is. */
export function bareWord(role: CbvRole, value: string): string {
  const { known, urn, web } = CBV_ROLES[role];
  const forms = [urn, web, web.replace(CBV, 'cbv:')];
  const form = forms.find((prefix) => value.startsWith(prefix));
  const word = form === undefined ? value : value.slice(form.length);
  return known.has(word) ? word : value;
}

/** A CBV value as the URN that XML wants; what is no bare word stays as it is. */
export function cbvUrn(role: CbvRole, value: string): string {
  return CBV_ROLES[role].known.has(value) ? `${CBV_ROLES[role].urn}${value}` : value;
}

/** A CBV value as the web URI that the event hash wants; what is no bare word stays as it is. */
export function cbvWebUri(role: CbvRole, value: string): string {
  return CBV_ROLES[role].known.has(value) ? `${CBV_ROLES[role].web}${value}` : value;
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/));
}
