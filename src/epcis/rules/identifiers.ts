import type { IdKind } from '#epcis/epc-urn.ts';
import type { EpcisEvent, Problem, Quantity } from '#epcis/event-model.ts';
import { type Identified, type QuickIdentify, quickIdentify } from '#epcis/identify.ts';
import { type EventRule, finding, ours, type RuleId, type Scope } from '#epcis/rules/rule.ts';

type Role = 'instance' | 'class' | 'place' | 'party';

const INSTANCE_LISTS = ['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList'] as const;
const QUANTITY_LISTS = ['quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList'] as const;

/** What a role admits besides its own kind: an owning party is often named by its place (GS1 US DSCSA R1.3). */
const ADMITTED: Readonly<Record<Role, readonly IdKind[]>> = {
  instance: ['instance'],
  class: ['class'],
  place: ['place'],
  party: ['party', 'place'],
};

/** Judges each identifier of an event by what must stand in its place. */
export function identifierRule(): EventRule {
  const identify = quickIdentify();
  return (event, scope) => [
    ...INSTANCE_LISTS.flatMap((list) => instances(event, list, scope, identify)),
    ...parent(event, scope, identify),
    ...QUANTITY_LISTS.flatMap((list) => classes(event[list], list, scope, identify)),
    ...places(event, scope, identify),
    ...parties(event, scope, identify),
  ];
}

/** Things are associated with places too; they are never packed into one. */
function parent(event: EpcisEvent, scope: Scope, identify: QuickIdentify): Problem[] {
  if (event.parentID === undefined) return [];
  const found = identify.of(event.parentID);
  const isPlace = found.kind === 'known' && found.identifier.kind === 'place';
  if (isPlace && event.type === 'AssociationEvent') return [];
  return misplaced('parentID', event.parentID, found, 'instance', scope);
}

/** A million things pass here: nothing is made for the sound ones. */
function instances(
  event: EpcisEvent,
  list: (typeof INSTANCE_LISTS)[number],
  scope: Scope,
  identify: QuickIdentify,
): Problem[] {
  const problems: Problem[] = [];
  const epcs = event[list] ?? [];
  const seen = new Set<string>();
  for (let at = 0; at < epcs.length; at += 1) {
    const epc = epcs[at] ?? '';
    const uri = identify.isPlain(epc) ? epc : judgedInstance(epc, `${list}[${at}]`, scope, identify, problems);
    const before = seen.size;
    if (seen.add(uri).size > before) continue;
    const rule = list === 'childEPCs' ? 'child-repeated' : 'item-repeated';
    problems.push(finding(rule, `${list}[${at}]`, `${list} names ${epc} more than once`));
  }
  return problems;
}

function judgedInstance(
  epc: string,
  field: string,
  scope: Scope,
  identify: QuickIdentify,
  problems: Problem[],
): string {
  const found = identify.of(epc);
  problems.push(...misplaced(field, epc, found, 'instance', scope));
  return found.kind === 'known' ? found.identifier.uri : epc;
}

function classes(
  list: readonly Quantity[] | undefined,
  name: string,
  scope: Scope,
  identify: QuickIdentify,
): Problem[] {
  return (list ?? []).flatMap(({ epcClass, quantity, uom }, at) => [
    ...judged(`${name}[${at}].epcClass`, epcClass, 'class', scope, identify),
    ...(quantity === undefined || quantity > 0
      ? []
      : [finding('quantity-not-positive', `${name}[${at}].quantity`, `A quantity of ${quantity} cannot be`)]),
    ...(uom === undefined || /^[A-Z0-9]{2,3}$/.test(uom)
      ? []
      : [finding('uom-form', `${name}[${at}].uom`, `"${uom}" is no unit of measure of UN/ECE Recommendation 20`)]),
  ]);
}

function places(event: EpcisEvent, scope: Scope, identify: QuickIdentify): Problem[] {
  return [
    ...(event.readPoint === undefined ? [] : judged('readPoint.id', event.readPoint.id, 'place', scope, identify)),
    ...(event.bizLocation === undefined
      ? []
      : judged('bizLocation.id', event.bizLocation.id, 'place', scope, identify)),
  ];
}

function parties(event: EpcisEvent, scope: Scope, identify: QuickIdentify): Problem[] {
  const role = (type: string): Role => (type === 'location' ? 'place' : 'party');
  return [
    ...(event.sourceList ?? []).flatMap(({ type, source }, at) =>
      judged(`sourceList[${at}].source`, source, role(type), scope, identify),
    ),
    ...(event.destinationList ?? []).flatMap(({ type, destination }, at) =>
      judged(`destinationList[${at}].destination`, destination, role(type), scope, identify),
    ),
  ];
}

function judged(field: string, text: string, role: Role, scope: Scope, identify: QuickIdentify): Problem[] {
  return misplaced(field, text, identify.of(text), role, scope);
}

function misplaced(field: string, text: string, found: Identified, role: Role, scope: Scope): Problem[] {
  if (found.kind === 'fault') return [finding(found.rule, field, `${text} is malformed: ${found.why}`)];
  if (found.kind === 'foreign') {
    const rule: RuleId = role === 'place' ? 'not-a-place' : role === 'party' ? 'not-a-party' : 'not-an-epc';
    return [finding(rule, field, `${text} is no identifier of GS1`, ours(scope))];
  }
  const { kind } = found.identifier;
  if (ADMITTED[role].includes(kind)) return [];
  // Service relations and documents are single things too, though no line ever packs one.
  const severity = role === 'instance' && kind === 'other' ? ours(scope) : 'error';
  const message = `${text} names ${NAMED[kind]}, where ${NAMED[role]} must stand`;
  return [finding(misplacement(role, kind, text), field, message, severity)];
}

const NAMED: Readonly<Record<IdKind, string>> = {
  instance: 'a single thing',
  class: 'a class of things',
  place: 'a place',
  party: 'a party',
  other: 'a service relation or a document',
};

function misplacement(role: Role, kind: IdKind, text: string): RuleId {
  if (role === 'place') return 'not-a-place';
  if (role === 'party') return 'not-a-party';
  if (role === 'class') return 'instance-for-class';
  if (kind !== 'class') return 'place-for-instance';
  return text.startsWith('urn:epc:idpat:') ? 'pattern-for-instance' : 'class-for-instance';
}
