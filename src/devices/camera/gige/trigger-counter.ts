import type { ChunkValue } from '#devices/camera/genicam/chunk-value.ts';
import { FeatureError } from '#devices/camera/genicam/description.ts';
import type { Features } from '#devices/camera/genicam/features.ts';
import { sentenceOf } from '#devices/camera/gige/contact.ts';
import { CameraError } from '#devices/camera/gige/control/channel.ts';
import { applyWish, type CameraSetting, RefusedSetting, type Wish, where } from '#devices/camera/gige/settings.ts';

/** A counter of the camera that counts the edges of the trigger line, and comes with each picture. */
export interface TriggerCounter {
  /** Where its value is among the chunks. */
  readonly chunk: ChunkValue;
  /** The feature that shows it at any time; undefined: there is none. */
  readonly shows: string | undefined;
  /** It was found as it is left: it may have counted since it was seen last. */
  readonly wasRunning: boolean;
}

/** How cameras spell it, the standard (SFNC, Counter and Timer Control, Chunk Data Control) first. */
interface Spelling {
  /** Entry of ChunkSelector, and the value that comes. */
  readonly entry: string;
  readonly value: string;
  /** A counter of the camera is chosen and told what to count; else the chunk counts triggers by itself. */
  readonly counter: { readonly selector: string; readonly source: string; readonly shows: string } | undefined;
}

const STANDARD = { selector: 'CounterSelector', source: 'CounterEventSource', shows: 'CounterValue' } as const;
const SPELLINGS: readonly Spelling[] = [
  { entry: 'CounterValue', value: 'ChunkCounterValue', counter: STANDARD },
  // Basler's older GigE cameras count the triggers they receive (ace, aviator: "Trigger Input Counter").
  { entry: 'Triggerinputcounter', value: 'ChunkTriggerinputcounter', counter: undefined },
];

const EDGE = 'RisingEdge';

/**
 * Lets the camera count its triggers, and send the count with each picture. A running counter is not touched. Answers why
 * not, as a sentence, when it cannot; pictures then come without chunks.
 */
export async function countTriggers(features: Features, setting: CameraSetting): Promise<TriggerCounter | string> {
  const why = await tryToCount(features, setting);
  if (typeof why === 'string') await withoutChunks(features);
  return why;
}

/** Pictures come alone. */
export async function withoutChunks(features: Features): Promise<void> {
  for (const wish of where(features, 'ChunkModeActive', false)) await applyWish(features, wish);
}

async function tryToCount(features: Features, setting: CameraSetting): Promise<TriggerCounter | string> {
  if (setting.trigger !== 'line') return 'the camera is not triggered by a line, so it counts pictures';
  const spelling = SPELLINGS.find((one) => isThere(features, one));
  if (spelling === undefined) return 'the camera cannot send a count of its triggers, so it counts pictures';
  try {
    return await switchOn(features, spelling, setting);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return `the camera counts pictures, because its count of triggers could not be set up: ${sentenceOf(error)}`;
  }
}

function isThere(features: Features, { entry, value, counter }: Spelling): boolean {
  const needed = ['ChunkModeActive', 'ChunkEnable', value, ...(counter ? [counter.source, counter.shows] : [])];
  return needed.every((name) => features.has(name)) && (features.entries('ChunkSelector') ?? []).includes(entry);
}

/** A camera that is silent has not refused anything. */
function isRefusal(error: unknown): boolean {
  if (error instanceof CameraError) return error.status !== undefined;
  return error instanceof FeatureError || error instanceof RefusedSetting;
}

async function switchOn(features: Features, spelling: Spelling, setting: CameraSetting): Promise<TriggerCounter> {
  const { entry, value, counter } = spelling;
  const hadChunks = (await features.get('ChunkModeActive')) === true;
  await applyWish(features, { feature: 'ChunkModeActive', value: true });
  await applyWish(features, { feature: 'ChunkSelector', value: entry });
  const hadThis = hadChunks && (await features.get('ChunkEnable')) === true;
  await applyWish(features, { feature: 'ChunkEnable', value: true });
  const used = counter && (await chooseCounter(features, counter, setting.triggerLine));
  if (used?.name !== undefined && features.entries('ChunkCounterSelector')?.includes(used.name) === true) {
    await applyWish(features, { feature: 'ChunkCounterSelector', value: used.name });
  }
  return {
    chunk: await features.chunk(value),
    shows: counter?.shows,
    wasRunning: used?.wasRunning ?? hadThis,
  };
}

/** A counter by its name; undefined where there is only one. */
interface UsedCounter {
  readonly name: string | undefined;
  readonly wasRunning: boolean;
}

/** The counter that counts this line already, or one that counts nothing, or the first. */
async function chooseCounter(
  features: Features,
  { selector, source }: NonNullable<Spelling['counter']>,
  line: string,
): Promise<UsedCounter> {
  const names = features.entries(selector) ?? [undefined];
  const wishes = counterWishes(features, source, line);
  let idle: string | undefined;
  for (const name of names) {
    if (name !== undefined) await features.set(selector, name);
    if (await isSo(features, wishes)) return { name, wasRunning: true };
    if (idle === undefined && (await features.get(source)) === 'Off') idle = name;
  }
  const name = idle ?? names[0];
  if (name !== undefined) await applyWish(features, { feature: selector, value: name });
  for (const wish of wishes) await applyWish(features, wish);
  if (features.has('CounterReset')) await features.execute('CounterReset');
  return { name, wasRunning: false };
}

function counterWishes(features: Features, source: string, line: string): readonly Wish[] {
  return [
    { feature: source, value: line },
    ...where(features, 'CounterEventActivation', EDGE),
    ...whereOffered(features, 'CounterTriggerSource', 'Off'),
    ...whereOffered(features, 'CounterResetSource', 'Off'),
  ];
}

function whereOffered(features: Features, feature: string, entry: string): readonly Wish[] {
  return features.entries(feature)?.includes(entry) === true ? [{ feature, value: entry }] : [];
}

async function isSo(features: Features, wishes: readonly Wish[]): Promise<boolean> {
  for (const { feature, value } of wishes) if ((await features.get(feature)) !== value) return false;
  return true;
}
