import { describe, expect, it, vi } from 'vitest';
import type { Inspection } from '#contract/inspection.ts';
import { placeOf } from '#vision/decode/place.ts';
import { ASK, inspectorOf, outcome, type Shot, serialOf, shotOf, vgaJob } from './scenes.ts';

vi.setConfig({ testTimeout: 60_000 }); // a machine may be busy with other things

/** Pictures of each kind: other serials, drops and noise. */
const SEEDS = [1, 2, 3];

async function inspections(shot: Shot): Promise<readonly { inspection: Inspection; text: string }[]> {
  const inspector = await inspectorOf(vgaJob(shot.module));
  return SEEDS.map((seed) => {
    const { symbol, text } = serialOf(seed);
    return { inspection: inspector.inspect(shotOf(symbol, shot, seed), ASK), text };
  });
}

async function outcomes(shot: Shot): Promise<readonly string[]> {
  return (await inspections(shot)).map(({ inspection, text }) => outcome(inspection, text));
}

const all = <T>(value: T): T[] => SEEDS.map(() => value);

describe('a print that readers read', () => {
  it.each<[string, Shot]>([
    ['as it should be', {}],
    ['turned by 10°', { print: { rotation: 10 } }],
    ['turned by 45°', { print: { rotation: 45 } }],
    ['turned by 90°', { print: { rotation: 90 } }],
    ['turned by 135°', { print: { rotation: 135 } }],
    ['upside down', { print: { rotation: 180 } }],
    ['with a tenth of the contrast', { print: { contrast: 0.1 } }],
    ['under noise of 16 grey levels', { camera: { noise: 16 } }],
    ['grown by 0.3 modules', { print: { growth: { x: 0.3, y: 0.3 } } }],
    ['shrunk by 0.3 modules', { print: { growth: { x: -0.3, y: -0.3 } } }],
    ['seen at a slant', { camera: { tilt: { x: 20, y: 15 } } }],
    ['smeared by a module', { print: { smear: 1 } }],
    ['with a blot', { print: { blots: [{ x: 14, y: 8, radius: 1.6, ink: 1 }] } }],
    ['lit unevenly by ±60 %', { camera: { gradient: { x: 0.6, y: 0 } } }],
    ['blurred by 2.5 pixels', { camera: { blur: 2.5 } }],
    ['with modules of 11 pixels', { module: 11 }],
    ['with a broken left leg', { print: { blots: [{ x: 0.5, y: 11, radius: 1.6, ink: 0 }] } }],
    ['far from its place', { x: 150, y: -90 }],
  ])('%s is read at once', async (_what, shot) => {
    expect(await outcomes(shot)).toEqual(all('zxing'));
  });
});

describe('a print that the first attempt misses', () => {
  it.each<[string, Shot]>([
    ['of dots of three quarters of a module', { print: { dots: 0.75 } }],
    ['of dots of 0.6 modules', { print: { dots: 0.6 } }],
    ['of a twentieth of the contrast', { print: { contrast: 0.05 } }],
    ['of a thirtieth of the contrast', { print: { contrast: 0.03 } }],
    ['with a dead nozzle of half a module', { print: { deadRows: [{ at: 8.5, width: 0.5 }] } }],
    ['light on dark, which nobody expected', { inverted: true }],
  ])('%s is read by another, and says so', async (_what, shot) => {
    expect(await outcomes(shot)).toEqual(all('zxing-retry'));
  });

  it.each<[string, Shot]>([
    ['of modules of 2.5 pixels', { module: 2.5 }],
    ['under noise of 30 grey levels', { camera: { noise: 30 } }],
    ['with rows off their places', { print: { wobble: 0.3 } }],
  ])('%s is read by the one or the other', async (_what, shot) => {
    expect((await outcomes(shot)).filter((each) => !each.startsWith('zxing'))).toEqual([]);
  });
});

