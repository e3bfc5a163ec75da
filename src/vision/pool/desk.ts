import type { CameraJob } from '#contract/camera-job.ts';
import { type FrameRing, SLOT } from '#contract/frame-ring.ts';
import type { Finding, Inspection } from '#contract/inspection.ts';
import { notInspected } from '#vision/inspect/no-inspection.ts';
import type { Member } from '#vision/pool/crew-member.ts';
import { createFrameQueue, type FrameQueue, type Owed } from '#vision/pool/frame-queue.ts';
import { addPart, type FrameWork, partsOf, type Task, wholeAnswer } from '#vision/pool/frame-work.ts';
import type { VisionLog } from '#vision/pool/log.ts';
import { follow, NO_TRACK, type Track } from '#vision/pool/track.ts';

/** `inspected` + `missed` is every trigger that was answered. */
export interface DeskCounters {
  readonly inspected: number;
  /** Answered without having been looked into: no image, no free slot, no thread in time. */
  readonly missed: number;
  /** Of the missed: a result came after all, too late. */
  readonly late: number;
}

export interface DeskOptions {
  readonly ring: FrameRing;
  readonly job: CameraJob;
  readonly deadline: number;
  readonly log: VisionLog;
  readonly done: (inspection: Inspection, slot: number | undefined) => void;
  /** Wall clock in milliseconds. */
  readonly now: () => number;
}

/** The threads as the desk sees them. */
export interface Hands {
  /** One that is warm and has nothing to do. */
  idle(): Member | undefined;
  /** How many are warm. */
  readonly warm: number;
}

/** Where frames wait, are handed out, and their answers put in order. Every trigger taken in is answered once. */
export interface Desk {
  takeIn(slot: number, trigger: number): void;
  noImage(trigger: number, at: number, why: string): void;
  received(id: number, inspection: Inspection): void;
  /** A thread ended at this piece of work. */
  lost(id: number, detail: string): void;
  /** Hands out what waits. */
  dispatch(hands: Hands): void;
  counters(): DeskCounters;
  /** Answers what is owed; nothing is taken in any more. */
  close(): void;
}

/** A jump by more than this is another count, not a gap: the driver ends the session. */
const LARGEST_GAP = 256;

interface State {
  readonly options: DeskOptions;
  readonly queue: FrameQueue;
  readonly waiting: Task[];
  readonly working: Map<number, Task>;
  readonly counters: { inspected: number; missed: number; late: number };
  track: Track;
  nextId: number;
  isClosed: boolean;
}

export function createDesk(options: DeskOptions): Desk {
  const state: State = {
    options,
    queue: createFrameQueue(),
    waiting: [],
    working: new Map(),
    counters: { inspected: 0, missed: 0, late: 0 },
    track: NO_TRACK,
    nextId: 1,
    isClosed: false,
  };
  return {
    takeIn(slot, trigger) {
      takeIn(state, slot, trigger);
      leave(state);
    },
    noImage(trigger, at, why) {
      if (isNext(state, trigger)) miss(state, owe(state, { trigger, at, slot: undefined }), missing(why));
      leave(state);
    },
    received(id, inspection) {
      receive(state, id, inspection);
      leave(state);
    },
    lost(id, detail) {
      const task = state.working.get(id);
      state.working.delete(id);
      if (task !== undefined) miss(state, task.frame.owed, unanswered(detail));
      leave(state);
    },
    dispatch: (hands) => dispatch(state, hands),
    counters: () => ({ ...state.counters }),
    close() {
      state.isClosed = true;
      state.waiting.length = 0;
      for (const owed of state.queue.owed) miss(state, owed, unanswered('closing'));
      leave(state);
    },
  };
}

function missing(why: string): Finding {
  return { check: why === 'no-free-slot' ? 'not-inspected' : 'no-image', found: why, expected: 'a picture' };
}

function unanswered(found: string): Finding {
  return { check: 'not-inspected', found, expected: 'an inspection' };
}

/** Answers the triggers that were left out. False: this number is behind the count. */
function isNext(state: State, trigger: number): boolean {
  const { queue, options, isClosed } = state;
  const { last } = queue;
  if (isClosed) return false;
  if (last === undefined || trigger === last + 1) return true;
  options.log.warn('vision.trigger-count', { last, trigger });
  for (let gap = Math.max(last + 1, trigger - LARGEST_GAP); gap < trigger; gap += 1) {
    miss(state, owe(state, { trigger: gap, at: options.now(), slot: undefined }), missing('no word of it'));
  }
  return trigger > last;
}

