import type { EyeInspection, EyeParameter } from '#contract/eye.ts';
import { isGradeCurve } from '#contract/inspection.ts';
import { gradeLetter, percent } from '#renderer/words/format.ts';

const NBSP = '\u00a0';

type Parameter = EyeParameter['parameter'];

interface ParameterWords {
  readonly name: string;
  /** As it stands on a verifier's report, for those who compare. */
  readonly short: string;
  readonly means: string;
  /** How the value is written: a share in percent, a length in modules, passed or not, or not at all. */
  readonly unit: 'share' | 'modules' | 'pass' | 'none';
}

/** Every graded parameter of ISO/IEC 15415 and 15416 (vision.md §5.1, §6) in plain words. */
export const PARAMETER_WORDS: Readonly<Record<Parameter, ParameterWords>> = {
  decode: { name: 'Decode', short: 'DEC', means: 'The reference method reads the code.', unit: 'pass' },
  contrast: { name: 'Contrast', short: 'SC', means: 'Dark against light.', unit: 'share' },
  modulation: { name: 'Modulation', short: 'MOD', means: 'How even dark and light are.', unit: 'share' },
  margin: { name: 'Reflectance margin', short: 'RM', means: 'Modulation, wrong modules counted.', unit: 'share' },
  'fixed-pattern': { name: 'Fixed pattern', short: 'FPD', means: 'The L, the clock tracks, the edge.', unit: 'none' },
  axial: { name: 'Stretch', short: 'AN', means: 'Height of the modules against their width.', unit: 'share' },
  grid: { name: 'Grid', short: 'GN', means: 'How far modules stand from where they belong.', unit: 'modules' },
  'unused-correction': { name: 'Spare correction', short: 'UEC', means: 'Error correction still free.', unit: 'share' },
  'edge-contrast': { name: 'Edge contrast', short: 'EC', means: 'The weakest edge of a bar.', unit: 'share' },
  'minimum-reflectance': {
    name: 'Dark bars',
    short: 'Rmin',
    means: 'The darkest bar against the paper.',
    unit: 'share',
  },
  defects: { name: 'Defects', short: 'DEF', means: 'Voids in bars, specks in spaces.', unit: 'share' },
  decodability: { name: 'Decodability', short: 'V', means: 'Bar widths against what they should be.', unit: 'share' },
  'quiet-zone': { name: 'Quiet zone', short: 'QZ', means: 'Free space around the code.', unit: 'none' },
  'format-information': { name: 'Format information', short: 'FI', means: 'QR: mask and level bits.', unit: 'none' },
  'version-information': { name: 'Version information', short: 'VI', means: 'QR: version bits.', unit: 'none' },
};

/** The name of a parameter that comes as text from a record; undefined for what is none. */
export function parameterName(code: string): string | undefined {
  return Object.entries(PARAMETER_WORDS).find(([known]) => known === code)?.[1].name;
}

/** A parameter's value as a person reads it: "79 %", "0.12 X", "passed". */
export function parameterValue({
  parameter,
  value,
  grade,
}: Pick<EyeParameter, 'parameter' | 'value' | 'grade'>): string {
  switch (PARAMETER_WORDS[parameter].unit) {
    case 'share':
      return percent(value, value < 0.1 ? 1 : 0);
    case 'modules':
      return `${value.toFixed(2)}${NBSP}X`;
    case 'pass':
      return grade > 0 ? 'passed' : 'failed';
    case 'none':
      return '–';
  }
}

/** A value at the axis of a curve, in the unit of the curve. */
export function axisValue(series: Parameter | 'overall', value: number): string {
  if (series === 'overall' || isGradeCurve(series)) return value.toFixed(1).replace(/\.0$/, '');
  if (PARAMETER_WORDS[series].unit === 'share') return `${Math.round(value * 100)}${NBSP}%`;
  return value.toFixed(2).replace(/0$/, '');
}

/** What a curve is of: "grade 0 to 4", "value in %". */
export function curveUnit(series: Parameter | 'overall'): string {
  if (series === 'overall' || isGradeCurve(series)) return 'grade, 0 to 4';
  return PARAMETER_WORDS[series].unit === 'share' ? 'value in %' : 'value in modules (X)';
}

/** A grade by itself: "3" of an integer edition, "3.4" of a decimal one. */
export function gradeFigure(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}

/** "3 B". */
export function gradeAndLetter(value: number): string {
  return `${gradeFigure(value)}${NBSP}${gradeLetter(value)}`;
}

type Flags = EyeInspection['flags'];

/** What limits the worth of this grade, beyond calibration; empty when nothing does. */
export function flagSentences(flags: Flags): readonly string[] {
  const found: string[] = [];
  if (flags.includes('insufficient-resolution')) {
    found.push('Too few pixels per module to rely on the grade: move the camera closer.');
  }
  if (flags.includes('quiet-zone-not-visible')) {
    found.push('The quiet zone is outside the picture: move the camera or the search window.');
  }
  return found;
}

/** Whether a bad value may come from how the camera stands and not from the print. */
export function isCameraDependent(parameter: Parameter, flags: Flags): boolean {
  return (parameter === 'axial' || parameter === 'grid') && flags.includes('uncalibrated-geometry');
}
