import { type Control, createControl } from '#virtual-line/gige/control.ts';
import { createCounter } from '#virtual-line/gige/counter.ts';
import { CHUNK_ID } from '#virtual-line/gige/counting.ts';
import { describeCamera } from '#virtual-line/gige/description.ts';
import { chunked, type Shot } from '#virtual-line/gige/gvsp.ts';
import {
  ACQUISITION_MODE,
  BOOT,
  COUNTER_SOURCE,
  createRegisters,
  EXTENDED_IDS,
  FEATURE,
  type Identity,
  PIXEL_FORMAT,
  type Registers,
  SENSOR,
  TRIGGER_SOURCE,
} from '#virtual-line/gige/registers.ts';
import type { Destination, Fate, Stream } from '#virtual-line/gige/stream.ts';

/** The settings a picture is taken with. */
export interface Exposure {
  readonly width: number;
  readonly height: number;
  /** Microseconds. */
  readonly exposureTime: number;
  /** Decibels. */
  readonly gain: number;
}

/** When a picture is taken: by the photo-eye wired to the camera, by a command, or one after the other. */
export type Trigger = 'line' | 'software' | 'free';

/** How a picture goes out. */
export interface PictureForm {
  readonly fate?: Fate;
  /** What its leader says of its size. */
  readonly claims?: Partial<Shot>;
  /** What the counter said when it was taken; without: what it says now. */
  readonly count?: number;
}

/** A camera between its sensor and its stream. */
export interface GigeDevice {
  readonly control: Control;
  /** How it takes pictures now; undefined: it takes none. */
  trigger(): Trigger | undefined;
  /** Milliseconds from one picture to the next when it runs free. */
  period(): number;
  exposure(): Exposure;
  /** The photo-eye wired to the camera gives a pulse, whether the camera takes a picture then or not. */
  pulse(): void;
  /** What the counter says now: a picture that is taken now says so too. */
  count(): number;
  /** Sends a picture (8-bit grey). It has a number even if it gets lost. */
  deliver(pixels: Uint8Array, way?: PictureForm): void;
  /** Power off and on again. */
  restart(): void;
}

export interface GigeParts {
  readonly identity: Identity;
  readonly sourcePort: number;
  readonly stream: Stream;
  /** Monotonic, ms. */
  readonly now: () => number;
  /** Acquisition began, ended, or is triggered otherwise. `software`: a picture is asked for now. */
  heard(what: 'changed' | 'software'): void;
}

export function createDevice({ identity, sourcePort, stream, now, heard }: GigeParts): GigeDevice {
  const registers = createRegisters(identity, describeCamera(identity.countsTriggers));
  const counter = createCounter(registers);
  switchOn(registers, sourcePort);
  let isAcquiring = false;
  let taken = 0n;
  let poweredAt = now();

  const stop = (): void => {
    if (!isAcquiring) return;
    isAcquiring = false;
    registers.set(FEATURE.isLocked, 0);
    heard('changed');
  };
  const start = (): void => {
    if (isAcquiring) return;
    isAcquiring = true;
    taken = 0n;
    stream.clear();
    registers.set(FEATURE.isLocked, 1);
    registers.set(FEATURE.frameCount, 0);
    heard('changed');
  };
  const wrote = (address: number, written: number) => {
    switch (address) {
      case FEATURE.acquisitionStart:
        return start();
      case FEATURE.acquisitionStop:
        return stop();
      case FEATURE.triggerSoftware:
        return triggerOf(registers, isAcquiring) === 'software' ? heard('software') : undefined;
      case FEATURE.triggerMode:
      case FEATURE.triggerSource:
        return heard('changed');
      case BOOT.streamPort:
        if ((written & 0xffff) === 0) stream.clear();
        return;
      case BOOT.packetSize:
        return fire(registers, stream, written);
      case FEATURE.counterReset:
        return counter.reset();
      case FEATURE.width:
      case FEATURE.height:
      case FEATURE.pixelFormat:
      case FEATURE.chunkModeActive:
      case FEATURE.chunkEnableCounter:
        return resize(registers);
      default:
    }
  };
  const released = (): void => {
    stop();
    stream.clear();
    registers.set(BOOT.streamPort, 0);
  };
  const control = createControl({
    registers,
    now,
    effects: {
      wrote,
      released,
      resend: (request) => {
        const to = destination(registers);
        if (to) stream.resend(request, to);
      },
    },
  });

  return {
    control,
    trigger: () => triggerOf(registers, isAcquiring),
    period: () => 1000 / registers.getFloat(FEATURE.frameRate),
    exposure: () => ({
      width: registers.get(FEATURE.width),
      height: registers.get(FEATURE.height),
      exposureTime: registers.getFloat(FEATURE.exposureTime),
      gain: registers.getFloat(FEATURE.gain),
    }),
    pulse() {
      counter.count(COUNTER_SOURCE.line1);
    },
    count: counter.value,
    deliver(pixels, { fate = 'sent', claims = {}, count = counter.value() } = {}) {
      if (!isAcquiring) return;
      counter.count(COUNTER_SOURCE.exposureStart);
      taken++;
      registers.set(FEATURE.frameCount, Number(taken & 0xffff_ffffn));
      const to = destination(registers);
      const moment = { block: taken, at: BigInt(Math.round((now() - poweredAt) * 1e6)), count };
      if (to) stream.send({ ...shotOf(registers, pixels, moment), ...claims }, to, fate);
      if (registers.get(FEATURE.acquisitionMode) === ACQUISITION_MODE.single) stop();
    },
    restart() {
      isAcquiring = false;
      poweredAt = now();
      stream.clear();
      control.reset();
      registers.reset();
      switchOn(registers, sourcePort);
      heard('changed');
    },
  };
}

