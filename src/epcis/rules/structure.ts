import type { EpcisEvent, Extension, Problem } from '#epcis/event-model.ts';
import { isCalendarDay } from '#epcis/moment.ts';
import { type EventRule, finding, ours, type Scope } from '#epcis/rules/rule.ts';

/** Prefixes that need no declaration: the official context has them. */
const BUILT_IN: ReadonlySet<string> = new Set(['cbvmda', 'cbv', 'epcis', 'gs1', 'rdfs', 'owl', 'xsd', 'dcterms']);

/** What must be there, and what must not, in an event of its type. */
export const structureRule: EventRule = (event, scope) => [
  ...aggregation(event, scope),
  ...about(event),
  ...lotData(event),
  ...lists(event),
  ...prefixes(event, scope),
  ...sensors(event, scope),
  ...(event.persistentDisposition === undefined || ['ObjectEvent', 'TransformationEvent'].includes(event.type)
    ? []
    : [finding('persistent-elsewhere', 'persistentDisposition', `An ${event.type} has no persistent disposition`)]),
];

/** The XML schema asks for no type, the JSON schema does. */
function sensors({ sensorElementList = [] }: EpcisEvent, scope: Scope): Problem[] {
  return sensorElementList.flatMap(({ sensorReport }, at) =>
    sensorReport.some((report) => report['type'] === undefined)
      ? [
          finding(
            'sensor-untyped',
            `sensorElementList[${at}]`,
            'A sensor report does not say what was measured',
            ours(scope),
          ),
        ]
      : [],
  );
}

function aggregation(event: EpcisEvent, scope: Scope): Problem[] {
  if (event.type !== 'AggregationEvent') return [];
  const children = (event.childEPCs?.length ?? 0) + (event.childQuantityList?.length ?? 0);
  return [...parent(event, scope), ...(children > 0 ? [] : childless(event, scope))];
}

function parent({ action, parentID, childEPCs = [] }: EpcisEvent, scope: Scope): Problem[] {
  if (parentID !== undefined) {
    const isInside = childEPCs.includes(parentID);
    return isInside ? [finding('parent-own-child', 'childEPCs', `${parentID} is named as its own child`)] : [];
  }
  if (action !== 'OBSERVE')
    return [finding('parent-missing', 'parentID', `An aggregation with ${action} names no parent`)];
  return [finding('parent-unknown', 'parentID', 'An aggregation is observed without its parent', ours(scope))];
}

function childless(event: EpcisEvent, scope: Scope): Problem[] {
  if (event.action !== 'DELETE') {
    return [finding('children-missing', 'childEPCs', `An aggregation with ${event.action} names no children`)];
  }
  if (scope.purpose === 'import' || scope.dissolving?.has(event.eventID ?? '') === true) return [];
  const message = `${event.parentID ?? 'The parent'} would be emptied, and nobody asked for it`;
  return [finding('dissolve-unintended', 'childEPCs', message)];
}

function about(event: EpcisEvent): Problem[] {
  const { epcList = [], quantityList = [], sensorElementList = [], readPoint } = event;
  if (event.type === 'TransformationEvent') return transformed(event);
  if (event.type !== 'ObjectEvent') return [];
  const isSensed = sensorElementList.length > 0 && readPoint !== undefined;
  if (epcList.length > 0 || quantityList.length > 0 || isSensed) return [];
  return [finding('nothing-identified', 'epcList', 'The event names neither a thing nor a quantity')];
}

function transformed(event: EpcisEvent): Problem[] {
  const inputs = (event.inputEPCList?.length ?? 0) + (event.inputQuantityList?.length ?? 0);
  const outputs = (event.outputEPCList?.length ?? 0) + (event.outputQuantityList?.length ?? 0);
  const isWhole = inputs > 0 && outputs > 0;
  if (isWhole || (event.transformationID !== undefined && inputs + outputs > 0)) return [];
  return [finding('nothing-identified', 'inputEPCList', 'The transformation lacks what went in or what came out')];
}

function lotData({ type, action, ilmd }: EpcisEvent): Problem[] {
  if (ilmd === undefined) return [];
  const isBirth = type === 'TransformationEvent' || action === 'ADD';
  const dates = Object.entries(ilmd).filter(([key]) => /(Date|date)$/.test(key) && key.startsWith('cbvmda:'));
  return [
    ...(isBirth ? [] : [finding('ilmd-without-add', 'ilmd', `Lot and master data cannot stand with ${action}`)]),
    ...(Object.keys(ilmd).length > 0 ? [] : [finding('ilmd-empty', 'ilmd', 'There is nothing in ilmd')]),
    ...dates
      .filter(([, value]) => typeof value !== 'string' || !isCalendarDay(value))
      .map(([key, value]) =>
        finding('date-impossible', `ilmd.${key}`, `${String(value)} is no day YYYY-MM-DD that exists`),
      ),
  ];
}

function lists(event: EpcisEvent): Problem[] {
  const { bizTransactionList, sourceList, destinationList } = event;
  const names = ['bizTransactionList', 'sourceList', 'destinationList'] as const;
  return [
    ...names.filter((name) => event[name]?.length === 0).map((name) => finding('list-empty', name, `${name} is empty`)),
    ...repeated(bizTransactionList?.map(({ type, bizTransaction }) => `${type ?? ''} ${bizTransaction}`)).map((at) =>
      finding('transaction-repeated', `bizTransactionList[${at}]`, 'The same business document is named twice'),
    ),
    ...repeated(sourceList?.map(({ type }) => type)).map((at) =>
      finding('party-repeated', `sourceList[${at}]`, `There are two sources of the kind ${sourceList?.[at]?.type}`),
    ),
    ...repeated(destinationList?.map(({ type }) => type)).map((at) =>
      finding(
        'party-repeated',
        `destinationList[${at}]`,
        `There are two destinations of the kind ${destinationList?.[at]?.type}`,
      ),
    ),
  ];
}

/** Places of what stood there before. */
function repeated(values: readonly string[] = []): number[] {
  const seen = new Set<string>();
  return values.flatMap((value, at) => {
    const before = seen.size;
    return seen.add(value).size > before ? [] : [at];
  });
}

function prefixes(event: EpcisEvent, { namespaces }: Scope): Problem[] {
  const used = new Set<string>();
  for (const [key, value] of Object.entries(event)) gatherPrefixes(key, value, used);
  return [...used]
    .filter((prefix) => !BUILT_IN.has(prefix) && !Object.hasOwn(namespaces, prefix))
    .map((prefix) =>
      finding('prefix-undeclared', prefix, `The prefix "${prefix}" is declared nowhere in the document`),
    );
}

function gatherPrefixes(key: string, value: Extension | object | undefined, used: Set<string>): void {
  const at = key.indexOf(':');
  if (at > 0 && !key.includes('://')) used.add(key.slice(0, at));
  if (typeof value !== 'object' || (Array.isArray(value) && typeof value[0] === 'string')) return;
  for (const [name, member] of Object.entries(value)) gatherPrefixes(Array.isArray(value) ? '' : name, member, used);
}
