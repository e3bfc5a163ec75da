import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { REASON_CODES, REASONS, reasonOf } from '#line/verdict.ts';

const page = readFileSync(new URL('../../docs/reason-codes.md', import.meta.url), 'utf8');
const rows = [...page.matchAll(/^\| (\d+) \| `([a-z0-9-]+)` \| (.+?) \| (.+?) \|$/gm)];

describe('the reason codes', () => {
  it('stand in docs/reason-codes.md with the numbers that go to the PLC', () => {
    expect(rows.map(([, code, reason]) => [reason, Number(code)])).toEqual(Object.entries(REASON_CODES));
  });

  it('keep their numbers, whatever is added', () => {
    expect(REASONS.slice(0, 29)).toEqual([
      'no-read',
      'no-reading',
      'not-gs1',
      'wrong-gtin',
      'wrong-lot',
      'wrong-expiry',
      'not-allocated',
      'not-sent',
      'duplicate',
      'unknown-fate',
      'low-grade',
      'frame-skew',
      'out-of-sequence',
      'after-interlock',
      'tracking-lost',
      'flagged-by-plc',
      'late-reading',
      'not-running',
      'late-verdict',
      'purged',
      'divert-failed',
      'no-image',
      'not-inspected',
      'assisted-read',
      'misplaced',
      'not-present',
      'wrong-count',
      'wrong-text',
      'low-parameter',
    ]);
    expect(REASONS.map((reason) => REASON_CODES[reason])).toEqual(REASONS.map((_, index) => index + 1));
  });

  it('are had back from their numbers; 0 is PASS and has none', () => {
    expect(REASONS.map((reason) => reasonOf(REASON_CODES[reason]))).toEqual(REASONS);
    expect([reasonOf(0), reasonOf(REASONS.length + 1), reasonOf(-1)]).toEqual([undefined, undefined, undefined]);
  });
});
