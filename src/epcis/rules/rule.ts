import type { EpcisEvent, Namespaces, Problem } from '#epcis/event-model.ts';

/** What must hold, by the name of its rule. The sentence of a finding tells what is the matter in the case at hand. */
export const RULES = {
  'parent-missing': 'An aggregation that adds or removes names its parent.',
  'parent-unknown': 'An aggregation that observes names its parent; a line always knows it.',
  'parent-own-child': 'Nothing is its own parent, not even by way of others.',
  'child-repeated': 'A child is named once, in whatever notation.',
  'children-missing': 'An aggregation that adds or observes names children.',
  'dissolve-unintended': 'Removing everything from a parent is done on purpose, never by leaving out the children.',
  'item-repeated': 'A thing is named once in a list, in whatever notation.',
  'nothing-identified': 'An event says what it is about.',
  'urn-malformed': 'An EPC URN has the parts its scheme asks for.',
  'link-check-digit': 'The key in a Digital Link has the right check digit.',
  'link-malformed': 'A Digital Link has a key, qualifiers and values as GS1 defines them.',
  'link-query': 'An identifier in an event is a Digital Link without query and fragment.',
  'not-an-epc': 'Things are named by GS1 keys.',
  'pattern-for-instance': 'Where a single thing is meant no pattern stands.',
  'class-for-instance': 'Where a single thing is meant no class stands.',
  'place-for-instance': 'Where a single thing is meant no place, party or document stands.',
  'instance-for-class': 'Where a class is meant no single thing stands.',
  'not-a-place': 'A place is named by a GLN.',
  'not-a-party': 'A party or a place of hand-over is named by a GLN.',
  'prefix-undeclared': 'Each prefix is declared in the document.',
  'ilmd-empty': 'Lot and master data, if any, are not empty.',
  'ilmd-without-add': 'Lot and master data stand with the birth of a thing only.',
  'list-empty': 'A list that is there is not empty.',
  'transaction-repeated': 'A business document is named once.',
  'party-repeated': 'There is one source and one destination of each kind.',
  'sensor-untyped': 'A sensor report says what was measured.',
  'persistent-elsewhere': 'A persistent disposition stands in object and transformation events only.',
  'quantity-not-positive': 'A quantity is more than nothing.',
  'uom-form': 'A unit of measure has two or three capitals or digits.',
  'time-impossible': 'A time names a day and an hour that exist, with their zone.',
  'time-decimals': 'A time that we write has three decimals and a Z.',
  'time-in-future': 'Nothing happened that has not happened yet.',
  'time-after-document': 'A document speaks of nothing later than itself.',
  'record-before-event': 'Nothing is recorded before it happened.',
  'record-time-sent': 'The time of record belongs to the receiver and is not sent.',
  'zone-impossible': 'The offset of a clock is at most fourteen hours.',
  'zone-minus-zero': 'The offset of UTC is +00:00.',
  'date-impossible': 'A date in lot and master data is a day that exists.',
  'word-as-uri': 'A word of the CBV stands bare.',
  'word-misspelt': 'A word of the CBV is one that exists.',
  'step-contradiction': 'Business step, action, type of event and disposition belong together.',
  'location-while-shipping': 'What is on its way has no business location.',
  'correction-without-id': 'A correction repeats the id of the event that was wrong.',
  'corrective-of-nothing': 'What did not occur has no corrective events.',
  'corrective-missing': 'Wrong data is put right by corrective events.',
  'event-id-missing': 'Each event that we send has an id.',
  'event-id-repeated': 'An id belongs to one event, and to the declaration that it was wrong.',
  'uuid-malformed': 'A UUID has its 36 characters.',
  'schema-version': 'The document is of a version of EPCIS that is known here.',
  'document-date': 'The document says when it was made.',
  'training-data': 'What came from a virtual line is never taken for real.',
  'not-commissioned': 'What is packed, shipped or ended was commissioned before.',
  'commissioned-twice': 'A thing is commissioned once.',
  'after-end': 'Nothing follows the end of a thing.',
  'sample-continued': 'A sample ends its life with its next event.',
  'sample-not-ended': 'A sample ends its life.',
  'already-packed': 'A child has one parent at a time.',
  'not-inside': 'Only what is inside a parent can be taken out of it.',
  'ended-inside': 'What ends its life was unpacked before.',
  'shipped-inside': 'What is shipped is the outermost container.',
  'time-backwards': 'The times of a thing never run backwards.',
  'lot-differs': 'All units of a product and lot have the same data.',
} as const satisfies Record<string, string>;

export type RuleId = keyof typeof RULES;

/** Whether a document leaves us or comes to us. We are strict with ourselves, and lenient where the standard is. */
export type Purpose = 'export' | 'import';

/** What an event is judged by. */
export interface Scope {
  readonly purpose: Purpose;
  readonly namespaces: Namespaces;
  /** When the document was made, and what the time is; milliseconds, as far as they are known. */
  readonly madeAt?: number;
  readonly now?: number;
  /** Ids of events that dissolve a parent on purpose. */
  readonly dissolving?: ReadonlySet<string>;
  /** In production, whatever a virtual line marked is refused. */
  readonly mode?: 'TRAINING' | 'PRODUCTION';
}

/** A rule over one event. */
export type EventRule = (event: EpcisEvent, scope: Scope) => Problem[];

/** A finding; `field` is the path from the event, `message` a sentence without its full stop. */
export function finding(
  rule: RuleId,
  field: string,
  message: string,
  severity: Problem['severity'] = 'error',
): Problem {
  return { rule, path: field, message: `${message}.`, severity };
}

/** What we never write, and only wonder about when others do. */
export function ours({ purpose }: Scope): Problem['severity'] {
  return purpose === 'export' ? 'error' : 'warning';
}
