import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verdictGate } from '#station/verdict-gate.ts';

describe('the gate', () => {
  it('lets through at once what is on disk already', () => {
    const left: string[] = [];
    verdictGate(5).after(5, () => left.push('verdict'));
    expect(left).toEqual(['verdict']);
  });

  it('keeps a verdict until its fact is on disk', () => {
    const left: string[] = [];
    const gate = verdictGate(5);
    gate.after(6, () => left.push('verdict'));
    expect([left.slice(), gate.waiting]).toEqual([[], 1]);
    gate.release(6);
    expect([left, gate.waiting]).toEqual([['verdict'], 0]);
  });

  it('lets nothing overtake: what is on disk waits behind what is not', () => {
    const left: number[] = [];
    const gate = verdictGate(5);
    gate.after(7, () => left.push(7));
    gate.after(4, () => left.push(4));
    expect(left).toEqual([]);
    gate.release(7);
    expect(left).toEqual([7, 4]);
  });

  it('does not close again when the disk reports an earlier fact', () => {
    const left: string[] = [];
    const gate = verdictGate(5);
    gate.release(9);
    gate.release(6);
    gate.after(9, () => left.push('verdict'));
    expect(left).toEqual(['verdict']);
  });

  it('lets through what is asked for while it opens', () => {
    const left: string[] = [];
    const gate = verdictGate(0);
    gate.after(1, () => gate.after(1, () => left.push('second')));
    gate.release(1);
    expect([left, gate.waiting]).toEqual([['second'], 0]);
  });

  it('never lets anything through before its fact is on disk, and keeps the order, however the disk reports', () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ ask: fc.integer({ min: 0, max: 4 }) }),
        fc.record({ durable: fc.integer({ min: -3, max: 3 }) }),
      ),
      { maxLength: 200 },
    );
    fc.assert(
      fc.property(steps, (taken) => {
        let seq = 0;
        let durable = 0;
        const asked: number[] = [];
        const left: number[] = [];
        const early: number[] = [];
        const gate = verdictGate(0);
        for (const step of taken) {
          if ('ask' in step) {
            seq += step.ask;
            const own = seq;
            asked.push(own);
            gate.after(own, () => {
              left.push(own);
              if (own > durable) early.push(own);
            });
          } else {
            const upTo = Math.min(Math.max(durable + step.durable, 0), seq);
            durable = Math.max(durable, upTo);
            gate.release(upTo);
          }
        }
        expect(early).toEqual([]);
        expect(left).toEqual(asked.filter((one) => one <= durable));
        expect(gate.waiting).toBe(asked.length - left.length);
      }),
    );
  });

  it('forgets what has left: two thousand verdicts later it holds only the waiting one', () => {
    const gate = verdictGate(0);
    let left = 0;
    for (let seq = 1; seq <= 2_001; seq += 1) {
      gate.after(seq + 1, () => {
        left += 1;
      });
      gate.release(seq);
    }
    expect([left, gate.waiting]).toEqual([2_000, 1]);
  });
});
