import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadGeometry } from '#virtual-line/kernel/geometry.ts';

const FILES = join(import.meta.dirname, '../../resources/geometry');
const folder = mkdtempSync(join(tmpdir(), 'geometry-'));

/** carton-300 with some figures changed, as a file. */
function changed(change: Readonly<Record<string, Readonly<Record<string, unknown>>>>): string {
  const geometry = JSON.parse(readFileSync(join(FILES, 'carton-300.json'), 'utf8'));
  for (const [part, figures] of Object.entries(change)) Object.assign(geometry[part], figures);
  const file = join(folder, 'line.json');
  writeFileSync(file, JSON.stringify(geometry));
  return file;
}

describe('the geometry of a line', () => {
  it.each(['carton-300', 'carton-600'])('%s can be built', (name) => {
    expect(loadGeometry(join(FILES, `${name}.json`)).name).toBe(name);
  });

  it.each([
    [
      'G1: From camera to deadline there are 100 ms, but verdicts need 150 ms with 30 % in reserve.',
      { positions: { deadline: 950 } },
    ],
    [
      'G2: The PLC has no two scans left between the verdict deadline and the divert arming eye.',
      { positions: { deadline: 1340 } },
    ],
    [
      'G3: The pusher needs 180 ms, but is in the way of the next item after 75 ms.',
      { divert: { element: 'pusher', open: 60, dwell: 40, close: 80 }, positions: { casePacker: 2500 } },
    ],
    [
      'G4: The chute windows of neighbouring items overlap: confirm diverts by count.',
      { divert: { chuteMin: 20, chuteMax: 250 } },
    ],
    [
      'G5: An item that missed its divert stops at 3437 mm, behind the case packer at 2100 mm.',
      { belt: { fastStop: 300 } },
    ],
    ['G6: 13 items can be between print and exit, but the PLC tracks 12.', { plc: { register: 12 } }],
    ['G7: The picture blurs by 0.100 mm, more than a tenth of a module.', { camera: { exposure: 0.1 } }],
  ])('is refused when it breaks %s', (sentence, change) => {
    expect(() => loadGeometry(changed(change))).toThrow(sentence);
  });

  it('is refused when stations stand in another order than the belt runs', () => {
    expect(() => loadGeometry(changed({ positions: { divertAxis: 1300 } }))).toThrow(/G0: The stations must follow/);
  });

  it('is refused when a figure is missing', () => {
    expect(() => loadGeometry(changed({ belt: { speed: 'fast' } }))).toThrow(
      'The geometry lacks a number for belt.speed.',
    );
  });
});
