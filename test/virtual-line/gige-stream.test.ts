import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCamera } from '#virtual-line/gige/emulator.ts';
import { type Shot, shortBlock } from '#virtual-line/gige/gvsp.ts';
import { createStream, type Destination } from '#virtual-line/gige/stream.ts';
import type { Act, Emulator, OpticalFault, PictureWay } from '#virtual-line/messages.ts';
import { FLAWLESS } from '#virtual-line/print-defects.ts';
import { SETTINGS } from './emulator-settings.ts';
import { type CameraClient, openClient, pixelsOf, type StreamPacket, words } from './gige-stranger.ts';
import { readByZxing } from './strange-eyes.ts';
import { until } from './stranger.ts';

const A = '010952123454321321AAAA12345678\u001d1728123110LOT42';
const B = A.replace('AAAA', 'BBBB');
const TRIGGER_MODE = 0xa030;
const TRIGGER_SOURCE = 0xa034;
const SOFTWARE = 0xa03c;

let camera: Emulator;
let acts: Act[];
let client: CameraClient;

beforeEach(async () => {
  acts = [];
  camera = createCamera((done) => acts.push(...done));
  const reply = await camera.answer({ ask: 'start', settings: SETTINGS });
  client = await openClient(reply.listening?.port ?? 0);
});

afterEach(async () => {
  client.close();
  await camera.close();
});

async function arm(packetSize = 9000, source = 0): Promise<void> {
  await client.open(packetSize);
  await client.write(0xa000, 640);
  await client.write(0xa004, 480);
  await client.write(TRIGGER_MODE, 1);
  await client.write(TRIGGER_SOURCE, source);
  await client.write(0xa018, 1);
}

function expose(content: string, { way = 'sent', extras = false }: { way?: PictureWay; extras?: boolean } = {}): void {
  camera.hear({ tell: 'expose', item: 1, content, quality: 4, print: FLAWLESS, over: '', extras, way });
}

const read = async (block: number): Promise<string | undefined> => readByZxing(pixelsOf(await client.picture(block)));

describe('a picture of the emulated camera', () => {
  it('comes as leader, packets of the size that was asked for, and trailer', async () => {
    await arm(1500);
    expose(A);
    const parts = await client.picture(1);
    const [leader] = parts;
    expect(parts.map(({ id }) => id)).toEqual(Array.from({ length: parts.length }, (_, id) => id));
    expect(parts.length).toBe(Math.ceil(307_200 / (1500 - 36)) + 2);
    expect(new Set(parts.slice(1, -2).map(({ body }) => body.length))).toEqual(new Set([1464]));
    expect(leader?.format).toBe(1);
    expect(leader?.body.length).toBe(36);
    expect(
      [2, 12, 16, 20, 24, 28].map((at) => (at === 2 ? leader?.body.readUInt16BE(at) : leader?.body.readUInt32BE(at))),
    ).toEqual([1, 0x01080001, 640, 480, 704, 528]);
    expect([parts.at(-1)?.format, parts.at(-1)?.body.toString('hex')]).toEqual([2, '00000001000001e0']);
    expect(await read(1)).toBe(A);
  });

  it('shows the item that triggered it, each under its own number', async () => {
    await arm();
    expose(A);
    expose(B);
    expect([await read(1), await read(2)]).toEqual([A, B]);
  });

  it('is taken by a command, too, and shows what stands there', async () => {
    await arm(9000, 1);
    camera.hear({ tell: 'in-view', view: { item: 1, content: B, quality: 4, print: FLAWLESS, over: '' }, pulse: true });
    await client.write(SOFTWARE, 1);
    expect(await read(1)).toBe(B);
  });

  it('shows what somebody puts there from the moment on in which it is said to stand there', async () => {
    await arm(9000, 1);
    camera.hear({ tell: 'show', target: 'board' });
    expect(acts.at(-1)).toEqual({ act: 'shown', target: 'board' });
    await client.write(SOFTWARE, 1);
    const { pixels } = pixelsOf(await client.picture(1));
    expect(pixels.filter((grey) => grey < 60).length).toBeGreaterThan(pixels.length / 8);
  });

  it('follows the one before by itself when it runs free', async () => {
    await client.open();
    await client.writeFloat(0xa020, 50);
    await client.write(0xa018, 1);
    await client.picture(4);
    await client.write(0xa01c, 1);
    const blocks = client.packets.filter(({ format }) => format === 1).map(({ block }) => block);
    expect(blocks).toEqual(blocks.map((_, i) => i + 1));
  });

  it('is numbered from 1 again when acquisition starts again', async () => {
    await arm();
    expose(A);
    await client.picture(1);
    await client.write(0xa01c, 1);
    client.packets.splice(0);
    await client.write(0xa018, 1);
    expose(B);
    expect(await read(1)).toBe(B);
  });

  it('carries 64-bit numbers when that is asked for', async () => {
    await client.open(1500);
    await client.write(0x0960, 0x4000_0000);
    await arm(1500);
    expose(A);
    const parts = await client.picture(1);
    expect(parts.every(({ isExtended }) => isExtended)).toBe(true);
    expect(parts.length).toBe(Math.ceil(307_200 / (1500 - 48)) + 2);
    expect(await read(1)).toBe(A);
  });

  it('is sent with two bytes a pixel, the high one last, as Mono16', async () => {
    await client.open();
    await client.write(0xa008, 0x01100007);
    await arm();
    expose(A);
    const { pixels, width, height } = pixelsOf(await client.picture(1));
    expect(pixels.length).toBe(2 * 640 * 480);
    const grey = Uint8Array.from({ length: 640 * 480 }, (_, i) => pixels[2 * i + 1] ?? 0);
    expect(await readByZxing({ width, height, pixels: grey })).toBe(A);
  });

  it.each([
    [9000, 9000 - 28],
    [4000, 4000 - 28],
  ])('is preceded by a test packet of %i bytes on demand', async (size, datagram) => {
    await client.open();
    await client.write(0x0d04, 0x8000_0000 + size);
    await until('the test packet', () => client.packets.length === 1);
    const [test] = client.packets;
    expect([test?.block, test?.id, (test?.body.length ?? 0) + 8]).toEqual([0, 0, datagram]);
    expect(await client.read(0x0d04)).toBe(size);
  });

  it('grows no larger than 9000 bytes a packet', async () => {
    await client.open();
    await client.write(0x0d04, 0x8000_0000 + 16_000);
    expect(await client.read(0x0d04)).toBe(9000);
    expect(client.packets).toEqual([]);
  });
});

