import { Worker } from 'node:worker_threads';
import type { CameraJob } from '#contract/camera-job.ts';
import { openFrameRing, SLOT } from '#contract/frame-ring.ts';
import type { CaptureOptions, FromCapture, ToCapture } from '#devices/camera/gige/capture-port.ts';
import type { CountMemory } from '#devices/camera/gige/count-keeper.ts';
import type { FrameNotice } from '#devices/camera/notice.ts';
import type { Connector, Session } from '#devices/driver.ts';
import type { DeviceLog } from '#devices/log.ts';
import { questions } from '#devices/questions.ts';
import type { Endpoint } from '#devices/wire.ts';
import type { DeviceSignal, Fault, ReaderDirective } from '#line/signal.ts';
import type { Millis } from '#line/time.ts';

/** Arming waits for the camera three times; disarming also for what is on its way. */
const PATIENCE: Millis = 5_000;
/** A thread that was told to end and does not is ended. */
const FAREWELL: Millis = 2_000;

export const GIGE_CAMERA = {
  id: 'gige-camera',
  evidence: 'foreign-stack',
  capabilities: { kind: 'reader', grades: true, counts: ['image'] },
} as const;

export interface GigeCameraOptions {
  readonly deviceId: string;
  readonly job: CameraJob;
  /** Made by `createFrameRing`; a slot holds at least width × height bytes. */
  readonly ring: SharedArrayBuffer;
  /** Where `capture.thread` lies. */
  readonly thread: URL;
  /** What became of each trigger, in order. */
  readonly frame: (notice: FrameNotice) => void;
  readonly log: DeviceLog;
  /** The camera's input that the photo-eye is wired to. */
  readonly triggerLine?: string;
  readonly pixelFormat?: string;
  /** Bytes of a packet with its headers; without it, the largest that the network carries is found. */
  readonly packetSize?: number;
}

/** A camera that is told what a reader is told, and can be asked for a picture. */
export interface GigeCamera extends Connector<DeviceSignal, ReaderDirective> {
  /** Asks for one picture: for trigger `software`, while armed. A Fault when the camera is away or does not do it. */
  softwareTrigger(): Promise<Fault | undefined>;
  /** One picture by software trigger, whatever the job's trigger is, which is set back: for set-up, while not armed. */
  takePicture(): Promise<Fault | undefined>;
}

type Answer = Extract<FromCapture, { kind: 'told' }>;
type Told = Extract<ToCapture, { kind: 'tell' }>['what'];

/** What is known of one camera's count, over all contacts. */
interface CountKnown {
  counts: 'triggers' | 'pictures';
  counted: CountMemory | undefined;
  isUseless: boolean;
}

/** What it can do where it counts its triggers: known once it was met. */
const COUNTING = { ...GIGE_CAMERA.capabilities, counts: ['trigger', 'image'] } as const;

/** A GigE Vision camera (docs/devices/gige-vision.md). Decoding and grading its pictures is somebody else's work. */
export function gigeCamera(options: GigeCameraOptions): GigeCamera {
  let current: ((what: 'trigger' | 'picture') => Promise<Fault | undefined>) | undefined;
  const known: CountKnown = { counts: 'pictures', counted: undefined, isUseless: false };
  return {
    ...GIGE_CAMERA,
    get capabilities() {
      return known.counts === 'triggers' ? COUNTING : GIGE_CAMERA.capabilities;
    },
    async connect(endpoint, report) {
      const { session, tell } = await contact(options, known, endpoint, report);
      current = tell;
      void session.ended.then(() => {
        if (current === tell) current = undefined;
      });
      return session;
    },
    async softwareTrigger() {
      return current === undefined ? away(options.deviceId) : current('trigger');
    },
    async takePicture() {
      return current === undefined ? away(options.deviceId) : current('picture');
    },
  };
}

interface Contact {
  readonly session: Session<ReaderDirective>;
  tell(what: Told): Promise<Fault | undefined>;
}

