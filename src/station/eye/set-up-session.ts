import type { Answer } from '#contract/answer.ts';
import type { CameraJob } from '#contract/camera-job.ts';
import type { SET_UP_ACTS, SetUpSession, SetUpTask } from '#contract/camera-set-up.ts';
import type { EyePicture } from '#contract/eye.ts';
import { type FrameRing, SLOT } from '#contract/frame-ring.ts';
import type { TrainedFont } from '#contract/trained-font.ts';
import type { FrameNotice } from '#devices/camera/notice.ts';
import type { Fault } from '#line/signal.ts';
import { DONE, failed } from '#station/answers.ts';
import { noPicture, shownKept, wholePicture } from '#station/eye/set-up-picture.ts';
import type { Lesson, SetUpOpening, SetUpSignal, SetUpState } from '#vision/calibrate/messages.ts';
import { openSetUp } from '#vision/calibrate/set-up.ts';
import type { SetUpThread } from '#vision/calibrate/set-up-thread.ts';

/** What a set-up needs of its camera. */
export interface SetUpParts {
  readonly job: CameraJob;
  readonly shared: SharedArrayBuffer;
  readonly ring: FrameRing;
  readonly startThread: (opening: SetUpOpening) => SetUpThread;
  /** By software trigger; what became of it comes to `takes` before this resolves. */
  readonly takePicture: () => Promise<Fault | undefined>;
  readonly fontOf: (name: string) => TrainedFont | undefined;
}

/** The set-up of one camera: at most one is open, and an unfinished one is lost with the program. */
export interface CameraSetUpDesk {
  /** Changes with what a page shows of it. */
  readonly version: number;
  /** What is open, as the page shows it. */
  readonly session: SetUpSession | undefined;
  /** What was learnt and is not accepted yet. */
  readonly lesson: { readonly lesson: Lesson; readonly name?: string } | undefined;
  /** True: the notice was the set-up's, and nobody else may have it. */
  takes(notice: FrameNotice): boolean;
  begin(task: SetUpTask, by: string): Answer<null>;
  act(act: (typeof SET_UP_ACTS)[number]): Promise<Answer<null>>;
  /** What the line of text in the picture says. */
  text(text: string): Promise<Answer<null>>;
  /** A kept picture instead of a new one: the bytes of its file, which were compared with their hash. */
  kept(png: Uint8Array, at: number): Promise<Answer<null>>;
  close(): Promise<void>;
}

/** One open set-up. */
interface Open {
  readonly opening: SetUpOpening;
  readonly by: string;
  /** Of a font. */
  readonly name: string | undefined;
  thread: SetUpThread;
  state: SetUpState;
  picture: EyePicture | undefined;
  trouble: string | undefined;
  isBusy: boolean;
  /** What became of the picture that was asked for. */
  notice: FrameNotice | undefined;
}

/** The desk's own memory. */
interface Held extends SetUpParts {
  open: Open | undefined;
  version: number;
}

const NOTHING_OPEN = failed('no-set-up', 'No set-up is open. Choose what the camera shall learn.');
const STILL_BUSY = failed('set-up-busy', 'A picture is being taken. Wait for it.');

export function openCameraSetUp(parts: SetUpParts): CameraSetUpDesk {
  const held: Held = { ...parts, open: undefined, version: 0 };
  return {
    get version() {
      return held.version;
    },
    get session() {
      return held.open && drawn(held.open);
    },
    get lesson() {
      return held.open && lessonOf(held.open);
    },
    takes: (notice) => takes(held, notice),
    begin: (task, by) => begin(held, task, by),
    act(act) {
      if (act === 'discard') return end(held).then(() => DONE);
      return alone(held, (open) => (act === 'picture' ? takeOne(held, open) : tellAct(held, open, act)));
    },
    text: (text) => alone(held, (open) => tell(held, open, { kind: 'text', text })),
    kept: (png, at) => alone(held, (open) => useKept(held, open, { png, at })),
    close: () => end(held),
  };
}

function begin(held: Held, task: SetUpTask, by: string): Answer<null> {
  const { job, shared, fontOf } = held;
  const line = task.kind === 'font' ? job.checks.text?.find(({ name }) => name === task.line) : undefined;
  if (task.kind === 'font' && line === undefined) {
    return failed('no-such-line', `The job compares no line of text named ${task.line}.`);
  }
  const name = line?.font;
  const isAdded = task.kind === 'font' && !task.isNew;
  const font = name !== undefined && isAdded ? fontOf(name) : undefined;
  const opening: SetUpOpening = { ring: shared, job, task, window: line?.window, font };
  const untouched = { picture: undefined, trouble: undefined, isBusy: false, notice: undefined };
  held.open = { opening, by, name, ...fromTheStart(held, opening), ...untouched };
  held.version += 1;
  return DONE;
}