describe('packets that got lost', () => {
  const resend = (block: number, first: number, last: number): void => {
    const body = Buffer.concat([Buffer.from([0, 0, block >> 8, block & 0xff]), words(first, last)]);
    client.raw(Buffer.concat([Buffer.from([0x42, 0, 0, 0x40, 0, body.length, 0x77, 0x77]), body]));
  };
  const again = async (count: number): Promise<readonly StreamPacket[]> => {
    const marked = () => client.packets.filter(({ status }) => status !== 0);
    await until(`${count} packets again`, () => marked().length >= count);
    return marked();
  };

  it('come once more, marked as such', async () => {
    await arm();
    expose(A);
    const parts = await client.picture(1);
    resend(1, 2, 4);
    const repeated = await again(3);
    expect(repeated.map(({ status, block, id, format }) => [status, block, id, format])).toEqual([
      [0x0100, 1, 2, 3],
      [0x0100, 1, 3, 3],
      [0x0100, 1, 4, 3],
    ]);
    expect(repeated.map(({ body }) => body)).toEqual(parts.slice(2, 5).map(({ body }) => body));
  });

  it('are refused when the picture is no longer there', async () => {
    await arm();
    expose(A);
    await client.picture(1);
    resend(40, 2, 9);
    const [answer] = await again(1);
    expect([answer?.status, answer?.block, answer?.id, answer?.body.length]).toEqual([0x8012, 40, 2, 0]);
  });

  it('of an incomplete picture are gone for good', async () => {
    await arm();
    expose(A, { way: 'incomplete' });
    const parts = await client.picture(1);
    const ids = new Set(parts.map(({ id }) => id));
    const holes = Array.from({ length: Math.max(...ids) }, (_, id) => id).filter((id) => !ids.has(id));
    expect(holes.length).toBe(3);
    resend(1, holes[0] ?? 0, holes[2] ?? 0);
    expect((await again(3)).map(({ status, id }) => [status, id])).toEqual(holes.map((id) => [0x800c, id]));
  });

  it('are a few in a hundred while the cable is bad, and all come when asked for', async () => {
    await arm(1500);
    camera.hear({ tell: 'packet-loss', active: true });
    for (let n = 0; n < 3; n++) expose(A);
    await until('three pictures', () => client.packets.some(({ block, format }) => block === 3 && format !== 1));
    await until('they are through', async () => {
      const before = client.packets.length;
      await client.read(0x0a00);
      await new Promise((resolve) => setTimeout(resolve, 30));
      return client.packets.length === before;
    });
    const whole = 3 * 212;
    expect(client.packets.length).toBeLessThan(whole);
    expect(client.packets.length).toBeGreaterThan(whole * 0.9);
    camera.hear({ tell: 'packet-loss', active: false });
    for (const block of [1, 2, 3]) resend(block, 0, 211);
    await until('all of them', () => new Set(client.packets.map(({ block, id }) => block * 1000 + id)).size === whole);
  });
});