function owe({ queue, options }: State, { trigger, at, slot }: Pick<Owed, 'trigger' | 'at' | 'slot'>): Owed {
  const owed: Owed = {
    trigger,
    at,
    due: performance.now() + options.deadline,
    slot,
    answer: undefined,
    timer: undefined,
  };
  queue.add(owed);
  return owed;
}

function takeIn(state: State, slot: number, trigger: number): void {
  const { ring, deadline, now } = state.options;
  if (!isNext(state, trigger)) {
    ring.free(slot);
    return;
  }
  if (!ring.move(slot, SLOT.ready, SLOT.busy)) {
    miss(state, owe(state, { trigger, at: now(), slot: undefined }), unanswered('no frame in its slot'));
    return;
  }
  const owed = owe(state, { trigger, at: ring.look(slot).at, slot });
  owed.timer = setTimeout(() => {
    // When it was this thread that stood still, the answer lies in the queue by now: it is read first.
    setImmediate(() => {
      miss(state, owed, unanswered(`nothing within ${deadline} ms`));
      leave(state);
    });
  }, deadline);
  const frame: FrameWork = { owed, slot, codes: [], partsLeft: 0, decode: 0, grade: 0 };
  state.waiting.push({ id: state.nextId++, frame, kind: 'frame', last: [] });
}

function dispatch(state: State, hands: Hands): void {
  const { waiting, working } = state;
  for (;;) {
    const task = waiting[0];
    if (task === undefined) return;
    if (task.frame.owed.answer !== undefined) {
      waiting.shift();
      continue;
    }
    const member = hands.idle();
    if (member === undefined) return;
    if (task.kind === 'frame' && divide(state, task, hands.warm)) continue;
    waiting.shift();
    working.set(task.id, task);
    const last = task.kind === 'part' ? task.last : state.track.places;
    const budget = task.frame.owed.due - performance.now();
    member.give(task.id, task.frame.slot, { last, known: task.frame.codes, isPart: task.kind === 'part', budget });
  }
}

/** A layer whose codes were all seen before goes to all threads in parts. */
function divide(state: State, task: Task, threads: number): boolean {
  const { waiting, track, options } = state;
  if (options.job.code.count === 1) return false;
  const parts = partsOf(track.places, threads);
  if (parts.length < 2) return false;
  task.frame.partsLeft = parts.length;
  const tasks = parts.map((last) => ({ id: state.nextId++, frame: task.frame, kind: 'part', last }) as const);
  waiting.splice(0, 1, ...tasks);
  return true;
}

function receive(state: State, id: number, inspection: Inspection): void {
  const task = state.working.get(id);
  state.working.delete(id);
  if (task === undefined) return;
  const { frame, kind } = task;
  if (frame.owed.answer !== undefined) {
    if (kind !== 'part') state.counters.late += 1;
    return;
  }
  if (kind === 'part') {
    if (addPart(frame, inspection)) state.waiting.unshift({ id: state.nextId++, frame, kind: 'rest', last: [] });
    return;
  }
  const answer = wholeAnswer(frame, inspection);
  const isMissed = answer.findings.some(({ check }) => check === 'not-inspected');
  settle(state, frame.owed, answer, isMissed ? 'missed' : 'inspected');
}

function miss(state: State, owed: Owed, finding: Finding): void {
  if (owed.answer !== undefined) return;
  settle(state, owed, notInspected(owed, finding, state.options.now()), 'missed');
}

function settle({ counters, options }: State, owed: Owed, answer: Inspection, as: 'inspected' | 'missed'): void {
  // A frame's head has the camera's own count, which begins anew with each contact; the answer has the asker's number.
  owed.answer = { ...answer, trigger: owed.trigger };
  clearTimeout(owed.timer);
  counters[as] += 1;
  if (as === 'missed') options.log.warn('vision.missed', { trigger: owed.trigger, ...answer.findings[0] });
}

/** Gives away the answers that may leave, with their slots. */
function leave(state: State): void {
  const { queue, options } = state;
  for (const { answer, slot } of queue.leaving()) {
    if (answer === undefined) continue;
    if (!answer.findings.some(({ check }) => check === 'not-inspected' || check === 'no-image')) {
      state.track = follow(state.track, answer, options.job);
    }
    // A thread that is late reads on in it: it only reads, and nobody listens to what it finds.
    if (slot !== undefined) options.ring.move(slot, SLOT.busy, SLOT.done);
    options.done(answer, slot);
  }
}
