import type { Answer } from '#contract/answer.ts';
import type { CameraJob } from '#contract/camera-job.ts';
import type { SET_UP_ACTS, SetUpSession, SetUpTask } from '#contract/camera-set-up.ts';
import type { EyePicture } from '#contract/eye.ts';
import { type FrameRing, SLOT } from '#contract/frame-ring.ts';
import type { TrainedFont } from '#contract/trained-font.ts';
import type { FrameNotice } from '#devices/camera/notice.ts';
import type { Fault } from '#line/signal.ts';
import { DONE, failed } from '#station/answers.ts';
import { thumbnail } from '#station/eye/thumbnail.ts';
import type { Lesson, SetUpOpening, SetUpSignal, SetUpState } from '#vision/calibrate/messages.ts';
import { openSetUp } from '#vision/calibrate/set-up.ts';
import type { SetUpThread } from '#vision/calibrate/set-up-thread.ts';
import { decodePng } from '#vision/evidence/decode-png.ts';

/** Pixels of a picture on the set-up page: the whole frame is shown, and squares of a board must be told apart in it. */
const MOST_SHOWN = 320 * 1024;

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
  readonly task: SetUpTask;
  readonly by: string;
  readonly name: string | undefined;
  readonly thread: SetUpThread;
  state: SetUpState;
  picture: EyePicture | undefined;
  trouble: string | undefined;
  isBusy: boolean;
  /** What became of the picture that was asked for. */
  notice: FrameNotice | undefined;
}

const UNTOUCHED = { picture: undefined, trouble: undefined, isBusy: false, notice: undefined };
const NOTHING_OPEN = failed('no-set-up', 'No set-up is open. Choose what the camera shall learn.');
const STILL_BUSY = failed('set-up-busy', 'A picture is being taken. Wait for it.');

export function openCameraSetUp(parts: SetUpParts): CameraSetUpDesk {
  let open: Open | undefined;
  let version = 0;
  const changed = (): void => {
    version += 1;
  };

  async function tell(session: Open, signal: SetUpSignal): Promise<void> {
    const answer = await session.thread.tell(signal);
    if ('state' in answer) session.state = answer.state;
    else session.trouble = `The picture could not be looked at: ${answer.fault}.`;
  }

  /** Does one thing at a time; screens see that it is being done. */
  async function busy(work: (session: Open) => Promise<void>): Promise<Answer<null>> {
    const session = open;
    if (session === undefined) return NOTHING_OPEN;
    if (session.isBusy) return STILL_BUSY;
    session.isBusy = true;
    session.trouble = undefined;
    changed();
    await work(session);
    session.isBusy = false;
    changed();
    return DONE;
  }

  async function takeOne(session: Open): Promise<void> {
    session.notice = undefined;
    const fault = await parts.takePicture();
    const notice = session.notice as FrameNotice | undefined;
    session.notice = undefined;
    if (notice !== undefined && 'slot' in notice) return lookAt(session, notice.slot, notice.at);
    session.trouble = troubleOf(fault, notice);
  }

  async function lookAt(session: Open, slot: number, at: number): Promise<void> {
    const { ring, job } = parts;
    if (!ring.move(slot, SLOT.ready, SLOT.busy)) return;
    session.picture = { ...thumbnail(ring.look(slot), { x: 0, y: 0, ...job.frame }, MOST_SHOWN), at };
    await tell(session, { kind: 'picture', slot, at });
    ring.free(slot);
  }

  async function end(): Promise<void> {
    const session = open;
    open = undefined;
    changed();
    await session?.thread.close();
  }

  return {
    get version() {
      return version;
    },
    get session() {
      return open && drawn(open);
    },
    get lesson() {
      const { state, name } = open ?? {};
      if (state?.lesson === undefined) return undefined;
      return { lesson: state.lesson, ...(name === undefined ? {} : { name }) };
    },
    takes(notice) {
      if (open === undefined) return false;
      if (open.isBusy && open.notice === undefined) open.notice = notice;
      else if ('slot' in notice) parts.ring.free(notice.slot);
      return true;
    },
    begin(task, by) {
      const { job, shared, startThread, fontOf } = parts;
      const line = task.kind === 'font' ? job.checks.text?.find(({ name }) => name === task.line) : undefined;
      if (task.kind === 'font' && line === undefined) {
        return failed('no-such-line', `The job compares no line of text named ${task.line}.`);
      }
      const name = line?.font;
      const isAdded = task.kind === 'font' && !task.isNew;
      const known = name !== undefined && isAdded ? fontOf(name) : undefined;
      const opening = { job, task, window: line?.window, font: known };
      const { state } = openSetUp(opening, () => undefined);
      open = { task, by, name, thread: startThread({ ring: shared, ...opening }), state, ...UNTOUCHED };
      changed();
      return DONE;
    },
    act(act) {
      if (act === 'picture') return busy(takeOne);
      if (act === 'discard') return end().then(() => DONE);
      return busy(async (session) => {
        if (act === 'again') session.picture = undefined;
        await tell(session, { kind: act });
      });
    },
    text: (text) => busy((session) => tell(session, { kind: 'text', text })),
    kept: (png, at) =>
      busy(async (session) => {
        const { trouble, picture } = shownKept(png, at, parts.job);
        session.trouble = trouble;
        if (picture === undefined) return;
        session.picture = picture;
        await tell(session, { kind: 'kept', png });
      }),
    close: end,
  };
}

function drawn({ task, by, state, picture, trouble, isBusy }: Open): SetUpSession {
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

/** Why there is no picture, and what to do. */
function troubleOf(fault: Fault | undefined, notice: FrameNotice | undefined): string {
  const why = notice !== undefined && 'missing' in notice ? notice.detail : (fault?.detail ?? 'nothing came');
  return `There is no picture: ${why}. Check the camera and its cable, then take it again.`;
}

/** A kept picture as it is shown, or why it cannot be used. */
function shownKept(
  png: Uint8Array,
  at: number,
  { frame }: CameraJob,
): { readonly picture?: EyePicture; readonly trouble: string | undefined } {
  try {
    const image = decodePng(png);
    if (image.width !== frame.width || image.height !== frame.height) {
      return {
        trouble: `The kept picture has ${image.width} × ${image.height} pixels; the job has others. Take a new one.`,
      };
    }
    const whole = { x: 0, y: 0, ...frame };
    return { picture: thumbnail({ ...image, at, trigger: 0, slot: 0 }, whole, MOST_SHOWN), trouble: undefined };
  } catch (error) {
    return { trouble: `The kept picture cannot be read: ${error instanceof Error ? error.message : String(error)}.` };
  }
}
