import type { Numbered } from '#devices/camera/notice.ts';
import type { Millis } from '#line/time.ts';

/** What came with a whole picture. */
export interface PictureMark {
  /** The camera's count of triggers, as it stood in the chunk; undefined where it sends none. */
  readonly count: number | undefined;
  /** The camera's clock at the picture. */
  readonly ticks: bigint;
}

/** The numbers around a whole picture: those of triggers of which no picture was taken, and its own. */
export interface Numbering {
  readonly notTaken: readonly Numbered[];
  readonly own: Numbered;
}

/** A picture of a trigger of which was told already: it was sent twice, or reported as lost too early. */
export interface Repeated {
  readonly repeated: number;
}

/** Why the camera's count cannot be believed; `isUseless`: nor will it be next time. */
export interface Doubt {
  readonly doubt: string;
  readonly isUseless: boolean;
}

/** Numbers what became of each trigger, in the order of the pictures. One per acquisition. */
export interface Tally {
  /** Of a picture that did not come whole. Its count did not come either: it has the next number. */
  next(): Numbered;
  whole(mark: PictureMark): Numbering | Repeated | Doubt;
}

/** Where no triggers are counted: pictures since the camera was armed, from 1. */
export function pictureTally(): Tally {
  let count = 0;
  const next = (): Numbered => {
    count += 1;
    return count === 1 ? { trigger: count, anew: true } : { trigger: count };
  };
  return { next, whole: () => ({ notTaken: [], own: next() }) };
}

/** What is kept of the last picture that had a count, over acquisitions and contacts. */
export interface CountMark {
  /** Unwrapped. */
  readonly trigger: number;
  /** The camera's clock; undefined when it proves nothing. */
  readonly clock: Millis | undefined;
  /** Ours, which is never set. */
  readonly at: Millis;
}

/** What is known when the camera is armed. */
export interface CountStart {
  /** The last picture before; undefined: the counter was begun since. */
  readonly before: CountMark | undefined;
  /** The camera may have been restarted since: its clock has to show that it was not. */
  readonly needsProof: boolean;
  /** What the counter shows now, where it can be asked. */
  readonly armedAt: number | undefined;
  /** The counter goes back to 0 behind this. */
  readonly modulus: number;
  clock(ticks: bigint): Millis | undefined;
  now(): Millis;
  keep(mark: CountMark): void;
}

/** More triggers than this in a row without a picture, and the count is not believed. */
export const MOST_NOT_TAKEN = 256;
/** So many pictures in a row of triggers that were told of, and the count is none. */
const MOST_REPEATED = 3;
/** How far two clocks may drift apart, and how late a picture may be looked at. */
const DRIFT = 0.001;
const LATENESS: Millis = 1_000;

/** What a tally of triggers knows between two pictures. */
interface State {
  readonly start: CountStart;
  /** The newest number that was given away, or that the counter showed; undefined before either. */
  last: number | undefined;
  /** Numbers given away since the last whole picture, for pictures that were none. */
  unsure: number;
  /** The count of the last whole picture. */
  count: number | undefined;
  /** Pictures in a row that had no trigger of their own. */
  repeats: number;
  /** The next number is the first of a new count. */
  isAnew: boolean;
}

/** Numbers by the camera's own counter, which goes on whether it is armed or not. */
export function triggerTally(start: CountStart): Tally {
  const state: State = { start, last: undefined, unsure: 0, count: undefined, repeats: 0, isAnew: false };
  const { before, armedAt } = start;
  if (before === undefined) beginAnew(state, armedAt);
  else {
    const ahead = armedAt === undefined ? 0 : stepsTo(state, before.trigger, armedAt);
    if (ahead < 0) beginAnew(state, armedAt);
    else state.last = before.trigger + ahead;
  }
  return {
    next() {
      state.last = (state.last ?? 0) + 1;
      state.unsure += 1;
      return numbered(state, state.last);
    },
    whole({ count, ticks }) {
      if (count === undefined) return { doubt: 'a picture came without the count of triggers', isUseless: true };
      const numbering = state.count === undefined ? first(state, count, ticks) : later(state, count);
      if (!('own' in numbering)) return numbering;
      const { trigger } = numbering.own;
      Object.assign(state, { last: trigger, unsure: 0, repeats: 0, count });
      start.keep({ trigger, clock: start.clock(ticks), at: start.now() });
      return numbering;
    },
  };
}

/** The first whole picture since the camera was armed: it shows whether the count of before goes on. */
function first(state: State, count: number, ticks: bigint): Numbering | Repeated | Doubt {
  const { start } = state;
  const { before, armedAt, needsProof } = start;
  if (before !== undefined && needsProof && !isClockOn(start, before, ticks)) {
    beginAnew(state, armedAt === undefined ? undefined : armedAt + state.unsure);
  }
  if (state.last === undefined) {
    state.isAnew = true;
    return { notTaken: [], own: numbered(state, count) };
  }
  const ahead = stepsTo(state, state.last, count);
  // The counter could not be asked when the camera was armed: what passed since it was last seen is nobody's loss.
  if (armedAt === undefined)
    return ahead > 0 ? { notTaken: [], own: numbered(state, state.last + ahead) } : anew(state, count);
  // A camera may show what it had counted before this trigger.
  const isFree = state.isAnew || state.last !== before?.trigger;
  if (ahead === 0 && state.unsure === 0 && isFree) return { notTaken: [], own: numbered(state, state.last) };
  return ahead < -state.unsure ? anew(state, count) : onward(state, ahead);
}

function later(state: State, count: number): Numbering | Repeated | Doubt {
  if (stepsTo(state, state.count ?? 0, count) < 0) return anew(state, count);
  return onward(state, stepsTo(state, state.last ?? 0, count));
}

/** The count went on by so many. */
function onward(state: State, ahead: number): Numbering | Repeated | Doubt {
  const last = state.last ?? 0;
  if (ahead <= 0) return repeated(state, last + ahead);
  if (ahead > MOST_NOT_TAKEN + 1)
    return { doubt: `the camera was triggered ${ahead - 1} times without taking a picture`, isUseless: false };
  const notTaken = Array.from({ length: ahead - 1 }, (_, index) => numbered(state, last + 1 + index));
  return { notTaken, own: numbered(state, last + ahead) };
}

function repeated(state: State, trigger: number): Repeated | Doubt {
  state.repeats += 1;
  if (state.repeats < MOST_REPEATED) return { repeated: trigger };
  return { doubt: `the camera's count of triggers stands still at ${trigger}`, isUseless: true };
}

function anew(state: State, count: number): Numbering {
  beginAnew(state, undefined);
  return { notTaken: [], own: numbered(state, count) };
}

function beginAnew(state: State, at: number | undefined): void {
  Object.assign(state, { last: at, isAnew: true });
}

function numbered(state: State, trigger: number): Numbered {
  const flags = state.isAnew ? { anew: true as const } : {};
  state.isAnew = false;
  return { trigger, ...flags, counts: 'triggers' };
}

/** Steps from a number to what the counter shows, the shorter way round. */
function stepsTo({ start: { modulus } }: State, from: number, to: number): number {
  const forward = (((to - from) % modulus) + modulus) % modulus;
  return forward >= modulus / 2 ? forward - modulus : forward;
}

/** A camera that was restarted since has not lived as long as we have. */
function isClockOn({ clock, now }: CountStart, before: CountMark, ticks: bigint): boolean {
  const shown = clock(ticks);
  if (shown === undefined || before.clock === undefined) return false;
  return shown - before.clock >= (now() - before.at) * (1 - DRIFT) - LATENESS;
}
