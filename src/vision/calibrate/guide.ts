import type { FlatFieldData, PlaneData } from '#contract/calibration.ts';
import type { Point } from '#contract/inspection.ts';
import { fitCard, type PrintedCard } from '#vision/calibrate/card.ts';
import { type Board, findBoard } from '#vision/calibrate/checkerboard.ts';
import { addFrame, type CardFrames, FLAT_FIELD_LIMITS, learnGains } from '#vision/calibrate/flat-field.ts';
import { type FittedPlane, fitPlane } from '#vision/calibrate/plane.ts';
import { flatFieldData, planeData } from '#vision/calibrate/store.ts';
import type { GreyImage } from '#vision/image.ts';

/** What is calibrated, and for which camera profile. */
export type CalibrationTask =
  /** `step`: pixels between the crossings of the gain grid: several modules. `card`: its reflectance, where it is known. */
  | { readonly kind: 'flat-field'; readonly profile: string; readonly step: number; readonly card?: number }
  | { readonly kind: 'plane'; readonly profile: string; readonly board: Board }
  /** The reader reads the card; its frame comes with what it read. */
  | { readonly kind: 'card'; readonly profile: string };

/** Where a calibration stands. `why`: a plain sentence on what was wrong with the last frame, or with all of them. */
export type Calibration =
  | { readonly kind: 'wants-dark'; readonly task: FlatFieldTask; readonly why?: string }
  | {
      readonly kind: 'wants-card';
      readonly task: FlatFieldTask;
      readonly dark: number;
      readonly frames?: CardFrames;
      readonly last?: number;
      readonly why?: string;
    }
  | { readonly kind: 'wants-board'; readonly task: PlaneTask; readonly why?: string }
  /** `corners`: what the plane was found by, in the frame. */
  | {
      readonly kind: 'done';
      readonly task: CalibrationTask;
      readonly data: FlatFieldData | PlaneData;
      readonly corners?: readonly Point[];
    }
  | { readonly kind: 'refused'; readonly task: CalibrationTask; readonly why: string };

type FlatFieldTask = Extract<CalibrationTask, { kind: 'flat-field' }>;
type PlaneTask = Exclude<CalibrationTask, { kind: 'flat-field' }>;

/** What happens. `at`: milliseconds since 1970. */
export type CalibrationSignal =
  | { readonly kind: 'frame'; readonly image: GreyImage; readonly at: number; readonly card?: PrintedCard }
  /** The light cannot be switched off: the dark level is taken for 0. */
  | { readonly kind: 'no-dark-frame' }
  | { readonly kind: 'restart' };

type Frame = Extract<CalibrationSignal, { kind: 'frame' }>;

/** A dark frame brighter than this was not dark, in grey levels. */
const DARKEST = 40;

export function beginCalibration(task: CalibrationTask): Calibration {
  return task.kind === 'flat-field' ? { kind: 'wants-dark', task } : { kind: 'wants-board', task };
}

/** One step of a calibration. A signal that means nothing in its state changes nothing. */
export function advanceCalibration(state: Calibration, signal: CalibrationSignal): Calibration {
  if (signal.kind === 'restart') return beginCalibration(state.task);
  switch (state.kind) {
    case 'wants-dark':
      return signal.kind === 'frame' ? takeDark(state.task, signal) : { kind: 'wants-card', task: state.task, dark: 0 };
    case 'wants-card':
      return signal.kind === 'frame' ? takeCard(state, signal) : state;
    case 'wants-board':
      return signal.kind === 'frame' ? takeBoard(state.task, signal) : state;
    case 'done':
    case 'refused':
      return state;
  }
}

