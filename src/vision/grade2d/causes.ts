import type { Cause, Graded, Parameter } from '#contract/inspection.ts';
import { byteAt } from '#vision/ecc200/at.ts';
import { VARIABLE } from '#vision/ecc200/layout.ts';
import type { Ecc200Size } from '#vision/ecc200/sizes.ts';
import { realAt } from '#vision/grade2d/at.ts';
import { type DeadLines, deadLines } from '#vision/grade2d/dead-lines.ts';
import type { FixedPattern } from '#vision/grade2d/fixed-pattern.ts';
import { CAUSE_LIMITS } from '#vision/grade2d/limits.ts';
import { ringed, type Samples } from '#vision/grade2d/samples.ts';

/** What a grader knows of a symbol, for whoever looks for causes. */
export interface Evidence {
  readonly size: Ecc200Size;
  /** Right colours: 1 dark, 0 light, VARIABLE where they are not known. */
  readonly colours: Uint8Array;
  readonly samples: Samples;
  readonly modulation: Float64Array;
  readonly parameters: Readonly<Partial<Record<Parameter, Graded>>>;
  readonly overall: number;
  readonly pattern: FixedPattern;
  readonly growth: { readonly x: number; readonly y: number };
  readonly wrongModules: readonly number[];
}

/** What is wrong with the print, as far as the picture tells, in the order in which an operator would look (§3.3). */
export function causesOf(evidence: Evidence): Cause[] {
  if (isBlank(evidence)) return [{ kind: 'low-contrast' }];
  const { size, colours, samples } = evidence;
  const symbol = { rows: size.rows, columns: size.columns, colours, samples };
  const dead = deadLines(symbol);
  const causes: Cause[] = [
    ...dead.rows.map((row): Cause => ({ kind: 'dead-nozzle', row })),
    ...dead.columns.map((column): Cause => ({ kind: 'dead-column', column })),
  ];
  if (isLow(evidence, 'axial')) causes.push({ kind: 'conveyor-speed' });
  const edges = isPrintLow(evidence) ? edgesOf(evidence, dead) : undefined;
  if (edges?.kind === 'print-growth') causes.push(edges);
  if (isContrastDecisive(evidence)) causes.push({ kind: 'low-contrast' });
  if (edges?.kind === 'blur') causes.push(edges);
  if (isLow(evidence, 'grid')) causes.push({ kind: 'jitter' });
  if (isQuietZoneDirty(evidence)) causes.push({ kind: 'quiet-zone' });
  if (edges === undefined && isDamaged(evidence, dead)) causes.push({ kind: 'damage' });
  return causes;
}

/** Where there is hardly any contrast and no message, nothing else can be told: nothing was printed, or nothing seen. */
function isBlank({ parameters }: Evidence): boolean {
  return parameters.decode?.grade === 0 && (parameters.contrast?.grade ?? 0) < 1;
}

/**
 * Whether contrast is what the grade of the whole comes from. Poor contrast beside something worse is not the fault to
 * look for; and whether a grade that it decides is too low is for whoever knows the limit.
 */
export function isContrastDecisive({ parameters, overall }: Pick<Evidence, 'parameters' | 'overall'>): boolean {
  const grade = parameters.contrast?.grade ?? 4;
  return grade < 4 && grade <= overall;
}

/** A parameter that asks for a cause: poor, or what limits a symbol that is not perfect. */
function isLow({ parameters, overall }: Evidence, name: Parameter): boolean {
  const grade = parameters[name]?.grade ?? 4;
  return grade < CAUSE_LIMITS.grade || (grade < 4 && grade === overall);
}

function isPrintLow(evidence: Evidence): boolean {
  return (['modulation', 'margin', 'fixed-pattern', 'decode'] as const).some((name) => isLow(evidence, name));
}

/** Growth weakens modules of one colour, blur those of both (and then it looks like shrinking). */
function edgesOf(evidence: Evidence, dead: DeadLines): Cause | undefined {
  const light = weakShare(evidence, dead, 0);
  const dark = weakShare(evidence, dead, 1);
  const blurred = Math.min(light, dark) >= CAUSE_LIMITS.weakShare;
  const growth = growthOf(evidence.growth);
  if (growth !== undefined && !blurred) return growth;
  return blurred || Math.max(light, dark) >= 2 * CAUSE_LIMITS.weakShare ? { kind: 'blur' } : undefined;
}

function growthOf({ x, y }: Evidence['growth']): Cause | undefined {
  const [alongX, alongY] = [Math.abs(x) >= CAUSE_LIMITS.growth, Math.abs(y) >= CAUSE_LIMITS.growth];
  if (!(alongX || alongY)) return undefined;
  // Ink and substrate act alike on both axes; motion smears along one.
  if (alongX && alongY && x > 0 === y > 0) return { kind: 'print-growth', axis: 'both', growth: (x + y) / 2 };
  return Math.abs(x) >= Math.abs(y)
    ? { kind: 'print-growth', axis: 'x', growth: x }
    : { kind: 'print-growth', axis: 'y', growth: y };
}

/** How many modules of a colour, as they were seen, are weakly modulated. */
function weakShare({ size, samples, modulation, colours }: Evidence, dead: DeadLines, colour: 0 | 1): number {
  let weak = 0;
  let all = 0;
  for (let module = 0; module < colours.length; module += 1) {
    if (byteAt(samples.bits, module) !== colour || isInLines(size, module, dead)) continue;
    all += 1;
    if (realAt(modulation, module) < CAUSE_LIMITS.weak) weak += 1;
  }
  return all === 0 ? 0 : weak / all;
}

/** Dark places in the quiet zone that was seen. */
function isQuietZoneDirty(evidence: Evidence): boolean {
  const { pattern, samples, size } = evidence;
  const quiet = Math.min(pattern.quietLeft, pattern.quietBottom, pattern.solid);
  if (!isLow(evidence, 'fixed-pattern') || quiet === 4) return false;
  const { rows, columns } = size;
  const limit = (samples.lightest + samples.darkest) / 2;
  const isDirty = (row: number, column: number): boolean => {
    const place = ringed(columns, row, column);
    return byteAt(samples.seen, place) === 1 && realAt(samples.reflectance, place) < limit;
  };
  for (let row = -1; row <= rows; row += 1) if (isDirty(row, -1) || isDirty(row, columns)) return true;
  for (let column = 0; column < columns; column += 1) if (isDirty(-1, column) || isDirty(rows, column)) return true;
  return false;
}

/** Wrong modules that stand in no dead line, where they cost a grade; or a message beyond repair that nothing explains. */
function isDamaged(evidence: Evidence, dead: DeadLines): boolean {
  const { size, wrongModules, parameters, overall, colours } = evidence;
  const alone = wrongModules.some((module) => !isInLines(size, module, dead));
  if (alone) return overall < 4;
  const unread = parameters.decode?.grade === 0 && colours.includes(VARIABLE);
  return unread && dead.rows.length + dead.columns.length === 0;
}

function isInLines({ columns }: Ecc200Size, module: number, dead: DeadLines): boolean {
  return dead.rows.includes(Math.floor(module / columns)) || dead.columns.includes(module % columns);
}
