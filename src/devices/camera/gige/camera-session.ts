import { openFrameRing } from '#contract/frame-ring.ts';
import type { Features } from '#devices/camera/genicam/features.ts';
import { type Acquisition, type AcquisitionContext, startAcquisition } from '#devices/camera/gige/acquisition.ts';
import type { CountSoFar } from '#devices/camera/gige/block-count.ts';
import type { CameraFacts, CaptureOptions, FromCapture, ToCapture } from '#devices/camera/gige/capture-port.ts';
import {
  canResend,
  codeOf,
  directStream,
  featuresIn,
  hasControl,
  heartbeatPeriod,
  releaseControl,
  sentenceOf,
  takeControl,
} from '#devices/camera/gige/contact.ts';
import { CameraError, type ControlChannel, openControl } from '#devices/camera/gige/control.ts';
import { identify } from '#devices/camera/gige/discovery.ts';
import { HEADER_BYTES, IP_UDP_BYTES } from '#devices/camera/gige/gvsp-frames.ts';
import { agreePacketSize, type TestPackets } from '#devices/camera/gige/packet-size.ts';
import { type PictureShape, shapeBytes } from '#devices/camera/gige/picture.ts';
import { rowBytes } from '#devices/camera/gige/pixel-formats.ts';
import { applySettings } from '#devices/camera/gige/settings.ts';
import { openStreamSocket } from '#devices/camera/gige/stream-socket.ts';
import type { Fault } from '#line/signal.ts';
import type { Millis } from '#line/time.ts';

/** A software trigger is followed by its picture within the exposure and this. */
const PICTURE_DUE: Millis = 1_000;

/** One contact with one camera, in the capture thread. */
export interface CameraSession {
  tell(what: Extract<ToCapture, { kind: 'tell' }>['what']): Promise<Fault | undefined>;
  close(): Promise<void>;
}

/** What is known once the camera is set up. */
interface SetUp {
  readonly facts: CameraFacts;
  readonly features: Features;
  readonly shape: PictureShape;
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
    const { features, shape, facts } = await setUp(control, options, identity);
    say({ kind: 'opened', camera: facts });
    return sessionOf({ options, control, features, shape, facts, say });
  } catch (error) {
    if (isHeld) await releaseControl(control);
    control.close();
    throw error;
  }
}

async function setUp(
  control: ControlChannel,
  options: CaptureOptions,
  identity: CameraFacts['identity'],
): Promise<SetUp> {
  const features = await featuresIn(control);
  await features.execute('AcquisitionStop');
  const { packetSize, receiveBuffer } = await agreeStream(control, options.packetSize);
  const format = await applySettings(features, options.setting);
  const { width, height } = options.setting.frame;
  if (rowBytes(format, width) === undefined)
    throw new Error(`rows of ${width} pixels ${format.name} end within a byte`);
  const shape: PictureShape = { width, height, format, packetBytes: packetSize - IP_UDP_BYTES - HEADER_BYTES };
  const { frameBytes } = openFrameRing(options.ring);
  if (width * height > frameBytes || shapeBytes(shape) === 0) {
    throw new Error(`a picture of ${width} × ${height} does not fit a slot of ${frameBytes} bytes`);
  }
  const [resends, heartbeat] = [await canResend(control), await heartbeatPeriod(control)];
  return {
    features,
    shape,
    facts: { identity, pixelFormat: format.name, packetSize, resends, receiveBuffer, heartbeat },
  };
}

/** Agrees on a packet size over a socket of its own, which is closed again: each acquisition opens another. */
async function agreeStream(
  control: ControlChannel,
  wanted: number | undefined,
): Promise<{ readonly packetSize: number; readonly receiveBuffer: number }> {
  const arrivals = testPackets();
  const socket = await openStreamSocket(control.localAddress, control.remoteAddress, (bytes) =>
    arrivals.came(bytes.length),
  );
  try {
    await directStream(control, socket.port);
    const packetSize = await agreePacketSize(control, arrivals, wanted);
    await directStream(control, 0);
    return { packetSize, receiveBuffer: socket.receiveBuffer };
  } finally {
    socket.close();
  }
}

