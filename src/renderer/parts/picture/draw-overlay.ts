import type { EyeCode } from '#contract/eye.ts';
import { drawChecks } from '#renderer/parts/picture/draw-checks.ts';
import type { Overlay } from '#renderer/parts/picture/overlay.ts';
import { ABNORMAL, DARK, LIGHT, type Pen } from '#renderer/parts/picture/pen.ts';
import { cornersOf, moduleOutline } from '#renderer/parts/picture/picture-geometry.ts';

/** Search window dashed, found codes outlined, the place of one that was not read dotted, wrong modules hatched, causes as lines: shape and colour say the same. */
export function drawOverlay(pen: Pen, { window, codes, unread, checks, lines, isFail }: Overlay): void {
  if (window !== undefined) {
    pen.outline(cornersOf(window));
    pen.stroke({ colour: LIGHT, width: 1.5, dash: [8, 6] });
  }
  drawChecks(pen, checks);
  for (const code of codes) {
    drawWrongModules(pen, code);
    pen.outline(code.corners);
    pen.stroke({ colour: isFail ? ABNORMAL : LIGHT, width: isFail ? 4 : 2.5 });
  }
  if (unread !== undefined) {
    pen.outline(unread);
    pen.stroke({ colour: ABNORMAL, width: 2.5, dash: [3, 4] });
  }
  for (const { from, to, label } of lines) {
    pen.line(from, to);
    pen.stroke({ colour: ABNORMAL, width: 2.5, dash: [10, 4] });
    pen.label(label, to);
  }
}

function drawWrongModules(pen: Pen, { corners, size, wrongModules }: EyeCode): void {
  if (size === undefined) return;
  for (const index of wrongModules) {
    const outline = moduleOutline(corners, size, index);
    pen.outline(outline);
    pen.fill(ABNORMAL);
    const [from, , to] = outline;
    pen.line(from, to);
    pen.stroke({ colour: DARK, width: 1.5 });
  }
}
