import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCamera } from '#virtual-line/gige/emulator.ts';
import type { Act, Emulator } from '#virtual-line/messages.ts';
import { SETTINGS } from './emulator-settings.ts';
import { type CameraClient, command, openClient, words } from './gige-stranger.ts';
import { until } from './stranger.ts';

const ACCESS_DENIED = 0x8006;
const WIDTH = 0xa000;
const HEIGHT = 0xa004;
const START = 0xa018;
const CCP = 0x0a00;

let camera: Emulator;
let acts: Act[];
let port: number;
let client: CameraClient;
let other: CameraClient;

beforeEach(async () => {
  acts = [];
  camera = createCamera((more) => acts.push(...more));
  port = (await camera.answer({ ask: 'start', settings: SETTINGS })).listening?.port ?? 0;
  client = await openClient(port);
  other = await openClient(port);
});

afterEach(async () => {
  client.close();
  other.close();
  await camera.close();
});

describe('the control channel of the emulated camera', () => {
  it('says who it is in 248 bytes', async () => {
    const { status, body } = await client.ask(0x02, Buffer.alloc(0));
    const text = (at: number, length: number): string => body.toString('latin1', at, at + length).replaceAll('\0', '');
    expect([status, body.length, body.readUInt32BE(0), body.readUInt32BE(4)]).toEqual([0, 248, 0x00020000, 0x80000001]);
    expect([...body.subarray(10, 16)]).toEqual([2, 0, 0, 0, 0, 1]);
    expect([...body.subarray(36, 40)]).toEqual([127, 0, 0, 1]);
    expect([text(72, 32), text(104, 32), text(136, 32), text(168, 48), text(216, 16), text(232, 16)]).toEqual([
      'Linewright',
      'VirtualCamera',
      '1.0',
      'Camera of the virtual line',
      'VL0000001',
      'eye',
    ]);
  });

  it('is written by whoever took control, and by nobody else', async () => {
    expect(await client.write(WIDTH, 640)).toBe(ACCESS_DENIED);
    expect(await client.write(CCP, 2)).toBe(0);
    expect(await client.write(WIDTH, 640)).toBe(0);
    expect([await other.write(CCP, 2), await other.write(WIDTH, 800)]).toEqual([ACCESS_DENIED, ACCESS_DENIED]);
    expect(await other.read(WIDTH)).toBe(640);
    expect(await client.write(CCP, 0)).toBe(0);
    expect(await other.write(CCP, 2)).toBe(0);
  });

  it('is read by nobody else under exclusive control', async () => {
    await client.write(CCP, 1);
    expect((await other.ask(0x80, words(WIDTH))).status).toBe(ACCESS_DENIED);
    expect(await client.read(WIDTH)).toBe(1024);
  });

  it('forgets a controller that is silent for the heartbeat time, and stops', async () => {
    await client.open();
    await client.write(0x0938, 1500);
    await client.write(0xa030, 1);
    await client.write(START, 1);
    expect(acts).toEqual([{ act: 'armed', armed: true }]);
    await until('control is free', async () => (await other.read(CCP)) === 0);
    expect(acts).toEqual([
      { act: 'armed', armed: true },
      { act: 'armed', armed: false },
    ]);
    expect(await other.read(0x0d00)).toBe(0);
  });

  it('keeps a controller that asks for its control now and then', async () => {
    await client.write(CCP, 2);
    await client.write(0x0938, 1000);
    const begun = performance.now();
    await until('twice the heartbeat time', async () => {
      expect(await client.read(CCP)).toBe(2);
      return performance.now() - begun > 2000;
    });
  });

  it('describes its features where its address says', async () => {
    const url = await client.readText(0x0200, 512);
    const [, at = '', length = ''] = /^Local:\w+\.xml;([0-9a-f]+);([0-9a-f]+)$/.exec(url) ?? [];
    const xml = await client.readText(Number.parseInt(at, 16), Number.parseInt(length, 16));
    expect(xml).toMatch(/^<\?xml .*<RegisterDescription/s);
    expect(xml.trimEnd()).toMatch(/<\/RegisterDescription>$/);
    const names = [...xml.matchAll(/ Name="(\w+)" NameSpace="Standard"/g)].map(([, name]) => name);
    expect(names).toEqual(
      expect.arrayContaining(['Width', 'PixelFormat', 'ExposureTime', 'TriggerSoftware', 'PayloadSize']),
    );
    // Each register that is pointed to is there, once.
    for (const [, target] of xml.matchAll(/<pValue>(\w+)<\/pValue>/g)) {
      expect(xml.split(` Name="${target}">`).length, target).toBe(2);
    }
  });

  it.each([
    ['nothing is at that address', 0x80, words(0x9000), 0x8003],
    ['an address that is not a multiple of four', 0x80, words(0xa001), 0x8005],
    ['the serial number is not written', 0x82, words(0x00d8, 1), 0x8004],
    ['a width that is not a multiple of four', 0x82, words(WIDTH, 642), 0x8002],
    ['a height beyond the sensor', 0x82, words(HEIGHT, 5000), 0x8002],
    ['a pixel format it does not have', 0x82, words(0xa008, 0x02180014), 0x8002],
    ['memory beyond its end', 0x84, words(0x7fff_fff0, 16), 0x8003],
    ['more memory than a packet holds', 0x84, words(0x0200, 1024), 0x8002],
    ['a write without value', 0x82, words(WIDTH), 0x800e],
    ['an action it does not know', 0x0100, words(1, 2, 3), 0x8001],
  ])('refuses: %s', async (_what, code, body, status) => {
    await client.write(CCP, 2);
    expect((await client.ask(code, body)).status).toBe(status);
  });

  it('writes several registers until one is refused, and says how many', async () => {
    await client.write(CCP, 2);
    const { status, body } = await client.ask(0x82, words(WIDTH, 640, HEIGHT, 481, HEIGHT, 480));
    expect([status, body.readUInt16BE(2)]).toEqual([0x8002, 1]);
    expect([await client.read(WIDTH), await client.read(HEIGHT)]).toEqual([640, 768]);
  });

  it('writes memory as it writes registers', async () => {
    await client.write(CCP, 2);
    const { status, body } = await client.ask(0x86, words(WIDTH, 640, 480));
    expect([status, body.readUInt16BE(2)]).toEqual([0, 8]);
    expect([await client.read(WIDTH), await client.read(HEIGHT), await client.read(0xa040)]).toEqual([
      640, 480, 307_200,
    ]);
  });

  it('keeps its size while it takes pictures', async () => {
    await client.open();
    await client.write(0xa030, 1);
    await client.write(START, 1);
    expect(await client.write(WIDTH, 640)).toBe(0x8004);
    await client.write(0xa01c, 1);
    expect(await client.write(WIDTH, 640)).toBe(0);
  });

  it('asks for patience before it starts', async () => {
    await client.open();
    const before = client.answers.length;
    await client.write(START, 1);
    const [pending, done] = client.answers.slice(before);
    expect([pending?.command, pending?.status, pending?.body.readUInt16BE(2)]).toEqual([0x89, 0, 1000]);
    expect([done?.command, done?.status, done?.id]).toEqual([0x83, 0, pending?.id]);
  });

  it('answers a repeated command without doing it again', async () => {
    await client.open();
    await client.write(0xa030, 1);
    await client.write(0xa034, 1);
    await client.write(START, 1);
    await client.ask(0x82, words(0xa03c, 1), 900);
    await client.ask(0x82, words(0xa03c, 1), 900);
    await client.picture(1);
    expect(await client.read(0xa04c)).toBe(1);
  });

  it('is armed while it takes pictures on the line’s trigger', async () => {
    await client.open();
    await client.write(START, 1);
    expect(acts).toEqual([]); // it runs free
    await client.write(0xa030, 1);
    await client.write(0xa034, 1);
    expect(acts).toEqual([
      { act: 'armed', armed: true },
      { act: 'armed', armed: false },
    ]);
    await client.write(0xa034, 0);
    await client.write(0xa01c, 1);
    expect(acts.slice(2)).toEqual([
      { act: 'armed', armed: true },
      { act: 'armed', armed: false },
    ]);
  });

  it('says nothing while it is half-open, and comes back without its settings after a restart', async () => {
    await client.write(CCP, 2);
    await client.write(WIDTH, 640);
    camera.hear({ tell: 'half-open', active: true });
    client.raw(command(0x80, 77, words(CCP)));
    camera.hear({ tell: 'half-open', active: false });
    expect(await client.read(WIDTH)).toBe(640);
    camera.hear({ tell: 'reboot', seconds: 0.05 });
    await until('it answers again', async () => {
      client.raw(command(0x80, 99, words(WIDTH)));
      return client.answers.some(({ id }) => id === 99);
    });
    expect([await client.read(WIDTH), await client.read(CCP)]).toEqual([1024, 0]);
  });

  it('lives through any datagram, and its registers are what they were', async () => {
    const before = await client.readText(0x0200, 512);
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 600 }),
      fc
        .tuple(fc.constantFrom(0x02, 0x40, 0x80, 0x82, 0x84, 0x86, 0x100), fc.uint8Array({ maxLength: 560 }))
        .map(([code, body]) => command(code, 5, Buffer.from(body), 0x11)),
    );
    for (const datagram of fc.sample(bytes, 300)) other.raw(Buffer.from(datagram));
    expect(await client.readText(0x0200, 512)).toBe(before);
    expect(await client.write(CCP, 2)).toBe(0);
  });
});