/** A thread of its own for a task, and where the task begins. */
function fromTheStart({ startThread }: Held, opening: SetUpOpening): Pick<Open, 'thread' | 'state'> {
  return { thread: startThread(opening), state: openSetUp(opening, () => undefined).state };
}

/** Does one thing at a time; screens see that it is being done, and that it is over, however it ended. */
async function alone(held: Held, work: (open: Open) => Promise<void>): Promise<Answer<null>> {
  const { open } = held;
  if (open === undefined) return NOTHING_OPEN;
  if (open.isBusy) return STILL_BUSY;
  open.isBusy = true;
  open.trouble = undefined;
  held.version += 1;
  try {
    await work(open);
  } finally {
    open.isBusy = false;
    held.version += 1;
  }
  return DONE;
}

async function takeOne(held: Held, open: Open): Promise<void> {
  open.notice = undefined;
  const fault = await held.takePicture();
  const notice = open.notice as FrameNotice | undefined;
  open.notice = undefined;
  if (notice !== undefined && 'slot' in notice) return lookAt(held, open, notice);
  open.trouble = noPicture(fault, notice);
}

async function lookAt(
  held: Held,
  open: Open,
  { slot, at }: { readonly slot: number; readonly at: number },
): Promise<void> {
  const { ring, job } = held;
  if (!ring.move(slot, SLOT.ready, SLOT.busy)) return;
  open.picture = { ...wholePicture(ring.look(slot), job), at };
  await tell(held, open, { kind: 'picture', slot, at });
  ring.free(slot);
}

/** A picture nobody asked for is given back at once. */
function takes({ open, ring }: Held, notice: FrameNotice): boolean {
  if (open === undefined) return false;
  if (open.isBusy && open.notice === undefined) open.notice = notice;
  else if ('slot' in notice) ring.free(notice.slot);
  return true;
}

function tellAct(held: Held, open: Open, act: 'no-dark' | 'again'): Promise<void> {
  if (act === 'again') open.picture = undefined;
  return tell(held, open, { kind: act });
}

async function useKept(
  held: Held,
  open: Open,
  { png, at }: { readonly png: Uint8Array; readonly at: number },
): Promise<void> {
  const shown = shownKept(png, at, held.job);
  if (typeof shown === 'string') {
    open.trouble = shown;
    return;
  }
  open.picture = shown;
  await tell(held, open, { kind: 'kept', png });
}

/** How long a picture may be looked at: the slowest, a printed code on a busy machine, takes a second. */
const PATIENCE = 20_000;
const TOO_LONG = `The picture could not be looked at within ${PATIENCE / 1000} s. The set-up begins again: take the picture again.`;

/** Tells the thread. One that does not answer is ended, and the task begins again with another. */
async function tell(held: Held, open: Open, signal: SetUpSignal): Promise<void> {
  let isLate = false;
  const late = setTimeout(() => {
    isLate = true;
    void open.thread.close();
  }, PATIENCE);
  const answer = await open.thread.tell(signal);
  clearTimeout(late);
  if (held.open !== open) return;
  if (isLate) Object.assign(open, fromTheStart(held, open.opening), { trouble: TOO_LONG, picture: undefined });
  else if ('state' in answer) open.state = answer.state;
  else open.trouble = `The picture could not be looked at: ${answer.fault}.`;
}

async function end(held: Held): Promise<void> {
  const { open } = held;
  held.open = undefined;
  held.version += 1;
  await open?.thread.close();
}

function lessonOf({ state: { lesson }, name }: Open): CameraSetUpDesk['lesson'] {
  if (lesson === undefined) return undefined;
  return { lesson, ...(name === undefined ? {} : { name }) };
}

function drawn({ opening: { task }, by, state, picture, trouble, isBusy }: Open): SetUpSession {
  const { step, sentence, done, of, marks } = state;
  return {
    by,
    task,
    step,
    sentence,
    done,
    of,
    marks,
    isBusy,
    ...(picture === undefined ? {} : { picture }),
    ...(trouble === undefined ? {} : { trouble }),
  };
}
