import { type EpcLedger, NONE } from '#epcis/epc-ledger.ts';
import type { EpcisEvent } from '#epcis/event-model.ts';
import type { RuleId } from '#epcis/rules/rule.ts';

/** What became of a thing, as the ledger remembers it. */
const UNKNOWN = 0;
const ALIVE = 1;
/** Taken as a sample; its end must follow. */
export const SAMPLED = 2;
const ENDED = 3;

/** Whether a document tells the whole story of what it names. */
export type Tells = 'everything' | 'a part';

/** Steps that say that something leaves. */
const LEAVING: ReadonlySet<string> = new Set(['shipping', 'departing', 'consigning']);

/** How deep things may lie in each other; more is a circle or a mistake. */
const DEEPEST = 20;

/** A rule that is broken, and what is the matter with the thing; the thing's name stands in front of it. */
export type Trouble = readonly [rule: RuleId, message: string];

/** What a step does to a thing, and what is the matter with that; nothing is made for the sound. */
export type Judge = (entry: number) => readonly Trouble[];

export const FINE: readonly Trouble[] = [];

/** What an object event does to each thing it names. */
export function stepOf({ action, bizStep = '' }: EpcisEvent, ledger: EpcLedger, tells: Tells): Judge {
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

function ended(ledger: EpcLedger, tells: Tells): Judge {
  return (entry) => {
    const state = ledger.state(entry);
    const troubles = state === SAMPLED ? FINE : alive(ledger, entry, tells);
    ledger.setState(entry, ENDED);
    if (ledger.parent(entry) === NONE) return troubles;
    return [...troubles, ['ended-inside', 'ends while it lies in a container; it must be unpacked first']];
  };
}

/** Something is done with a thing that only a living one can bear. */
export function alive(ledger: EpcLedger, entry: number, tells: Tells): readonly Trouble[] {
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

export function into(ledger: EpcLedger, parent: number, tells: Tells): Judge {
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

export function outOf(ledger: EpcLedger, parent: number, tells: Tells): Judge {
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

/** Takes back what an event did, once it was declared wrong: what corrects it then finds things as they were before. */
export function takeBack(event: EpcisEvent, ledger: EpcLedger, parent: number): (entry: number) => void {
  return (entry) => {
    ledger.setTime(entry, Number.NEGATIVE_INFINITY);
    if (event.type === 'AggregationEvent') moveBack(event, ledger, entry, parent);
    else liveBack(event, ledger, entry);
  };
}

function moveBack({ action }: EpcisEvent, ledger: EpcLedger, entry: number, parent: number): void {
  const now = ledger.parent(entry);
  if (action === 'ADD' && now === parent) ledger.move(entry, NONE);
  if (action === 'DELETE' && now === NONE) ledger.move(entry, parent);
}

function liveBack({ action, bizStep }: EpcisEvent, ledger: EpcLedger, entry: number): void {
  const state = ledger.state(entry);
  const isEnd = action === 'DELETE' && state === ENDED;
  const isSample = bizStep === 'sampling' && state === SAMPLED;
  if (isEnd || isSample) ledger.setState(entry, ALIVE);
  if (action === 'ADD' && bizStep === 'commissioning' && state === ALIVE) ledger.setState(entry, UNKNOWN);
}
