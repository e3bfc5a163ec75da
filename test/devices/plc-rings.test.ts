import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc16, rowCheck } from '#devices/plc/opcua/crc.ts';
import { followerOf } from '#devices/plc/opcua/follower.ts';
import { readRing, ringDepth } from '#devices/plc/opcua/ring.ts';
import type { StationImage } from '#devices/plc/opcua/station-nodes.ts';
import { verdictRing } from '#devices/plc/opcua/verdict-ring.ts';
import type { DeviceSignal } from '#line/signal.ts';

/** A PLC that writes rows into its rings, as the page tells. */
function plc(depth: number, start = 65_535, epoch = 1) {
  const trig = [start, ...new Array<number>(4 * depth).fill(0)];
  const out = [start, ...new Array<number>(4 * depth).fill(0)];
  function put(ring: number[], row: (count: number) => number[]): void {
    const count = ((ring[0] ?? 0) + 1) & 0xffff;
    ring.splice(1 + (count % depth) * 4, 4, ...row(count));
    ring[0] = count;
  }
  return {
    trig,
    trigger: () => put(trig, (count) => [count, 1, 2, 0x8000 | 4]),
    report: (seq: number, result: number) => put(out, () => [seq, result, 0, 0]),
    image: (): StationImage => ({
      hbPlc: 0,
      lineState: 6,
      encoder: 0,
      permits: 63,
      trig: [...trig],
      out: [...out],
      epoch,
    }),
  };
}

const triggers = (signals: readonly DeviceSignal[]) =>
  signals.flatMap((signal) => (signal.kind === 'item-triggered' ? [signal.trigger.seq] : []));
const lost = (signals: readonly DeviceSignal[]) =>
  signals.reduce((sum, signal) => sum + (signal.kind === 'rows-lost' ? signal.count : 0), 0);

describe('the check word', () => {
  it('is CRC-16/MODBUS', () => {
    expect(crc16(Buffer.from('123456789'))).toBe(0x4b37);
    expect(crc16([0x01, 0x03, 0x00, 0x00, 0x00, 0x0a])).toBe(0xcdc5);
    expect(rowCheck(0x0102, 1, 3)).toBe(crc16([1, 2, 0, 1, 0, 3]));
  });
});

describe('reading a ring', () => {
  it('reports every row exactly once or counts it as lost, whatever the pace and the wrap', () => {
    const paces = fc.array(fc.nat(90), { maxLength: 60 });
    fc.assert(
      fc.property(fc.constantFrom(8, 32), fc.integer({ min: 0, max: 65_535 }), paces, (depth, start, steps) => {
        const machine = plc(depth, start);
        const follower = followerOf('plc-1');
        follower.take(machine.image(), 0);
        const signals = steps.flatMap((step) => {
          for (let row = 0; row < step; row += 1) machine.trigger();
          return follower.take(machine.image(), 0);
        });
        const total = steps.reduce((sum, step) => sum + step, 0);
        const expected = steps.flatMap((step, index) => {
          const end = start + steps.slice(0, index + 1).reduce((sum, each) => sum + each, 0);
          const kept = Math.min(step, depth);
          return Array.from({ length: kept }, (_, at) => (end - kept + 1 + at) & 0xffff);
        });
        expect(triggers(signals)).toEqual(expected);
        expect(lost(signals)).toBe(total - expected.length);
      }),
    );
  });

  it('reads a torn row again, and gives it up when it stays torn', () => {
    const machine = plc(8);
    const follower = followerOf('plc-1');
    follower.take(machine.image(), 0);
    machine.trigger();
    machine.trigger();
    const torn = machine.image();
    Object.assign(torn.trig, { 4: 4 });
    expect(triggers(follower.take(torn, 0))).toEqual([]);
    expect(triggers(follower.take(machine.image(), 0))).toEqual([0, 1]);
    machine.trigger();
    machine.trigger();
    const broken = machine.image();
    Object.assign(broken.trig, { 12: 4 });
    const signals = [1, 2, 3, 4].flatMap(() => follower.take(broken, 0));
    expect([triggers(signals), lost(signals)]).toEqual([[3], 1]);
  });

  it('knows a ring whose head went back', () => {
    expect(readRing(plc(8, 5).trig, 9, () => true)).toEqual({
      rows: [],
      lost: 0,
      last: 9,
      isTorn: false,
      wentBack: true,
    });
  });

  it.each([
    [33, 8],
    [129, 32],
    [32, undefined],
    [41, undefined],
  ])('takes %i words for a depth of %s', (length, depth) => {
    expect(ringDepth(new Array<number>(length).fill(0))).toBe(depth);
  });
});

