import { hash } from 'node:crypto';
import { FlatFieldData, PlaneData } from '#contract/calibration.ts';
import type { CameraJob } from '#contract/camera-job.ts';
import type { Taught } from '#contract/camera-set-up.ts';
import type { StoredFact } from '#contract/journal.ts';
import type { DeviceEntry } from '#contract/line-file.ts';
import { TrainedFont } from '#contract/trained-font.ts';
import { FACT } from '#line/fact.ts';
import { fontSentence } from '#vision/calibrate/font-lesson.ts';
import { resultSentence } from '#vision/calibrate/guide.ts';
import type { Lesson } from '#vision/calibrate/messages.ts';

/** What was learnt at the camera, as it stands in the record. `exposure` and `gain` are those it was learnt with. */
export interface TaughtBody {
  readonly device: string;
  readonly what: Taught['what'];
  /** Of a font. */
  readonly name?: string;
  readonly job: string;
  readonly exposure?: number;
  readonly gain?: number;
  readonly sha256: string;
  readonly user: string;
  readonly role: string;
  readonly reason: string;
  readonly data: FlatFieldData | PlaneData | TrainedFont;
}

/** What is known of a camera by now. */
export interface KnownOfCamera {
  readonly flatField?: FlatFieldData | undefined;
  readonly plane?: PlaneData | undefined;
  readonly fonts: Readonly<Record<string, TrainedFont>>;
}

/** What a camera was taught, by its line file and at the screen; what was learnt at the screen overrides the file. */
export interface TaughtBook {
  readonly known: KnownOfCamera;
  /** Everything that was taught, with why something is not in force. */
  readonly list: readonly Taught[];
  add(at: number, body: TaughtBody): void;
}

/** A lesson as it is recorded. */
export function taughtBody(
  { id: device, camera: job }: Pick<DeviceEntry, 'id' | 'camera'>,
  lesson: Lesson,
  who: Pick<TaughtBody, 'user' | 'role' | 'reason'> & { readonly name?: string },
): TaughtBody {
  const data = lesson.kind === 'font' ? lesson.font : lesson;
  const { name, ...by } = who;
  return {
    device,
    what: lesson.kind,
    ...(name === undefined ? {} : { name }),
    job: job?.name ?? '',
    ...(job?.exposure === undefined ? {} : { exposure: job.exposure }),
    ...(job?.gain === undefined ? {} : { gain: job.gain }),
    sha256: hash('sha256', JSON.stringify(data), 'hex'),
    ...by,
    data,
  };
}

interface Entry {
  readonly at: number;
  readonly body: TaughtBody;
}

/** What stands in the line file, and what was recorded since. */
export function recallTaught(entry: DeviceEntry, history: readonly StoredFact[]): TaughtBook {
  const newest = new Map<string, Entry>();
  // Screens ask several times a second; hashes and schemas are gone through once for each change.
  let ready: Pick<TaughtBook, 'known' | 'list'> | undefined;
  const add = (at: number, body: TaughtBody): void => {
    if (body.device === entry.id) newest.set(`${body.what} ${body.name ?? ''}`, { at, body });
    ready = undefined;
  };
  for (const { kind, at, body } of history) {
    if (kind === FACT.cameraTaught) add(at, JSON.parse(body ?? '{}'));
  }
  const made = (): Pick<TaughtBook, 'known' | 'list'> => {
    const entries = [...newest.values()];
    ready ??= {
      known: knownOf(entry, entries),
      list: [...entries.map((one) => rowOf(one, entry.camera)), ...fromFile(entry, newest)],
    };
    return ready;
  };
  return {
    get known() {
      return made().known;
    },
    get list() {
      return made().list;
    },
    add,
  };
}

function knownOf({ camera, calibration = {}, fonts = {} }: DeviceEntry, entries: readonly Entry[]): KnownOfCamera {
  const known: { -readonly [K in keyof KnownOfCamera]: KnownOfCamera[K] } = { ...calibration, fonts };
  for (const { body } of entries) {
    if (whyVoid(body, camera) !== undefined) continue;
    const { what, name = '', data } = body;
    if (what === 'flat-field') known.flatField = FlatFieldData.parse(data);
    if (what === 'plane') known.plane = PlaneData.parse(data);
    if (what === 'font') known.fonts = { ...known.fonts, [name]: TrainedFont.parse(data) };
  }
  return known;
}

/** Why something learnt is not in force under this job, in a sentence; undefined when it is. */
function whyVoid({ what, data, exposure, gain, sha256 }: TaughtBody, job: CameraJob | undefined): string | undefined {
  if (job === undefined) return 'This line has no camera any more.';
  if (hash('sha256', JSON.stringify(data), 'hex') !== sha256) return 'It is not what was accepted: its hash differs.';
  if (!schemaOf(what).safeParse(data).success) return 'It cannot be read by this version. Make it again.';
  if ('frame' in data && (data.frame.width !== job.frame.width || data.frame.height !== job.frame.height)) {
    return `It was made with frames of ${sizeOf(data.frame)}; the job now has ${sizeOf(job.frame)}. Make it again.`;
  }
  // Light is what an exposure makes of it; where the plane lies, and how characters look, does not depend on it.
  if (what !== 'flat-field') return undefined;
  return exposure === job.exposure
    ? changedTo('gain', { was: gain, is: job.gain, unit: 'dB' })
    : changedTo('exposure', { was: exposure, is: job.exposure, unit: 'µs' });
}

function changedTo(
  what: string,
  { was, is, unit }: { readonly was: number | undefined; readonly is: number | undefined; readonly unit: string },
): string | undefined {
  if (was === is) return undefined;
  const figure = (value: number | undefined) =>
    value === undefined ? 'what the camera was set to' : `${value} ${unit}`;
  return `Its ${what} was ${figure(was)}; the job now has ${figure(is)}. Make it again.`;
}

function schemaOf(what: TaughtBody['what']) {
  if (what === 'font') return TrainedFont;
  return what === 'plane' ? PlaneData : FlatFieldData;
}

function sizeOf({ width, height }: CameraJob['frame']): string {
  return `${width} × ${height} pixels`;
}

function rowOf({ at, body }: Entry, job: CameraJob | undefined): Taught {
  const { what, name, user, reason, sha256, data } = body;
  const why = whyVoid(body, job);
  return {
    what,
    ...(name === undefined ? {} : { name }),
    from: 'set-up',
    at,
    userId: user,
    reason,
    sha256,
    sentence: sentenceOf(data),
    ...(why === undefined ? {} : { why }),
  };
}

/** What the line file teaches; what was learnt since stands before it. */
function fromFile({ calibration = {}, fonts = {}, camera }: DeviceEntry, newest: ReadonlyMap<string, Entry>): Taught[] {
  const rows: Taught[] = [
    ...[calibration.flatField, calibration.plane].flatMap((data): Taught[] =>
      data === undefined ? [] : [{ what: data.kind, from: 'line-file', at: data.at, sentence: sentenceOf(data) }],
    ),
    ...Object.entries(fonts).map(
      ([name, font]): Taught => ({ what: 'font', name, from: 'line-file', sentence: sentenceOf(font) }),
    ),
  ];
  return rows.map((row) => {
    const over = newest.get(`${row.what} ${row.name ?? ''}`);
    if (over === undefined || whyVoid(over.body, camera) !== undefined) return row;
    return { ...row, why: 'What was learnt at the camera since stands before it.' };
  });
}

function sentenceOf(data: TaughtBody['data']): string {
  return 'kind' in data ? resultSentence(data) : fontSentence(data);
}
