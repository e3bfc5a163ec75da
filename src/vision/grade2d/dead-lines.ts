import { byteAt } from '#vision/ecc200/at.ts';
import { VARIABLE } from '#vision/ecc200/layout.ts';
import { realAt } from '#vision/grade2d/at.ts';
import { CAUSE_LIMITS } from '#vision/grade2d/limits.ts';
import { ringed, type Samples } from '#vision/grade2d/samples.ts';

/** The modules of a symbol, for whoever looks for lines without ink. */
export interface Inked {
  readonly rows: number;
  readonly columns: number;
  /** Right colours: 1 dark, 0 light, VARIABLE where they are not known. */
  readonly colours: Uint8Array;
  readonly samples: Samples;
}

/** Rows and columns without ink. */
export interface DeadLines {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/**
 * Rows and columns in which most of what should be dark is pale, although the rest of the symbol is not: a nozzle that
 * does not print, or a column the head left out. Where right colours are not known, a line without any dark module counts.
 */
export function deadLines(symbol: Inked): DeadLines {
  // In a blurred picture everything is pale.
  const limit = CAUSE_LIMITS.pale + 2 * usualPaleness(symbol);
  const isRead = !symbol.colours.includes(VARIABLE);
  return { rows: deadAlong(symbol, 'row', { limit, isRead }), columns: deadAlong(symbol, 'column', { limit, isRead }) };
}

function deadAlong(symbol: Inked, axis: 'row' | 'column', how: { limit: number; isRead: boolean }): number[] {
  const count = axis === 'row' ? symbol.rows : symbol.columns;
  const pale = Array.from({ length: count }, (_none, line) => paleShare(symbol, axis, { ...how, line }));
  const usual = [...pale].sort((a, b) => a - b)[count >> 1] ?? 0;
  if (usual > CAUSE_LIMITS.paleElsewhere) return [];
  const least = how.isRead ? CAUSE_LIMITS.paleInLine : CAUSE_LIMITS.paleInUnread;
  return pale.flatMap((share, line) => (share >= least ? [line] : []));
}

/** Where a module stands between Rmin (0) and Rmax (1). */
function palenessOf({ columns, samples }: Inked, row: number, column: number): number {
  const range = samples.lightest - samples.darkest;
  return (realAt(samples.reflectance, ringed(columns, row, column)) - samples.darkest) / range;
}

/** That of the middle one of all modules known to be dark. */
function usualPaleness(symbol: Inked): number {
  const { columns, colours } = symbol;
  const all = new Float64Array(colours.length);
  let count = 0;
  for (let module = 0; module < colours.length; module += 1) {
    if (byteAt(colours, module) !== 1) continue;
    all[count] = palenessOf(symbol, Math.floor(module / columns), module % columns);
    count += 1;
  }
  return realAt(all.subarray(0, count).sort(), count >> 1);
}

interface Line {
  readonly line: number;
  readonly limit: number;
  readonly isRead: boolean;
}

/** How many of a line's known dark modules are pale: 0..1. */
function paleShare(symbol: Inked, axis: 'row' | 'column', { line, limit, isRead }: Line): number {
  const { rows, columns, colours, samples } = symbol;
  const length = axis === 'row' ? columns : rows;
  let dark = 0;
  let pale = 0;
  let others = 0;
  for (let i = 0; i < length; i += 1) {
    const row = axis === 'row' ? line : i;
    const column = axis === 'row' ? i : line;
    const module = row * columns + column;
    if (byteAt(colours, module) === 1) {
      dark += 1;
      if (palenessOf(symbol, row, column) > limit) pale += 1;
    } else if (!isRead) others += byteAt(samples.bits, module);
  }
  return dark === 0 || others > 0 ? 0 : pale / dark;
}
