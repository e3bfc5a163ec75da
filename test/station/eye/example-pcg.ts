import type { CodeFound, Inspection, Parameter, Pcg } from '#contract/inspection.ts';

/** A grade of these parameters, each with a value a tenth of its grade; the whole is the lowest. */
export function pcgOf(grades: Partial<Record<Parameter, number>>, changes: Partial<Pcg> = {}): Pcg {
  const parameters = Object.fromEntries(
    Object.entries(grades).map(([parameter, grade]) => [parameter, { value: grade / 10, grade }]),
  );
  return {
    edition: '15415:2011',
    overall: Math.min(...Object.values(grades)),
    parameters,
    pixelsPerModule: 6,
    referenceDecode: true,
    flags: ['uncalibrated-geometry', 'uncalibrated-reflectance'],
    wrongModules: [],
    causes: [],
    ...changes,
  };
}

export function codeOf(pcg: Pcg | undefined, changes: Partial<CodeFound> = {}): CodeFound {
  return {
    readBy: 'zxing',
    symbology: 'DataMatrix',
    text: '0109521234543213',
    aim: ']d2',
    corners: [
      [100, 100],
      [200, 100],
      [200, 200],
      [100, 200],
    ],
    ...(pcg === undefined ? {} : { pcg }),
    ...changes,
  };
}

export function inspectionOf(
  trigger: number,
  codes: readonly CodeFound[],
  changes: Partial<Inspection> = {},
): Inspection {
  return {
    trigger,
    at: 1_000 + trigger,
    width: 640,
    height: 480,
    codes,
    findings: [],
    causes: [],
    took: { whole: 12, decode: 2, grade: 1 },
    ...changes,
  };
}
