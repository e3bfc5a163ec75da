import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { CameraKind } from '#virtual-line/messages.ts';

/** How a virtual line is started. */
export interface LineArguments {
  readonly seed: number;
  /** Physics time over wall time, 0.1 to 20; above 1 in lock-step. */
  readonly speed: number;
  readonly ledger: string;
  readonly geometry: string | undefined;
  readonly state: string;
  /** 0 = any free port. */
  readonly ports: { readonly printer: number; readonly reader: number; readonly plc: number };
  /** What stands at the camera eye: a reader that decodes by itself, or a camera. */
  readonly reader: 'dataman' | 'gige';
  readonly camera: CameraKind;
  readonly operator: 'auto' | 'none';
  readonly items: number | undefined;
}

/** The arguments, or a sentence about what is wrong with them. */
export function readArguments(argv: readonly string[]): LineArguments | string {
  const text = { type: 'string' } as const;
  const options = {
    seed: text,
    speed: text,
    ledger: text,
    geometry: text,
    state: text,
    ports: text,
    'port-printer': text,
    'port-reader': text,
    'port-plc': text,
    reader: text,
    camera: text,
    operator: text,
    items: text,
  };
  let values: { readonly [name in keyof typeof options]?: string };
  try {
    ({ values } = parseArgs({ args: [...argv], options }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const seed = Number(values.seed ?? 4711);
  const speed = Number(values.speed ?? 1);
  const ports = readPorts(values);
  const items = values.items === undefined ? undefined : Number(values.items);
  const reader = chosen('reader', READERS, values.reader);
  const camera = chosen('camera', CAMERAS, values.camera);
  const operator = chosen('operator', OPERATORS, values.operator);
  const args: LineArguments = {
    seed,
    speed,
    ledger: values.ledger ?? '',
    geometry: values.geometry,
    state: values.state ?? join(tmpdir(), 'linewright-virtual-line'),
    ports,
    reader: reader.value,
    camera: camera.value,
    operator: operator.value,
    items,
  };
  const refused = reader.refused ?? camera.refused ?? operator.refused;
  return refused ?? complaint(args) ?? args;
}

/** The first of each is meant when nothing is said. */
const READERS = ['dataman', 'gige'] as const;
const CAMERAS = ['counts-triggers', 'counts-pictures'] as const;
const OPERATORS = ['auto', 'none'] as const;

function chosen<Value extends string>(name: string, values: readonly [Value, Value], given: string | undefined) {
  const [first] = values;
  const value = given === undefined ? first : values.find((one) => one === given);
  if (value !== undefined) return { value, refused: undefined };
  return { value: first, refused: `--${name} must be ${values.join(' or ')}.` };
}

function complaint({ seed, speed, ledger, items, ports }: LineArguments): string | undefined {
  if (!Number.isSafeInteger(seed)) return '--seed must be a whole number.';
  if (!(speed >= 0.1 && speed <= 20)) return '--speed must be between 0.1 and 20.';
  if (ledger === '') return '--ledger must name the file of the physical ledger.';
  if (items !== undefined && !isWhole(items, Number.MAX_SAFE_INTEGER)) return '--items must be a count.';
  if (!Object.values(ports).every((port) => isWhole(port, 65_535))) return 'A port must be 0 to 65535.';
  return undefined;
}

type Texts = Readonly<Partial<Record<'ports' | 'port-printer' | 'port-reader' | 'port-plc', string>>>;

/** `--ports base` gives printer, reader and PLC three ports in a row; each can have one of its own. */
function readPorts(values: Texts): LineArguments['ports'] {
  const base = Number(values.ports ?? 0);
  const port = (own: string | undefined, offset: number): number => Number(own ?? (base === 0 ? 0 : base + offset));
  return {
    printer: port(values['port-printer'], 0),
    reader: port(values['port-reader'], 1),
    plc: port(values['port-plc'], 2),
  };
}

function isWhole(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= most;
}
