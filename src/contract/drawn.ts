import { z } from 'zod';
import { SYMBOLOGIES } from '#contract/camera-job.ts';
import type { EyeCheck, EyeCode, EyeDrawing } from '#contract/eye.ts';
import type { Box, Checked, CodeFound, Corners, Inspection, Point } from '#contract/inspection.ts';

/** Tenths of a pixel. Where something stands does not need more, and JSON is shorter without a point. */
const tenths = z.int();
const Spot = z.tuple([tenths, tenths]);
/** Left, top, width, height. */
const Area = z.tuple([tenths, tenths, tenths, tenths]);

const DrawnCode = z.strictObject({
  readBy: z.enum(['zxing', 'zxing-retry', 'assisted']),
  symbology: z.enum(SYMBOLOGIES),
  /** x and y of top left, top right, bottom right, bottom left. */
  corners: z.array(tenths).length(8),
  /** Rows and columns of modules; absent for bars. */
  size: z.tuple([z.int(), z.int()]).optional(),
  /** Wrong modules as `row * columns + column`; absent where none is. */
  wrong: z.array(z.int()).optional(),
});

const DrawnPlace = z.strictObject({
  corners: z.array(tenths).length(8),
  size: z.tuple([z.int(), z.int()]),
});

const DrawnCheck = z.discriminatedUnion('kind', [
  /** `turn`: tenths of a degree. */
  z.strictObject({
    kind: z.literal('placement'),
    met: z.boolean(),
    wanted: Spot,
    tolerance: tenths,
    found: Spot,
    turn: z.int(),
  }),
  /** Contrasts in thousandths. */
  z.strictObject({
    kind: z.literal('presence'),
    name: z.string(),
    met: z.boolean(),
    window: Area,
    contrast: z.int().optional(),
    least: z.int(),
  }),
  z.strictObject({
    kind: z.literal('text'),
    name: z.string(),
    met: z.boolean(),
    window: Area,
    line: Area.optional(),
    found: z.string().optional(),
  }),
]);

/**
 * What is drawn over a picture, as it stands in the body of an `inspected` fact. `v` is the version of this form: who does
 * not know it draws nothing. Bodies of before have no such part.
 */
const DrawnBody = z.strictObject({
  v: z.literal(1),
  search: Area,
  codes: z.array(DrawnCode),
  checks: z.array(DrawnCheck).optional(),
  /** Where a code stands that was not read. */
  unread: DrawnPlace.optional(),
});
export type DrawnBody = z.infer<typeof DrawnBody>;

/** What was found in a picture, to be recorded. `search`: where the code was looked for. */
export function drawnBody({ codes, checks = [], unread }: Inspection, search: Box): DrawnBody {
  return {
    v: 1,
    search: toArea(search),
    // A code whose corners are no numbers stands nowhere.
    codes: codes.filter(standsSomewhere).map(toCode),
    ...(checks.length === 0 ? {} : { checks: checks.map(toCheck) }),
    ...(unread !== undefined && standsSomewhere(unread)
      ? { unread: { corners: toTenths(unread.corners), size: [unread.size.rows, unread.size.columns] } }
      : {}),
  };
}

/** What can be drawn of the `drawn` part of a body; undefined for older bodies, and for forms that are not known here. */
export function drawingIn(drawn: unknown): EyeDrawing | undefined {
  const parsed = DrawnBody.safeParse(drawn);
  if (!parsed.success) return undefined;
  const { search, codes, checks = [], unread } = parsed.data;
  return {
    window: fromArea(search),
    codes: codes.map(({ readBy, symbology, corners, size, wrong = [] }) => ({
      readBy,
      symbology,
      corners: fromTenths(corners),
      ...(size === undefined ? {} : { size: { rows: size[0], columns: size[1] } }),
      wrongModules: wrong,
    })),
    checks: checks.map(fromCheck),
    ...(unread === undefined
      ? {}
      : {
          unread: {
            corners: fromTenths(unread.corners),
            size: { rows: unread.size[0], columns: unread.size[1] },
          },
        }),
  };
}

function standsSomewhere({ corners }: { readonly corners: Corners }): boolean {
  return corners.flat().every(Number.isFinite);
}

function toCode({ readBy, symbology, corners, pcg }: CodeFound): DrawnBody['codes'][number] {
  const { size, wrongModules = [] } = pcg ?? {};
  return {
    readBy,
    symbology,
    corners: toTenths(corners),
    ...(size === undefined ? {} : { size: [size.rows, size.columns] }),
    ...(wrongModules.length === 0 ? {} : { wrong: [...wrongModules] }),
  };
}

type DrawnCheck = z.infer<typeof DrawnCheck>;

function toCheck(check: Checked): DrawnCheck {
  const { kind, isMet: met } = check;
  switch (kind) {
    case 'placement': {
      const { wanted, tolerance, found, turn } = check;
      return {
        kind,
        met,
        wanted: toSpot(wanted),
        tolerance: tenthsOf(tolerance),
        found: toSpot(found),
        turn: tenthsOf(turn),
      };
    }
    case 'presence': {
      const { name, window, contrast, least } = check;
      const seen = contrast === undefined ? {} : { contrast: Math.round(contrast * 1000) };
      return { kind, name, met, window: toArea(window), ...seen, least: Math.round(least * 1000) };
    }
    case 'text': {
      const { name, window, line, found } = check;
      const where = line === undefined ? {} : { line: toArea(line) };
      return { kind, name, met, window: toArea(window), ...where, ...(found === undefined ? {} : { found }) };
    }
  }
}

function fromCheck(check: DrawnCheck): EyeCheck {
  const { kind, met: isMet } = check;
  switch (kind) {
    case 'placement': {
      const { wanted, tolerance, found, turn } = check;
      return {
        kind,
        isMet,
        wanted: fromSpot(wanted),
        tolerance: tolerance / 10,
        found: fromSpot(found),
        turn: turn / 10,
      };
    }
    case 'presence': {
      const { name, window, contrast, least } = check;
      const seen = contrast === undefined ? {} : { contrast: contrast / 1000 };
      return { kind, name, isMet, window: fromArea(window), ...seen, least: least / 1000 };
    }
    case 'text': {
      const { name, window, line, found } = check;
      const where = line === undefined ? {} : { line: fromArea(line) };
      return { kind, name, isMet, window: fromArea(window), ...where, ...(found === undefined ? {} : { found }) };
    }
  }
}

function tenthsOf(pixels: number): number {
  return Math.round(pixels * 10);
}

function toSpot([x, y]: Point): [number, number] {
  return [tenthsOf(x), tenthsOf(y)];
}

function fromSpot([x, y]: readonly [number, number]): [number, number] {
  return [x / 10, y / 10];
}

function toArea({ x, y, width, height }: Box): [number, number, number, number] {
  return [tenthsOf(x), tenthsOf(y), tenthsOf(width), tenthsOf(height)];
}

function fromArea([x, y, width, height]: z.infer<typeof Area>): EyeDrawing['window'] {
  return { x: x / 10, y: y / 10, width: width / 10, height: height / 10 };
}

function toTenths(corners: Corners): number[] {
  return corners.flat().map(tenthsOf);
}

function fromTenths(corners: readonly number[]): EyeCode['corners'] {
  return [cornerOf(corners, 0), cornerOf(corners, 1), cornerOf(corners, 2), cornerOf(corners, 3)];
}

function cornerOf(corners: readonly number[], corner: number): [number, number] {
  return [(corners[2 * corner] ?? 0) / 10, (corners[2 * corner + 1] ?? 0) / 10];
}
