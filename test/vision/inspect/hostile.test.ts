import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { CameraJob } from '#contract/camera-job.ts';
import type { Frame } from '#contract/frame-ring.ts';
import type { Corners, Point } from '#contract/inspection.ts';
import { randomStream } from '#virtual-line/random.ts';
import { dataMatrix, paper, print } from '../decode/picture.ts';
import { ASK, inspectorOf } from './scenes.ts';

vi.setConfig({ testTimeout: 60_000 }); // a machine may be busy with other things

const SIDE = 96;

const anyNumber = fc.oneof(
  fc.double({ min: -200, max: 300, noNaN: true }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1e300, 1e9),
);
const anyPoint = fc.tuple(anyNumber, anyNumber) as fc.Arbitrary<Point>;
const anyCorners = fc.tuple(anyPoint, anyPoint, anyPoint, anyPoint) as fc.Arbitrary<Corners>;
const anyPlace = fc.record(
  {
    corners: anyCorners,
    size: fc.record({ rows: fc.integer({ min: -1, max: 200 }), columns: fc.integer({ min: -1, max: 200 }) }),
  },
  { requiredKeys: ['corners'] },
);
const window = fc.record({
  x: fc.integer({ min: 0, max: 300 }),
  y: fc.integer({ min: 0, max: 300 }),
  width: fc.integer({ min: 1, max: 300 }),
  height: fc.integer({ min: 1, max: 300 }),
});

/** Paper, noise of any strength, or rows of a stripe: nothing that says anything. */
function nonsense(seed: number, strength: number, period: number): Frame {
  const random = randomStream(seed, 'nonsense');
  const pixels = Uint8Array.from({ length: SIDE * SIDE }, (_, at) =>
    Math.max(0, Math.min(255, (at % period < period / 2 ? 60 : 200) + (random() - 0.5) * strength)),
  );
  return { slot: 0, trigger: 1, at: 0, width: SIDE, height: SIDE, stride: SIDE, pixels };
}

describe('whatever a picture or a job holds', () => {
  it('nonsense is not read, and nothing breaks', async () => {
    const jobs = fc.record({
      symbologies: fc.uniqueArray(fc.constantFrom('DataMatrix' as const, 'QRCode' as const), { minLength: 1 }),
      window,
      count: fc.integer({ min: 1, max: 5 }),
      rows: fc.option(fc.integer({ min: 8, max: 144 }), { nil: undefined }),
      module: fc.option(fc.double({ min: 1, max: 30, noNaN: true }), { nil: undefined }),
    });
    const frames = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 40 }));
    await fc.assert(
      fc.asyncProperty(
        jobs,
        frames,
        fc.array(anyPlace, { maxLength: 3 }),
        async (job, [seed, strength, period], last) => {
          const { rows, module, count, window: at, symbologies } = job;
          const code = {
            window: at,
            count,
            ...(rows === undefined ? {} : { rows, columns: rows }),
            ...(module === undefined ? {} : { module }),
          };
          const parsed = CameraJob.parse({
            name: 'x',
            frame: { width: SIDE, height: SIDE },
            trigger: 'line',
            symbologies,
            code,
          });
          const { codes } = (await inspectorOf(parsed)).inspect(nonsense(seed, strength, period), { ...ASK, last });
          expect(codes).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('a good code is read whatever is said of where it was last', async () => {
    const image = paper(320, 240);
    print(image, dataMatrix(), { module: 6, x: 90, y: 50 });
    const code = { window: { x: 90, y: 50, width: 132, height: 132 } };
    const job = CameraJob.parse({
      name: 'x',
      frame: { width: 320, height: 240 },
      trigger: 'line',
      symbologies: ['DataMatrix'],
      code,
    });
    const inspector = await inspectorOf(job);
    fc.assert(
      fc.property(fc.array(anyPlace, { maxLength: 4 }), (last) => {
        const { codes } = inspector.inspect({ slot: 0, trigger: 1, at: 0, ...image }, { ...ASK, last });
        expect(codes.map(({ symbology }) => symbology)).toEqual(['DataMatrix']);
      }),
      { numRuns: 60 },
    );
  });
});
