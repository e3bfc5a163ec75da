import { describe, expect, it } from 'vitest';
import { openLooks } from '#station/eye/looks.ts';
import { inspectionOf } from './example-pcg.ts';

describe('an inspection that waits for its verdict', () => {
  it('is handed over once, with the slot of its picture', () => {
    const released: number[] = [];
    const looks = openLooks((slot) => released.push(slot));
    const inspection = inspectionOf(4, []);
    looks.add({ inspection, slot: 2 });
    expect(looks.take(4)).toEqual({ inspection, slot: 2 });
    expect([looks.take(4), looks.take(5), released]).toEqual([undefined, undefined, []]);
  });

  it('gives its slot back when more come than can wait, and keeps what was seen', () => {
    const released: number[] = [];
    const looks = openLooks((slot) => released.push(slot));
    for (let trigger = 1; trigger <= 6; trigger += 1)
      looks.add({ inspection: inspectionOf(trigger, []), slot: trigger });
    expect(released).toEqual([1, 2, 3]);
    expect(looks.take(2)?.slot).toBeUndefined();
    expect(looks.take(6)?.slot).toBe(6);
  });

  it('gives back the slots of items that were passed over, and all of them at the end', () => {
    const released: number[] = [];
    const looks = openLooks((slot) => released.push(slot));
    looks.add({ inspection: inspectionOf(1, []), slot: 10 });
    looks.add({ inspection: inspectionOf(9, []), slot: 11 });
    looks.add({ inspection: inspectionOf(10, []), slot: 12 });
    looks.take(10);
    expect(released).toEqual([10]);
    looks.clear();
    expect(released).toEqual([10, 11]);
  });
});
