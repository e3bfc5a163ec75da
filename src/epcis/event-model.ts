/** What an extension may carry: anything JSON has, but null. Keys inside are prefixed as the document declares. */
export type Extension = string | number | boolean | readonly Extension[] | { readonly [key: string]: Extension };

export type EventType =
  | 'ObjectEvent'
  | 'AggregationEvent'
  | 'TransactionEvent'
  | 'TransformationEvent'
  | 'AssociationEvent';

export type Action = 'ADD' | 'OBSERVE' | 'DELETE';

/**
 * Stands before names without namespace that EPCIS 1.2 lets into its `extension` elements: they can be read and written
 * in XML, and mean nothing in JSON.
 */
export const LOCAL = 'local:';

/** A number of things of a class, or a measure of it; `uom` is absent for pieces. */
export interface Quantity {
  readonly epcClass: string;
  readonly quantity?: number;
  readonly uom?: string;
}

/** Where something happened. Extensions may stand beside the id. */
export interface Place {
  readonly id: string;
  readonly [extension: `${string}:${string}`]: Extension;
}

export interface BizTransaction {
  readonly type?: string;
  readonly bizTransaction: string;
}

export interface Source {
  readonly type: string;
  readonly source: string;
}

export interface Destination {
  readonly type: string;
  readonly destination: string;
}

/** Says that an event sent before was wrong (EPCIS 2.0 §7.4.1.4). */
export interface ErrorDeclaration {
  readonly declarationTime: string;
  readonly reason?: string;
  readonly correctiveEventIDs?: readonly string[];
  readonly [extension: `${string}:${string}`]: Extension;
}

/** A sensor's report: names and values as they stand (EPCIS 2.0 §7.3.8). A line passes them on and measures none itself. */
export interface SensorElement {
  readonly sensorMetadata?: { readonly [key: string]: Extension };
  readonly sensorReport: readonly { readonly [key: string]: Extension }[];
  readonly [extension: `${string}:${string}`]: Extension;
}

/**
 * An EPCIS event in the shape of the JSON binding (EPCIS 2.0 §10.1), whatever syntax it came from or goes to. CBV words
 * are bare (`packing`), identifiers are URNs or Digital Links as they came, extensions are prefixed keys.
 */
export interface EpcisEvent {
  readonly type: EventType;
  readonly eventTime: string;
  readonly eventTimeZoneOffset: string;
  readonly recordTime?: string;
  readonly eventID?: string;
  readonly errorDeclaration?: ErrorDeclaration;
  readonly certificationInfo?: string | readonly string[];
  readonly parentID?: string;
  readonly epcList?: readonly string[];
  readonly childEPCs?: readonly string[];
  readonly inputEPCList?: readonly string[];
  readonly outputEPCList?: readonly string[];
  readonly quantityList?: readonly Quantity[];
  readonly childQuantityList?: readonly Quantity[];
  readonly inputQuantityList?: readonly Quantity[];
  readonly outputQuantityList?: readonly Quantity[];
  readonly action?: Action;
  readonly transformationID?: string;
  readonly bizStep?: string;
  readonly disposition?: string;
  readonly persistentDisposition?: { readonly set?: readonly string[]; readonly unset?: readonly string[] };
  readonly readPoint?: Place;
  readonly bizLocation?: Place;
  readonly bizTransactionList?: readonly BizTransaction[];
  readonly sourceList?: readonly Source[];
  readonly destinationList?: readonly Destination[];
  readonly sensorElementList?: readonly SensorElement[];
  readonly ilmd?: { readonly [key: string]: Extension };
  readonly [extension: `${string}:${string}`]: Extension;
}

/** Prefixes of extensions and the namespaces they stand for. */
export type Namespaces = Readonly<Record<string, string>>;

/** Master data about one thing: a product class, a place (EPCIS 2.0 §9.4). Ids of attributes are URIs. */
export interface MasterDataElement {
  readonly id: string;
  readonly attributes: readonly { readonly id: string; readonly value: Extension }[];
  readonly children?: readonly string[];
}

export interface Vocabulary {
  readonly type: string;
  readonly elements: readonly MasterDataElement[];
}

/** What stands around the events of a document. */
export interface DocumentHead {
  readonly kind: 'document' | 'query';
  readonly schemaVersion: string;
  readonly creationDate?: string;
  readonly namespaces: Namespaces;
  readonly id?: string;
  readonly sender?: string;
  readonly receiver?: string;
  readonly instanceIdentifier?: string;
  readonly vocabularies: readonly Vocabulary[];
  /** Prefixed keys beside the known ones; in XML, elements in the header. */
  readonly extensions: Readonly<Record<string, Extension>>;
}

/** A document read whole. */
export interface EpcisDocument {
  readonly head: DocumentHead;
  readonly events: readonly EpcisEvent[];
}

/** What is wrong with a document or an event, and where: `path` is a JSON path from the document's or event's root. */
export interface Problem {
  readonly rule: string;
  readonly path: string;
  /** One plain sentence. */
  readonly message: string;
  readonly severity: 'error' | 'warning';
}