describe('following a PLC', () => {
  it('counts from the heads on a first contact', () => {
    const machine = plc(8);
    machine.trigger();
    machine.report(0, 1);
    expect(followerOf('plc-1').take(machine.image(), 9)).toEqual([
      {
        kind: 'epoch-seen',
        at: 9,
        device: 'plc-1',
        epoch: 1,
        seq: 0,
        event: 0,
        fresh: true,
        places: [{ seq: 0, encoder: 65_538 }],
      },
      { kind: 'machine-changed', at: 9, device: 'plc-1', state: 6, permits: 63 },
    ]);
  });

  it('reports what happened behind the point of the record, triggers before outcomes', () => {
    const machine = plc(8);
    machine.trigger();
    machine.trigger();
    machine.report(0, 1);
    const follower = followerOf('plc-1');
    follower.resume({ epoch: 1, seq: 0, event: 65_535 });
    expect(follower.take(machine.image(), 9)).toEqual([
      {
        kind: 'epoch-seen',
        at: 9,
        device: 'plc-1',
        epoch: 1,
        seq: 0,
        event: 65_535,
        fresh: false,
        places: [{ seq: 0, encoder: 65_538 }],
      },
      {
        kind: 'item-triggered',
        at: 9,
        device: 'plc-1',
        trigger: { epoch: 1, seq: 1, encoder: 65_538, flags: 4 },
      },
      { kind: 'outcome-reported', at: 9, device: 'plc-1', epoch: 1, event: 0, seq: 0, outcome: 'good-exit' },
      { kind: 'machine-changed', at: 9, device: 'plc-1', state: 6, permits: 63 },
    ]);
  });

  it('goes on where it was when a session is lost, and ignores a late word about the record', () => {
    const machine = plc(8);
    const follower = followerOf('plc-1');
    follower.take(machine.image(), 0);
    machine.trigger();
    follower.resume({ epoch: 1, seq: 500, event: 500 });
    follower.begin();
    expect(follower.take(machine.image(), 0).map(({ kind }) => kind)).toEqual([
      'epoch-seen',
      'item-triggered',
      'machine-changed',
    ]);
  });

  it('begins a new epoch at its first row', () => {
    const follower = followerOf('plc-1');
    follower.take(plc(8, 400, 1).image(), 0);
    const restarted = plc(8, 65_535, 2);
    restarted.trigger();
    expect(follower.take(restarted.image(), 0)).toMatchObject([
      { kind: 'epoch-seen', epoch: 2, seq: 65_535, event: 65_535, fresh: true },
      { kind: 'item-triggered', trigger: { epoch: 2, seq: 0 } },
    ]);
  });

  it('starts afresh when the counts of an epoch go back', () => {
    const follower = followerOf('plc-1');
    follower.take(plc(8, 400, 1).image(), 0);
    expect(follower.take(plc(8, 3, 1).image(), 0)).toMatchObject([
      { kind: 'epoch-seen', epoch: 1, seq: 3, event: 3, fresh: true },
    ]);
  });
});

describe('the belt', () => {
  const beltOf = (images: readonly (readonly [number, number])[]): unknown[] => {
    const follower = followerOf('plc-1');
    return images
      .flatMap(([lineState, encoder]) => follower.take({ ...plc(8).image(), lineState, encoder }, 9))
      .flatMap((signal) => (signal.kind === 'belt-changed' ? [signal.encoder] : []));
  };
  const HELD = 11;

  it('is at rest when the machine is held and the encoder has stood for some images; a flicker is no motion', () => {
    expect(beltOf([90, 95, 98, 102, 106, 107, 106, 105, 106].map((encoder) => [HELD, encoder]))).toEqual([106]);
  });

  it('moves again as soon as the encoder does', () => {
    expect(beltOf([100, 100, 100, 100, 100, 130, 200].map((encoder) => [HELD, encoder]))).toEqual([100, undefined]);
  });

  it('that stands while the machine executes is no standstill', () => {
    expect(beltOf([100, 100, 100, 100, 100, 100].map((encoder) => [6, encoder]))).toEqual([]);
  });

  it('is at rest across the wrap of the encoder', () => {
    expect(beltOf([0xffff_ffff, 0, 0xffff_ffff, 0, 0].map((encoder) => [HELD, encoder]))).toEqual([0xffff_ffff]);
  });
});

describe('writing verdicts', () => {
  it('puts rows behind the head the PLC holds, with their check words', () => {
    const ring = verdictRing([65_535, ...new Array<number>(32).fill(0)]);
    const words = ring?.append([
      { seq: 7, pass: true, reason: 0 },
      { seq: 8, pass: false, reason: 11 },
    ]);
    expect([...(words ?? [])].slice(0, 9)).toEqual([1, 7, 1, 0, rowCheck(7, 1, 0), 8, 2, 11, rowCheck(8, 2, 11)]);
    expect(ring?.share).toBe(4);
  });
});
