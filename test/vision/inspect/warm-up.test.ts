import { describe, expect, it, vi } from 'vitest';
import { CameraJob, type CameraJobText } from '#contract/camera-job.ts';
import type { Inspector } from '#vision/inspect/inspector.ts';
import { practiceFrames } from '#vision/inspect/practice-frames.ts';
import { warmUp } from '#vision/inspect/warm-up.ts';
import { ASK, inspectorOf, vgaJob } from './scenes.ts';

vi.setConfig({ testTimeout: 60_000 }); // a machine may be busy with other things

function jobOf(changes: Partial<CameraJobText>): CameraJob {
  return CameraJob.parse({
    name: 'x',
    frame: { width: 640, height: 480 },
    trigger: 'line',
    symbologies: ['DataMatrix'],
    code: { window: { x: 220, y: 140, width: 200, height: 200 } },
    ...changes,
  });
}

/** How the codes of each practice frame are read. */
async function practised(job: CameraJob): Promise<readonly string[]> {
  const inspector = await inspectorOf(job);
  return practiceFrames(job).map(({ frame, last }) => {
    const { codes } = inspector.inspect(frame, { ...ASK, last });
    return `${codes.length} ${codes[0]?.readBy ?? ''}`.trim();
  });
}

const WAYS = ['1 zxing', '1 zxing', '1 zxing', '1 zxing-retry', '1 assisted', '0'];

describe('practice before the first picture', () => {
  it.each([
    [10, 10],
    [16, 16],
    [22, 22],
    [26, 26],
    [12, 36],
    [16, 48],
    [32, 32],
  ])('goes all ways that a picture of a %i × %i symbol can go', async (rows, columns) => {
    const width = columns * 5;
    const window = { x: (640 - width) / 2, y: (480 - rows * 5) / 2, width, height: rows * 5 };
    expect(await practised(jobOf({ code: { window, rows, columns } }))).toEqual(WAYS);
  });

  it('reads QR codes and bars where those are expected', async () => {
    const [qr, bars] = await Promise.all([
      practised(jobOf({ symbologies: ['QRCode'] })),
      practised(jobOf({ symbologies: ['Code128'], code: { window: { x: 100, y: 200, width: 440, height: 90 } } })),
    ]);
    expect(qr.slice(0, 4)).toEqual(['1 zxing', '1 zxing', '1 zxing', '1 zxing-retry']);
    expect(bars.slice(0, 3)).toEqual(['1 zxing', '1 zxing', '1 zxing']);
  });

  it('practises light on dark, and several codes, where the job says so', async () => {
    expect((await practised(vgaJob(6, { inverted: true }))).slice(0, 3)).toEqual(['1 zxing', '1 zxing', '1 zxing']);
    const layer = jobOf({
      code: { window: { x: 20, y: 20, width: 600, height: 440 }, rows: 18, columns: 18, count: 6 },
    });
    expect((await practised(layer)).slice(0, 2)).toEqual(['6 zxing', '6 zxing']);
  });
});

/** An inspector that takes so long for its n-th frame, by a clock of its own. */
function practice(cost: (nth: number) => number): { frames: number; per: number; progress: readonly number[] } {
  let [clock, frames] = [0, 0];
  const inspector: Inspector = {
    inspect({ trigger, at, width, height }) {
      clock += cost(frames);
      frames += 1;
      const took = { whole: 0, decode: 0, grade: 0 };
      return { trigger, at, width, height, codes: [], findings: [], causes: [], took };
    },
    expect: () => undefined,
  };
  const progress: number[] = [];
  const per = warmUp(inspector, { job: vgaJob(), now: () => clock, progress: (done, of) => progress.push(done / of) });
  return { frames, per, progress };
}

describe('a thread is warm', () => {
  it('when the time of a frame has settled, and tells how far it is', () => {
    const { frames, per, progress } = practice((nth) => (nth < 100 ? 20 - nth / 6 : 3));
    expect(frames).toBeGreaterThan(100);
    expect(per).toBe(3);
    expect(progress.every((share, place) => share >= (progress[place - 1] ?? 0) && share <= 1)).toBe(true);
    expect(progress.at(-1)).toBe(1);
  });

  it('after a dozen rounds, when it is as fast as ever', () => {
    expect(practice(() => 2)).toMatchObject({ frames: 12 * 6, per: 2 });
  });

  it('at last, on a machine that never settles', () => {
    expect(practice((nth) => 1 + 40 * 0.995 ** nth).frames).toBeLessThanOrEqual(60 * 6);
    expect(practice(() => 500).frames).toBe(3 * 6);
  });
});
