import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame } from '#contract/frame-ring.ts';
import { MOST_PIXELS, thumbnail, windowOf } from '#station/eye/thumbnail.ts';
import { codeOf, inspectionOf, pcgOf } from './example-pcg.ts';

/** A frame whose pixel at x, y is (x + y) mod 256. */
function ramp(width: number, height: number, stride = width): Frame {
  const pixels = new Uint8Array(stride * height);
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = (at % stride) + Math.floor(at / stride);
  return { slot: 0, trigger: 1, at: 5, width, height, stride, pixels };
}

const pixelsOf = (grey: string): Uint8Array => new Uint8Array(Buffer.from(grey, 'base64'));

describe('the small picture for the screens', () => {
  it('shows the window at its own scale where that fits', () => {
    const shown = thumbnail(ramp(640, 480, 656), { x: 100.6, y: 50.2, width: 20.1, height: 10 });
    expect(shown).toMatchObject({
      at: 5,
      frame: { width: 640, height: 480 },
      window: { x: 100, y: 50, width: 21, height: 11 },
      width: 21,
      height: 11,
    });
    expect([...pixelsOf(shown.grey).subarray(0, 3)]).toEqual([150, 151, 152]);
    expect(pixelsOf(shown.grey)).toHaveLength(21 * 11);
  });

  it('is made smaller by whole steps where it does not, each pixel a mean of four of those it stands for', () => {
    const shown = thumbnail(ramp(1024, 512), { x: 0, y: 0, width: 1024, height: 512 });
    expect([shown.width, shown.height, shown.window.width]).toEqual([341, 170, 1023]);
    // (x + y) mod 256 at 0,0 · 1,0 · 0,1 · 1,1: 0, 1, 1, 2.
    expect(pixelsOf(shown.grey)[0]).toBe(1);
  });

  it('never leaves the frame and never exceeds its size, whatever the window', () => {
    const frame = ramp(300, 200);
    const side = fc.double({ min: 0.5, max: 3_000, noNaN: true });
    const place = fc.double({ min: -1_000, max: 1_000, noNaN: true });
    fc.assert(
      fc.property(place, place, side, side, (x, y, width, height) => {
        const shown = thumbnail(frame, { x, y, width, height });
        expect(shown.width * shown.height).toBeLessThanOrEqual(MOST_PIXELS);
        expect(pixelsOf(shown.grey)).toHaveLength(shown.width * shown.height);
        expect(shown.window.x + shown.window.width).toBeLessThanOrEqual(300);
        expect(shown.window.y + shown.window.height).toBeLessThanOrEqual(200);
      }),
    );
  });

  it('looks around the code, or where the job expects one', () => {
    const expected = { x: 10, y: 20, width: 30, height: 40 };
    expect(windowOf(inspectionOf(1, []), expected)).toEqual(expected);
    const code = codeOf(pcgOf({ contrast: 4 }));
    expect(windowOf(inspectionOf(1, [code]), expected)).toEqual({ x: 70, y: 70, width: 160, height: 160 });
  });
});
