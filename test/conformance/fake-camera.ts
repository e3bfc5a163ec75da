import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { CameraJob, type CameraJobText } from '#contract/camera-job.ts';
import { createFrameRing, type Frame, openFrameRing } from '#contract/frame-ring.ts';
import { type ControlChannel, openControl } from '#devices/camera/gige/control/channel.ts';
import { type GigeCamera, type GigeCameraOptions, gigeCamera } from '#devices/camera/gige/driver.ts';
import type { FrameNotice } from '#devices/camera/notice.ts';

const PROGRAM = 'arv-fake-gv-camera-0.8';

/** Where Aravis' camera listens: it knows no other port. */
export const PLACE = { host: '127.0.0.1', port: 3956 } as const;

/** Registers of Aravis' camera that no feature of a job reaches. */
export const FRAME_PERIOD = 0x138;

/** Why the camera of another house cannot be tried here; undefined when it can. */
export const noFakeCamera =
  spawnSync(PROGRAM, ['--help']).status === 0
    ? undefined
    : `skipped: ${PROGRAM} is not installed (Debian: aravis-tools)`;

export interface FakeCamera {
  readonly pid: number | undefined;
  end(): Promise<void>;
}

/** Starts Aravis' camera as a process of its own, and waits until it answers. */
export async function startFakeCamera(...args: readonly string[]): Promise<FakeCamera> {
  await portIsFree();
  const camera = spawn(PROGRAM, ['-i', PLACE.host, '-s', 'LINE01', ...args], { stdio: 'ignore' });
  await answers(camera);
  return {
    pid: camera.pid,
    async end() {
      if (camera.exitCode !== null || camera.signalCode !== null) return;
      const gone = once(camera, 'exit');
      camera.kill('SIGKILL');
      await gone;
    },
  };
}

/** It knows no other port: a second one on this machine would be taken for it. */
async function portIsFree(): Promise<void> {
  for (let tries = 0; ; tries++) {
    const socket = createSocket('udp4');
    const isFree = await new Promise<boolean>((resolve) => {
      socket.once('error', () => resolve(false));
      socket.bind(PLACE.port, PLACE.host, () => resolve(true));
    });
    socket.close();
    if (isFree) return;
    if (tries === 200) throw new Error(`somebody else listens at ${PLACE.host}:${PLACE.port}`);
    await wait(50);
  }
}

async function answers(camera: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    if (camera.exitCode !== null) throw new Error(`${PROGRAM} ended with ${camera.exitCode}`);
    const control = await openControl(PLACE);
    const isThere = await control.readRegister(0).then(
      () => true,
      () => false,
    );
    control.close();
    if (isThere) return;
    await wait(50);
  }
  throw new Error(`${PROGRAM} does not answer`);
}

/** A conversation with the camera beside the driver's. */
export async function aside<T>(talk: (control: ControlChannel) => Promise<T>): Promise<T> {
  const control = await openControl(PLACE);
  try {
    return await talk(control);
  } finally {
    control.close();
  }
}

/** Pictures follow each other this fast. Aravis' camera takes it from anybody. */
export function setFramePeriod(microseconds: number): Promise<void> {
  return aside((control) => control.writeRegister({ address: FRAME_PERIOD, value: microseconds }));
}

export function jobOf(job: Partial<CameraJobText>): CameraJob {
  return CameraJob.parse({
    name: 'conformance',
    frame: { width: 320, height: 240 },
    trigger: 'free',
    exposure: 10_000,
    symbologies: ['DataMatrix'],
    code: { window: { x: 0, y: 0, width: 64, height: 64 } },
    ...job,
  });
}

export interface Watched {
  readonly camera: GigeCamera;
  readonly notices: FrameNotice[];
  readonly logged: string[];
  /** Whole pictures, and those of them that were not as Aravis paints them. */
  readonly seen: { whole: number; torn: number };
  until(isSo: () => boolean, what: string, limit?: number): Promise<void>;
}

/** So many that a test that is not given its turn for half a second misses no picture. */
const SLOTS = 128;

/** A camera whose pictures are looked at as they come, and given back. */
export function watch(
  job: CameraJob,
  more: Partial<GigeCameraOptions> = {},
  isAsPainted: (frame: Frame) => boolean = isRamp,
): Watched {
  const memory = createFrameRing(SLOTS, job.frame.width * job.frame.height);
  const ring = openFrameRing(memory);
  const notices: FrameNotice[] = [];
  const logged: string[] = [];
  const seen = { whole: 0, torn: 0 };
  const camera = gigeCamera({
    deviceId: 'eye',
    job,
    ring: memory,
    thread: new URL('../../src/devices/camera/gige/capture.thread.ts', import.meta.url),
    log: { info: (event) => logged.push(event), warn: (event) => logged.push(event) },
    frame(notice) {
      notices.push(notice);
      if ('missing' in notice) return;
      const frame = ring.take(notice.slot);
      const isGood = frame !== undefined && frame.trigger === notice.trigger && isAsPainted(frame);
      seen.whole += 1;
      seen.torn += isGood ? 0 : 1;
      ring.free(notice.slot);
    },
    ...more,
  });
  return { camera, notices, logged, seen, until };
}

export async function until(isSo: () => boolean, what: string, limit = 60_000): Promise<void> {
  const deadline = performance.now() + limit;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`still not so after ${limit} ms: ${what}`);
    await wait(5);
  }
}

/**
 * Datagrams that the operating system threw away so far because nobody fetched them in time: on a machine that is starved
 * a picture may lack them through no fault of this product's. The figure is the machine's, so it may count too many.
 */
export function droppedBySystem(): number {
  const [names, values] = readFileSync('/proc/net/snmp', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('Udp:'))
    .map((line) => line.split(' '));
  return Number(values?.[names?.indexOf('RcvbufErrors') ?? -1]);
}

/** Aravis paints a diagonal ramp, a step further with each picture: at 10 ms of exposure, grey is (x + y + n) mod 255. */
export function isRamp({ pixels, width, height, stride }: Frame): boolean {
  const first = pixels[0] ?? 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (pixels[y * stride + x] !== (x + y + first) % 255) return false;
    }
  }
  return true;
}
