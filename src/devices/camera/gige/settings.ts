import type { CameraJob } from '#contract/camera-job.ts';
import type { Features, FeatureValue } from '#devices/camera/genicam/features.ts';
import { CameraError } from '#devices/camera/gige/control/channel.ts';
import { type PixelFormat, pixelFormat, pixelFormatNames } from '#devices/camera/gige/stream/pixel-formats.ts';

/** What of a camera job is written to the device, and what the wiring of the camera adds to it. */
export interface CameraSetting extends Pick<CameraJob, 'frame' | 'exposure' | 'gain' | 'trigger'> {
  /** The input the photo-eye is wired to. */
  readonly triggerLine: string;
  /** undefined: Mono8 where the camera has it, else as it is set. */
  readonly pixelFormat: string | undefined;
}

/** One feature and the value it should have; how far off a camera may round it. */
export interface Wish {
  readonly feature: string;
  readonly value: FeatureValue;
  readonly tolerance?: number;
}

/** A camera rounds exposure to its line time, and gain to the steps of its amplifier. */
const EXPOSURE_TOLERANCE = 0.02;
const GAIN_TOLERANCE = 0.1;

/** Writes every setting and reads it back. Throws an Error that names the feature and both values. Answers the format. */
export async function applySettings(features: Features, setting: CameraSetting): Promise<PixelFormat> {
  for (const wish of wishesFor(features, setting)) await applyWish(features, wish);
  return formatInUse(features);
}

/** Sets how the camera is triggered, and reads it back; the rest of its settings stay as they are. */
export async function applyTrigger(features: Features, setting: CameraSetting): Promise<void> {
  for (const wish of triggerWishes(features, setting)) await applyWish(features, wish);
}

function wishesFor(features: Features, setting: CameraSetting): readonly Wish[] {
  const { frame } = setting;
  return [
    ...formatWish(features, setting),
    { feature: 'Width', value: frame.width },
    { feature: 'Height', value: frame.height },
    { feature: 'AcquisitionMode', value: 'Continuous' },
    ...triggerWishes(features, setting),
    ...exposureWishes(features, setting),
    ...gainWishes(features, setting),
  ];
}

function formatWish(features: Features, { pixelFormat: wanted }: CameraSetting): readonly Wish[] {
  if (wanted !== undefined) return [{ feature: 'PixelFormat', value: wanted }];
  const offered = features.entries('PixelFormat') ?? [];
  return offered.includes('Mono8') ? [{ feature: 'PixelFormat', value: 'Mono8' }] : [];
}

function triggerWishes(features: Features, { trigger, triggerLine }: CameraSetting): readonly Wish[] {
  const selected = where(features, 'TriggerSelector', 'FrameStart');
  if (trigger === 'free') return [...selected, ...where(features, 'TriggerMode', 'Off')];
  const source: Wish = { feature: 'TriggerSource', value: trigger === 'line' ? triggerLine : 'Software' };
  const edge = trigger === 'line' ? where(features, 'TriggerActivation', 'RisingEdge') : [];
  return [...selected, { feature: 'TriggerMode', value: 'On' }, source, ...edge];
}

function exposureWishes(features: Features, { exposure }: CameraSetting): readonly Wish[] {
  if (exposure === undefined) return [];
  const feature = oneOf(features, ['ExposureTime', 'ExposureTimeAbs']);
  const tolerance = Math.max(1, exposure * EXPOSURE_TOLERANCE);
  return [
    ...where(features, 'ExposureAuto', 'Off'),
    ...where(features, 'ExposureMode', 'Timed'),
    { feature, value: exposure, tolerance },
  ];
}

function gainWishes(features: Features, { gain }: CameraSetting): readonly Wish[] {
  if (gain === undefined) return [];
  const feature = oneOf(features, ['Gain', 'GainRaw']);
  return [...where(features, 'GainAuto', 'Off'), { feature, value: gain, tolerance: GAIN_TOLERANCE }];
}

/** A value that the camera did not take over: it reads back another. */
export class RefusedSetting extends Error {}

/** A wish that only a camera with this feature can fulfil, and that the others fulfil by not having it. */
export function where(features: Features, feature: string, value: FeatureValue): readonly Wish[] {
  return features.has(feature) ? [{ feature, value }] : [];
}

function oneOf(features: Features, names: readonly [string, ...string[]]): string {
  return names.find((name) => features.has(name)) ?? names[0];
}

/** Writes one setting and reads it back. Throws an Error that names it and both values. */
export async function applyWish(features: Features, { feature, value, tolerance = 0 }: Wish): Promise<void> {
  await features.set(feature, value).catch((error: unknown) => refuse(feature, value, error));
  const read = await features.get(feature);
  if (!isSame(value, read, tolerance)) {
    throw new RefusedSetting(`${feature} was set to ${value}, and the camera reads back ${read}`);
  }
}

/** A status word does not say of what it is the answer; a camera that is silent has not refused anything. */
function refuse(feature: string, value: FeatureValue, error: unknown): never {
  if (!(error instanceof CameraError) || error.status === undefined) throw error;
  throw new CameraError(`${feature} could not be set to ${value}: ${error.message}`, error.status);
}

function isSame(value: FeatureValue, read: FeatureValue, tolerance: number): boolean {
  if (typeof value === 'number' && typeof read === 'number') return Math.abs(value - read) <= tolerance;
  return value === read;
}

async function formatInUse(features: Features): Promise<PixelFormat> {
  const name = await features.get('PixelFormat');
  const format = pixelFormat(Number(await features.number('PixelFormat')));
  if (format !== undefined) return format;
  throw new Error(`PixelFormat is ${name}, and what can be read is ${pixelFormatNames().join(', ')}`);
}
