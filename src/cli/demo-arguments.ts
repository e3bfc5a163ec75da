import { parseArgs } from 'node:util';
import { LINE_NAMES, type LineName } from '#cli/source-workstation.ts';

/** A fault that the demo causes: at which item, and for how many seconds where it lasts. */
export interface PlannedFault {
  readonly fault: string;
  readonly item: number;
  readonly seconds: number | undefined;
}

export interface DemoArguments {
  readonly items: number;
  readonly out: string;
  readonly faults: readonly PlannedFault[];
  readonly speed: number;
  readonly seed: number;
  /** Which of the lines that come with the product. */
  readonly line: LineName;
}

/** What was typed after `demo`, or a sentence about what is wrong with it. */
export function readDemoArguments(argv: readonly string[]): DemoArguments | string {
  const text = { type: 'string' } as const;
  let values: { items?: string; out?: string; faults?: string; speed?: string; seed?: string; line?: string };
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: { items: text, out: text, faults: text, speed: text, seed: text, line: text },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const numbers = {
    items: Number(values.items ?? 300),
    speed: Number(values.speed ?? 10),
    seed: Number(values.seed ?? 4711),
  };
  const faults = readFaults(values.faults ?? '');
  const line = LINE_NAMES.find((name) => name === (values.line ?? 'training'));
  if (line === undefined) return `--line must be one of: ${LINE_NAMES.join(', ')}.`;
  const problem = problemOf(numbers, values.out) ?? (typeof faults === 'string' ? faults : undefined);
  if (problem !== undefined || typeof faults === 'string') return problem ?? '';
  return { ...numbers, out: values.out ?? '', faults, line };
}

function problemOf(
  { items, speed, seed }: Pick<DemoArguments, 'items' | 'speed' | 'seed'>,
  out: string | undefined,
): string | undefined {
  if (!Number.isInteger(items) || items < 1 || items > 1_000_000)
    return '--items must be a whole number from 1 to 1 000 000.';
  if (!(speed >= 0.1 && speed <= 20)) return '--speed must be from 0.1 to 20.';
  if (!Number.isInteger(seed) || seed < 0) return '--seed must be a whole number.';
  return out === undefined || out === '' ? '--out must name a folder for the results.' : undefined;
}

function readFaults(text: string): readonly PlannedFault[] | string {
  const faults: PlannedFault[] = [];
  for (const part of text.split(',').filter((one) => one !== '')) {
    const match = /^(F\d\d(?:-[a-z]+)*)@(\d+)(?::(\d+(?:\.\d+)?)s)?$/.exec(part);
    if (match === null) return `--faults has "${part}", but each must read like F02@300 or F10@500:20s.`;
    const [, fault = '', item = '0', seconds] = match;
    faults.push({ fault, item: Number(item), seconds: seconds === undefined ? undefined : Number(seconds) });
  }
  return faults;
}
