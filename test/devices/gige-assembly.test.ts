import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SLOT } from '#contract/frame-ring.ts';
import type { Resend } from '#devices/camera/gige/control/gvcp-frames.ts';
import { bench, fates, HEIGHT, known, picture, pixelsAt, send, WIDTH } from './gige-bench.ts';
import { leader, packet, packetsOf } from './gige-packets.ts';

describe('a picture that comes in packets', () => {
  it('stands in a slot of the ring, byte by byte', () => {
    const at = bench();
    send(at, packetsOf(picture(1)));
    expect(at.notices).toEqual([{ trigger: 1, anew: true, slot: 0, at: 1_000 }]);
    expect(at.ring.take(0)).toMatchObject({ trigger: 1, at: 1_000, width: WIDTH, height: HEIGHT, stride: WIDTH });
    expect(pixelsAt(at, 0)).toEqual(picture(1).pixels);
  });

  it('is the same picture in any order, and with any packet twice', () => {
    const all = packetsOf(picture(1));
    const orders = fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length, maxLength: 2 * all.length });
    fc.assert(
      fc.property(orders, (packets) => {
        const at = bench();
        send(at, packets);
        expect(fates(at)).toEqual(['1 whole']);
        expect(pixelsAt(at, 0)).toEqual(picture(1).pixels);
      }),
      { numRuns: 200 },
    );
  });

  it('is read with 20-byte headers just as well', () => {
    const at = bench();
    for (const block of [1, 2]) send(at, packetsOf({ ...picture(block), extended: true }));
    expect(fates(at)).toEqual(['1 whole', '2 whole']);
    expect(pixelsAt(at, 1)).toEqual(picture(2).pixels);
  });

  it('keeps padded rows as they are and says how long they are, where a slot has room for them', () => {
    const padded = { ...picture(1), paddingX: 4, pixels: Buffer.alloc((WIDTH + 4) * HEIGHT, 7) };
    const roomy = bench({ slotBytes: (WIDTH + 4) * HEIGHT });
    send(roomy, packetsOf(padded));
    expect(roomy.ring.take(0)).toMatchObject({ width: WIDTH, stride: WIDTH + 4 });
    expect(pixelsAt(roomy, 0)).toEqual(padded.pixels);
    const tight = bench();
    send(tight, packetsOf(padded));
    const detail = 'the rows are padded beyond what a slot of the ring holds';
    expect(tight.notices).toEqual([{ trigger: 1, anew: true, missing: 'refused', detail, at: 1_000 }]);
  });

  it('is made grey on its way when the camera sends colours', () => {
    const rgb = known(0x0218_0014);
    const pixels = Buffer.from(Array.from({ length: WIDTH * HEIGHT * 3 }, (_, i) => [255, 0, 0][i % 3] ?? 0));
    const at = bench({ format: rgb });
    send(at, packetsOf({ ...picture(1), pixelFormat: rgb.code, pixels }));
    expect(pixelsAt(at, 0)).toEqual(Buffer.alloc(WIDTH * HEIGHT, 76));
  });
});

