import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** The physics moment of a line: ms, and encoder counts. */
interface Moment {
  readonly t: number;
  readonly enc: number;
}

export type LedgerLine =
  | {
      readonly ev: 'start';
      readonly seed: number;
      readonly speed: number;
      readonly geometry: string;
      readonly version: string;
    }
  | { readonly ev: 'fed' | 'eye' | 'exposed' | 'good'; readonly item: number }
  | { readonly ev: 'printed'; readonly item: number; readonly rec: number; readonly content: string }
  | { readonly ev: 'diverted' | 'removed'; readonly item: number; readonly cause: string }
  | { readonly ev: 'inserted'; readonly item: number; readonly content: string }
  | { readonly ev: 'fault'; readonly fault: string; readonly active: boolean; readonly item: number }
  | { readonly ev: 'operator'; readonly action: string }
  | { readonly ev: 'plc'; readonly epoch: number; readonly state: number }
  | ({ readonly ev: 'end' } & Counts);

/** What became of the items of one start section. */
export interface Counts {
  readonly fed: number;
  readonly inserted: number;
  readonly good: number;
  readonly rejectBin: number;
  readonly removed: number;
  readonly inBelt: number;
}

export interface Ledger {
  write(moment: Moment, line: LedgerLine): void;
  close(): void;
}

const FLUSH_EACH = 150;

/** Appends to the file, at the latest 150 ms after the fact. */
export function openLedger(file: string, wall: () => number): Ledger {
  mkdirSync(dirname(file), { recursive: true });
  const handle = openSync(file, 'a');
  let pending: string[] = isTorn(file) ? ['\n'] : [];
  const flush = (): void => {
    if (pending.length === 0) return;
    writeSync(handle, pending.join(''));
    pending = [];
  };
  const timer = setInterval(flush, FLUSH_EACH);
  return {
    write({ t, enc }, line) {
      const { ev, ...fields } = line;
      pending.push(`${JSON.stringify({ t: Math.round(t * 1000) / 1000, wall: wall(), enc, ev, ...fields })}\n`);
    },
    close() {
      clearInterval(timer);
      flush();
      closeSync(handle);
    },
  };
}

/** A process that died may have left half a line: the next one begins a line of its own. */
function isTorn(file: string): boolean {
  const text = readFileSync(file, 'utf8');
  return text !== '' && !text.endsWith('\n');
}

/** What an earlier process left behind: the last item number given, and the items it left on the belt. */
export interface Leftover {
  readonly lastItem: number;
  readonly onBelt: readonly number[];
}

export function readLeftover(file: string): Leftover {
  const onBelt = new Set<number>();
  let lastItem = 0;
  for (const line of existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []) {
    const entry = parseLine(line);
    if (entry?.item === undefined) continue;
    if (entry.ev === 'fed' || entry.ev === 'inserted') {
      lastItem = Math.max(lastItem, entry.item);
      onBelt.add(entry.item);
    }
    if (entry.ev === 'good' || entry.ev === 'diverted' || entry.ev === 'removed') onBelt.delete(entry.item);
  }
  return { lastItem, onBelt: [...onBelt] };
}

/** A process that died may have left half a line: it counts as not written. */
function parseLine(line: string): { readonly ev?: string; readonly item?: number } | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
