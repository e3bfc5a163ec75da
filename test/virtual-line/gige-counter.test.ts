import { afterEach, describe, expect, it } from 'vitest';
import { createDevice } from '#virtual-line/gige/device.ts';
import { createCamera } from '#virtual-line/gige/emulator.ts';
import type { CameraKind, Emulator, PictureWay, Tell } from '#virtual-line/messages.ts';
import { FLAWLESS } from '#virtual-line/print-defects.ts';
import { SETTINGS } from './emulator-settings.ts';
import { type CameraClient, command, openClient, pixelsOf, type StreamPacket, words } from './gige-stranger.ts';
import { until } from './stranger.ts';

// Features of the camera that count its triggers, at the addresses its description names.
const EVENT_SOURCE = 0xa058;
const RESET = 0xa060;
const VALUE = 0xa064;
const VALUE_AT_RESET = 0xa068;
const CHUNK_MODE = 0xa06c;
const ENABLE_IMAGE = 0xa074;
const ENABLE_COUNTER = 0xa078;
const PAYLOAD_SIZE = 0xa040;
const FRAME_COUNT = 0xa04c;
const LINE1 = 1;
const BAD_ADDRESS = 0x8003;
const WRITE_PROTECTED = 0x8004;
const PIXELS = 640 * 480;

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

interface Bench {
  readonly camera: Emulator;
  readonly client: CameraClient;
  expose(way?: PictureWay): void;
  /** An item passes without being pictured. */
  pass(pulse?: boolean): void;
}

async function bench(kind: CameraKind = 'counts-triggers'): Promise<Bench> {
  const camera = createCamera(() => undefined);
  opened.push(() => camera.close());
  const { listening } = await camera.answer({ ask: 'start', settings: { ...SETTINGS, camera: kind } });
  const client = await openClient(listening?.port ?? 0);
  opened.push(client.close);
  await client.open();
  const view = { item: 1, content: '', quality: 4, print: FLAWLESS, over: '' };
  const hear = (tell: Tell): void => camera.hear(tell);
  return {
    camera,
    client,
    expose: (way = 'sent') => hear({ tell: 'expose', ...view, extras: false, way }),
    pass: (pulse = true) => hear({ tell: 'in-view', view, pulse }),
  };
}

async function arm(client: CameraClient): Promise<void> {
  await client.write(0xa000, 640);
  await client.write(0xa004, 480);
  await client.write(0xa030, 1);
  await client.write(0xa018, 1);
}

async function countTriggers(client: CameraClient): Promise<void> {
  expect(await client.write(EVENT_SOURCE, LINE1)).toBe(0);
  expect(await client.write(RESET, 1)).toBe(0);
}

async function sendCounts(client: CameraClient): Promise<void> {
  expect(await client.write(CHUNK_MODE, 1)).toBe(0);
  expect(await client.write(ENABLE_COUNTER, 1)).toBe(0);
}

const part = (parts: readonly StreamPacket[], wanted: number): Buffer =>
  parts.find(({ format }) => format === wanted)?.body ?? Buffer.alloc(0);

/** The count a picture brings: image, its tag, the count, its tag. */
async function countOf(client: CameraClient, block: number): Promise<number> {
  const parts = await client.picture(block);
  await until(`all of picture ${block}`, () => pixelsOf(parts).pixels.length === PIXELS + 20);
  return Buffer.from(pixelsOf(parts).pixels).readUInt32BE(PIXELS + 8);
}

describe('the counter of the emulated camera', () => {
  it('counts nothing, and adds nothing to pictures, until somebody asks for it', async () => {
    const { client, expose } = await bench();
    await arm(client);
    expose();
    const parts = await client.picture(1);
    expect(await client.read(VALUE)).toBe(0);
    expect(await client.read(PAYLOAD_SIZE)).toBe(PIXELS);
    expect([part(parts, 1).readUInt16BE(2), part(parts, 2).readUInt16BE(2)]).toEqual([1, 1]);
    expect(part(parts, 2).length).toBe(8);
    expect(pixelsOf(parts).pixels.length).toBe(PIXELS);
  });

  it('counts each pulse of the photo-eye, whether the camera is armed or not', async () => {
    const { client, expose, pass } = await bench();
    await countTriggers(client);
    pass();
    pass();
    expect(await client.read(VALUE)).toBe(2);
    await arm(client);
    expose();
    expose('lost');
    expect(await client.read(VALUE)).toBe(4);
    await client.write(0xa01c, 1);
    pass();
    expect(await client.read(VALUE)).toBe(5);
  });

  it('counts a trigger of which the camera takes no picture, and not one that never reaches it', async () => {
    const { client, expose, pass } = await bench();
    await countTriggers(client);
    await sendCounts(client);
    await arm(client);
    expose();
    expose('missed');
    expose();
    pass(false);
    expose();
    expect([await countOf(client, 1), await countOf(client, 2), await countOf(client, 3)]).toEqual([1, 3, 4]);
    expect(await client.read(FRAME_COUNT)).toBe(3);
  });

  it('goes on while the cable is out', async () => {
    const { camera, client, pass } = await bench();
    await countTriggers(client);
    camera.hear({ tell: 'half-open', active: true });
    pass();
    pass();
    camera.hear({ tell: 'half-open', active: false });
    expect(await client.read(VALUE)).toBe(2);
  });

  it('begins at 0 again, and says where it was, when it is reset', async () => {
    const { client, pass } = await bench();
    await countTriggers(client);
    pass();
    pass();
    expect(await client.write(RESET, 1)).toBe(0);
    expect([await client.read(VALUE), await client.read(VALUE_AT_RESET)]).toEqual([0, 2]);
    pass();
    expect(await client.read(VALUE)).toBe(1);
  });

  it('loses count and settings with the power of the camera', async () => {
    const { camera, client, pass } = await bench();
    await countTriggers(client);
    await sendCounts(client);
    pass();
    camera.hear({ tell: 'reboot', seconds: 0.05 });
    pass();
    expect([await client.read(VALUE), await client.read(EVENT_SOURCE), await client.read(CHUNK_MODE)]).toEqual([
      0, 0, 0,
    ]);
  });
});