describe('pictures of which packets are lost', () => {
  it('are each reported once, in order, and never as half a picture', () => {
    const drops = fc.array(fc.array(fc.nat(9), { maxLength: 10 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(drops, fc.boolean(), (dropsPerPicture, withTicks) => {
        const at = bench({ slots: 12 });
        const expected: string[] = [];
        dropsPerPicture.forEach((dropped, index) => {
          const packets = packetsOf(picture(index + 1));
          send(
            at,
            packets.filter((_, id) => !dropped.includes(id)),
          );
          if (withTicks) at.assembly.tick(0);
          const isWhole = dropped.every((id) => id === packets.length - 1);
          expected.push(isWhole ? 'whole' : 'not');
        });
        send(at, packetsOf(picture(dropsPerPicture.length + 1)));
        at.settle();
        const told = at.notices.map((notice) => ('missing' in notice ? 'not' : 'whole'));
        expect(told).toEqual([...expected, 'whole']);
        expect(at.notices.map(({ trigger }) => trigger)).toEqual(told.map((_, index) => index + 1));
        at.notices.forEach((notice, index) => {
          if (!('missing' in notice)) expect(pixelsAt(at, index)).toEqual(picture(index + 1).pixels);
        });
        const held = at.notices.filter((notice) => !('missing' in notice)).length;
        const inUse = Array.from({ length: 12 }, (_, slot) => at.ring.state(slot)).filter((s) => s !== SLOT.free);
        expect(inUse).toEqual(Array(held).fill(SLOT.ready));
      }),
      { numRuns: 150 },
    );
  });

  it('say how many packets are missing', () => {
    const at = bench();
    send(
      at,
      packetsOf(picture(1)).filter((_, id) => id !== 2 && id !== 5),
    );
    at.settle();
    expect(at.notices).toMatchObject([{ trigger: 1, missing: 'incomplete', detail: '2 of 9 packets are missing' }]);
  });

  it('are asked for again, and are whole once the camera has sent them again', () => {
    const packets = packetsOf(picture(1));
    const lossy = fc.uniqueArray(fc.nat(packets.length - 1), { maxLength: packets.length - 1 });
    fc.assert(
      fc.property(lossy, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (lost, loseAgain) => {
        let asked = 0;
        const at = bench({
          resends: true,
          onResend: ({ first, last }, assembly) => {
            for (let id = first; id <= last; id++) {
              // What is sent again may be lost again, twice: the third asking is the last.
              const isLost = loseAgain[asked % loseAgain.length] === true && asked < 2;
              asked += 1;
              const bytes = packets[id];
              if (!isLost && bytes !== undefined) assembly.take(bytes, 1_002);
            }
          },
        });
        send(
          at,
          packets.filter((_, id) => !lost.includes(id)),
        );
        at.settle();
        expect(fates(at)).toEqual(['1 whole']);
        expect(pixelsAt(at, 0)).toEqual(picture(1).pixels);
      }),
    );
  });

  it('are asked for as ranges, not before two ticks have passed, and three times at most', () => {
    const at = bench({ resends: true });
    const packets = packetsOf(picture(1)).filter((_, id) => ![2, 3, 6].includes(id));
    send(at, packets);
    at.assembly.tick(0);
    expect(at.resends).toEqual([]);
    at.assembly.tick(0);
    const asked = (first: number, last: number): Resend => ({ block: 1n, first, last, hasExtendedIds: false });
    expect(at.resends).toEqual([asked(2, 3), asked(6, 6)]);
    at.settle();
    expect(at.resends).toHaveLength(6);
    expect(fates(at).at(-1)).toBe('1 incomplete');
  });

  it('are given up at once when the camera says that it no longer has the packet', () => {
    const at = bench({ resends: true });
    send(at, packetsOf(picture(1)).slice(0, 4));
    send(at, [packet(picture(1), 3, 5, Buffer.alloc(0), 0x800c)]);
    expect(at.notices).toMatchObject([
      { trigger: 1, missing: 'incomplete', detail: 'packet 5: the camera no longer has the packet' },
    ]);
  });

  it('are lost, and not incomplete, when all that comes of them is that the camera has nothing', () => {
    const at = bench({ resends: true });
    send(at, packetsOf(picture(1)));
    send(at, [packet(picture(2), 3, 1, Buffer.alloc(0), 0x8011)]);
    expect(fates(at)).toEqual(['1 whole', '2 lost']);
  });

  it('are reported as lost when nothing of them came, each under its number', () => {
    const at = bench({ slots: 16 });
    send(at, packetsOf(picture(1)));
    send(at, packetsOf(picture(9)));
    at.settle();
    const lost = [2, 3, 4, 5, 6, 7, 8].map((trigger) => `${trigger} lost`);
    expect(fates(at)).toEqual(['1 whole', ...lost, '9 whole']);
  });

  it('wait 50 ms for the last packet, in time that this thread has lived', () => {
    const at = bench();
    send(at, packetsOf(picture(1)).slice(0, 3));
    for (let tick = 1; tick < 25; tick++) at.assembly.tick(tick);
    expect(at.notices).toEqual([]);
    at.assembly.tick(25);
    expect(fates(at)).toEqual(['1 incomplete']);
  });

  it('are given up when the camera is stopped', () => {
    const at = bench();
    send(at, packetsOf(picture(1)).slice(0, 3));
    expect(at.assembly.end(2_000)).toEqual({ block: 1, startsAnew: false });
    send(at, packetsOf(picture(1)));
    expect(fates(at)).toEqual(['1 incomplete']);
    expect(at.ring.state(0)).toBe(SLOT.free);
  });
});

describe('a ring without a free slot', () => {
  it('is a missed picture under its number, and the pictures before it stay', () => {
    const at = bench({ slots: 2 });
    for (const block of [1, 2, 3]) send(at, packetsOf(picture(block)));
    expect(fates(at)).toEqual(['1 whole', '2 whole', '3 no-free-slot']);
    expect(pixelsAt(at, 0)).toEqual(picture(1).pixels);
    at.ring.free(0);
    send(at, packetsOf(picture(4)));
    expect(fates(at).at(-1)).toBe('4 whole');
  });
});

describe('the count of pictures', () => {
  it('goes on behind 65535 with 1', () => {
    const at = bench({ before: { block: 65_533, startsAnew: false } });
    for (const block of [65_534, 65_535, 2]) send(at, packetsOf(picture(block)));
    at.settle();
    expect(fates(at)).toEqual(['1 whole', '2 whole', '3 lost', '4 whole']);
  });

  it('counts the pictures that were lost before the first one came', () => {
    const at = bench();
    send(at, packetsOf(picture(3)));
    at.settle();
    expect(fates(at)).toEqual(['1 lost', '2 lost', '3 whole']);
  });

  it('counts on from the acquisition before when the camera does', () => {
    const at = bench({ before: { block: 100, startsAnew: false } });
    send(at, packetsOf(picture(102)));
    at.settle();
    expect(fates(at)).toEqual(['1 lost', '2 whole']);
  });

  it('begins at 1 with a camera that counts from somewhere, and says so', () => {
    const at = bench();
    send(at, packetsOf(picture(30_000)));
    expect(fates(at)).toEqual(['1 whole']);
    expect(at.guesses).toEqual([30_000]);
  });

  it('is not believed when it jumps', () => {
    const at = bench();
    send(at, packetsOf(picture(1)));
    send(at, packetsOf(picture(2_000)));
    expect(at.skews).toEqual(["the camera's count of pictures jumped from 1 to 2000"]);
    send(at, packetsOf(picture(2)));
    expect(fates(at)).toEqual(['1 whole']);
  });

  it('ignores what comes late of a picture that is over', () => {
    const at = bench();
    const first = packetsOf(picture(1));
    send(at, first.slice(0, 5));
    send(at, packetsOf(picture(2)));
    at.settle();
    send(at, first);
    expect(fates(at)).toEqual(['1 incomplete', '2 whole']);
  });
});

describe('a camera that lies', () => {
  it.each([
    [
      'about its size',
      { width: WIDTH * 2, height: HEIGHT },
      'the camera sends 80 × 20 pixels, although it was set to 40 × 20',
    ],
    [
      'about its pixels',
      { pixelFormat: 0x0110_0007 },
      'the camera sends pixel format 0x1100007, although it was set to Mono8',
    ],
    [
      'about chunk data',
      { payloadType: 0x4001 },
      'the camera appends chunk data to its pictures: switch ChunkModeActive off',
    ],
    ['with JPEG', { payloadType: 6 }, 'the camera sends JPEG, not plain pictures'],
  ])('%s is refused with a sentence', (_how, lie, detail) => {
    const at = bench();
    send(at, packetsOf({ ...picture(1), ...lie }));
    expect(at.notices).toEqual([{ trigger: 1, anew: true, missing: 'refused', detail, at: 1_000 }]);
    expect(at.ring.state(0)).toBe(SLOT.free);
  });

  it('about the number of packets is refused', () => {
    const at = bench();
    send(at, [...packetsOf(picture(1)).slice(0, 4), packet(picture(1), 2, 4, Buffer.alloc(8))]);
    expect(at.notices).toMatchObject([
      { missing: 'refused', detail: 'the camera says it sent 3 packets of picture, where 8 were due' },
    ]);
  });

  it('with packets of another size than agreed has sent no picture', () => {
    const at = bench();
    send(at, packetsOf({ ...picture(1), packetBytes: 90 }).slice(0, -1));
    at.settle();
    expect(at.notices).toMatchObject([{ trigger: 1, missing: 'incomplete' }]);
  });

  it('with anything at all never throws and never writes outside a slot it was given', () => {
    const byte = fc.nat(255);
    const strange = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      fc
        .tuple(fc.nat(10), fc.nat(9), fc.array(fc.tuple(fc.nat(60), byte), { maxLength: 6 }), fc.nat(120))
        .map(([block, id, changes, length]) => mutated(block, id, changes, length)),
      fc
        .tuple(
          fc.constantFrom(0, 1, 2, 3, 4, 7),
          fc.nat(0xff_ffff),
          fc.nat(3),
          fc.uint8Array({ maxLength: 150 }),
          fc.boolean(),
        )
        .map(([format, id, block, data, extended]) => packet({ block, extended }, format, id, data)),
    );
    const formats = fc.constantFrom(...[0x0108_0001, 0x0218_0014, 0x010c_0047].map(known));
    fc.assert(
      fc.property(fc.array(strange, { maxLength: 60 }), fc.boolean(), formats, (packets, resends, format) => {
        const at = bench({ slots: 6, resends, format });
        const guarded = [1, 3].filter((slot) => at.ring.move(slot, SLOT.free, SLOT.busy));
        for (const slot of guarded) at.ring.memory(slot).fill(0xa5);
        for (const bytes of packets) {
          at.assembly.take(bytes, 1);
          at.assembly.tick(1);
        }
        at.settle();
        at.assembly.end(2);
        for (const slot of guarded) expect(at.ring.memory(slot).every((value) => value === 0xa5)).toBe(true);
        const triggers = at.notices.map(({ trigger }) => trigger);
        expect(triggers).toEqual(triggers.map((_, index) => index + 1));
      }),
      { numRuns: 400 },
    );
  });
});

/** A packet of a picture with some of its bytes changed, and cut. */
function mutated(block: number, id: number, changes: readonly (readonly [number, number])[], length: number): Buffer {
  const bytes = Buffer.from(packetsOf(picture(block))[id] ?? leader(picture(block)));
  for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
  return bytes.subarray(0, length);
}