describe('a camera that misbehaves', () => {
  it('skips a number when a picture is lost on the way', async () => {
    await arm();
    expose(A, { way: 'lost' });
    expose(B);
    expect(await read(2)).toBe(B);
    expect(client.packets.some(({ block }) => block === 1)).toBe(false);
  });

  it('says another size than was set', async () => {
    await arm();
    expose(A, { way: 'misstated' });
    const { width, height, pixels } = pixelsOf(await client.picture(1));
    expect([width, height, pixels.length]).toEqual([704, 416, 307_200]);
  });

  it('sends a picture twice, under two numbers', async () => {
    await arm();
    expose(A, { extras: true });
    expose(B);
    expect([await read(1), await read(2), await read(3)]).toEqual([A, A, B]);
  });

  it('sends the picture before while it lags', async () => {
    await arm();
    expose(A);
    camera.hear({ tell: 'frame-lag', active: true });
    expose(B);
    expose(B);
    expect([await read(1), await read(2), await read(3)]).toEqual([A, A, B]);
  });

  it.each<[string, OpticalFault, string | undefined]>([
    ['sees nothing without light', 'black', undefined],
    ['cannot read through a dirty window', 'dirt', undefined],
    ['shows the same again and again when its sensor is frozen', 'frozen', A],
  ])('%s', async (_does, fault, shown) => {
    await arm();
    expose(A);
    camera.hear({ tell: 'optics', fault, active: true });
    expose(B);
    expose(B);
    expect([await read(1), await read(2), await read(3)]).toEqual([A, shown, shown]);
  });
});

describe('a rough network', () => {
  it('delays, mixes up and loses packets and commands, and what is asked for again comes', async () => {
    await arm(1500);
    camera.hear({ tell: 'rough-network', active: true });
    expect(await client.read(0xa000)).toBe(640);
    expose(A);
    const count = 212;
    const ids = (): number[] => client.packets.filter(({ block }) => block === 1).map(({ id }) => id);
    await until('nearly all of a picture', () => new Set(ids()).size > count * 0.9);
    expect(ids()).not.toEqual(ids().toSorted((a, b) => a - b));
    await until('all of it', async () => {
      const before = new Set(ids());
      for (let id = 0; id < count; id++) if (!before.has(id)) resendOne(1, id);
      await client.read(0xa000);
      return new Set(ids()).size === count;
    });
    expect(await read(1)).toBe(A);
  });
});

function resendOne(block: number, id: number): void {
  client.raw(Buffer.concat([Buffer.from([0x42, 0, 0, 0x40, 0, 12, 0x77, 0x77, 0, 0, 0, block]), words(id, id)]));
}

describe('the pace of packets', () => {
  const to: Destination = { host: '127.0.0.1', port: 1, form: { size: 1500, isExtended: false }, delay: 0 };
  const shot: Shot = {
    block: 1n,
    data: Buffer.alloc(400_000),
    isChunked: false,
    width: 640,
    height: 625,
    offsetX: 0,
    offsetY: 0,
    pixelFormat: 0x01080001,
    at: 0n,
  };

  it('is never above eight a millisecond, whatever the timers do', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.1, max: 30, noNaN: true }), { minLength: 5, maxLength: 60 }), (waits) => {
        const sent: number[] = [];
        let now = 100;
        const stream = createStream({ send: () => sent.push(now), pace: 8, isLost: () => false });
        stream.send(shot, to, 'sent');
        for (const wait of waits) {
          stream.pump(now);
          now += wait;
        }
        for (const from of new Set(sent)) {
          for (const span of [1, 5, 20]) {
            const count = sent.filter((at) => at >= from && at < from + span).length;
            // What a late timer may make up for is two milliseconds' worth, once.
            expect(count).toBeLessThanOrEqual(8 * (span + 2) + 1);
          }
        }
      }),
    );
  });

  it('is slower when the client asks for a delay', () => {
    let sent = 0;
    const stream = createStream({ send: () => sent++, pace: 8, isLost: () => false });
    stream.send(shot, { ...to, delay: 500_000 }, 'sent');
    for (let now = 100; now < 120; now++) stream.pump(now);
    expect(sent).toBeGreaterThan(35);
    expect(sent).toBeLessThan(60);
  });

  it('keeps eight pictures waiting, and the ninth is lost', () => {
    const stream = createStream({ send: () => undefined, pace: 8, isLost: () => false });
    const taken = Array.from({ length: 9 }, (_, i) => stream.send({ ...shot, block: BigInt(i + 1) }, to, 'sent'));
    expect(taken).toEqual([true, true, true, true, true, true, true, true, false]);
  });

  it('counts pictures from 65535 on to 1, never 0', () => {
    expect([1n, 65_535n, 65_536n, 131_070n, 131_071n].map(shortBlock)).toEqual([1, 65_535, 1, 65_535, 1]);
  });
});
