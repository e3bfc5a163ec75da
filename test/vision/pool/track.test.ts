import { describe, expect, it } from 'vitest';
import type { CodeFound, Inspection } from '#contract/inspection.ts';
import { inReadingOrder } from '#vision/inspect/reading-order.ts';
import { partsOf } from '#vision/pool/frame-work.ts';
import { follow, NO_TRACK } from '#vision/pool/track.ts';
import { jobOf } from './frames.ts';

function codeAt(x: number, y: number): CodeFound {
  const corners = [
    [x, y],
    [x + 20, y],
    [x + 20, y + 20],
    [x, y + 20],
  ] as const;
  return { readBy: 'zxing', symbology: 'DataMatrix', text: `${x} ${y}`, aim: ']d2', corners };
}

function seen(...codes: readonly CodeFound[]): Inspection {
  const took = { whole: 0, decode: 0, grade: 0 };
  return { trigger: 1, at: 0, width: 320, height: 240, codes, findings: [], causes: [], took };
}

describe('the place of a code', () => {
  it('follows the code, is kept while it is missing for a picture or two, and then forgotten', () => {
    const job = jobOf();
    const [here, there] = [codeAt(10, 10), codeAt(30, 15)];
    const first = follow(NO_TRACK, seen(here), job);
    const second = follow(first, seen(there), job);
    const missing = [1, 2, 3].reduce((tracks) => [...tracks, follow(tracks.at(-1) ?? second, seen(), job)], [second]);
    expect(missing.map(({ places }) => places.map(({ corners }) => corners[0]))).toEqual([
      [[30, 15]],
      [[30, 15]],
      [[30, 15]],
      [],
    ]);
  });
});

it('codes are named as one reads a page, also when their rows are not quite straight', () => {
  const codes = [codeAt(100, 4), codeAt(0, 0), codeAt(52, 58), codeAt(50, 2), codeAt(3, 61), codeAt(99, 55)];
  expect(inReadingOrder(codes).map(({ text }) => text)).toEqual(['0 0', '50 2', '100 4', '3 61', '52 58', '99 55']);
});

it.each([
  [40, 2, [20, 20]],
  [40, 3, [14, 14, 12]],
  [5, 2, [3, 2]],
  [3, 2, [3]],
  [1, 4, [1]],
])('%i places are shared by %i threads as %j', (places, threads, sizes) => {
  const all = Array.from({ length: places }, (_, at) => ({ corners: codeAt(at, 0).corners }));
  expect(partsOf(all, threads).map((part) => part.length)).toEqual(sizes);
});