/** What the person at the camera is asked to do, or told. */
export function calibrationSentence(state: Calibration): string {
  const why = 'why' in state && state.why !== undefined ? ` ${capital(state.why)}.` : '';
  switch (state.kind) {
    case 'wants-dark':
      return `Switch the light off, or cover the lens.${why}`;
    case 'wants-card':
      return `${cardSentence(state.frames?.count ?? 0)}${why}`;
    case 'wants-board':
      return `${boardSentence(state.task)}${why}`;
    case 'done':
      return resultSentence(state.data);
    case 'refused':
      return `Not calibrated:${why} Begin again.`;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function cardSentence(count: number): string {
  if (count === 0) return 'Show the matte card; it must fill the frame.';
  return `Move the card a little: ${count} of ${FLAT_FIELD_LIMITS.frames}.`;
}

function boardSentence(task: PlaneTask): string {
  if (task.kind === 'card') return 'Lay the printed code into the product plane.';
  return `Lay the board with ${task.board.across} × ${task.board.down} squares into the product plane.`;
}

/** What a calibration says of itself. */
export function resultSentence(data: FlatFieldData | PlaneData): string {
  if (data.kind === 'flat-field') {
    return `The light is known from ${data.frames} frames; it differs by ${(data.range * 100).toFixed(0)} % over the frame.`;
  }
  const { millimetresPerPixel, tilt, residual, points } = data;
  return `The plane is known from ${points} points, ${residual.toFixed(2)} px off: ${millimetresPerPixel.toFixed(4)} mm per pixel, tilted by ${tilt.toFixed(1)}°.`;
}

function takeDark(task: FlatFieldTask, { image }: Frame): Calibration {
  const frame = addFrame(undefined, image);
  const dark = frame === undefined ? 255 : meanOf(frame);
  if (dark <= DARKEST) return { kind: 'wants-card', task, dark };
  return { kind: 'wants-dark', task, why: `the frame is not dark: ${dark.toFixed(0)} grey levels` };
}

function meanOf({ sum }: CardFrames): number {
  return sum.reduce((total, value) => total + value, 0) / Math.max(1, sum.length);
}

type WantsCard = Extract<Calibration, { kind: 'wants-card' }>;

function takeCard(state: WantsCard, { image, at }: Frame): Calibration {
  const print = fingerprint(image);
  if (print === state.last) return { ...state, why: 'the picture did not change' };
  const frames = addFrame(state.frames, image);
  if (frames === undefined)
    return { kind: 'refused', task: state.task, why: 'the frame has another size than the one before' };
  if (frames.saturated > FLAT_FIELD_LIMITS.saturatedShare || frames.count >= FLAT_FIELD_LIMITS.frames) {
    return concluded(state, frames, at);
  }
  return { kind: 'wants-card', task: state.task, dark: state.dark, frames, last: print };
}

/** Saturation is an error at once, not after sixteen frames. */
function concluded({ task, dark }: WantsCard, frames: CardFrames, at: number): Calibration {
  const learnt = learnGains(frames, dark, task.step);
  if (learnt.kind === 'learnt') {
    const data = flatFieldData({ ...learnt, frames: frames.count, card: task.card }, { profile: task.profile, at });
    return { kind: 'done', task, data };
  }
  return { kind: 'refused', task, why: learnt.why };
}

/** A number that changes with any pixel: a camera that sends one picture again and again is found out. */
function fingerprint({ pixels, width, height, stride }: GreyImage): number {
  let hash = 0x811c9dc5;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) hash = Math.imul(hash ^ (pixels[y * stride + x] ?? 0), 0x01000193);
  }
  return hash >>> 0;
}

function takeBoard(task: PlaneTask, frame: Frame): Calibration {
  const fitted = task.kind === 'plane' ? fitBoard(frame.image, task.board) : fitRead(frame);
  if (fitted.kind === 'refused') return { kind: 'wants-board', task, why: fitted.why };
  const { width, height } = frame.image;
  return {
    kind: 'done',
    task,
    data: planeData(fitted.plane, { width, height }, { profile: task.profile, at: frame.at }),
    corners: fitted.corners,
  };
}

/** A fit, and what it was made to. */
type Seen = Exclude<FittedPlane, { kind: 'fitted' }> | (FittedPlane & { readonly corners: readonly Point[] });

function fitRead({ image, card }: Frame): Seen {
  if (card === undefined) return { kind: 'refused', why: 'no code was read' };
  return { ...fitCard(image, card), corners: card.corners };
}

function fitBoard(image: GreyImage, board: Board): Seen {
  const found = findBoard(image, board);
  if (found.kind === 'not-found') return { kind: 'refused', why: found.why };
  const pairs = found.corners.map((pixel, at) => ({
    pixel,
    plane: [(at % (board.across - 1)) * board.square, Math.floor(at / (board.across - 1)) * board.square] as const,
  }));
  return { ...fitPlane(pairs, [image.width / 2, image.height / 2]), corners: found.corners };
}