function testPackets(): TestPackets & { came(length: number): void } {
  let wanted = 0;
  let arrived: (() => void) | undefined;
  return {
    came(length) {
      if (length === wanted) arrived?.();
    },
    arrives(length, within) {
      wanted = length;
      return new Promise((resolve) => {
        const timer = setTimeout(() => resolve(false), within);
        arrived = () => {
          clearTimeout(timer);
          resolve(true);
        };
      });
    },
  };
}

interface SessionContext extends SetUp {
  readonly options: CaptureOptions;
  readonly control: ControlChannel;
  readonly say: (message: FromCapture) => void;
}

function sessionOf({ options, control, features, shape, facts, say }: SessionContext): CameraSession {
  const { device, setting } = options;
  let count: CountSoFar = { block: undefined, startsAnew: false };
  let acquisition: Acquisition | undefined;
  let asked = 0;
  let seen = 0;
  let isOver = false;
  let beat: NodeJS.Timeout | undefined;
  let due: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  async function end(reason: string, isCameraThere: boolean): Promise<void> {
    if (isOver) return;
    isOver = true;
    clearTimeout(beat);
    clearTimeout(due);
    if (isCameraThere) {
      await acquisition?.stop().catch(() => {});
      await releaseControl(control);
    }
    acquisition?.drop();
    control.close();
    say({ kind: 'ended', reason });
  }

  function scheduleBeat(): void {
    beat = setTimeout(() => void check(), facts.heartbeat);
  }

  async function check(): Promise<void> {
    try {
      const isOurs = await hasControl(control);
      if (isOver) return;
      if (isOurs) scheduleBeat();
      else await end('control of the camera was taken away', false);
    } catch (error) {
      await end(`the camera does not answer any more: ${sentenceOf(error)}`, false);
    }
  }

  const context: AcquisitionContext = {
    control,
    features,
    shape,
    ring: openFrameRing(options.ring),
    resends: facts.resends,
    notice(notice) {
      seen = notice.trigger;
      if (seen >= asked) clearTimeout(due);
      if ('missing' in notice && notice.missing === 'refused') refused(notice.detail);
      say({ kind: 'frame', notice });
    },
    skewed: (detail) => void end(detail, true),
    guessed: (block) => say({ kind: 'log', event: 'camera.counts-on', fields: { device, block } }),
  };
  let refusedBefore = '';

  /** Each frame is reported; the alarm is raised once for what is the same with all of them. */
  function refused(detail: string): void {
    if (detail === refusedBefore) return;
    refusedBefore = detail;
    say({ kind: 'fault', fault: { code: 'picture-refused', device, detail } });
  }

  async function arm(): Promise<void> {
    if (acquisition !== undefined) return;
    asked = 0;
    seen = 0;
    acquisition = await startAcquisition(context, count);
  }

  async function disarm(): Promise<void> {
    const stopping = acquisition;
    acquisition = undefined;
    clearTimeout(due);
    if (stopping !== undefined) count = await stopping.stop();
  }

  async function trigger(): Promise<void> {
    if (setting.trigger !== 'software')
      throw new Error(`the camera is triggered by ${setting.trigger}, not by software`);
    if (acquisition === undefined) throw new Error('the camera is not armed');
    await features.execute('TriggerSoftware');
    asked += 1;
    if (seen >= asked) return;
    const expected = asked;
    clearTimeout(due);
    const patience = Math.round(PICTURE_DUE + (setting.exposure ?? 0) / 1_000);
    due = setTimeout(() => {
      if (seen < expected) void end(`no picture followed software trigger ${seen + 1} within ${patience} ms`, true);
    }, patience);
  }

  const acts = { arm, disarm, trigger } as const;

  async function carryOut(what: keyof typeof acts): Promise<Fault | undefined> {
    if (isOver) return { code: 'offline', device, detail: 'the session with the camera is over' };
    try {
      await acts[what]();
      return undefined;
    } catch (error) {
      const isUnarmed = !(error instanceof CameraError) && what === 'trigger';
      return { code: isUnarmed ? 'trigger' : codeOf(error), device, detail: sentenceOf(error) };
    }
  }

  scheduleBeat();
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
