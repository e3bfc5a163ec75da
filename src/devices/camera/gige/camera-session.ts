import { openFrameRing } from '#contract/frame-ring.ts';
import { type Acquisition, type AcquisitionContext, startAcquisition } from '#devices/camera/gige/acquisition.ts';
import type { CaptureOptions, FromCapture, ToCapture } from '#devices/camera/gige/capture-port.ts';
import { codeOf, hasControl, releaseControl, sentenceOf, takeControl } from '#devices/camera/gige/contact.ts';
import { CameraError, type ControlChannel, openControl } from '#devices/camera/gige/control/channel.ts';
import { identify } from '#devices/camera/gige/control/discovery.ts';
import { countKeeper } from '#devices/camera/gige/count-keeper.ts';
import { owedPictures } from '#devices/camera/gige/owed-pictures.ts';
import { type SetUp, setUp } from '#devices/camera/gige/set-up.ts';
import { applyTrigger } from '#devices/camera/gige/settings.ts';
import { takeSinglePicture } from '#devices/camera/gige/single-picture.ts';
import type { CountSoFar } from '#devices/camera/gige/stream/block-count.ts';
import { type Doubt, pictureTally } from '#devices/camera/gige/stream/tally.ts';
import type { Fault } from '#line/signal.ts';
import type { Millis } from '#line/time.ts';

/** A software trigger is followed by its picture within the exposure and this. */
const PICTURE_DUE: Millis = 1_000;

/** One contact with one camera, in the capture thread. */
export interface CameraSession {
  tell(what: Extract<ToCapture, { kind: 'tell' }>['what']): Promise<Fault | undefined>;
  close(): Promise<void>;
}

/**
 * Meets the camera, takes control, and sets it up as its job says. Rejects with a sentence; until `close`, everything
 * that happens is said through `say`, ending with `ended`.
 */
export async function openCameraSession(
  options: CaptureOptions,
  say: (message: FromCapture) => void,
): Promise<CameraSession> {
  const control = await openControl(options);
  let isHeld = false;
  try {
    const identity = await identify(control);
    await takeControl(control);
    isHeld = true;
    const camera = await setUp(control, options, identity);
    say({ kind: 'opened', camera: camera.facts });
    return sessionOf({ options, control, ...camera, say });
  } catch (error) {
    if (isHeld) await releaseControl(control);
    control.close();
    throw error;
  }
}

interface SessionContext extends SetUp {
  readonly options: CaptureOptions;
  readonly control: ControlChannel;
  readonly say: (message: FromCapture) => void;
}

