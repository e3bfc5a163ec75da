import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { type Picture, type Pixels, toPixels } from '#symbol/picture.ts';

const file = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'));
const wasmBinary = new Uint8Array(readFileSync(file)).buffer;
prepareZXingModule({ overrides: { wasmBinary } });

/** What a reader with an engine of its own sends for a picture: symbology identifier in front, GS as separator. */
export async function decode(picture: Picture): Promise<string | undefined> {
  const pixels = toPixels(picture, { scale: 3, quiet: 10 });
  const [found] = await readBarcodes(imageOf(pixels), {
    formats: ['DataMatrix', 'QRCode', 'Code128'],
    tryHarder: false,
    maxNumberOfSymbols: 1,
    textMode: 'Plain',
  });
  return found?.isValid === true ? `${found.symbologyIdentifier}${found.text}` : undefined;
}

/** Pixels in the form of a canvas. */
function imageOf({ width, height, grey }: Pixels): ImageData {
  const data = new Uint8ClampedArray(grey.length * 4);
  for (const [at, value] of grey.entries()) data.fill(value, at * 4, at * 4 + 3);
  for (let at = 3; at < data.length; at += 4) data[at] = 255;
  return { width, height, data, colorSpace: 'srgb' };
}
