import { type EpcLedger, epcLedger, NONE } from '#epcis/epc-ledger.ts';
import type { EpcisEvent, Problem } from '#epcis/event-model.ts';
import { type QuickIdentify, quickIdentify } from '#epcis/identify.ts';
import { readMoment } from '#epcis/moment.ts';
import { alive, FINE, into, type Judge, outOf, SAMPLED, stepOf, type Tells, takeBack } from '#epcis/rules/life.ts';
import { finding } from '#epcis/rules/rule.ts';

/** A field that is no list. */
const ITSELF = -1;

/** Rules over all events of a document together (gs1-epcis.md §10.7). */
export interface StreamRules {
  readonly next: (event: EpcisEvent) => Problem[];
  /** What is open when no more events come. */
  readonly end: () => Problem[];
}

/** What was told so far. */
interface Story {
  readonly tells: Tells;
  readonly ledger: EpcLedger;
  readonly identify: QuickIdentify;
  /** Ids of events, and whether they were declared wrong. */
  readonly ids: Map<string, 'told' | 'corrected'>;
  /** Lot and master data by product and lot. */
  readonly lots: Map<string, string>;
  samples: number;
}

/**
 * `everything`: the document tells the whole story, so what was never commissioned in it never was. Otherwise an unknown
 * thing is taken to have been commissioned elsewhere.
 */
export function streamRules(tells: Tells): StreamRules {
  const ledger = epcLedger();
  const story: Story = { tells, ledger, identify: quickIdentify(), ids: new Map(), lots: new Map(), samples: 0 };
  return {
    next: (event) => {
      const problems = repeatedId(story, event);
      if (event.errorDeclaration !== undefined) {
        undone(story, event);
        return problems;
      }
      const at = readMoment(event.eventTime)?.at ?? Number.NEGATIVE_INFINITY;
      if (event.type === 'ObjectEvent') return [...problems, ...sameLot(story, event), ...objects(story, event, at)];
      if (event.type === 'AggregationEvent') return [...problems, ...aggregation(story, event, at)];
      return problems;
    },
    end: () => samplesLeft(story),
  };
}

function canonical({ identify }: Story, epc: string): string {
  if (identify.isPlain(epc)) return epc;
  const found = identify.of(epc);
  return found.kind === 'known' ? found.identifier.uri : epc;
}

function repeatedId({ ids }: Story, { eventID, errorDeclaration }: EpcisEvent): Problem[] {
  if (eventID === undefined) return [];
  const before = ids.get(eventID);
  const isCorrection = errorDeclaration !== undefined;
  ids.set(eventID, isCorrection ? 'corrected' : 'told');
  if (before === undefined || (before === 'told' && isCorrection)) return [];
  return [finding('event-id-repeated', 'eventID', `The id ${eventID} belongs to two events`)];
}

/** Where an event names a thing. */
interface Spot {
  readonly list: string;
  readonly place: number;
  readonly at: number;
}

/** One thing, in the step from what it was to what it becomes. A million of them pass here. */
function follow(story: Story, epc: string, { list, place, at }: Spot, judge: Judge, problems: Problem[]): void {
  const { ledger } = story;
  const entry = ledger.entryOf(canonical(story, epc));
  const troubles = judge(entry);
  const isBackwards = at < ledger.time(entry);
  if (!isBackwards) ledger.setTime(entry, at);
  if (troubles === FINE && !isBackwards) return;
  const field = place === ITSELF ? list : `${list}[${place}]`;
  problems.push(...troubles.map(([rule, message]) => finding(rule, field, `${epc} ${message}`)));
  if (!isBackwards) return;
  problems.push(finding('time-backwards', field, `${epc} is told of at a time before what was told of it last`));
}

function objects(story: Story, event: EpcisEvent, at: number): Problem[] {
  const step = stepOf(event, story.ledger, story.tells);
  const problems: Problem[] = [];
  const epcs = event.epcList ?? [];
  for (const [place, epc] of epcs.entries()) follow(story, epc, { list: 'epcList', place, at }, step, problems);
  if (event.bizStep === 'sampling') story.samples += epcs.length;
  return problems;
}

function aggregation(story: Story, { parentID, action, childEPCs = [] }: EpcisEvent, at: number): Problem[] {
  if (parentID === undefined || action === 'OBSERVE') return [];
  const { ledger, tells } = story;
  const problems: Problem[] = [];
  const parent = ledger.entryOf(canonical(story, parentID));
  const living: Judge = (entry) => alive(ledger, entry, tells);
  follow(story, parentID, { list: 'parentID', place: ITSELF, at }, living, problems);
  const step = action === 'ADD' ? into(ledger, parent, tells) : outOf(ledger, parent, tells);
  for (const [place, epc] of childEPCs.entries()) follow(story, epc, { list: 'childEPCs', place, at }, step, problems);
  const isDissolved = action === 'DELETE' && childEPCs.length === 0;
  if (isDissolved) for (const child of ledger.children(parent)) ledger.move(child, NONE);
  return problems;
}

/** The declaration of an error repeats an event, and takes it back. What a dissolved parent held is not remembered. */
function undone(story: Story, event: EpcisEvent): void {
  const { ledger } = story;
  story.lots.delete(lotName(story, event) ?? '');
  if (event.type !== 'ObjectEvent' && event.type !== 'AggregationEvent') return;
  const parent = event.parentID === undefined ? NONE : ledger.entryOf(canonical(story, event.parentID));
  const back = takeBack(event, ledger, parent);
  for (const epc of event.epcList ?? event.childEPCs ?? []) back(ledger.entryOf(canonical(story, epc)));
}

function sameLot(story: Story, event: EpcisEvent): Problem[] {
  const name = lotName(story, event);
  if (name === undefined) return [];
  const data = JSON.stringify(event.ilmd);
  const known = story.lots.get(name) ?? data;
  story.lots.set(name, known);
  return known === data ? [] : [finding('lot-differs', 'ilmd', 'The lot was told of with other data before')];
}

/** Product and lot of a commissioning that names them. */
function lotName(story: Story, { bizStep, ilmd, epcList = [] }: EpcisEvent): string | undefined {
  const lot = ilmd?.['cbvmda:lotNumber'];
  if (bizStep !== 'commissioning' || lot === undefined) return undefined;
  const product = canonical(story, epcList[0] ?? '').replace(/\/21\/.*$/, '');
  return `${product} ${JSON.stringify(lot)}`;
}

function samplesLeft({ samples, ledger }: Story): Problem[] {
  if (samples === 0) return [];
  let left = 0;
  for (let entry = 0; entry < ledger.size; entry += 1) if (ledger.state(entry) === SAMPLED) left += 1;
  if (left === 0) return [];
  return [finding('sample-not-ended', '', `${left} sampled units never ended their life`, 'warning')];
}
