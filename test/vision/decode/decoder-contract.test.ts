import { beforeAll, describe, expect, it } from 'vitest';
import { optionsOf, PASSES } from '#vision/decode/passes.ts';
import { checkDecoder, compileDecoder, type DecoderModule, type RawResult, startDecoder } from '#vision/decode/wasm.ts';
import type { GreyImage } from '#vision/image.ts';
import { CONTENT, dataMatrix, drawn, paper, print } from './picture.ts';

// The entry used is one that the library's typings call internal: these tests say what is relied upon.

let decoder: DecoderModule;

beforeAll(async () => {
  decoder = await startDecoder(await compileDecoder());
});

function rawOf(image: GreyImage, options: object): RawResult | undefined {
  const pointer = decoder._malloc(image.pixels.length);
  decoder.HEAPU8.set(image.pixels, pointer);
  const list = decoder.readBarcodesFromPixmap(pointer, image.width, image.height, options as never);
  try {
    return list.size() > 0 ? list.get(0) : undefined;
  } finally {
    list.delete();
    decoder._free(pointer);
  }
}

const MATRIX = optionsOf({ pass: 'first', symbologies: ['DataMatrix'], most: 1 });

function goodFrame(): GreyImage {
  const image = paper(220, 200);
  print(image, dataMatrix(), { module: 6, x: 40, y: 30 });
  return image;
}

describe('the decoder library', () => {
  it('is the file that this version was tested with', () => {
    expect(() => checkDecoder(new Uint8Array(8))).toThrow(
      'expected e8af31edb56d0522f4de74495839385ef019ba8bc90d38e5ecb2f18795d86fb2',
    );
  });

  it('answers with these fields', () => {
    expect(Object.keys(rawOf(goodFrame(), MATRIX) ?? {}).sort()).toEqual([
      'bytes',
      'bytesECI',
      'contentType',
      'ecLevel',
      'error',
      'extra',
      'format',
      'hasECI',
      'isInverted',
      'isMirrored',
      'isValid',
      'lineCount',
      'position',
      'readerInit',
      'rotation',
      'sequenceId',
      'sequenceIndex',
      'sequenceSize',
      'symbol',
      'symbology',
      'symbologyIdentifier',
      'text',
      'version',
    ]);
  });

  it.each(Object.keys(MATRIX))('does not do without the option %s', (name) => {
    const { [name as keyof typeof MATRIX]: _left, ...rest } = MATRIX;
    expect(() => rawOf(goodFrame(), rest)).toThrow(`Missing field: "${name}"`);
  });

  it('gives dark modules as 0 and light ones as 255, without a quiet zone', () => {
    const { width, height, modules } = dataMatrix();
    const symbol = rawOf(goodFrame(), MATRIX)?.symbol;
    expect({ width: symbol?.width, height: symbol?.height }).toEqual({ width, height });
    expect([...(symbol?.data ?? [])]).toEqual([...modules].map((module) => (module === 1 ? 0 : 255)));
  });

  it('names the pixels that the corners lie in, in the orientation of the symbol', () => {
    const image = paper(220, 200);
    print(image, dataMatrix(), { module: 6, x: 40, y: 30, angle: 90 });
    const { width, height } = dataMatrix();
    const [right, bottom] = [40 + 6 * width - 1, 30 + 6 * height - 1];
    const { topLeft, topRight, bottomRight, bottomLeft } = rawOf(image, MATRIX)?.position ?? {};
    const expected = [right, 30, right, bottom, 40, bottom, 40, 30];
    const found = [topLeft, topRight, bottomRight, bottomLeft].flatMap((corner) => [corner?.x, corner?.y]);
    expect(found.map((each, place) => Math.abs((each ?? Number.NaN) - (expected[place] ?? 0)) <= 1)).toEqual(
      Array(8).fill(true),
    );
  });

  it.each([
    [
      'GS1 DataMatrix',
      { bcid: 'gs1datamatrix', text: '(01)09520000000004(17)271231(10)L1(21)ABC123', parse: true },
      'DataMatrix',
      CONTENT,
      ']d2',
    ],
    ['DataMatrix without FNC1', { bcid: 'datamatrix', text: 'ABC-123' }, 'DataMatrix', 'ABC-123', ']d1'],
    [
      'GS1 QR',
      { bcid: 'gs1qrcode', text: '(01)09520000000004(17)271231(10)L1(21)ABC123', parse: true },
      'QRCode',
      CONTENT,
      ']Q3',
    ],
    [
      'QR with a Digital Link',
      { bcid: 'qrcode', text: 'https://example.com/01/09520000000004/21/ABC123' },
      'QRCode',
      'https://example.com/01/09520000000004/21/ABC123',
      ']Q1',
    ],
    [
      'GS1-128',
      { bcid: 'gs1-128', text: '(01)09520000000004(17)271231(10)L1(21)ABC123', parse: true },
      'Code128',
      CONTENT,
      ']C1',
    ],
    ['Code 128 without FNC1', { bcid: 'code128', text: 'ABC-123' }, 'Code128', 'ABC-123', ']C0'],
  ] as const)('reads %s with its identifier, and separators as GS', (_name, question, symbology, text, aim) => {
    const symbol = drawn(question);
    const image = paper(symbol.width * 3 + 120, symbol.height * 3 + 120);
    print(image, symbol, { module: 3, x: 60, y: 60 });
    const raw = rawOf(image, optionsOf({ pass: 'first', symbologies: ['DataMatrix', 'QRCode', 'Code128'], most: 1 }));
    expect({ symbology: raw?.symbology, text: raw?.text, aim: raw?.symbologyIdentifier }).toEqual({
      symbology,
      text,
      aim,
    });
  });

  it('does not understand formats that are separated by spaces', () => {
    expect(rawOf(goodFrame(), { ...MATRIX, formats: 'DataMatrix QRCode' })).toMatchObject({
      isValid: false,
      error: "This is not a valid barcode format: 'DataMatrix QRCode'",
    });
    expect(rawOf(goodFrame(), { ...MATRIX, formats: 'DataMatrix,QRCode' })?.text).toBe(CONTENT);
  });

  it('gives bars neither modules nor a height', () => {
    const symbol = drawn({ bcid: 'code128', text: 'ABC-123' });
    const image = paper(symbol.width * 3 + 120, symbol.height * 3 + 120);
    print(image, symbol, { module: 3, x: 60, y: 60 });
    const raw = rawOf(image, optionsOf({ pass: 'first', symbologies: ['Code128'], most: 1 }));
    expect({ width: raw?.symbol.width, height: raw?.symbol.height, extra: raw?.extra }).toEqual({
      width: 0,
      height: 0,
      extra: '',
    });
    expect(Math.abs((raw?.position.bottomLeft.y ?? 0) - (raw?.position.topLeft.y ?? 0))).toBeLessThan(6);
  });

  it('reads a matrix drawn at one pixel a module', () => {
    const { width, height, modules } = dataMatrix();
    const image = paper(width + 4, height + 4, 255);
    for (let i = 0; i < modules.length; i += 1) {
      const at = (Math.floor(i / width) + 2) * image.stride + (i % width) + 2;
      image.pixels[at] = modules[i] === 1 ? 0 : 255;
    }
    const pure = optionsOf({ pass: 'pure', symbologies: ['DataMatrix'], most: 1 });
    expect(rawOf(image, pure)?.text).toBe(CONTENT);
  });

  it('is never asked for more than the options of a pass', () => {
    expect(Object.values(PASSES).map(({ tryDownscale }) => tryDownscale)).toEqual([false, false, false]);
  });
});
