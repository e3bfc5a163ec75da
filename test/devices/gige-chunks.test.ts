import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SLOT } from '#contract/frame-ring.ts';
import type { ChunkValue } from '#devices/camera/genicam/chunk-value.ts';
import { readChunk } from '#devices/camera/gige/stream/chunks.ts';
import { type CountStart, type Tally, triggerTally } from '#devices/camera/gige/stream/tally.ts';
import { type Bench, bench, fates, HEIGHT, picture, pixelsAt, send, WIDTH } from './gige-bench.ts';
import {
  COUNT_CHUNK,
  countedPicture,
  packet,
  packetsOf,
  payloadOf,
  type SentChunk,
  type SentPicture,
  tag,
} from './gige-packets.ts';

// What follows the pixels of a picture, and the count of triggers in it.

const LAYOUT = { length: 4, isBigEndian: true, isSigned: false, low: 0, width: 32 } as const;
const COUNTER: ChunkValue = { id: COUNT_CHUNK, address: 0, layout: LAYOUT };

function tally(armedAt = 0): Tally {
  const start: CountStart = {
    before: undefined,
    needsProof: false,
    armedAt,
    modulus: 2 ** 32,
    clock: Number,
    now: () => 0,
    keep: () => {},
  };
  return triggerTally(start);
}

const counting = (options: Parameters<typeof bench>[0] = {}): Bench =>
  bench({ counter: COUNTER, tally: tally(), ...options });
const counted = (block: number, count = block): SentPicture => countedPicture(picture(block), count);
const chunk = (id: number, length: number, fill = 0): SentChunk => ({ id, data: Buffer.alloc(length, fill) });
const COUNT_7: SentChunk = { id: COUNT_CHUNK, data: Buffer.from([0, 0, 0, 7]) };

/** Reads the count from chunks behind a picture of eight bytes. */
function read(bytes: Buffer, counter = COUNTER, end = bytes.length): number | undefined {
  return readChunk({ bytes: bytes.subarray(8), from: 8, picture: 8, end }, counter);
}

const behind = (...chunks: readonly SentChunk[]): Buffer =>
  payloadOf({ ...picture(1), pixels: Buffer.alloc(8, 0xee), chunks });