function switchOn(registers: Registers, sourcePort: number): void {
  registers.set(BOOT.sourcePort, sourcePort);
  resize(registers);
}

function triggerOf(registers: Registers, isAcquiring: boolean): Trigger | undefined {
  if (!isAcquiring) return undefined;
  if (registers.get(FEATURE.triggerMode) === 0) return 'free';
  return registers.get(FEATURE.triggerSource) === TRIGGER_SOURCE.software ? 'software' : 'line';
}

/** The window is always in the middle of the sensor: whoever makes it smaller keeps the code in view. */
function resize(registers: Registers): void {
  const width = registers.get(FEATURE.width);
  const height = registers.get(FEATURE.height);
  const bytes = registers.get(FEATURE.pixelFormat) === PIXEL_FORMAT.mono16 ? 2 : 1;
  registers.set(FEATURE.payloadSize, width * height * bytes + chunkBytes(registers));
  registers.set(FEATURE.offsetX, (SENSOR.width - width) / 2);
  registers.set(FEATURE.offsetY, (SENSOR.height - height) / 2);
}

/** Where pictures go; undefined: nobody has opened the stream. */
function destination(registers: Registers): Destination | undefined {
  const port = registers.get(BOOT.streamPort);
  const address = registers.get(BOOT.streamAddress);
  if (port === 0 || address === 0) return undefined;
  return {
    host: [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.'),
    port,
    form: {
      size: registers.get(BOOT.packetSize) & 0xffff,
      isExtended: (registers.get(BOOT.gvspConfiguration) & EXTENDED_IDS) !== 0,
    },
    delay: registers.get(BOOT.packetDelay),
  };
}

const FIRE = 0x8000_0000;

/** A test packet goes out in the size that was asked for, or, too large for this camera, not at all. */
function fire(registers: Registers, stream: Stream, written: number): void {
  const to = destination(registers);
  if ((written & FIRE) === 0 || !to || (written & 0xffff) > to.form.size) return;
  stream.test(to);
}

const TAG = 8;
const COUNT = 4;

/** What chunks add to the pixels. */
function chunkBytes(registers: Registers): number {
  if (registers.get(FEATURE.chunkModeActive) === 0) return 0;
  return registers.get(FEATURE.chunkEnableCounter) === 0 ? TAG : TAG + COUNT + TAG;
}

interface Moment {
  readonly block: bigint;
  readonly at: bigint;
  readonly count: number;
}

function shotOf(registers: Registers, pixels: Uint8Array, { block, at, count }: Moment): Shot {
  const pixelFormat = registers.get(FEATURE.pixelFormat);
  const grey = Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  const image = pixelFormat === PIXEL_FORMAT.mono16 ? widened(grey) : grey;
  const isChunked = registers.get(FEATURE.chunkModeActive) === 1;
  return {
    block,
    data: isChunked ? withChunks(registers, image, count) : image,
    isChunked,
    width: registers.get(FEATURE.width),
    height: registers.get(FEATURE.height),
    offsetX: registers.get(FEATURE.offsetX),
    offsetY: registers.get(FEATURE.offsetY),
    pixelFormat,
    at,
  };
}

function withChunks(registers: Registers, image: Buffer, count: number): Buffer {
  const value = Buffer.alloc(COUNT);
  value.writeUInt32BE(count);
  const counted = registers.get(FEATURE.chunkEnableCounter) === 1 ? ([[CHUNK_ID.counterValue, value]] as const) : [];
  return chunked([[CHUNK_ID.image, image], ...counted]);
}

/** Two bytes a pixel, the low one first: grey in the high one. */
function widened(grey: Buffer): Buffer {
  const wide = Buffer.alloc(grey.length * 2);
  for (let i = 0; i < grey.length; i++) wide[2 * i + 1] = grey[i] ?? 0;
  return wide;
}
