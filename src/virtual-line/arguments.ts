import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

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
  const base = Number(values.ports ?? 0);
  const port = (own: string | undefined, offset: number): number => Number(own ?? (base === 0 ? 0 : base + offset));
  const ports = {
    printer: port(values['port-printer'], 0),
    reader: port(values['port-reader'], 1),
    plc: port(values['port-plc'], 2),
  };
  const items = values.items === undefined ? undefined : Number(values.items);
  const operator = values.operator ?? 'auto';
  if (!Number.isSafeInteger(seed)) return '--seed must be a whole number.';
  if (!(speed >= 0.1 && speed <= 20)) return '--speed must be between 0.1 and 20.';
  if (!values.ledger) return '--ledger must name the file of the physical ledger.';
  if (operator !== 'auto' && operator !== 'none') return '--operator must be auto or none.';
  if (items !== undefined && !(Number.isInteger(items) && items >= 0)) return '--items must be a count.';
  if (!Object.values(ports).every((p) => Number.isInteger(p) && p >= 0 && p <= 65_535))
    return 'A port must be 0 to 65535.';
  return {
    seed,
    speed,
    ledger: values.ledger,
    geometry: values.geometry,
    state: values.state ?? join(tmpdir(), 'linewright-virtual-line'),
    ports,
    operator,
    items,
  };
}