describe('the chunks behind a picture', () => {
  it('are walked from the end, and hold the count wherever it stands', () => {
    const others = [chunk(5, 8), chunk(0x4f2c_0001, 12, 0xff), chunk(9, 0)];
    expect(read(behind(COUNT_7))).toBe(7);
    expect(read(behind(...others, COUNT_7))).toBe(7);
    expect(read(behind(COUNT_7, ...others))).toBe(7);
    expect(read(behind(...others))).toBeUndefined();
  });

  it('have the count at its place and in its order of bytes', () => {
    const data = Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]);
    const little: ChunkValue = { id: 3, address: 4, layout: { ...LAYOUT, isBigEndian: false } };
    expect(read(behind({ id: 3, data }), little)).toBe(0x0807_0605);
    expect(read(behind({ id: 3, data }), { ...little, address: 5 })).toBeUndefined();
    expect(read(behind({ id: 3, data }), { ...little, layout: { ...LAYOUT, length: 2, width: 16 } })).toBe(0x0506);
  });

  it('may follow pixels that are filled up, or that are no chunk of their own', () => {
    const filled = Buffer.concat([Buffer.alloc(10), tag(1, 10), COUNT_7.data, tag(COUNT_CHUNK, 4)]);
    expect(read(filled)).toBe(7);
    const bare = Buffer.concat([Buffer.alloc(8), COUNT_7.data, tag(COUNT_CHUNK, 4)]);
    expect(read(bare)).toBe(7);
  });

  it.each([
    ['is longer than what is there', tag(COUNT_CHUNK, 400)],
    ['is as long as can be said', tag(COUNT_CHUNK, 0xffff_ffff)],
    ['leaves a gap before it', tag(COUNT_CHUNK, 3)],
    ['reaches into the pixels', tag(COUNT_CHUNK, 14)],
  ])('say nothing when one of them %s', (_how, bad) => {
    expect(read(Buffer.concat([Buffer.alloc(8), tag(1, 8), COUNT_7.data, bad]))).toBeUndefined();
  });

  it('say nothing when the picture is said to be of another length', () => {
    expect(read(Buffer.concat([Buffer.alloc(8), tag(1, 4), COUNT_7.data, tag(COUNT_CHUNK, 4)]))).toBeUndefined();
  });

  it('of arbitrary bytes never throw', () => {
    const layouts = fc.record({
      length: fc.integer({ min: 1, max: 8 }),
      isBigEndian: fc.boolean(),
      isSigned: fc.boolean(),
      low: fc.constant(0),
      width: fc.constant(8),
    });
    const place = fc.record({ id: fc.constantFrom(0, COUNT_CHUNK), address: fc.nat(40), layout: layouts });
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
      fc.tuple(fc.constantFrom(0, 1, COUNT_CHUNK), fc.nat(40)).map(([id, length]) => tag(id, length)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.nat(200), place, (pieces, end, counter) => {
        const value = read(Buffer.concat([Buffer.alloc(8), ...pieces]), counter, end);
        expect(value === undefined || Number.isFinite(value)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a picture with the count of triggers behind it', () => {
  it('stands in a slot without what follows it, under the number that the camera counted', () => {
    const at = counting();
    send(at, packetsOf(counted(1, 1)));
    expect(at.notices).toEqual([{ trigger: 1, counts: 'triggers', anew: true, slot: 0, at: 1_000 }]);
    expect(at.ring.take(0)).toMatchObject({ trigger: 1, width: WIDTH, height: HEIGHT, stride: WIDTH });
    expect(pixelsAt(at, 0)).toEqual(picture(1).pixels);
  });

  it('is the same in any order of its packets, with any of them twice, and with any of its sizes', () => {
    const sizes = fc.constantFrom(90, 100, 101, 404, 812, 828, 2_000);
    const kinds = fc.constantFrom(0x4001, 4);
    fc.assert(
      fc.property(
        sizes,
        kinds,
        fc.boolean(),
        fc.infiniteStream(fc.nat()),
        (packetBytes, payloadType, extended, rank) => {
          const sent = { ...counted(1), packetBytes, payloadType, extended };
          const ranked = [...packetsOf(sent), ...packetsOf(sent)].map((bytes) => [rank.next().value, bytes] as const);
          const at = counting({ packetBytes });
          send(
            at,
            ranked.sort(([a], [b]) => a - b).map(([, bytes]) => bytes),
          );
          expect(fates(at)).toEqual(['1 whole']);
          expect(pixelsAt(at, 0)).toEqual(picture(1).pixels);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('shows a trigger of which the camera took no picture, once', () => {
    const at = counting();
    for (const [block, count] of [
      [1, 1],
      [2, 2],
      [3, 5],
      [4, 6],
    ] as const)
      send(at, packetsOf(counted(block, count)));
    expect(fates(at)).toEqual(['1 whole', '2 whole', '3 not-taken', '4 not-taken', '5 whole', '6 whole']);
    expect(at.notices[2]).toEqual({
      trigger: 3,
      counts: 'triggers',
      missing: 'not-taken',
      detail: 'the camera counted a trigger and took no picture',
      at: 1_000,
    });
  });

  it('does not count a trigger twice when its picture was lost on its way', () => {
    const at = counting();
    send(at, packetsOf(counted(1)));
    send(at, packetsOf(counted(2)).slice(0, 4));
    send(at, packetsOf(counted(4)));
    at.settle();
    expect(fates(at)).toEqual(['1 whole', '2 incomplete', '3 lost', '4 whole']);
  });

  it('is reported as incomplete as soon as it is given up, before the next one comes', () => {
    const at = counting();
    send(at, packetsOf(counted(1)));
    send(at, packetsOf(counted(2)).slice(0, 4));
    at.settle();
    expect(fates(at)).toEqual(['1 whole', '2 incomplete']);
    send(at, packetsOf(counted(3, 4)));
    expect(fates(at).slice(2)).toEqual(['3 not-taken', '4 whole']);
  });

  it('waits for its trailer, which says where the chunks end, and asks for it', () => {
    const packets = packetsOf(counted(1));
    const lost = counting();
    send(lost, packets.slice(0, -1));
    expect(lost.notices).toEqual([]);
    lost.settle();
    expect(lost.notices).toMatchObject([{ missing: 'incomplete', detail: '1 of 11 packets are missing' }]);
    const asking = counting({
      resends: true,
      onResend: ({ first, last }, assembly) => {
        for (let id = first; id <= last; id++) assembly.take(packets[id] ?? Buffer.alloc(0), 1_002);
      },
    });
    send(asking, packets.slice(0, -1));
    asking.settle();
    expect(fates(asking)).toEqual(['1 whole']);
  });

  it('is asked for until it is whole, whichever packets were lost', () => {
    const long = { ...counted(1), chunks: [...(counted(1).chunks ?? []), chunk(5, 250)] };
    const packets = packetsOf(long);
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(packets.length - 1), { maxLength: packets.length - 1 }), (lost) => {
        const at = counting({
          resends: true,
          onResend: ({ first, last }, assembly) => {
            for (let id = first; id <= last; id++) assembly.take(packets[id] ?? Buffer.alloc(0), 1_002);
          },
        });
        send(
          at,
          packets.filter((_, id) => !lost.includes(id)),
        );
        at.settle();
        expect(fates(at)).toEqual(['1 whole']);
      }),
    );
  });

  it('whose last packet is filled up ends where the trailer says', () => {
    const packets = packetsOf(counted(1));
    const at = counting();
    const full = Buffer.concat([packets[9] ?? Buffer.alloc(0), Buffer.alloc(76, 0xff)]);
    send(at, [...packets.slice(0, 9), full, ...packets.slice(10)]);
    expect(fates(at)).toEqual(['1 whole']);
  });

  it('is no picture when what follows it is damaged', () => {
    const at = counting();
    const packets = packetsOf(counted(1));
    packets[9]?.writeUInt32BE(3, packets[9].length - 4);
    send(at, packets);
    const detail = 'the count of triggers behind the picture is damaged';
    expect(at.notices).toMatchObject([{ trigger: 1, missing: 'refused', detail }]);
    expect(at.ring.state(0)).toBe(SLOT.free);
    send(at, packetsOf(counted(2)));
    expect(fates(at)).toEqual(['1 refused', '2 whole']);
  });

  it('is refused when it comes without what it was set to bring', () => {
    const at = counting();
    send(at, packetsOf(picture(1)));
    expect(at.notices).toMatchObject([
      { missing: 'refused', detail: 'the camera sends its picture without the count of triggers' },
    ]);
  });

  it('is refused when its trailer contradicts its packets', () => {
    for (const sent of [3, 8, 200]) {
      const at = counting();
      const packets = packetsOf(counted(1));
      send(at, [
        ...packets.slice(0, -1),
        packet({ block: 1 }, 2, sent + 1, packets.at(-1)?.subarray(8) ?? Buffer.alloc(0)),
      ]);
      expect(at.notices).toMatchObject([{ missing: 'refused' }]);
    }
  });

  it('belongs to nobody when it is sent twice, and shifts no other', () => {
    const at = counting();
    for (const [block, count] of [1, 2, 2, 3].entries()) send(at, packetsOf(counted(block + 1, count)));
    expect(fates(at)).toEqual(['1 whole', '2 whole', '3 whole']);
    expect([at.repeats, at.doubts]).toEqual([[2], []]);
    expect([0, 1, 2, 3].map((slot) => at.ring.state(slot))).toEqual([SLOT.ready, SLOT.ready, SLOT.free, SLOT.ready]);
  });

  it('ends the count, and no later picture is taken for any item, when the count stands still', () => {
    const at = counting();
    for (const block of [1, 2, 3, 4]) send(at, packetsOf(counted(block, 1)));
    send(at, packetsOf(counted(5)));
    at.assembly.end(2_000);
    expect(fates(at)).toEqual(['1 whole']);
    expect(at.doubts).toEqual([{ doubt: "the camera's count of triggers stands still at 1", isUseless: true }]);
    expect([1, 2, 3, 4].map((slot) => at.ring.state(slot))).toEqual(Array(4).fill(SLOT.free));
  });

  it('with anything at all never throws, never tells a trigger twice, and never writes outside a slot it was given', () => {
    const byte = fc.nat(255);
    const strange = fc.oneof(
      fc
        .tuple(fc.nat(6), fc.nat(11), fc.array(fc.tuple(fc.nat(140), byte), { maxLength: 5 }), fc.nat(120))
        .map(([block, id, changes, cut]) => mutated(packetsOf(counted(block))[id], changes, cut)),
      fc.nat(6).map((block) => packetsOf(counted(block))),
      fc
        .tuple(fc.constantFrom(1, 2, 3), fc.nat(120), fc.nat(3), fc.uint8Array({ maxLength: 150 }))
        .map(([format, id, block, data]) => [packet({ block }, format, id, data)]),
    );
    fc.assert(
      fc.property(fc.array(strange, { maxLength: 30 }), fc.boolean(), (groups, resends) => {
        const at = counting({ slots: 6, resends });
        const guarded = [1, 3].filter((slot) => at.ring.move(slot, SLOT.free, SLOT.busy));
        for (const slot of guarded) at.ring.memory(slot).fill(0xa5);
        for (const bytes of groups.flat()) {
          at.assembly.take(bytes, 1);
          at.assembly.tick(1);
        }
        at.settle();
        at.assembly.end(2);
        for (const slot of guarded) expect(at.ring.memory(slot).every((value) => value === 0xa5)).toBe(true);
        for (let slot = 0; slot < 6; slot++) expect(at.ring.state(slot)).not.toBe(SLOT.writing);
        expect(jumps(at)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

/** Numbers that do not follow the one before, although the count did not begin anew. */
function jumps({ notices }: Bench): number[] {
  return notices
    .filter(({ trigger, anew }, index) => anew !== true && trigger !== (notices[index - 1]?.trigger ?? 0) + 1)
    .map(({ trigger }) => trigger);
}

/** A packet with some of its bytes changed, and perhaps cut. */
function mutated(whole: Buffer | undefined, changes: readonly (readonly [number, number])[], cut: number): Buffer[] {
  const bytes = Buffer.from(whole ?? Buffer.alloc(8));
  for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
  return [cut < 10 ? bytes.subarray(0, cut * 9) : bytes];
}
