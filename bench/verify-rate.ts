import { hash } from 'node:crypto';
import { statSync } from 'node:fs';
import { ROW_BYTES } from '#record/chain.ts';
import { verifyChain } from '#record/verify.ts';
import { tell } from './child.ts';

// How fast a record is verified from the file alone, against what the hashing of as many single rows would take.

export interface VerifyRate {
  readonly facts: number;
  readonly groups: number;
  readonly serials: number;
  readonly isIntact: boolean;
  readonly head: string;
  /** Seconds for the chain, and for the serials and their index. */
  readonly chainSeconds: number;
  readonly serialSeconds: number;
  readonly factsPerSecond: number;
  /** One SHA-256 a row over the previous hash and the row: the limit of performance.md §4, P8. */
  readonly hashesPerSecond: number;
  readonly fileBytes: number;
}

const file = process.argv[2] ?? '';
const PREVIOUS = 32;
const HASHED = 300_000;

function hashLimit(): number {
  const row = Buffer.alloc(PREVIOUS + ROW_BYTES, 1);
  const began = performance.now();
  for (let at = 0; at < HASHED; at += 1) {
    row.writeUInt32LE(at, PREVIOUS);
    hash('sha256', row, 'buffer').copy(row, 0);
  }
  return (HASHED * 1000) / (performance.now() - began);
}

const before = hashLimit();
const began = performance.now();
let chained = began;
const { facts, groups, serials, isIntact, head } = verifyChain(file, {
  onProgress: (done, of) => {
    if (done === of) chained = performance.now();
  },
});
const ended = performance.now();
const rate: VerifyRate = {
  facts,
  groups,
  serials,
  isIntact,
  head,
  chainSeconds: (chained - began) / 1000,
  serialSeconds: (ended - chained) / 1000,
  factsPerSecond: (facts * 1000) / (chained - began),
  hashesPerSecond: (before + hashLimit()) / 2,
  fileBytes: statSync(file).size,
};
tell('rate', rate);
process.disconnect?.();
