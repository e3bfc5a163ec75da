import type { Cause, Graded, Parameter } from '#contract/inspection.ts';
import { byteAt } from '#vision/ecc200/at.ts';
import { QUIET, withQuiet } from '#vision/grade-qr/grid.ts';
import { modulationOf, type QrSamples } from '#vision/grade-qr/samples.ts';
import type { QrModules } from '#vision/grade-qr/segments.ts';
import { isContrastDecisive } from '#vision/grade2d/causes.ts';
import { CAUSE_LIMITS } from '#vision/grade2d/limits.ts';

/** What a cause is found from. */
export interface QrEvidence {
  readonly parameters: Readonly<Partial<Record<Parameter, Graded>>>;
  readonly overall: number;
  readonly growth: { readonly x: number; readonly y: number };
  readonly modules: QrModules;
  readonly wrongModules: readonly number[];
}

/** What is wrong with the print, in the order in which an operator would look (vision.md §3.3). */
export function qrCausesOf(evidence: QrEvidence): Cause[] {
  const rows = deadLines(evidence.modules, true);
  const columns = deadLines(evidence.modules, false);
  const growth = growthOf(evidence);
  const blurred = growth === undefined && rows.length + columns.length === 0 && isBlurred(evidence);
  const { side } = evidence.modules;
  const unexplained = evidence.wrongModules.some(
    (module) => !rows.includes(Math.floor(module / side)) && !columns.includes(module % side),
  );
  const causes: Cause[] = [
    ...rows.map((row): Cause => ({ kind: 'dead-nozzle', row })),
    ...columns.map((column): Cause => ({ kind: 'dead-column', column })),
  ];
  if (isLow(evidence, 'axial')) causes.push({ kind: 'conveyor-speed' });
  if (growth !== undefined) causes.push(growth);
  if (isContrastDecisive(evidence)) causes.push({ kind: 'low-contrast' });
  if (blurred) causes.push({ kind: 'blur' });
  if (isLow(evidence, 'grid')) causes.push({ kind: 'jitter' });
  if (isQuietZoneDirty(evidence.modules)) causes.push({ kind: 'quiet-zone' });
  if (unexplained && evidence.overall < 4 && !blurred && growth === undefined) causes.push({ kind: 'damage' });
  return causes;
}

/** A parameter that asks for a cause: poor, or what limits a symbol that is not perfect. */
function isLow({ parameters, overall }: QrEvidence, name: Parameter): boolean {
  const grade = parameters[name]?.grade ?? 4;
  return grade < CAUSE_LIMITS.grade || (grade < 4 && grade === overall);
}

function growthOf(evidence: QrEvidence): Cause | undefined {
  const { x, y } = evidence.growth;
  const [alongX, alongY] = [Math.abs(x) >= CAUSE_LIMITS.growth, Math.abs(y) >= CAUSE_LIMITS.growth];
  const hurts = (['decode', 'modulation', 'margin', 'fixed-pattern'] as const).some((name) => isLow(evidence, name));
  if (!(alongX || alongY) || !hurts) return undefined;
  // Ink and substrate act alike on both axes; motion smears along one.
  if (alongX && alongY && x > 0 === y > 0) return { kind: 'print-growth', axis: 'both', growth: (x + y) / 2 };
  const axis = Math.abs(x) >= Math.abs(y) ? 'x' : 'y';
  return { kind: 'print-growth', axis, growth: axis === 'x' ? x : y };
}

/** Weak modulation all over the symbol though contrast is good. */
function isBlurred(evidence: QrEvidence): boolean {
  const { side, samples } = evidence.modules;
  if (!isLow(evidence, 'modulation') || isLow(evidence, 'contrast')) return false;
  let weak = 0;
  for (let module = 0; module < side * side; module += 1) {
    if (Math.abs(modulationOf(samples, placeOf(side, module), false)) < CAUSE_LIMITS.weak) weak += 1;
  }
  return weak >= CAUSE_LIMITS.weakShare * side * side;
}

function placeOf(side: number, module: number): number {
  return withQuiet(side, Math.floor(module / side), module % side);
}

/** Rows, or columns, in which most of what should be dark is pale although the rest is not. */
function deadLines({ side, samples, colours }: QrModules, down: boolean): number[] {
  const limit = samples.darkest + CAUSE_LIMITS.pale * (samples.lightest - samples.darkest);
  const shares = Array.from({ length: side }, (_none, line) => {
    let [dark, pale] = [0, 0];
    for (let along = 0; along < side; along += 1) {
      const module = down ? line * side + along : along * side + line;
      if (byteAt(colours, module) !== 1) continue;
      dark += 1;
      if ((samples.reflectance[placeOf(side, module)] ?? 0) > limit) pale += 1;
    }
    return dark === 0 ? 0 : pale / dark;
  });
  const usual = [...shares].sort((a, b) => a - b)[side >> 1] ?? 0;
  if (usual > CAUSE_LIMITS.paleElsewhere) return [];
  return shares.flatMap((share, line) => (share >= CAUSE_LIMITS.paleInLine ? [line] : []));
}

function isQuietZoneDirty({ side, samples }: QrModules): boolean {
  for (let row = -QUIET; row < side + QUIET; row += 1) {
    for (let column = -QUIET; column < side + QUIET; column += 1) {
      const inside = row >= 0 && column >= 0 && row < side && column < side;
      if (!inside && isDark(samples, withQuiet(side, row, column))) return true;
    }
  }
  return false;
}

function isDark(samples: QrSamples, place: number): boolean {
  return byteAt(samples.seen, place) === 1 && modulationOf(samples, place, true) > 0;
}
