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

/**
 * Rows (or columns) in which most of what should be dark is pale, although the rest of the symbol is not: a nozzle that
 * does not print, or a column the head left out. Where right colours are not known, a line without any dark module counts.
 */
export function deadLines(symbol: Inked, axis: 'row' | 'column'): number[] {
  const count = axis === 'row' ? symbol.rows : symbol.columns;
  const pale = Array.from({ length: count }, (_none, line) => paleShare(symbol, axis, line));
  const usual = [...pale].sort((a, b) => a - b)[count >> 1] ?? 0;
  if (usual > CAUSE_LIMITS.paleElsewhere) return [];
  return pale.flatMap((share, line) => (share >= CAUSE_LIMITS.paleInLine ? [line] : []));
}

/** How much of a line's known dark modules is pale: 0..1. */
function paleShare(symbol: Inked, axis: 'row' | 'column', line: number): number {
  const { rows, columns, colours, samples } = symbol;
  const length = axis === 'row' ? columns : rows;
  const limit = samples.darkest + CAUSE_LIMITS.pale * (samples.lightest - samples.darkest);
  let [dark, pale, unknownDark] = [0, 0, 0];
  for (let i = 0; i < length; i += 1) {
    const [row, column] = axis === 'row' ? [line, i] : [i, line];
    const module = row * columns + column;
    const colour = byteAt(colours, module);
    const isPale = realAt(samples.reflectance, ringed(columns, row, column)) > limit;
    if (colour === VARIABLE) unknownDark += byteAt(samples.bits, module);
    if (colour !== 1) continue;
    dark += 1;
    if (isPale) pale += 1;
  }
  return dark === 0 || unknownDark > 0 ? 0 : pale / dark;
}
