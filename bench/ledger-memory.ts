import { type Ledger, openLedger } from '#line/ledger.ts';
import { tell } from './child.ts';
import { packSerials, RUN } from './order.ts';

// What a ledger takes in memory, in a process that does nothing else.

export interface LedgerMemory {
  readonly serials: number;
  readonly bytes: number;
  readonly perSerial: number;
  readonly rss: number;
  readonly heap: number;
}

const serials = Number(process.argv[2]);

function openAlone(): Ledger {
  return openLedger(RUN, [packSerials(serials)]);
}

const ledger = openAlone();
const { rss, heapUsed } = process.memoryUsage();
const bytes = ledger.bytes.byteLength + ledger.slots.byteLength + ledger.states.byteLength;
const memory: LedgerMemory = { serials, bytes, perSerial: bytes / ledger.size, rss, heap: heapUsed };
tell('memory', memory);
process.disconnect?.();
