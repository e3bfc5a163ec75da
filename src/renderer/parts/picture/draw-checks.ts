import type { EyeCheck } from '#contract/eye.ts';
import { ABNORMAL, LIGHT, type Pen } from '#renderer/parts/picture/pen.ts';
import { cornersOf, type Point } from '#renderer/parts/picture/picture-geometry.ts';

/** Checks beyond the code: a thin dotted window where all is well; a thick one with its name where it is not. */
export function drawChecks(pen: Pen, checks: readonly EyeCheck[]): void {
  for (const check of checks) {
    switch (check.kind) {
      case 'placement':
        drawPlacement(pen, check);
        break;
      case 'presence':
        drawWindow(pen, check);
        if (!check.isMet) crossOut(pen, check);
        break;
      case 'text':
        drawWindow(pen, check);
        if (check.line !== undefined) underline(pen, check.line, check.isMet);
        break;
    }
  }
}

type Placement = Extract<EyeCheck, { kind: 'placement' }>;
type InWindow = Exclude<EyeCheck, Placement>;

const MET = { colour: LIGHT, width: 1.5, dash: [2, 4] } as const;
const MISSED = { colour: ABNORMAL, width: 3 } as const;

/** Where the middle of the code may be, and where it is. */
function drawPlacement(pen: Pen, { isMet, wanted, tolerance, found }: Placement): void {
  pen.circle(wanted, tolerance);
  pen.stroke(isMet ? MET : MISSED);
  if (isMet) return;
  pen.line(wanted, found);
  pen.stroke(MISSED);
}

function drawWindow(pen: Pen, { window, isMet, name }: InWindow): void {
  pen.outline(cornersOf(window));
  pen.stroke(isMet ? MET : MISSED);
  if (!isMet) pen.label(name, [window.x, window.y]);
}

function crossOut(pen: Pen, { window }: InWindow): void {
  const [a, b, c, d] = cornersOf(window);
  for (const [from, to] of [
    [a, c],
    [b, d],
  ] as const) {
    pen.line(from, to);
    pen.stroke({ ...MISSED, width: 1.5 });
  }
}

/** Where the expected text fits best. */
function underline(
  pen: Pen,
  { x, y, width, height }: NonNullable<Extract<EyeCheck, { kind: 'text' }>['line']>,
  isMet: boolean,
): void {
  const [from, to]: [Point, Point] = [
    [x, y + height],
    [x + width, y + height],
  ];
  pen.line(from, to);
  pen.stroke({ colour: isMet ? LIGHT : ABNORMAL, width: 2 });
}
