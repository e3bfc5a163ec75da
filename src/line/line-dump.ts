import type { Figures } from '#line/figures.ts';
import { dumpStates, restoreStates } from '#line/ledger.ts';
import type { LineState, Pairing, PlcPosition, Tracked } from '#line/line-state.ts';
import type { Reason } from '#line/verdict.ts';

/** What a dump carries besides the ledger's states. */
interface Carried {
  readonly plc: PlcPosition;
  readonly pairing: Pairing | null;
  readonly items: readonly Tracked[];
  readonly settled: number;
  readonly lastPrinted: number;
  readonly stoodAt?: number;
  readonly lateVerdicts: number;
  readonly figures: Omit<Figures, 'rejects' | 'reads' | 'times'> & {
    readonly rejects: readonly (readonly [Reason, number])[];
    readonly reads: readonly number[];
  };
}

/**
 * The state of a run as bytes: one byte per serial, then what else a restart needs, as JSON in UTF-16. A cache of the
 * journal up to one seq: when it is missing or does not fit, the journal is replayed from the start.
 */
export function dumpLine(line: LineState): Uint8Array {
  const states = dumpStates(line.ledger);
  const { rejects, reads, times: _times, ...figures } = line.figures;
  const carried: Carried = {
    plc: line.plc,
    pairing: line.pairing ?? null,
    items: [...line.items.values()],
    settled: line.settled,
    lastPrinted: line.lastPrinted,
    ...(line.stoodAt === undefined ? {} : { stoodAt: line.stoodAt }),
    lateVerdicts: line.lateVerdicts,
    figures: { ...figures, rejects: [...rejects], reads: [...reads] },
  };
  const text = JSON.stringify(carried);
  const bytes = new Uint8Array(states.length + text.length * 2);
  bytes.set(states);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    bytes[states.length + at * 2] = unit & 0xff;
    bytes[states.length + at * 2 + 1] = unit >>> 8;
  }
  return bytes;
}

/** Puts a dump back into a fresh line of the same run; false, and the line unchanged, when it does not fit. */
export function restoreLine(line: LineState, bytes: Uint8Array): boolean {
  const carried = readCarried(bytes.subarray(line.ledger.size));
  if (carried === undefined || !restoreStates(line.ledger, bytes.subarray(0, line.ledger.size))) return false;
  line.plc = carried.plc;
  line.pairing = carried.pairing ?? undefined;
  for (const item of carried.items) line.items.set(item.item, item);
  line.settled = carried.settled;
  line.lastPrinted = carried.lastPrinted;
  line.stoodAt = carried.stoodAt;
  line.lateVerdicts = carried.lateVerdicts;
  const { rejects, reads, ...figures } = carried.figures;
  Object.assign(line.figures, figures);
  for (const [reason, count] of rejects) line.figures.rejects.set(reason, count);
  line.figures.reads.set(reads);
  return true;
}

function readCarried(bytes: Uint8Array): Carried | undefined {
  let text = '';
  for (let at = 0; at + 1 < bytes.length; at += 2)
    text += String.fromCharCode((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
  try {
    const carried: Carried = JSON.parse(text);
    return Array.isArray(carried.items) && typeof carried.settled === 'number' ? carried : undefined;
  } catch {
    return undefined; // a dump is a cache: one that cannot be read is one that is not there
  }
}
