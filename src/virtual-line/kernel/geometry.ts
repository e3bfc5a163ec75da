import { readFileSync } from 'node:fs';
import { violations } from '#virtual-line/kernel/geometry-check.ts';

/** A line as it is built: positions in mm from the infeed eye, times in ms, speeds in mm/s. */
export interface Geometry {
  readonly name: string;
  readonly ratePerMinute: number;
  readonly belt: {
    readonly speed: number;
    readonly accelerate: number;
    readonly fastStop: number;
    readonly pulsesPerMm: number;
    /** Standard deviation of the slip in a zone, as a part of 1. */
    readonly slip: number;
    readonly triggerJitter: number;
  };
  readonly item: {
    readonly length: number;
    readonly pitchMean: number;
    readonly pitchDeviation: number;
    readonly pitchMin: number;
    readonly pitchMax: number;
  };
  readonly positions: {
    readonly printTrigger: number;
    readonly printDelay: number;
    readonly printLength: number;
    readonly cameraTrigger: number;
    readonly cameraAxis: number;
    readonly deadline: number;
    readonly divertArming: number;
    readonly divertAxis: number;
    readonly goodExit: number;
    readonly casePacker: number;
  };
  readonly divert: {
    readonly element: 'jet' | 'pusher';
    readonly open: number;
    readonly dwell: number;
    readonly close: number;
    readonly width: number;
    /** How far an item's middle may be from the axis and still be hit. */
    readonly window: number;
    readonly chuteMin: number;
    readonly chuteMax: number;
    readonly confirm: 'window' | 'count';
  };
  readonly camera: { readonly exposure: number; readonly module: number };
  readonly plc: { readonly scan: number; readonly register: number; readonly verdictLatency: number };
}

/** A line that cannot work, said so that a mechanic understands it. */
export class ImpossibleLine extends Error {}

const SHAPE: Readonly<Record<string, readonly string[]>> = {
  belt: ['speed', 'accelerate', 'fastStop', 'pulsesPerMm', 'slip', 'triggerJitter'],
  item: ['length', 'pitchMean', 'pitchDeviation', 'pitchMin', 'pitchMax'],
  positions: [
    'printTrigger',
    'printDelay',
    'printLength',
    'cameraTrigger',
    'cameraAxis',
    'deadline',
    'divertArming',
    'divertAxis',
    'goodExit',
    'casePacker',
  ],
  divert: ['open', 'dwell', 'close', 'width', 'window', 'chuteMin', 'chuteMax'],
  camera: ['exposure', 'module'],
  plc: ['scan', 'register', 'verdictLatency'],
};

/** Reads a geometry file; throws `ImpossibleLine` for what is incomplete or breaks one of G1 to G7. */
export function loadGeometry(file: string | URL): Geometry {
  const geometry = parseGeometry(JSON.parse(readFileSync(file, 'utf8')));
  const broken = violations(geometry);
  if (broken.length > 0) throw new ImpossibleLine(`${geometry.name}: ${broken.join(' ')}`);
  return geometry;
}

function parseGeometry(value: unknown): Geometry {
  if (!isRecord(value)) throw new ImpossibleLine('A geometry file holds one JSON object.');
  const missing = Object.entries(SHAPE).flatMap(([part, names]) => {
    const section = value[part];
    return names.filter((name) => !isRecord(section) || !isMeasure(section[name])).map((name) => `${part}.${name}`);
  });
  if (!isMeasure(value['ratePerMinute'])) missing.push('ratePerMinute');
  if (missing.length > 0) throw new ImpossibleLine(`The geometry lacks a number for ${missing.join(', ')}.`);
  const { name } = value;
  return { ...(value as unknown as Geometry), name: typeof name === 'string' ? name : 'unnamed' };
}

function isMeasure(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
