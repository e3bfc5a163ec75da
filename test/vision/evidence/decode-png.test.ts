import { describe, expect, it } from 'vitest';
import { decodePng } from '#vision/evidence/decode-png.ts';
import { encodePng } from '#vision/evidence/png.ts';

const WIDTH = 37;
const HEIGHT = 23;
const STRIDE = 40;
const pixels = Uint8Array.from({ length: STRIDE * HEIGHT }, (_none, at) => (at * 89) % 251);

describe('a kept picture', () => {
  it('comes out as it went in, whatever the stride of its frame was', () => {
    const back = decodePng(encodePng({ pixels, width: WIDTH, height: HEIGHT, stride: STRIDE }));
    const rows = Array.from({ length: HEIGHT }, (_none, y) => [...pixels.subarray(y * STRIDE, y * STRIDE + WIDTH)]);
    expect({ ...back, pixels: [...back.pixels] }).toEqual({
      width: WIDTH,
      height: HEIGHT,
      stride: WIDTH,
      pixels: rows.flat(),
    });
  });

  it.each([
    ['no picture', Buffer.from('{"order":"PO-1"}'), 'the file is no picture of this workstation'],
    ['cut off', encodePng({ pixels, width: WIDTH, height: HEIGHT, stride: STRIDE }).subarray(0, 60), /./],
    ['of another kind', colour(), 'the picture is not 8-bit grey, or too large'],
  ])('that is %s is said to be so', (_what, file, why) => {
    expect(() => decodePng(file)).toThrow(why);
  });
});

function colour(): Buffer {
  const png = encodePng({ pixels, width: WIDTH, height: HEIGHT, stride: STRIDE });
  png[25] = 2;
  return png;
}
