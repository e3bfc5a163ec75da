import type { FlatFieldData } from '#contract/calibration.ts';
import type { CameraJob } from '#contract/camera-job.ts';
import type { SetUpMarks, SetUpTask } from '#contract/camera-set-up.ts';
import type { PrintedCard } from '#vision/calibrate/card.ts';
import { crossingsAlong, FLAT_FIELD_LIMITS } from '#vision/calibrate/flat-field.ts';
import { fontLesson } from '#vision/calibrate/font-lesson.ts';
import {
  advanceCalibration,
  beginCalibration,
  type Calibration,
  type CalibrationSignal,
  type CalibrationTask,
  calibrationSentence,
} from '#vision/calibrate/guide.ts';
import type { SetUpOpening, SetUpSignal, SetUpState } from '#vision/calibrate/messages.ts';
import { parseBase64 } from '#vision/check/base64.ts';
import { GAIN_ONE } from '#vision/grade2d/profile.ts';
import type { GreyImage } from '#vision/image.ts';

/** A picture that was taken for the set-up; the pixels are the set-up's own. */
export type TakenPicture = { readonly kind: 'picture'; readonly image: GreyImage; readonly at: number };
/** What a lesson is told: as a thread is, with pixels in the place of slots and files. */
export type LessonSignal = TakenPicture | Exclude<SetUpSignal, { kind: 'picture' | 'kept' }>;

/** One task, from its beginning to what was learnt. */
export interface SetUp {
  readonly state: SetUpState;
  hear(signal: LessonSignal): SetUpState;
}

/** Pixels between crossings of the gain grid: several modules, so that no print could ever be learnt away. */
const MODULES_A_STEP = 8;
const USUAL_MODULE = 6;
const LEAST_STEP = 16;
const MOST_STEP = 128;

/** Begins a task. `readCard`: what the reader makes of a printed code, if it reads one. */
export function openSetUp(
  { job, task, window, font }: Omit<SetUpOpening, 'ring'>,
  readCard: (image: GreyImage, module: number) => PrintedCard | undefined,
): SetUp {
  if (task.kind === 'font') return fontLesson(window ?? job.code.window, font);
  const begun = beginCalibration(calibrationOf(task, job));
  let calibration = begun;
  const module = task.kind === 'card' ? task.module : undefined;
  return {
    get state() {
      return stateOf(calibration);
    },
    hear(signal) {
      const heard = heardAs(signal, (image) => (module === undefined ? undefined : readCard(image, module)));
      if (heard !== undefined) calibration = advanceCalibration(calibration, heard);
      return stateOf(calibration);
    },
  };
}

/** The task as the machine takes it; the job's name is the profile that the result belongs to. */
function calibrationOf(task: Exclude<SetUpTask, { kind: 'font' }>, job: CameraJob): CalibrationTask {
  const profile = job.name;
  switch (task.kind) {
    case 'flat-field': {
      const step = Math.round(MODULES_A_STEP * (job.code.module ?? USUAL_MODULE));
      const known = task.card === undefined ? {} : { card: task.card };
      return { kind: 'flat-field', profile, step: Math.min(MOST_STEP, Math.max(LEAST_STEP, step)), ...known };
    }
    case 'plane':
      return { kind: 'plane', profile, board: task.board };
    case 'card':
      return { kind: 'card', profile };
  }
}

function heardAs(
  signal: LessonSignal,
  readCard: (image: GreyImage) => PrintedCard | undefined,
): CalibrationSignal | undefined {
  switch (signal.kind) {
    case 'picture': {
      const { image, at } = signal;
      const card = readCard(image);
      return { kind: 'frame', image, at, ...(card === undefined ? {} : { card }) };
    }
    case 'no-dark':
      return { kind: 'no-dark-frame' };
    case 'again':
      return { kind: 'restart' };
    case 'text':
      return undefined;
  }
}

function stateOf(calibration: Calibration): SetUpState {
  const isLight = calibration.task.kind === 'flat-field';
  return {
    step: calibration.kind,
    sentence: calibrationSentence(calibration),
    done: doneOf(calibration),
    of: isLight ? FLAT_FIELD_LIMITS.frames : 1,
    marks: marksOf(calibration),
    ...(calibration.kind === 'done' ? { lesson: calibration.data } : {}),
  };
}

function doneOf(calibration: Calibration): number {
  if (calibration.kind === 'wants-card') return calibration.frames?.count ?? 0;
  if (calibration.kind !== 'done') return 0;
  return calibration.data.kind === 'flat-field' ? calibration.data.frames : 1;
}

function marksOf(calibration: Calibration): SetUpMarks {
  if (calibration.kind !== 'done') return { corners: [] };
  const { data, corners = [] } = calibration;
  return {
    corners: corners.map(([x, y]) => [x, y]),
    ...(data.kind === 'flat-field' ? { gains: gainsOf(data) } : {}),
  };
}

/** Gains as factors, for whoever draws them. */
function gainsOf({ frame, step, gains }: FlatFieldData): NonNullable<SetUpMarks['gains']> {
  const bytes = parseBase64(gains) ?? new Uint8Array();
  const values = Array.from({ length: bytes.length >> 1 }, (_none, at) => {
    const gain = (bytes[2 * at] ?? 0) | ((bytes[2 * at + 1] ?? 0) << 8);
    return Math.round((1000 * gain) / GAIN_ONE) / 1000;
  });
  return { step, across: crossingsAlong(frame.width, step), values };
}