function contact(
  options: GigeCameraOptions,
  known: CountKnown,
  endpoint: Endpoint,
  report: (signal: DeviceSignal) => void,
): Promise<Contact> {
  const { deviceId: device, frame, log } = options;
  const worker = new Worker(options.thread, { workerData: captureOptions(options, known, endpoint) });
  const slots = slotKeeper(options.ring);
  const asked = questions<number, Answer>();
  const ended = settled<string>();
  const gone = settled<void>();
  let lastId = 0;
  let isOver = false;

  function over(reason: string): void {
    isOver = true;
    ended.settle(reason);
    asked.abandon();
  }

  async function tell(what: Told): Promise<Fault | undefined> {
    if (isOver) return away(device);
    lastId += 1;
    const answer = asked.ask(lastId, PATIENCE);
    post(worker, { kind: 'tell', id: lastId, what });
    const told = await answer;
    if (told !== undefined) return told.fault;
    return { code: 'no-answer', device, detail: `the camera did not confirm ${what}` };
  }

  async function close(): Promise<void> {
    post(worker, { kind: 'close' });
    const late = setTimeout(() => void worker.terminate(), FAREWELL);
    await gone.when;
    clearTimeout(late);
  }

  return new Promise((resolve, reject) => {
    const takers: Takers = {
      opened({ camera }) {
        log.info('camera.opened', { device, ...camera });
        known.counts = camera.counts;
        resolve({ tell, session: { ended: ended.when, close, tell: ({ kind }) => tell(kind) } });
      },
      refused: ({ detail }) => reject(new Error(detail)),
      told: (answer) => void asked.answer(answer.id, answer),
      frame({ notice, counted }) {
        known.counted = counted ?? known.counted;
        slots.handed(notice);
        frame(notice);
      },
      'count-useless'() {
        known.isUseless = true;
        log.warn('camera.count-useless', { device, detail: 'from now on its pictures are counted, not its triggers' });
      },
      fault: ({ fault }) => report({ kind: 'device-fault', at: Date.now(), fault }),
      log: ({ event, fields }) => log.warn(event, fields),
      ended: ({ reason }) => over(reason),
    };
    worker.on('message', (message: FromCapture) => take(takers, message));
    worker.on('error', (error: unknown) => {
      log.warn('camera.thread-died', { device, error: String(error) });
    });
    worker.on('exit', () => {
      slots.bury();
      over('the capture thread ended');
      gone.settle();
      reject(new Error('the capture thread ended before it met the camera'));
    });
  });
}

/** What is done with each kind of message. */
type Takers = { readonly [K in FromCapture['kind']]: (message: Extract<FromCapture, { kind: K }>) => void };

function take<K extends FromCapture['kind']>(takers: Takers, message: Extract<FromCapture, { kind: K }>): void {
  takers[message.kind as K](message);
}

function captureOptions(options: GigeCameraOptions, known: CountKnown, { host, port }: Endpoint): CaptureOptions {
  const { frame, exposure, gain, trigger } = options.job;
  const setting = { frame, exposure, gain, trigger };
  return {
    device: options.deviceId,
    host,
    port,
    setting: { ...setting, triggerLine: options.triggerLine ?? 'Line1', pixelFormat: options.pixelFormat },
    ring: options.ring,
    packetSize: options.packetSize,
    counted: known.counted,
    isCountUseless: known.isUseless,
  };
}

function post(worker: Worker, message: ToCapture): void {
  worker.postMessage(message);
}

/** Frees what a thread held when it ended: slots it was writing, and whole pictures nobody was told about. */
function slotKeeper(memory: SharedArrayBuffer) {
  const ring = openFrameRing(memory);
  const handed = new Map<number, string>();
  // The ring holds 32 bits of a count that may have gone further.
  const nameOf = (trigger: number, at: number): string => `${trigger >>> 0} ${at}`;
  return {
    handed(notice: FrameNotice): void {
      if ('slot' in notice) handed.set(notice.slot, nameOf(notice.trigger, notice.at));
    },
    bury(): void {
      for (let slot = 0; slot < ring.slots; slot++) {
        const { trigger, at } = ring.look(slot);
        const isUnknown = ring.state(slot) === SLOT.ready && handed.get(slot) !== nameOf(trigger, at);
        if (isUnknown) ring.move(slot, SLOT.ready, SLOT.free);
        ring.move(slot, SLOT.writing, SLOT.free);
      }
    },
  };
}

function settled<T>() {
  let settle: (value: T) => void = () => {};
  const when = new Promise<T>((resolve) => {
    settle = resolve;
  });
  return { when, settle };
}

function away(device: string): Fault {
  return { code: 'offline', device, detail: 'the camera is not connected' };
}
