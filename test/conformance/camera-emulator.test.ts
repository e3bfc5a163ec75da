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
const noAravis = missing(ARAVIS);
const noShark = noAravis ?? missing({ tshark: 'tshark' });
for (const reason of new Set([noAravis, noShark])) if (reason) console.warn(`skipped: ${reason}`);

/** Their patience and these figures suit a machine that has nothing else to do for some seconds: it gets three chances. */
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
  ])('streams with %s: pictures come, and hardly one of them is broken', CHANCES, (_what, how) => {
    const [test] = onTheStand({
      commands: [['arv-camera-test-0.8', '-n', NAME, '--no-packet-socket', '-a', ...how, '--duration=4']],
    });
    const text = test?.text ?? '';
    const whole = figure(text, 'n_completed_buffers');
    expect(whole, text).toBeGreaterThan(20);
    expect(figure(text, 'n_failures'), text).toBeLessThanOrEqual(whole / 20);
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
    expect(figure(text, 'n_completed_buffers'), text).toBeGreaterThan(10);
    expect(figure(text, 'n_failures'), text).toBeLessThanOrEqual(2);
  });
});

describe("the emulated camera before Wireshark's dissectors", () => {
  it.skipIf(noShark)('sends nothing that they find malformed', CHANCES, () => {
    const file = join(folder, 'camera.pcapng');
    onTheStand({
      capture: ['tshark', '-i', 'lo', '-w', file],
      commands: [
        ['arv-tool-0.8', '-n', NAME, 'control', 'Width', 'ExposureTime=40', 'Gain=1'],
        ['arv-camera-test-0.8', '-n', NAME, '--no-packet-socket', '-a', '-i', '4000', '--duration=2'],
      ],
    });
    const packets = (filter: string): readonly string[] => {
      const { stdout } = spawnSync('tshark', ['-r', file, '--enable-heuristic', 'gvsp_udp', '-Y', filter], {
        encoding: 'utf8',
        maxBuffer: 1e8,
      });
      return stdout.split('\n').filter((line) => line !== '');
    };
    expect(packets('_ws.malformed || _ws.expert.severity == error')).toEqual([]);
    expect(packets('gvcp').length).toBeGreaterThan(50);
    expect(packets('gvsp.format == 1').length).toBeGreaterThan(10);
    expect(packets('gvsp.format == 2').length).toBeGreaterThan(10);
  });
});
