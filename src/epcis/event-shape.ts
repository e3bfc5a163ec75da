import type { EpcisEvent, EventType, Problem } from '#epcis/event-model.ts';
import { CBV_ROLES, type CbvRole } from '#epcis/vocabulary.ts';

/** Looks at a value and tells what its form should have been. */
type Form = (value: unknown, path: string, problems: Problem[]) => void;

interface Members {
  readonly fields: Readonly<Record<string, Form>>;
  readonly required: readonly string[];
  /** Whether prefixed keys may stand beside the fields. */
  readonly isOpen: boolean;
}

const text = one((value) => typeof value === 'string' && value !== '', 'a text');
const number = one((value) => typeof value === 'number' && Number.isFinite(value), 'a number');
const uri = one((value) => typeof value === 'string' && /^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$/.test(value), 'a URI');
const time = one((value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value), 'a date and time');
const action = one((value) => value === 'ADD' || value === 'OBSERVE' || value === 'DELETE', 'ADD, OBSERVE or DELETE');
const offset = one((value) => typeof value === 'string' && /^[+-]\d\d:\d\d$/.test(value), 'an offset such as +01:00');
const anything: Form = () => {};

const quantities = list(object({ epcClass: uri, quantity: number, uom: text }, ['epcClass']));
const place = object({ id: uri }, ['id'], true);
const prefixedOnly = object({}, [], true);

const sensorElement = object(
  { sensorMetadata: object({}, [], true, true), sensorReport: list(object({ type: text }, [], true, true)) },
  ['sensorReport'],
  true,
);

/** Every field an event may have, with its form. */
const FIELDS = {
  '@context': anything,
  type: text,
  eventTime: time,
  recordTime: time,
  eventTimeZoneOffset: offset,
  eventID: uri,
  certificationInfo: (value, path, problems) =>
    Array.isArray(value) ? list(uri)(value, path, problems) : uri(value, path, problems),
  errorDeclaration: object(
    { declarationTime: time, reason: word('reason'), correctiveEventIDs: list(uri) },
    ['declarationTime'],
    true,
  ),
  parentID: uri,
  epcList: list(uri),
  childEPCs: list(uri),
  inputEPCList: list(uri),
  outputEPCList: list(uri),
  quantityList: quantities,
  childQuantityList: quantities,
  inputQuantityList: quantities,
  outputQuantityList: quantities,
  action,
  transformationID: uri,
  bizStep: word('bizStep'),
  disposition: word('disposition'),
  persistentDisposition: object({ set: list(word('disposition')), unset: list(word('disposition')) }, []),
  readPoint: place,
  bizLocation: place,
  bizTransactionList: list(object({ type: word('transaction'), bizTransaction: uri }, ['bizTransaction'])),
  sourceList: list(object({ type: word('party'), source: uri }, ['type', 'source'])),
  destinationList: list(object({ type: word('party'), destination: uri }, ['type', 'destination'])),
  sensorElementList: list(sensorElement),
  ilmd: prefixedOnly,
} as const satisfies Readonly<Record<string, Form>>;

type FieldName = keyof typeof FIELDS;

const ALWAYS = 'type eventTime eventTimeZoneOffset';
const COMMON = `@context ${ALWAYS} recordTime eventID certificationInfo errorDeclaration bizStep disposition readPoint
  bizLocation bizTransactionList sourceList destinationList sensorElementList`;

/** Which fields each type of event has (EPCIS 2.0 §7.4). */
const TYPES: Readonly<Record<EventType, Members>> = {
  ObjectEvent: typed('action epcList quantityList persistentDisposition ilmd', 'action'),
  AggregationEvent: typed('action parentID childEPCs childQuantityList persistentDisposition', 'action'),
  AssociationEvent: typed('action parentID childEPCs childQuantityList', 'action parentID'),
  TransactionEvent: typed('action parentID epcList quantityList', 'action bizTransactionList'),
  TransformationEvent: typed(
    `inputEPCList outputEPCList inputQuantityList outputQuantityList transformationID persistentDisposition ilmd`,
    '',
  ),
};

/** What is wrong with the form of an event; nothing, and it is one. */
export function shapeProblems(value: unknown, path: string): Problem[] {
  const type = isRecord(value) && typeof value['type'] === 'string' ? value['type'] : '';
  const members = Object.hasOwn(TYPES, type) ? TYPES[type as EventType] : undefined;
  if (members === undefined) return [problem(path, 'field-form', `"${type}" is no type of event that is known here`)];
  const problems: Problem[] = [];
  look(members, value, path, problems);
  return problems;
}

/** Whether a value is an event in form. */
export function isEvent(value: unknown): value is EpcisEvent {
  return shapeProblems(value, '').length === 0;
}

/** Whether a value is an object with members. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function look({ fields, required, isOpen }: Members, value: unknown, path: string, problems: Problem[]): void {
  if (!isRecord(value)) {
    problems.push(problem(path, 'field-form', 'an object should stand here'));
    return;
  }
  for (const name of required) {
    if (!Object.hasOwn(value, name)) problems.push(problem(path, 'field-missing', `"${name}" is missing`));
  }
  for (const [name, member] of Object.entries(value)) {
    const form = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (form !== undefined) form(member, `${path}.${name}`, problems);
    else if (!isOpen || !name.includes(':')) {
      const message = `"${name}" is no field of EPCIS here; an extension would need a prefix`;
      problems.push(problem(`${path}.${name}`, 'field-unknown', message));
    }
  }
}

function object(
  fields: Readonly<Record<string, Form>>,
  required: readonly string[],
  isOpen = false,
  takesAll = false,
): Form {
  return (value, path, problems) => {
    if (takesAll && isRecord(value)) {
      const given = Object.fromEntries(Object.keys(value).map((name) => [name, fields[name] ?? anything]));
      look({ fields: given, required, isOpen }, value, path, problems);
    } else look({ fields, required, isOpen }, value, path, problems);
  };
}

function list(form: Form): Form {
  return (value, path, problems) => {
    if (!Array.isArray(value)) problems.push(problem(path, 'field-form', 'a list should stand here'));
    else for (const [at, item] of value.entries()) form(item, `${path}[${at}]`, problems);
  };
}

/** A bare word of the CBV or a URI of one's own. */
function word(role: CbvRole): Form {
  return one(
    (value) => typeof value === 'string' && (CBV_ROLES[role].known.has(value) || /^[A-Za-z][^\s]*:[^\s]+$/.test(value)),
    'a word of the CBV, or a URI',
  );
}

function one(isRight: (value: unknown) => boolean, what: string): Form {
  return (value, path, problems) => {
    if (!isRight(value)) problems.push(problem(path, 'field-form', `${what} should stand here, not ${shown(value)}`));
  };
}

function typed(own: string, required: string): Members {
  const names = `${COMMON} ${own}`.split(/\s+/) as FieldName[];
  const needed = `${ALWAYS} ${required}`.trim().split(' ');
  return { fields: Object.fromEntries(names.map((name) => [name, FIELDS[name]])), required: needed, isOpen: true };
}

function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? 'nothing';
  return json.length > 60 ? `${json.slice(0, 57)}…` : json;
}

function problem(path: string, rule: string, message: string): Problem {
  return { rule, path, message: `${path === '' ? 'The event' : path}: ${message}.`, severity: 'error' };
}
