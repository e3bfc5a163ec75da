import { join } from 'node:path';
import { startPart } from './child.ts';
import type { PlcResult, PlcRun } from './plc-line.ts';
import { probeFlushDuring, watchStall } from './probes.ts';
import type { Spread } from './statistics.ts';

/** A line with an OPC UA PLC at one rate: verdicts beside the flushes of the same disk in the same minute. */
export interface PlcStretch extends PlcResult {
  readonly wanted: number;
  readonly flush: Spread;
  readonly stall: number | undefined;
}

/** What the virtual line makes in a minute at its own speed, and the two rates that are looked at. */
const PER_MINUTE = 300;
const RATES = [300, 2000] as const;
const PROBE_EVERY = 50;

export async function measurePlc(folder: string, seconds: number, say: (words: string) => void): Promise<PlcStretch[]> {
  const stretches: PlcStretch[] = [];
  for (const wanted of RATES) {
    say(`  workstation with printer, reader and OPC UA PLC at ${wanted} items/min, ${seconds} s …`);
    const part = startPart('plc-line');
    const job: PlcRun = { folder: join(folder, `plc-${wanted}`), speed: wanted / PER_MINUTE, seconds };
    const stall = watchStall();
    const [result, flush] = await probeFlushDuring(folder, PROBE_EVERY, part.ask<PlcResult>('run', job));
    stretches.push({ ...result, wanted, flush, stall: stall() });
    await part.end();
  }
  return stretches;
}
