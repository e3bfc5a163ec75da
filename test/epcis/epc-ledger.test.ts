import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epcLedger, NONE } from '#epcis/epc-ledger.ts';

const name = (n: number) => `https://id.gs1.org/01/09521234543213/21/S${n}`;

describe('what is remembered of things', () => {
  it('is told apart among 200 000 serials of two products and as many containers, and found again', () => {
    const ledger = epcLedger();
    const names = Array.from({ length: 200_000 }, (_none, n) =>
      n % 3 === 0
        ? `https://id.gs1.org/00/${n}`
        : n % 3 === 1
          ? name(n)
          : `https://id.gs1.org/01/09521234543220/21/S${n}`,
    );
    expect(names.map((one) => ledger.entryOf(one))).toEqual(names.map((_one, n) => n));
    expect(names.every((one, n) => ledger.entryOf(one) === n)).toBe(true);
    expect(ledger.size).toBe(200_000);
  });

  it('is what a plain map would have, through any moves', () => {
    const moves = fc.array(fc.tuple(fc.nat(30), fc.integer({ min: -1, max: 30 })), { maxLength: 200 });
    fc.assert(
      fc.property(moves, (list) => {
        const ledger = epcLedger();
        const parents = new Map<number, number>();
        for (let n = 0; n <= 30; n += 1) ledger.entryOf(name(n));
        for (const [child, parent] of list) {
          ledger.move(child, parent);
          parents.set(child, parent);
        }
        for (let n = 0; n <= 30; n += 1) {
          expect(ledger.parent(n)).toBe(parents.get(n) ?? NONE);
          const inside = [...parents].filter(([, parent]) => parent === n).map(([child]) => child);
          expect(ledger.children(n).toSorted((a, b) => a - b)).toEqual(inside.toSorted((a, b) => a - b));
        }
      }),
    );
  });

  it('begins alive nowhere, at no time', () => {
    const ledger = epcLedger();
    const entry = ledger.entryOf('urn:x');
    expect([ledger.state(entry), ledger.time(entry), ledger.parent(entry), ledger.children(entry)]).toEqual([
      0,
      Number.NEGATIVE_INFINITY,
      NONE,
      [],
    ]);
  });
});