describe('a print that no reader reads', () => {
  it.each<[string, Shot, string]>([
    ['dead nozzle', { print: { deadRows: [{ at: 8.5, width: 1 }] } }, 'dead nozzle at row 9'],
    ['missing column', { print: { missingColumns: [{ at: 0.5, width: 1 }] } }, 'dead column 1'],
  ])('is read where the template expects it, fails the item, and names the %s', async (_what, shot, cause) => {
    const found = await inspections(shot);
    expect(found.map(({ inspection, text }) => [outcome(inspection, text), inspection.findings])).toEqual(
      all(['assisted', [{ check: 'assisted-read', found: cause, expected: 'a code that readers read' }]]),
    );
  });

  it.each([30, 45, -20])('is read when the job says that it is turned by %i°', async (rotation) => {
    const placement = { x: 320, y: 240, tolerance: 400, angle: rotation, angleTolerance: 10 };
    const inspector = await inspectorOf(vgaJob(6, { checks: { placement } }));
    const { symbol, text } = serialOf(1);
    const frame = shotOf(symbol, { print: { rotation, deadRows: [{ at: 8.5, width: 1 }] } }, 1);
    expect(outcome(inspector.inspect(frame, ASK), text)).toBe('assisted');
  });

  it('is read where the last code stood, turned as that was', async () => {
    const inspector = await inspectorOf(vgaJob());
    const [good, dead] = [serialOf(1), serialOf(2)];
    const shot: Shot = { print: { rotation: 40 }, x: 60, y: -40 };
    const { codes } = inspector.inspect(shotOf(good.symbol, shot, 1), ASK);
    const last = codes.map(placeOf);
    const print = { rotation: 41, deadRows: [{ at: 8.5, width: 1 }] };
    expect(outcome(inspector.inspect(shotOf(dead.symbol, { ...shot, print }, 2), { ...ASK, last }), dead.text)).toBe(
      'assisted',
    );
  });

  it('passes the check when the job accepts assisted reads', async () => {
    const { symbol, text } = serialOf(1);
    const frame = shotOf(symbol, { print: { deadRows: [{ at: 8.5, width: 1 }] } }, 1);
    const inspector = await inspectorOf(vgaJob(6, { acceptAssisted: true }));
    const inspection = inspector.inspect(frame, ASK);
    expect([outcome(inspection, text), inspection.findings]).toEqual(['assisted', []]);
  });

  it('is not read when it is damaged beyond correction, and the dead nozzles are named all the same', async () => {
    const shot: Shot = {
      print: {
        deadRows: [
          { at: 6.5, width: 1 },
          { at: 14.5, width: 1 },
        ],
      },
    };
    const found = await inspections(shot);
    expect(found.map(({ inspection, text }) => [outcome(inspection, text), inspection.causes])).toEqual(
      all([
        'no read',
        [
          { kind: 'dead-nozzle', row: 6 },
          { kind: 'dead-nozzle', row: 14 },
        ],
      ]),
    );
  });

  it('is known by its place when it is not read, so that the rows that are named can be drawn', async () => {
    const inspector = await inspectorOf(vgaJob());
    const [good, bad] = [serialOf(1), serialOf(2)];
    const [code] = inspector.inspect(shotOf(good.symbol, {}, 1), ASK).codes;
    const print = {
      deadRows: [
        { at: 6.5, width: 1 },
        { at: 14.5, width: 1 },
      ],
    };
    const { codes, unread } = inspector.inspect(shotOf(bad.symbol, { print }, 2), ASK);
    expect([codes, unread?.size]).toEqual([[], code?.pcg?.size]);
    const off = (unread?.corners ?? []).map(([x, y], at) => {
      const [wantedX = 0, wantedY = 0] = code?.corners[at] ?? [];
      return Math.hypot(x - wantedX, y - wantedY);
    });
    expect(off).toHaveLength(4);
    expect(Math.max(...off)).toBeLessThan(3); // half a module
  });

  it('is no code at all on an empty carton, and no cause and no place is made up', async () => {
    const found = await inspections({ print: { missing: true } });
    expect(found.map(({ inspection: { codes, causes, unread } }) => ({ codes, causes, unread }))).toEqual(
      all({ codes: [], causes: [], unread: undefined }),
    );
  });
});

describe('whatever the picture shows', () => {
  it.each<[string, Shot]>([
    ['blur of 3 pixels', { camera: { blur: 3 } }],
    ['blur of 4 pixels', { camera: { blur: 4 } }],
    ['modules of 2 pixels', { module: 2 }],
    ['modules of 1.5 pixels', { module: 1.5 }],
    ['growth of half a module', { print: { growth: { x: 0.5, y: 0.5 } } }],
    ['a dirty quiet zone', { print: { quietDirt: 3 } }],
    ['splashes', { print: { splatter: 8 } }],
    ['bands', { print: { banding: 0.8 } }],
    ['a fold', { print: { wrinkle: 1 } }],
    [
      'two missing columns',
      {
        print: {
          missingColumns: [
            { at: 0.5, width: 1 },
            { at: 12.5, width: 1 },
          ],
        },
      },
    ],
    ['a large hole', { print: { blots: [{ x: 11, y: 11, radius: 6, ink: 0 }] } }],
    ['a large blot', { print: { blots: [{ x: 11, y: 11, radius: 7, ink: 1 }] } }],
  ])('nothing is misread: %s', async (_what, shot) => {
    expect((await outcomes(shot)).filter((each) => each.startsWith('MISREAD'))).toEqual([]);
  });
});
