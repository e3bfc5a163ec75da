import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Said } from './camera-stand.ts';

// The emulated camera before strangers: Aravis' client tools and Wireshark's dissectors (devices.md §8.2).

const NAME = 'Linewright-VirtualCamera-VL0000001';
const STAND = join(import.meta.dirname, 'camera-stand.ts');
const folder = mkdtempSync(join(tmpdir(), 'camera-emulator-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** An empty network namespace: as root, or as anybody where the kernel allows it. */
const NAMESPACE = [['-n'], ['-rn']].find((how) => spawnSync('unshare', [...how, 'true']).status === 0);

function missing(programs: Readonly<Record<string, string>>): string | undefined {
  if (!NAMESPACE) return 'no network namespace can be made here (unshare)';
  for (const [program, debianPackage] of Object.entries(programs)) {
    if (spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0)
      return `${program} is missing (${debianPackage})`;
  }
  return undefined;
}

function onTheStand(script: object): readonly Said[] {
  const { stdout, stderr } = spawnSync(
    'unshare',
    [...(NAMESPACE ?? []), process.execPath, STAND, JSON.stringify(script)],
    { encoding: 'utf8', timeout: 90_000 },
  );
  if (stdout === '') throw new Error(`the stand said nothing: ${stderr}`);
  return JSON.parse(stdout);
}

/** A figure of arv-camera-test's closing table. */
function figure(text: string, name: string): number {
  return Number(new RegExp(`^${name}\\s*= (\\d+)`, 'm').exec(text)?.[1] ?? Number.NaN);
}

const ARAVIS = { 'arv-tool-0.8': 'aravis-tools-cli', 'arv-camera-test-0.8': 'aravis-tools' };
const STREAM = ['arv-camera-test-0.8', '-n', NAME, '--no-packet-socket', '-a'];
const noAravis = missing(ARAVIS);
const noShark = noAravis ?? missing({ tshark: 'tshark' });
for (const reason of new Set([noAravis, noShark])) if (reason) console.warn(`skipped: ${reason}`);

/** What tshark makes of a capture, line by line; of each packet these fields alone, if any are named. */
function dissected(file: string, filter: string, ...fields: readonly string[]): readonly string[] {
  const shown = fields.length === 0 ? [] : ['-T', 'fields', ...fields.flatMap((field) => ['-e', field])];
  const { stdout } = spawnSync('tshark', ['-r', file, '--enable-heuristic', 'gvsp_udp', '-Y', filter, ...shown], {
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  return stdout.split('\n').filter((line) => line !== '');
}

/** Their patience suits a machine that has nothing else to do for some seconds: it gets three chances. */
const CHANCES = { retry: 2 };

describe('the emulated camera before the Aravis client', () => {
  it.skipIf(noAravis)('is found by broadcast, and its features are read', CHANCES, () => {
    const names = [
      'Width',
      'Height',
      'PixelFormat',
      'PayloadSize',
      'ExposureTime',
      'Gain',
      'TriggerMode',
      'TriggerSource',
    ];
    const [found, features, changed] = onTheStand({
      commands: [
        ['arv-tool-0.8'],
        ['arv-tool-0.8', '-n', NAME, 'control', ...names, 'DeviceVendorName', 'DeviceSerialNumber'],
        ['arv-tool-0.8', '-n', NAME, 'control', 'Width=640', 'Height=480', 'ExposureTime=25', 'PayloadSize', 'OffsetX'],
      ],
    });
    expect(found?.text).toBe(`${NAME} (127.0.0.1)\n`);
    expect(features?.text.split('\n').map((line) => line.replace(/ min:.*/, ''))).toEqual([
      'Width = 1024',
      'Height = 768',
      'PixelFormat = Mono8',
      'PayloadSize = 786432',
      'ExposureTime = 50 us',
      'Gain = 0 dB',
      'TriggerMode = Off',
      'TriggerSource = Line1',
      'DeviceVendorName = Linewright',
      'DeviceSerialNumber = VL0000001',
      '',
    ]);
    expect(changed?.text.replaceAll(/ min:.*/g, '')).toContain('PayloadSize = 307200\nOffsetX = 704\n');
  });

  it.skipIf(noAravis).each([
    ['jumbo packets', ['-i', '8000']],
    ['packets of 1500 bytes', ['-i', '1500', '-w', '640', '-h', '480']],
  ])('streams with %s: pictures come whole', CHANCES, (_what, how) => {
    const [test] = onTheStand({
      commands: [['arv-camera-test-0.8', '-n', NAME, '--no-packet-socket', '-a', ...how, '--duration=4']],
    });
    const text = test?.text ?? '';
    const whole = figure(text, 'n_completed_buffers');
    // A client that is not given its turn gives a picture up: a camera that it does not understand gives it none.
    expect(whole, text).toBeGreaterThan(10);
    expect(figure(text, 'n_failures'), text).toBeLessThan(whole / 3);
    expect(figure(text, 'n_size_mismatch_errors')).toBe(0);
  });

  it.skipIf(noAravis)('takes a picture for each software trigger', CHANCES, () => {
    const [test] = onTheStand({
      commands: [
        ['arv-camera-test-0.8', '-n', NAME, '--no-packet-socket', '-a', '-i', '8000', '-o', '20', '--duration=3'],
      ],
    });
    const text = test?.text ?? '';
    // Twenty a second are asked for, as fast as the client's own clock does it.
    const whole = figure(text, 'n_completed_buffers');
    expect(whole, text).toBeGreaterThan(10);
    expect(figure(text, 'n_failures'), text).toBeLessThan(whole / 3);
  });
});

describe('the counter of the emulated camera', () => {
  it.skipIf(noAravis)('is set up by the Aravis client, and chunks with it', CHANCES, () => {
    const [set] = onTheStand({
      commands: [
        [
          ...['arv-tool-0.8', '-n', NAME, 'control'],
          ...['CounterSelector', 'CounterEventSource', 'CounterEventSource=Line1', 'CounterReset', 'CounterValue'],
          ...['ChunkModeActive', 'ChunkModeActive=true', 'ChunkSelector=CounterValue', 'ChunkEnable', 'PayloadSize'],
          ...['ChunkEnable=true', 'PayloadSize', 'ChunkSelector=Image', 'ChunkEnable', 'ChunkCounterSelector'],
        ],
      ],
    });
    expect(set?.text.split('\n').map((line) => line.replace(/ min:.*/, ''))).toEqual([
      'CounterSelector = Counter0',
      'CounterEventSource = Off',
      'CounterEventSource = Line1',
      'CounterReset executed',
      'CounterValue = 0',
      'ChunkModeActive = false',
      'ChunkModeActive = true',
      'ChunkSelector = CounterValue',
      'ChunkEnable = false',
      'PayloadSize = 786440',
      'ChunkEnable = true',
      'PayloadSize = 786452',
      'ChunkSelector = Image',
      'ChunkEnable = true',
      'ChunkCounterSelector = Counter0',
      '',
    ]);
  });

  it.skipIf(noAravis)('comes with each picture, and the Aravis client reads it', CHANCES, () => {
    const [, test] = onTheStand({
      commands: [
        ['arv-tool-0.8', '-n', NAME, 'control', 'CounterEventSource=ExposureStart', 'CounterReset'],
        [...STREAM, '-i', '8000', '-u', 'CounterValue', '--duration=6'],
      ],
    });
    const text = test?.text ?? '';
    const counts = [...text.matchAll(/^ChunkCounterValue = (\d+)$/gm)].map(([, count]) => Number(count));
    expect(counts.length, text).toBeGreaterThan(5);
    // Only a picture that did not arrive leaves a gap.
    expect(counts).toEqual([...new Set(counts)].toSorted((a, b) => a - b));
    expect((counts.at(-1) ?? 0) - (counts[0] ?? 0) + 1 - counts.length, text).toBeLessThanOrEqual(
      2 + figure(text, 'n_failures'),
    );
    expect(figure(text, 'n_size_mismatch_errors')).toBe(0);
  });
});

describe("the emulated camera before Wireshark's dissectors", () => {
  it.skipIf(noShark)('sends nothing that they find malformed', CHANCES, () => {
    const file = join(folder, 'camera.pcapng');
    onTheStand({
      capture: ['tshark', '-i', 'lo', '-w', file],
      commands: [
        ['arv-tool-0.8', '-n', NAME, 'control', 'Width', 'ExposureTime=40', 'Gain=1'],
        [...STREAM, '-i', '4000', '--duration=4'],
      ],
    });
    const packets = (filter: string): readonly string[] => dissected(file, filter);
    expect(packets('_ws.malformed || _ws.expert.severity == error')).toEqual([]);
    expect(packets('gvcp').length).toBeGreaterThan(50);
    expect(packets('gvsp.format == 1').length).toBeGreaterThan(10);
    expect(packets('gvsp.format == 2').length).toBeGreaterThan(10);
  });

  it.skipIf(noShark)('says in leader and trailer that chunks follow the image, and how long all is', CHANCES, () => {
    const file = join(folder, 'chunks.pcapng');
    onTheStand({
      capture: ['tshark', '-i', 'lo', '-w', file],
      commands: [[...STREAM, '-i', '8000', '-u', 'CounterValue', '--duration=4']],
    });
    expect(dissected(file, '_ws.malformed || _ws.expert.severity == error')).toEqual([]);
    const said = (format: number, ...fields: readonly string[]): ReadonlySet<string> =>
      new Set(dissected(file, `gvsp.format == ${format}`, ...fields));
    expect(said(1, 'gvsp.payloadtype', 'gvsp.sizex', 'gvsp.sizey')).toEqual(new Set(['0x4001\t1024\t768']));
    expect(said(2, 'gvsp.payloadtype', 'gvsp.sizey', 'gvsp.chunkdatapayloadlengthhex')).toEqual(
      new Set([`0x4001\t768\t0x${(1024 * 768 + 20).toString(16).padStart(8, '0')}`]),
    );
  });
});
