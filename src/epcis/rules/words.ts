import { EXTENSION_NAMESPACE } from '#epcis/event.ts';
import type { Action, EpcisEvent, EventType, Problem } from '#epcis/event-model.ts';
import { type EventRule, finding, ours, type Scope } from '#epcis/rules/rule.ts';
import { CBV_ROLES, type CbvRole } from '#epcis/vocabulary.ts';

/** What a business step of a line goes with (gs1-epcis.md §10.5). */
interface Pairing {
  readonly type: EventType;
  readonly action: Action;
  readonly dispositions: readonly string[];
  /** Another action is a contradiction whoever says so, not merely a habit of ours. */
  readonly isStrict?: boolean;
}

const PAIRINGS: Readonly<Record<string, Pairing>> = {
  commissioning: { type: 'ObjectEvent', action: 'ADD', dispositions: ['active'], isStrict: true },
  packing: { type: 'AggregationEvent', action: 'ADD', dispositions: ['in_progress'] },
  repackaging: { type: 'AggregationEvent', action: 'ADD', dispositions: ['in_progress'] },
  unpacking: { type: 'AggregationEvent', action: 'DELETE', dispositions: ['in_progress', 'completeness_verified'] },
  inspecting: { type: 'ObjectEvent', action: 'OBSERVE', dispositions: ['conformant', 'non_conformant'] },
  sampling: { type: 'ObjectEvent', action: 'OBSERVE', dispositions: ['non_sellable_other'] },
  destroying: { type: 'ObjectEvent', action: 'DELETE', dispositions: ['destroyed'], isStrict: true },
  decommissioning: { type: 'ObjectEvent', action: 'DELETE', dispositions: ['inactive'], isStrict: true },
  staging_outbound: { type: 'ObjectEvent', action: 'OBSERVE', dispositions: ['container_closed'] },
  shipping: { type: 'ObjectEvent', action: 'OBSERVE', dispositions: ['in_transit'] },
  void_shipping: { type: 'ObjectEvent', action: 'OBSERVE', dispositions: ['in_progress'] },
  reserving: { type: 'ObjectEvent', action: 'OBSERVE', dispositions: ['reserved'] },
};

/** Business vocabulary: its words stand bare, exist, and do not contradict each other. */
export const wordRule: EventRule = (event, scope) => [
  ...worded('bizStep', 'bizStep', event.bizStep),
  ...worded('disposition', 'disposition', event.disposition),
  ...(event.bizTransactionList ?? []).flatMap(({ type }, at) =>
    worded('transaction', `bizTransactionList[${at}].type`, type),
  ),
  ...(event.sourceList ?? []).flatMap(({ type }, at) => worded('party', `sourceList[${at}].type`, type)),
  ...(event.destinationList ?? []).flatMap(({ type }, at) => worded('party', `destinationList[${at}].type`, type)),
  ...worded('reason', 'errorDeclaration.reason', event.errorDeclaration?.reason),
  ...paired(event, scope),
  ...trained(event, scope),
];

function worded(role: CbvRole, field: string, value: string | undefined): Problem[] {
  const { known } = CBV_ROLES[role];
  if (value === undefined || known.has(value)) return [];
  const word = cbvWord(role, value);
  if (word === undefined) return [];
  if (!known.has(word)) return [finding('word-misspelt', field, `"${word}" is no word of the CBV`)];
  return [finding('word-as-uri', field, `${value} must be written "${word}"`)];
}

/** The word in what sets out to be a value of the CBV; undefined for a vocabulary of somebody's own. */
function cbvWord(role: CbvRole, value: string): string | undefined {
  const { urn, web } = CBV_ROLES[role];
  const forms = [urn, web, web.replace('https://ref.gs1.org/cbv/', 'cbv:')];
  const form = forms.find((prefix) => value.startsWith(prefix));
  if (form !== undefined) return value.slice(form.length);
  if (!value.includes(':')) return value;
  const isCbv = /^(urn:epcglobal:cbv:|https?:\/\/(ref|ns)\.gs1\.org\/(cbv|voc)\/|cbv:)/.test(value);
  return isCbv ? value.replace(/^.*[/:-]/, '') : undefined;
}

function paired(event: EpcisEvent, scope: Scope): Problem[] {
  const { bizStep = '', type, action, disposition } = event;
  const pairing = Object.hasOwn(PAIRINGS, bizStep) ? PAIRINGS[bizStep] : undefined;
  // A transformation creates and consumes in its own way, a transaction only links to documents.
  if (pairing === undefined || type === 'TransformationEvent' || type === 'TransactionEvent') return [];
  const severity = pairing.isStrict === true ? 'error' : ours(scope);
  const fits = disposition === undefined ? scope.purpose === 'import' : pairing.dispositions.includes(disposition);
  return [
    ...(action === pairing.action
      ? []
      : [
          finding(
            'step-contradiction',
            'action',
            `${bizStep} goes with ${pairing.action}, not with ${action}`,
            severity,
          ),
        ]),
    ...(type === pairing.type
      ? []
      : [
          finding(
            'step-contradiction',
            'type',
            `${bizStep} is told by an ${pairing.type}, not by an ${type}`,
            ours(scope),
          ),
        ]),
    ...(fits
      ? []
      : [
          finding(
            'step-contradiction',
            'disposition',
            `After ${bizStep} things are ${pairing.dispositions.join(' or ')}, not ${disposition ?? 'of unknown disposition'}`,
            ours(scope),
          ),
        ]),
    ...(bizStep === 'shipping' && event.bizLocation !== undefined
      ? [
          finding(
            'location-while-shipping',
            'bizLocation',
            'Something shipped still has a business location',
            ours(scope),
          ),
        ]
      : []),
  ];
}

function trained(event: EpcisEvent, { purpose, mode, namespaces }: Scope): Problem[] {
  if (purpose === 'export' || mode === 'TRAINING') return [];
  const isMarked = Object.entries(event).some(([key, value]) => {
    const [prefix = '', name] = key.split(':');
    return name === 'training' && namespaces[prefix] === EXTENSION_NAMESPACE && value !== false && value !== 'false';
  });
  return isMarked
    ? [finding('training-data', 'linewright:training', 'The event comes from a virtual line and is not real')]
    : [];
}
