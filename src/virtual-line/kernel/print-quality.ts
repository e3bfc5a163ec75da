import { FLAWLESS, type PrintDefects } from '#virtual-line/print-defects.ts';
import type { Random } from '#virtual-line/random.ts';

/** How dark the ink is for a grade: contrast, as the camera of this line sees it, decides the grade of a normal print. */
const CONTRAST: readonly (readonly [grade: number, contrast: number])[] = [
  [0, 0.1],
  [1, 0.215],
  [2, 0.425],
  [3, 0.58],
  [3.5, 0.75],
  [4, 0.84],
];
/** A print that nobody can read has lost a nozzle. */
const UNREADABLE = { at: 8.5, width: 1 };

/** What a print of this grade looks like: no two are alike, and none of the small things costs a grade. */
export function printOf(quality: number, random: Random): PrintDefects {
  const about = (middle: number, reach: number): number => round(middle + (random() * 2 - 1) * reach);
  return {
    ...FLAWLESS,
    growth: { x: about(0.03, 0.07), y: about(0.02, 0.05) },
    contrast: contrastOf(quality),
    deadRows: quality < 0 ? [UNREADABLE] : [],
    wobble: about(0.02, 0.02),
    stretch: { x: about(1, 0.008), y: 1 },
    rotation: about(0, 0.8),
    offset: { x: about(0, 0.4), y: about(0, 0.25) },
  };
}

function contrastOf(quality: number): number {
  if (quality < 0) return FLAWLESS.contrast;
  const above = CONTRAST.findIndex(([grade]) => grade >= quality);
  const [high, dark] = CONTRAST[above] ?? [4, FLAWLESS.contrast];
  const [low, pale] = CONTRAST[above - 1] ?? [high, dark];
  return high === low ? dark : round(pale + ((quality - low) / (high - low)) * (dark - pale));
}

/** The grade that a contrast leaves. */
function gradeOfContrast(contrast: number): number {
  const above = CONTRAST.findIndex(([, dark]) => dark >= contrast);
  const [high, dark] = CONTRAST[above] ?? [4, FLAWLESS.contrast];
  const [low, pale] = CONTRAST[above - 1] ?? [high, 0];
  return round(low + ((contrast - pale) / (dark - pale)) * (high - low));
}

/** Short in a message, and the same on every machine. */
function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** What a fault of the printer does to a print, and the best grade that is left. `age`: items since it began. */
interface PrintFault {
  spoil(print: PrintDefects, age: number): PrintDefects;
  best(age: number): number;
}

const constant = (grade: number, change: Partial<PrintDefects>): PrintFault => ({
  spoil: (print) => ({ ...print, ...change }),
  best: () => grade,
});

/** Contrast that is left after so many items of fading ink: a slow fault that a trend shows long before it fails. */
const FADING = 0.006;
const PALEST = 0.1;
const fadedAt = (age: number): number => round(Math.max(PALEST, FLAWLESS.contrast - FADING * (age + 1)));

const DRIFT = 0.015;
const MOST_GROWTH = 0.6;
const growthAt = (age: number): number => Math.min(MOST_GROWTH, DRIFT * (age + 1));

/** The grade that dot gain leaves (vision.md §5.9): 4 up to 0.2 X, then down to nothing at 0.5 X. */
const gradeOfGrowth = (growth: number): number => round(Math.min(4, Math.max(0, 4 - (growth - 0.2) * 13)));

/** Dot gain beyond which nobody reads it any more. */
const UNREADABLE_GROWTH = 0.5;

/** Faults that last and are seen on every print. */
export const PRINT_FAULTS: Readonly<Record<string, PrintFault>> = {
  F07: constant(1.2, { smear: 2.3 }),
  'F07-drift': {
    spoil: (print, age) => ({ ...print, growth: { x: growthAt(age), y: growthAt(age) } }),
    best: (age) => (growthAt(age) > UNREADABLE_GROWTH ? -1 : gradeOfGrowth(growthAt(age))),
  },
  'F07-contrast': constant(1, { contrast: 0.215 }),
  'F07-fading': {
    spoil: (print, age) => ({ ...print, contrast: Math.min(print.contrast, fadedAt(age)) }),
    best: (age) => gradeOfContrast(fadedAt(age)),
  },
  'F07-nozzle': constant(-1, { deadRows: [{ at: 8.5, width: 1 }] }),
  'F07-thin-nozzle': constant(3, { deadRows: [{ at: 8.5, width: 0.15 }] }),
  'F07-splatter': constant(3.4, { splatter: 0.6 }),
  'F07-position': {
    spoil: (print) => ({ ...print, offset: { x: 6, y: 4 }, rotation: 4 }),
    best: () => 4,
  },
};
