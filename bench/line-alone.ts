import { serialAt } from '#gs1/serial-pool.ts';
import type { Journal } from '#record/journal.ts';
import { pendingFacts } from '#record/pending.ts';
import { tell } from './child.ts';
import { packSerials, readingOf } from './order.ts';
import { openStation } from './station.ts';

// The line without sockets and without a disk: what judging an item, its facts and its effects cost the main thread.

const SERIALS = 1_000_000;
const WARM = 100_000;
const ITEMS = 400_000;
/** Items between two commits that never happen. */
const GROUP = 20;

const serials = packSerials(SERIALS);
const pending = pendingFacts();
const listeners = new Set<(upTo: number) => void>();
let lastSeq = 0;
const never = (): never => {
  throw new Error('not part of the measurement');
};
const journal: Journal = {
  opening: { lastSeq: 0, head: '', database: '', version: 0, synchronous: 2 },
  takeFound: never,
  append(fact) {
    lastSeq += 1;
    pending.add(lastSeq, fact);
    return lastSeq;
  },
  durable(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  durableUpTo: 0,
  get lastSeq() {
    return lastSeq;
  },
  dump: () => {},
  failed: () => () => {},
  allocate: never,
  load: never,
  retry: never,
  stats: never,
  close: () => Promise.resolve(),
};

const station = openStation({ journal, serials, verdict: () => {} });
station.release();
show(1, WARM);
const readings = Array.from({ length: ITEMS }, (_, at) => readingOf(WARM + at + 1, serialAt(serials, WARM + at), 1));
const before = process.cpuUsage();
for (const reading of readings) {
  station.item({ kind: 'item-read', at: 1, device: 'reader-1', reading });
  settle(reading.trigger);
}
const used = process.cpuUsage(before);
tell('cost', { items: ITEMS, microseconds: (used.user + used.system) / ITEMS });
station.close();
process.disconnect?.();

function show(from: number, to: number): void {
  for (let trigger = from; trigger <= to; trigger += 1) {
    const reading = readingOf(trigger, serialAt(serials, trigger - 1), 1);
    station.item({ kind: 'item-read', at: 1, device: 'reader-1', reading });
    settle(trigger);
  }
}

function settle(trigger: number): void {
  if (trigger % GROUP !== 0) return;
  pending.take();
  for (const listener of listeners) listener(lastSeq);
}
