import type { CameraSetUp, SetUpSession, Taught } from '#contract/camera-set-up.ts';
import type { EyePicture } from '#contract/eye.ts';

/** The set-up of a camera at some moments, as the station would tell them. */

const FRAME = { width: 640, height: 480 };
const WINDOW = { x: 264, y: 276, width: 220, height: 32 };
const AT = Date.UTC(2026, 10, 22, 8, 12, 40);

/** A whole frame of which each pixel is given. */
function frameOf(greyAt: (x: number, y: number) => number): EyePicture {
  const grey = Buffer.alloc(FRAME.width * FRAME.height);
  for (let at = 0; at < grey.length; at += 1) grey[at] = greyAt(at % FRAME.width, Math.floor(at / FRAME.width));
  return { at: AT, frame: FRAME, window: { x: 0, y: 0, ...FRAME }, ...FRAME, grey: grey.toString('base64') };
}

const CARD = frameOf((x, y) => 150 + x / 16 - y / 24 + ((x * 7 + y * 13) % 3));
const BOARD = frameOf((x, y) => {
  const [column, row] = [Math.floor((x - 50) / 60), Math.floor((y - 30) / 60)];
  if (column < 0 || row < 0 || column > 8 || row > 6) return 210;
  return (column + row) % 2 === 1 ? 30 : 210;
});
const LABEL = frameOf((x, y) => {
  const isText = y > 282 && y < 303 && x > 272 && x < 470 && (x - 272) % 20 < 14;
  return isText && ((x - 272) % 20 < 4 || y < 287 || y > 298) ? 40 : 205;
});

const MAY = { allowed: true, unmet: [] };
const LINES = [{ name: 'lot', font: 'ink', window: WINDOW }];
const NO_MARKS = { corners: [] };

const LIGHT: Taught = {
  what: 'flat-field',
  from: 'set-up',
  at: AT,
  userId: 'supervisor',
  reason: 'Lamp or lens changed',
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  sentence: 'The light is known from 16 frames; it differs by 12 % over the frame.',
};
const VOID: Taught = {
  what: 'plane',
  from: 'set-up',
  at: AT,
  userId: 'supervisor',
  reason: 'First commissioning',
  sentence: 'The plane is known from 48 points, 0.04 px off: 0.0833 mm per pixel, tilted by 0.3°.',
  why: 'It was made with frames of 1280 × 960 pixels; the job now has 640 × 480 pixels. Make it again.',
};
const FONT: Taught = {
  what: 'font',
  name: 'ink',
  from: 'line-file',
  sentence: '12 characters are known: L O T 0 1 2 3 4 8 B E X. Not told apart: 0 and O.',
};

const idle = (more: Partial<CameraSetUp> = {}): CameraSetUp => ({
  hasCamera: true,
  begin: MAY,
  lines: LINES,
  taught: [LIGHT, VOID, FONT],
  targets: ['items', 'dark', 'grey-card', 'board', 'printed-code', 'label'],
  target: 'items',
  ...more,
});

const open = (session: Pick<SetUpSession, 'task' | 'step' | 'sentence'> & Partial<SetUpSession>): CameraSetUp =>
  idle({ session: { by: 'supervisor', done: 0, of: 1, marks: NO_MARKS, isBusy: false, ...session } });

/** Pictures of a card that is moved, five of them taken. */
const MOVING = {
  task: { kind: 'flat-field' },
  step: 'wants-card',
  sentence: 'Move the card a little: 5 of 16.',
  done: 5,
  of: 16,
  picture: CARD,
} as const;

const gains = Array.from({ length: 15 * 11 }, (_none, at) => 0.9 + (0.02 * (at % 15)) / 1.4);
const corners = Array.from({ length: 48 }, (_none, at): [number, number] => [
  110 + 60 * (at % 8),
  90 + 60 * Math.floor(at / 8),
]);
const cuts = [...'LOT42'].map((character, at) => ({ character, x: 272 + 20 * at, y: 283, width: 14, height: 20 }));

export const SET_UPS = {
  none: { hasCamera: false, begin: { allowed: false, unmet: [] }, lines: [], taught: [], targets: [] },
  idle: idle(),
  new: idle({ taught: [], lines: [], targets: [] }),
  'run-open': idle({ begin: { allowed: false, unmet: [{ guard: 'no-run', detail: 'PO-2041' }] } }),
  operator: idle({ begin: { allowed: false, unmet: [{ guard: 'role', detail: 'SUP ENG' }] } }),
  dark: open({
    task: { kind: 'flat-field' },
    step: 'wants-dark',
    sentence: 'Switch the light off, or cover the lens. The frame is not dark: 153 grey levels.',
    of: 16,
    picture: CARD,
  }),
  card: open({
    ...MOVING,
    trouble:
      'There is no picture: no picture came within 1000 ms of the software trigger. Check the camera and its cable, then take it again.',
  }),
  moved: open(MOVING),
  light: open({
    task: { kind: 'flat-field' },
    step: 'done',
    sentence: 'The light is known from 16 frames; it differs by 20 % over the frame.',
    done: 16,
    of: 16,
    picture: CARD,
    marks: { corners: [], gains: { step: 48, across: 15, values: gains } },
  }),
  refused: open({
    task: { kind: 'flat-field' },
    step: 'refused',
    sentence: 'Not calibrated: 3.1 % of the pixels are saturated; lower the exposure or the light. Begin again.',
    done: 1,
    of: 16,
    picture: CARD,
  }),
  board: open({
    task: { kind: 'plane', board: { across: 9, down: 7, square: 5 } },
    step: 'done',
    sentence: 'The plane is known from 48 points, 0.04 px off: 0.0833 mm per pixel, tilted by 0.3°.',
    done: 1,
    picture: BOARD,
    marks: { corners },
  }),
  busy: open({
    task: { kind: 'plane', board: { across: 9, down: 7, square: 5 } },
    step: 'wants-board',
    sentence: 'Lay the board with 9 × 7 squares into the product plane.',
    isBusy: true,
  }),
  text: open({
    task: { kind: 'font', line: 'lot', isNew: false },
    step: 'wants-text',
    sentence: 'Write exactly what the line in the window says.',
    picture: LABEL,
  }),
  picture: open({
    task: { kind: 'font', line: 'lot', isNew: false },
    step: 'wants-picture',
    sentence: 'Put an item with good print before the camera, or choose a kept picture.',
  }),
  font: open({
    task: { kind: 'font', line: 'lot', isNew: false },
    step: 'done',
    sentence: '5 characters are known: L O T 4 2.',
    done: 1,
    picture: LABEL,
    marks: { corners: [], cuts },
  }),
} as const satisfies Record<string, CameraSetUp>;
export type SetUpName = keyof typeof SET_UPS;
