import { closeSync, fdatasyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Spread, spreadOf } from './statistics.ts';

const BLOCK = 4096;
const BLOCKS = 256;

/** Writes 4 KB into a preallocated file and flushes it: what one durable commit costs at least on this file system. */
export function openFlushProbe(folder: string): { flush(): number; close(): void } {
  const file = join(folder, 'flush-probe');
  const handle = openSync(file, 'w');
  const block = Buffer.alloc(BLOCK, 0x5a);
  for (let at = 0; at < BLOCKS; at += 1) writeSync(handle, block, 0, BLOCK, at * BLOCK);
  fdatasyncSync(handle);
  let count = 0;
  return {
    flush() {
      const began = performance.now();
      writeSync(handle, block, 0, BLOCK, (count++ % BLOCKS) * BLOCK);
      fdatasyncSync(handle);
      return performance.now() - began;
    },
    close() {
      closeSync(handle);
      rmSync(file);
    },
  };
}

/** One flush after the other. */
export function probeFlush(folder: string, times: number): Spread {
  const probe = openFlushProbe(folder);
  const taken = Array.from({ length: times }, () => probe.flush());
  probe.close();
  return spreadOf(taken);
}

/**
 * Flushes at the pace of the verdicts they are set beside: between two of them CPU and disk have come to rest, as they
 * have between two items, and what wakes them is part of the cost. `rate` per second.
 */
export function probeFlushAt(folder: string, rate: number, times: number): Spread {
  const probe = openFlushProbe(folder);
  const cell = new Int32Array(new SharedArrayBuffer(4));
  const taken = Array.from({ length: times }, () => {
    Atomics.wait(cell, 0, 0, 1000 / rate);
    return probe.flush();
  });
  probe.close();
  return spreadOf(taken);
}

/** A flush every `every` ms while something else runs; the same disk at the same time. */
export async function probeFlushDuring<T>(folder: string, every: number, work: Promise<T>): Promise<[T, Spread]> {
  const probe = openFlushProbe(folder);
  const taken: number[] = [];
  let isOver = false;
  const done = work.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    taken.push(probe.flush());
    await Promise.race([pause(every), done.catch(() => undefined)]);
  }
  probe.close();
  return [await done, spreadOf(taken)];
}

/** Microseconds in which some task waited for a CPU, since the machine started; undefined where nobody counts them. */
function stalled(): number | undefined {
  try {
    return Number(/some .*total=(\d+)/.exec(readFileSync('/proc/pressure/cpu', 'utf8'))?.[1]);
  } catch {
    return undefined; // not Linux, or not permitted
  }
}

/** Share of the time, 0..1, in which some task waited for a CPU from now until it is called; undefined where unknown. */
export function watchStall(): () => number | undefined {
  const before = stalled();
  const since = performance.now();
  return () => {
    const after = stalled();
    return before === undefined || after === undefined
      ? undefined
      : (after - before) / 1000 / (performance.now() - since);
  };
}
