import { describe, expect, it, vi } from 'vitest';
import { CameraJob } from '#contract/camera-job.ts';
import type { Frame } from '#contract/frame-ring.ts';
import type { GreyImage } from '#vision/image.ts';
import { CONTENT, dataMatrix, drawn, ELEMENTS, paper, print } from '../decode/picture.ts';
import { ASK, inspectorOf } from './scenes.ts';

vi.setConfig({ testTimeout: 60_000 }); // a machine may be busy with other things

const LINK = 'https://example.com/01/09520000000004/21/ABC123';

function frameOf(image: GreyImage): Frame {
  return { slot: 0, trigger: 1, at: 0, ...image };
}

function jobFor(
  changes: Partial<Parameters<typeof CameraJob.parse>[0] & object>,
  frame = { width: 640, height: 480 },
): CameraJob {
  return CameraJob.parse({ name: 'carton', frame, trigger: 'line', ...changes });
}

describe('a picture', () => {
  it.each([
    ['a QR code with a Digital Link', 'QRCode', { bcid: 'qrcode', text: LINK }, 5, LINK, ']Q1'],
    ['a GS1 QR code', 'QRCode', { bcid: 'gs1qrcode', text: ELEMENTS, parse: true }, 5, CONTENT, ']Q3'],
    [
      'a GS1-128',
      'Code128',
      { bcid: 'gs1-128', text: '(01)09520000000004(10)L1', parse: true },
      3,
      '010952000000000410L1',
      ']C1',
    ],
    ['a GS1 DataMatrix', 'DataMatrix', { bcid: 'gs1datamatrix', text: ELEMENTS, parse: true }, 5, CONTENT, ']d2'],
  ] as const)('of %s is read and graded', async (_what, symbology, question, module, text, aim) => {
    const symbol = drawn(question);
    const image = paper(640, 480);
    const [x, y] = [Math.round(320 - (symbol.width * module) / 2), Math.round(240 - (symbol.height * module) / 2)];
    print(image, symbol, { module, x, y });
    const window = { x, y, width: symbol.width * module, height: symbol.height * module };
    const inspector = await inspectorOf(jobFor({ symbologies: [symbology], code: { window } }));
    const { codes } = inspector.inspect(frameOf(image), ASK);
    expect(codes).toMatchObject([
      {
        readBy: 'zxing',
        symbology,
        text,
        aim,
        pcg: { edition: symbology === 'Code128' ? '15416:2000' : '15415:2011' },
      },
    ]);
    const corners = codes[0]?.corners.flat() ?? [];
    const printed = [x, y, x + window.width, y, x + window.width, y + window.height, x, y + window.height];
    expect(corners.map((each, place) => Math.abs(each - (printed[place] ?? 0)) < 1.5)).toEqual(Array(8).fill(true));
  });

  it('of a mirrored DataMatrix is read, and its corners are those of its modules', async () => {
    const image = paper(640, 480);
    print(image, dataMatrix(), { module: 6, x: 254, y: 174, isMirrored: true });
    const window = { x: 254, y: 174, width: 132, height: 132 };
    const inspector = await inspectorOf(jobFor({ symbologies: ['DataMatrix'], code: { window } }));
    const [code] = inspector.inspect(frameOf(image), ASK).codes;
    expect(code?.text).toBe(CONTENT);
    expect(code?.pcg?.overall).toBeGreaterThanOrEqual(3);
  });

  it('of two codes names them in reading order', async () => {
    const image = paper(640, 480);
    print(image, drawn({ bcid: 'qrcode', text: LINK }), { module: 4, x: 60, y: 50 });
    print(image, dataMatrix(), { module: 5, x: 400, y: 60 });
    const window = { x: 40, y: 30, width: 500, height: 180 };
    const job = jobFor({ symbologies: ['DataMatrix', 'QRCode'], code: { window, count: 2 } });
    const { codes, findings } = (await inspectorOf(job)).inspect(frameOf(image), ASK);
    expect({ codes: codes.map(({ symbology }) => symbology), findings }).toEqual({
      codes: ['QRCode', 'DataMatrix'],
      findings: [],
    });
  });
});

const LAYER = { width: 1600, height: 1000 };
const serials = Array.from({ length: 40 }, (_, place) => `N${String(place).padStart(4, '0')}`);

/** Eight by five items; without those that are left out. */
function layer(without: readonly number[] = []): Frame {
  const image = paper(LAYER.width, LAYER.height);
  for (const [place, serial] of serials.entries()) {
    if (without.includes(place)) continue;
    const [x, y] = [40 + (place % 8) * 195, 40 + Math.floor(place / 8) * 195];
    print(image, dataMatrix(`(01)09520000000004(21)${serial}`), { module: 5, x, y });
  }
  return frameOf(image);
}

describe('a layer of forty codes', () => {
  const job = jobFor(
    {
      symbologies: ['DataMatrix'],
      code: { window: { x: 20, y: 20, width: 1560, height: 960 }, rows: 18, columns: 18, count: 40 },
    },
    LAYER,
  );
  const textOf = (serial: string): string => `010952000000000421${serial}`;

  it('is read whole, in reading order, each code graded', async () => {
    const { codes, findings } = (await inspectorOf(job)).inspect(layer(), ASK);
    expect(codes.map(({ text }) => text)).toEqual(serials.map(textOf));
    expect(codes.filter(({ pcg }) => pcg?.overall !== 4)).toEqual([]);
    expect(findings).toEqual([]);
  });

  it('is read region by region where the codes were last, and what is not there is counted', async () => {
    const inspector = await inspectorOf(job);
    const last = inspector
      .inspect(layer(), ASK)
      .codes.map(({ corners, pcg }) => ({ corners, size: pcg?.size ?? { rows: 18, columns: 18 } }));
    const { codes, findings } = inspector.inspect(layer([3, 17]), { ...ASK, last });
    expect(codes.map(({ text }) => text)).toEqual(
      serials.filter((_, place) => place !== 3 && place !== 17).map(textOf),
    );
    expect(findings).toMatchObject([{ check: 'wrong-count', expected: '40' }]);
  });

  it('is the same in parts that are put together', async () => {
    const inspector = await inspectorOf(job);
    const whole = inspector.inspect(layer(), ASK);
    const last = whole.codes.map(({ corners }) => ({ corners }));
    const parts = [last.slice(0, 20), last.slice(20)].map((part) =>
      inspector.inspect(layer(), { ...ASK, last: part, isPart: true }),
    );
    const known = parts.flatMap(({ codes }) => codes);
    const { codes, findings } = inspector.inspect(layer(), { ...ASK, last, known });
    expect(known.length).toBe(40);
    expect({ texts: codes.map(({ text }) => text), findings }).toEqual({ texts: serials.map(textOf), findings: [] });
  });
});