function sessionOf({ options, control, features, shape, facts, say, ...counting }: SessionContext): CameraSession {
  const { device, setting } = options;
  const { manufacturer, model, serial, mac } = facts.identity;
  const camera = [manufacturer, model, serial, mac].join(' ');
  const keeper = countKeeper({ features, ...counting, memory: options.counted, camera });
  let count: CountSoFar = { block: undefined, startsAnew: false };
  let acquisition: Acquisition | undefined;
  /** Whoever waits for the one picture of a set-up. */
  let came: (() => void) | undefined;
  let isOver = false;
  let turn: Promise<unknown> = Promise.resolve();
  const patience = Math.round(PICTURE_DUE + (setting.exposure ?? 0) / 1_000);
  const owed = owedPictures(patience, (trigger) => {
    void end(`no picture followed software trigger ${trigger} within ${patience} ms`, true);
  });
  const stopBeat = keepBeating(control, facts.heartbeat, (reason) => void end(reason, false));

  async function end(reason: string, isCameraThere: boolean): Promise<void> {
    if (isOver) return;
    isOver = true;
    stopBeat();
    owed.forget();
    if (isCameraThere) {
      await acquisition?.stop().catch(() => {});
      await releaseControl(control);
    }
    acquisition?.drop();
    control.close();
    say({ kind: 'ended', reason });
  }

  const context: AcquisitionContext = {
    control,
    features,
    shape,
    ring: openFrameRing(options.ring),
    resends: facts.resends,
    tally: () => keeper.tally(),
    notice(notice) {
      owed.seen(notice.trigger);
      came?.();
      if ('missing' in notice && notice.missing === 'refused') refused(notice.detail);
      say({ kind: 'frame', notice, counted: keeper.memory });
    },
    skewed: (detail) => void end(detail, true),
    doubted,
    repeated: (trigger) => say({ kind: 'log', event: 'camera.repeated', fields: { device, trigger } }),
    guessed: (block) => say({ kind: 'log', event: 'camera.counts-on', fields: { device, block } }),
  };
  let refusedBefore = '';

  function doubted({ doubt, isUseless }: Doubt): void {
    if (isUseless) say({ kind: 'count-useless' });
    void end(doubt, true);
  }

  /** Each frame is reported; the alarm is raised once for what is the same with all of them. */
  function refused(detail: string): void {
    if (detail === refusedBefore) return;
    refusedBefore = detail;
    say({ kind: 'fault', fault: { code: 'picture-refused', device, detail } });
  }

  async function arm(): Promise<void> {
    if (acquisition !== undefined) return;
    owed.forget();
    acquisition = await startAcquisition(context, count);
  }

  async function disarm(): Promise<void> {
    const stopping = acquisition;
    acquisition = undefined;
    owed.forget();
    if (stopping !== undefined) count = await stopping.stop();
  }

  async function trigger(): Promise<void> {
    if (setting.trigger !== 'software')
      throw new Error(`the camera is triggered by ${setting.trigger}, not by software`);
    if (acquisition === undefined) throw new Error('the camera is not armed');
    await features.execute('TriggerSoftware');
    owed.asked();
  }

  /** One picture for whoever sets the camera up. Afterwards it is triggered as its job says, or the session is over. */
  async function picture(): Promise<void> {
    if (acquisition !== undefined) throw new Error('the camera is armed');
    const start = async (): Promise<Acquisition> => {
      acquisition = await startAcquisition({ ...context, tally: async () => pictureTally() }, count);
      return acquisition;
    };
    const next = (arrived: () => void): void => {
      came = arrived;
    };
    try {
      count = await takeSinglePicture(features, { setting, patience, start, next });
    } finally {
      acquisition = undefined;
      came = undefined;
      await setTriggerBack();
    }
  }

  async function setTriggerBack(): Promise<void> {
    if (isOver) return;
    await applyTrigger(features, setting).catch((error: unknown) =>
      end(`the trigger of its job could not be set back: ${sentenceOf(error)}`, true),
    );
  }

  const acts = { arm, disarm, trigger, picture } as const;

  async function carryOut(what: keyof typeof acts): Promise<Fault | undefined> {
    if (isOver) return { code: 'offline', device, detail: 'the session with the camera is over' };
    try {
      await acts[what]();
      return undefined;
    } catch (error) {
      const isOurs = !(error instanceof CameraError) && (what === 'trigger' || what === 'picture');
      return { code: isOurs ? what : codeOf(error), device, detail: sentenceOf(error) };
    }
  }

  return {
    tell(what) {
      const answer = turn.then(() => carryOut(what));
      turn = answer;
      return answer;
    },
    async close() {
      await turn;
      await end('closed', true);
    },
  };
}

/** Reads CCP again and again: it keeps control alive, and shows when it is gone. Answers how to stop. */
function keepBeating(control: ControlChannel, period: Millis, lost: (reason: string) => void): () => void {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function beat(): Promise<void> {
    const reason = await hasControl(control).then(
      (isOurs) => (isOurs ? undefined : 'control of the camera was taken away'),
      (error: unknown) => `the camera does not answer any more: ${sentenceOf(error)}`,
    );
    if (isStopped) return;
    if (reason === undefined) schedule();
    else lost(reason);
  }

  function schedule(): void {
    timer = setTimeout(() => void beat(), period);
  }

  schedule();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