describe('a picture with chunks', () => {
  it('has the image first, behind each chunk its id and length, and says so in leader and trailer', async () => {
    const { client, expose } = await bench();
    await countTriggers(client);
    await sendCounts(client);
    await arm(client);
    expect(await client.read(PAYLOAD_SIZE)).toBe(PIXELS + 20);
    expose();
    expect(await countOf(client, 1)).toBe(1);
    const parts = await client.picture(1);
    const payload = Buffer.from(pixelsOf(parts).pixels);
    const tags = [0, 4, 8, 12, 16].map((at) => payload.readUInt32BE(PIXELS + at));
    expect(tags).toEqual([0x1000_0001, PIXELS, 1, 0x1000_0002, 4]);
    expect([part(parts, 1).length, part(parts, 1).readUInt16BE(2)]).toEqual([36, 0x4001]);
    const trailer = part(parts, 2);
    expect([trailer.length, trailer.readUInt16BE(2), trailer.readUInt32BE(4)]).toEqual([16, 0x4001, 480]);
    expect(trailer.readUInt32BE(8)).toBe(PIXELS + 20);
  });

  it('always has its image, and cannot change its layout while pictures are taken', async () => {
    const { client, expose } = await bench();
    await client.write(CHUNK_MODE, 1);
    expect(await client.write(ENABLE_IMAGE, 0)).toBe(0);
    expect(await client.read(ENABLE_IMAGE)).toBe(1);
    await arm(client);
    for (const address of [CHUNK_MODE, ENABLE_COUNTER]) expect(await client.write(address, 0)).toBe(WRITE_PROTECTED);
    expose();
    const parts = await client.picture(1);
    await until('all of the picture', () => pixelsOf(parts).pixels.length === PIXELS + 8);
    expect(part(parts, 2).readUInt32BE(8)).toBe(PIXELS + 8);
  });

  it('that comes late brings the count of its own moment; one of a frozen sensor brings the count of now', async () => {
    const { camera, client, expose } = await bench();
    await countTriggers(client);
    await sendCounts(client);
    await arm(client);
    expose();
    camera.hear({ tell: 'frame-lag', active: true });
    expose();
    camera.hear({ tell: 'frame-lag', active: false });
    camera.hear({ tell: 'optics', fault: 'frozen', active: true });
    expose();
    expect([await countOf(client, 1), await countOf(client, 2), await countOf(client, 3)]).toEqual([1, 1, 3]);
  });
});

it('The clock of the camera begins at 0 with its power', () => {
  let now = 7_000;
  const sent: bigint[] = [];
  const device = createDevice({
    identity: { ip: '127.0.0.1', serial: 'X', countsTriggers: true },
    sourcePort: 1,
    stream: {
      send: ({ at }) => sent.push(at) > 0,
      resend: () => undefined,
      test: () => undefined,
      pump: () => false,
      clear: () => undefined,
    },
    now: () => now,
    heard: () => undefined,
  });
  const peer = { address: '127.0.0.1', port: 2 };
  let id = 0;
  const picture = (): void => {
    for (const [address, value] of [
      [0x0a00, 2],
      [0x0d18, 0x7f000001],
      [0x0d00, 9],
      [0xa014, 1],
    ] as const) {
      device.control.receive(command(0x82, ++id, words(address, value)), peer, () => undefined);
    }
    // Two registers at once: acquisition starts without a pending acknowledge.
    device.control.receive(command(0x82, ++id, words(0xa030, 1, 0xa018, 1)), peer, () => undefined);
    device.deliver(new Uint8Array(1024 * 768));
  };
  now += 3;
  picture();
  now += 50;
  device.restart();
  now += 2;
  picture();
  expect(sent).toEqual([3_000_000n, 2_000_000n]);
});

it('A camera that only counts pictures has neither counter nor chunks', async () => {
  const { client, expose, pass } = await bench('counts-pictures');
  const [, at = '', length = ''] = (await client.readText(0x0200, 512)).split(';');
  const xml = await client.readText(Number.parseInt(at, 16), Number.parseInt(length, 16));
  expect(xml).not.toMatch(/Counter|Chunk/);
  expect(await client.write(EVENT_SOURCE, LINE1)).toBe(BAD_ADDRESS);
  expect(await client.write(CHUNK_MODE, 1)).toBe(BAD_ADDRESS);
  await arm(client);
  pass();
  expose('missed');
  expose();
  const parts = await client.picture(1);
  expect(part(parts, 1).readUInt16BE(2)).toBe(1);
});
