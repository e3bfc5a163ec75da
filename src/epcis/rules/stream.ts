import { type EpcLedger, epcLedger, NONE } from '#epcis/epc-ledger.ts';
import type { EpcisEvent, Problem } from '#epcis/event-model.ts';
import { quickIdentify } from '#epcis/identify.ts';
import { readMoment } from '#epcis/moment.ts';
import { finding, type RuleId } from '#epcis/rules/rule.ts';

/** What became of a thing. */
const UNKNOWN = 0;
const ALIVE = 1;
const SAMPLED = 2;
const ENDED = 3;

/** Steps that say that something leaves. */
const LEAVING: ReadonlySet<string> = new Set(['shipping', 'departing', 'consigning']);

/** A field that is no list. */
const ITSELF = -1;

/** How deep things may lie in each other; more is a circle or a mistake. */
const DEEPEST = 20;

/** Rules over all events of a document together (gs1-epcis.md §10.7). */
export interface StreamRules {
  readonly next: (event: EpcisEvent) => Problem[];
  /** What is open when no more events come. */
  readonly end: () => Problem[];
}

/**
 * `everything`: the document tells the whole story, so what was never commissioned in it never was. Otherwise an unknown
 * thing is taken to have been commissioned elsewhere.
 */
export function streamRules(tells: 'everything' | 'a part'): StreamRules {
  const ledger = epcLedger();
  const ids = new Map<string, 'told' | 'corrected'>();
  const lots = new Map<string, string>();
  const identify = quickIdentify();
  let samples = 0;

  function canonical(epc: string): string {
    if (identify.isPlain(epc)) return epc;
    const found = identify.of(epc);
    return found.kind === 'known' ? found.identifier.uri : epc;
  }

  function repeatedId({ eventID, errorDeclaration }: EpcisEvent): Problem[] {
    if (eventID === undefined) return [];
    const before = ids.get(eventID);
    const isCorrection = errorDeclaration !== undefined;
    ids.set(eventID, isCorrection ? 'corrected' : 'told');
    if (before === undefined || (before === 'told' && isCorrection)) return [];
    return [finding('event-id-repeated', 'eventID', `The id ${eventID} belongs to two events`)];
  }

  /** One thing, in the step from what it was to what it becomes. A million of them pass here: nothing is made for the sound. */
  function follow(epc: string, list: string, place: number, at: number, judge: Judge, problems: Problem[]): void {
    const entry = ledger.entryOf(canonical(epc));
    const field = () => (place === ITSELF ? list : `${list}[${place}]`);
    const troubles = judge(entry);
    if (troubles !== FINE)
      for (const [rule, message] of troubles) problems.push(finding(rule, field(), `${epc} ${message}`));
    const before = ledger.time(entry);
    if (at >= before) ledger.setTime(entry, at);
    else
      problems.push(finding('time-backwards', field(), `${epc} is told of at a time before what was told of it last`));
  }

  function objects(event: EpcisEvent, at: number): Problem[] {
    const step = stepOf(event, ledger, tells);
    const problems: Problem[] = [];
    const epcs = event.epcList ?? [];
    for (let place = 0; place < epcs.length; place += 1)
      follow(epcs[place] ?? '', 'epcList', place, at, step, problems);
    if (event.bizStep === 'sampling') samples += epcs.length;
    return problems;
  }

  function aggregation(event: EpcisEvent, at: number): Problem[] {
    const { parentID, action, childEPCs = [] } = event;
    if (parentID === undefined || action === 'OBSERVE') return [];
    const problems: Problem[] = [];
    const parent = ledger.entryOf(canonical(parentID));
    follow(parentID, 'parentID', ITSELF, at, (entry) => alive(ledger, entry, tells), problems);
    const step = action === 'ADD' ? into(ledger, parent, tells) : outOf(ledger, parent, tells);
    for (const [place, epc] of childEPCs.entries()) follow(epc, 'childEPCs', place, at, step, problems);
    if (action === 'DELETE' && childEPCs.length === 0)
      for (const child of ledger.children(parent)) ledger.move(child, NONE);
    return problems;
  }

  function sameLot({ bizStep, ilmd, epcList = [] }: EpcisEvent): Problem[] {
    const lot = ilmd?.['cbvmda:lotNumber'];
    if (bizStep !== 'commissioning' || lot === undefined) return [];
    const product = canonical(epcList[0] ?? '').replace(/\/21\/.*$/, '');
    const name = `${product} ${JSON.stringify(lot)}`;
    const data = JSON.stringify(ilmd);
    const known = lots.get(name) ?? data;
    lots.set(name, known);
    return known === data
      ? []
      : [finding('lot-differs', 'ilmd', `Lot ${String(lot)} was told of with other data before`)];
  }

  return {
    next: (event) => {
      const problems = [...repeatedId(event)];
      // The declaration of an error repeats an event; it moves nothing.
      if (event.errorDeclaration !== undefined) return problems;
      const at = readMoment(event.eventTime)?.at ?? Number.NEGATIVE_INFINITY;
      if (event.type === 'ObjectEvent') problems.push(...sameLot(event), ...objects(event, at));
      if (event.type === 'AggregationEvent') problems.push(...aggregation(event, at));
      return problems;
    },
    end: () => {
      if (samples === 0) return [];
      let left = 0;
      for (let entry = 0; entry < ledger.size; entry += 1) if (ledger.state(entry) === SAMPLED) left += 1;
      return left === 0
        ? []
        : [finding('sample-not-ended', '', `${left} sampled units never ended their life`, 'warning')];
    },
  };
}

