import type { Cause, Graded, Parameter } from '#contract/inspection.ts';
import type { Ecc200Size } from '#vision/ecc200/sizes.ts';
import type { FixedPattern } from '#vision/grade2d/fixed-pattern.ts';
import type { Samples } from '#vision/grade2d/samples.ts';

/** What a grader knows of a symbol, for whoever looks for causes. */
export interface Evidence {
  readonly size: Ecc200Size;
  /** Right colours: 1 dark, 0 light, VARIABLE where they are not known. */
  readonly colours: Uint8Array;
  readonly samples: Samples;
  readonly modulation: Float64Array;
  readonly parameters: Readonly<Partial<Record<Parameter, Graded>>>;
  readonly pattern: FixedPattern;
  readonly growth: { readonly x: number; readonly y: number };
}

/** Growth from which it is named, in X: below it no grade suffers. */
const GROWTH = 0.2;

/** What is wrong with the print, as far as the picture tells (vision.md §3.3). */
export function causesOf(evidence: Evidence): Cause[] {
  return growthOf(evidence.growth);
}

function growthOf({ x, y }: Evidence['growth']): Cause[] {
  const [alongX, alongY] = [Math.abs(x) >= GROWTH, Math.abs(y) >= GROWTH];
  if (alongX && alongY) return [{ kind: 'print-growth', axis: 'both', growth: (x + y) / 2 }];
  if (alongX) return [{ kind: 'print-growth', axis: 'x', growth: x }];
  return alongY ? [{ kind: 'print-growth', axis: 'y', growth: y }] : [];
}