/** A rule that is broken, and what is the matter with the thing; the thing's name stands in front of it. */
type Trouble = readonly [rule: RuleId, message: string];
type Judge = (entry: number) => readonly Trouble[];

const FINE: readonly Trouble[] = [];

/** What an object event does to each thing it names. */
function stepOf({ action, bizStep = '' }: EpcisEvent, ledger: EpcLedger, tells: 'everything' | 'a part'): Judge {
  if (action === 'ADD' && bizStep === 'commissioning') return born(ledger);
  if (action === 'DELETE') return ended(ledger, tells);
  return (entry) => {
    const troubles = alive(ledger, entry, tells);
    if (bizStep === 'sampling') ledger.setState(entry, SAMPLED);
    if (!LEAVING.has(bizStep) || ledger.parent(entry) === NONE) return troubles;
    return [...troubles, ['shipped-inside', 'is shipped while it lies in another container']];
  };
}

function born(ledger: EpcLedger): Judge {
  return (entry) => {
    const state = ledger.state(entry);
    ledger.setState(entry, ALIVE);
    if (state === UNKNOWN) return FINE;
    return state === ENDED
      ? [['after-end', 'is commissioned again after its end']]
      : [['commissioned-twice', 'is commissioned a second time']];
  };
}

function ended(ledger: EpcLedger, tells: 'everything' | 'a part'): Judge {
  return (entry) => {
    const state = ledger.state(entry);
    const troubles = state === SAMPLED ? FINE : alive(ledger, entry, tells);
    ledger.setState(entry, ENDED);
    if (ledger.parent(entry) === NONE) return troubles;
    return [...troubles, ['ended-inside', 'ends while it lies in a container; it must be unpacked first']];
  };
}

/** Something is done with a thing that only a living one can bear. */
function alive(ledger: EpcLedger, entry: number, tells: 'everything' | 'a part'): readonly Trouble[] {
  switch (ledger.state(entry)) {
    case UNKNOWN:
      ledger.setState(entry, ALIVE);
      return tells === 'everything' ? [['not-commissioned', 'was never commissioned']] : FINE;
    case SAMPLED:
      return [['sample-continued', 'was sampled, and its next event does not end its life']];
    case ENDED:
      return [['after-end', 'is told of after its end']];
    default:
      return FINE;
  }
}

function into(ledger: EpcLedger, parent: number, tells: 'everything' | 'a part'): Judge {
  return (entry) => {
    const troubles = alive(ledger, entry, tells);
    const old = ledger.parent(entry);
    if (old === parent) return [...troubles, ['already-packed', 'is packed a second time into the same parent']];
    if (old !== NONE) return [...troubles, ['already-packed', 'is packed while it lies in another parent']];
    if (isAbove(ledger, entry, parent)) return [...troubles, ['parent-own-child', 'would come to lie in itself']];
    ledger.move(entry, parent);
    return troubles;
  };
}

function outOf(ledger: EpcLedger, parent: number, tells: 'everything' | 'a part'): Judge {
  return (entry) => {
    const troubles = alive(ledger, entry, tells);
    const old = ledger.parent(entry);
    if (old !== parent && (old !== NONE || tells === 'everything')) {
      return [...troubles, ['not-inside', 'is taken out of a parent it is not in']];
    }
    if (old === parent) ledger.move(entry, NONE);
    return troubles;
  };
}

function isAbove(ledger: EpcLedger, entry: number, below: number): boolean {
  let at = below;
  for (let depth = 0; depth < DEEPEST && at !== NONE; depth += 1) {
    if (at === entry) return true;
    at = ledger.parent(at);
  }
  return false;
}
