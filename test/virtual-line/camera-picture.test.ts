import { describe, expect, it } from 'vitest';
import { textGrid } from '#virtual-line/camera/font.ts';
import { CARTON_LABEL, itemScene, type SymbolKind } from '#virtual-line/camera/label.ts';
import { type Rendered, renderFrame } from '#virtual-line/camera/render.ts';
import { type CameraView, cameraView, type Scene } from '#virtual-line/camera/scene.ts';
import { FLAWLESS, type PrintDefects } from '#virtual-line/print-defects.ts';
import { HAS_DMTX, HAS_ZXING_TOOLS, readByDmtx, readByZxing, readByZxingTool } from './strange-eyes.ts';

const CONTENT = '010952123454321321ABCD12345678\u001d1728123110LOT42';
const SMALL = cameraView();
const LARGE = cameraView({ width: 1280, height: 960 });
const still = { noise: 0, motion: 0, blur: 0 };
const QUIET = cameraView(still);

const scene = (print: Partial<PrintDefects> = {}, seed = 1): Scene =>
  itemScene(CONTENT, { print: { ...FLAWLESS, ...print }, seed });

/** Mean grey of a square window around a point. */
function mean({ pixels, width }: Rendered, [x, y]: readonly [number, number], reach = 1): number {
  let sum = 0;
  for (let row = Math.round(y) - reach; row <= Math.round(y) + reach; row++) {
    for (let column = Math.round(x) - reach; column <= Math.round(x) + reach; column++) {
      sum += pixels[row * width + column] ?? 0;
    }
  }
  return sum / (2 * reach + 1) ** 2;
}

/** Where a place of the symbol, in modules, lies in an upright picture. */
function at(frame: Rendered, column: number, row: number): readonly [number, number] {
  const [[left, top], [right]] = frame.corners;
  const x = (right - left) / 22;
  return [left + column * x - 0.5, top + row * x - 0.5];
}

describe('a picture of a good print', () => {
  it.each([
    ['640 x 480', SMALL],
    ['1280 x 960', LARGE],
    ['leaning by 3 degrees and rolled by 8', cameraView({ tilt: { x: 3, y: -3 }, roll: 8 })],
    ['under light from one side', cameraView({ gradient: { x: 0.5, y: 0.2 } })],
    ['with noise of 16 grey values', cameraView({ noise: 16 })],
  ])('is read as printed, %s', async (_how, camera) => {
    expect(await readByZxing(renderFrame(scene(), camera))).toBe(CONTENT);
  });

  it.skipIf(!HAS_DMTX)('is read by dmtxread (Debian: dmtx-utils)', () => {
    expect(readByDmtx(renderFrame(scene(), SMALL))).toBe(CONTENT);
  });

  it.skipIf(!HAS_ZXING_TOOLS)('is read by ZXingReader (Debian: zxing-cpp-tools)', () => {
    expect(readByZxingTool(renderFrame(scene(), SMALL))).toBe(CONTENT);
  });

  it.each<[SymbolKind, 'QRCode' | 'Code128', string]>([
    ['qr', 'QRCode', CONTENT],
    ['gs1-128', 'Code128', '010952123454321321AB12'],
  ])('is read in the other symbologies, too: %s', async (symbol, format, content) => {
    const label = { ...CARTON_LABEL, symbol, module: symbol === 'qr' ? 0.4 : 0.25 };
    const camera = cameraView({ width: 1280, height: 480 });
    expect(await readByZxing(renderFrame(itemScene(content, { label }), camera), [format])).toBe(content);
  });

  it('is read light on dark when the print is inverted', async () => {
    const frame = renderFrame({ ...scene(), inverted: true }, SMALL);
    const light = frame.pixels.map((grey) => 255 - grey);
    expect(await readByZxing({ ...frame, pixels: light })).toBe(CONTENT);
  });

  it('is read from the far side of clear stock, whatever lies behind', async () => {
    const frame = renderFrame({ ...scene(), mirrored: true }, cameraView({ through: 0.3 }));
    expect(frame.corners.map(([x]) => Math.round(x))).toEqual([242, 110, 110, 242]);
    expect(await readByZxing(frame)).toBe(CONTENT);
  });

  it('is the same picture each time, and another one with another seed', () => {
    const first = renderFrame(scene(), cameraView()).pixels;
    const again = renderFrame(scene(), cameraView()).pixels;
    expect(first.every((grey, i) => Math.abs(grey - (again[i] ?? 0)) <= 1)).toBe(true);
    expect(renderFrame(scene({}, 2), cameraView()).pixels).not.toEqual(first);
  });

  it('tells where the corners of the symbol are', () => {
    const frame = renderFrame(scene(), QUIET);
    const [[left, top], , [right, bottom]] = frame.corners;
    expect([right - left, bottom - top]).toEqual([132, 132]);
    // The left leg is dark from its very edge, and the carton is bright before it.
    const row = Math.round((top + bottom) / 2);
    expect(frame.pixels[row * frame.width + left]).toBeLessThan(40);
    expect(frame.pixels[row * frame.width + left - 1]).toBeGreaterThan(190);
  });

  it('shows a carton without print when nothing is printed', () => {
    const blank = renderFrame(itemScene(''), QUIET);
    const missing = renderFrame(scene({ missing: true }), QUIET);
    expect(missing.pixels).toEqual(blank.pixels);
    expect(mean(blank, [320, 240], 50)).toBeGreaterThan(200);
    expect(mean(blank, [320, 4])).toBeLessThan(70); // the belt beside the carton
  });
});

describe('a defect of the print', () => {
  const ink = (print: Partial<PrintDefects>): number => {
    const frame = renderFrame(scene(print), QUIET);
    return frame.pixels.reduce((sum, grey) => sum + (255 - grey), 0) / 255;
  };
  const good = ink({});

  it.each<[string, Partial<PrintDefects>, 'more' | 'less']>([
    ['dot gain', { growth: { x: 0.2, y: 0.2 } }, 'more'],
    ['dot loss', { growth: { x: -0.2, y: -0.2 } }, 'less'],
    ['pale ink', { contrast: 0.4 }, 'less'],
    ['a dead nozzle', { deadRows: [{ at: 8.5, width: 1 }] }, 'less'],
    ['a missing column', { missingColumns: [{ at: 5.5, width: 1 }] }, 'less'],
    ['banding', { banding: 0.5 }, 'less'],
    ['a wrinkle', { wrinkle: 0.8 }, 'less'],
    ['a smear', { smear: 1 }, 'more'],
    ['splatter', { splatter: 4 }, 'more'],
    ['dirt in the quiet zone', { quietDirt: 3 }, 'more'],
    ['a blot', { blots: [{ x: 25, y: 5, radius: 2, ink: 1 }] }, 'more'],
    ['a void', { blots: [{ x: 1, y: 11, radius: 1.6, ink: 0 }] }, 'less'],
    ['drops instead of squares', { dots: 0.75 }, 'less'],
  ])('%s changes how much ink there is', (_what, print, which) => {
    const change = ink(print) - good;
    expect(which === 'more' ? change : -change).toBeGreaterThan(20);
  });

  it('takes the ink of a dead row, in symbol and text, and nothing else', () => {
    const sound = renderFrame(scene(), QUIET);
    const frame = renderFrame(scene({ deadRows: [{ at: 8.5, width: 1 }] }), QUIET);
    expect(mean(frame, at(frame, 0.5, 8.5))).toBeGreaterThan(190);
    expect(mean(frame, at(frame, 0.5, 7.5))).toBeLessThan(60);
    const [[, top]] = frame.corners;
    const dead = { from: Math.floor(top + 8 * 6), to: Math.ceil(top + 9 * 6) };
    const changed = frame.pixels.findIndex((grey, i) => grey !== sound.pixels[i]);
    const last = frame.pixels.findLastIndex((grey, i) => grey !== sound.pixels[i]);
    expect(Math.floor(changed / 640)).toBeGreaterThanOrEqual(dead.from);
    expect(Math.floor(last / 640)).toBeLessThanOrEqual(dead.to);
  });

  it('makes modules wider by as much as the dot gain says', () => {
    const width = (print: Partial<PrintDefects>): number => {
      // The bottom leg in the column after the symbol's middle: its height in grey is its height in pixels.
      const frame = renderFrame(scene(print), QUIET);
      const [[left], , [, bottom]] = frame.corners;
      const grey = (row: number): number => frame.pixels[row * 640 + left + 66] ?? 0;
      const [dark, bright] = [grey(bottom - 3), grey(bottom + 9)];
      const rows = Array.from({ length: 8 }, (_, row) => (bright - grey(bottom + row)) / (bright - dark));
      return rows.reduce((sum, share) => sum + share, 0);
    };
    expect(width({ growth: { x: 0, y: 0.3 } }) - width({})).toBeCloseTo(0.9, 1);
  });

  it('moves, turns and stretches the print', () => {
    const corners = (print: Partial<PrintDefects>) =>
      renderFrame(scene(print), QUIET).corners.map((point) => point.map((value) => Math.round(value * 10) / 10));
    expect(corners({ offset: { x: 2, y: -1 } })[0]).toEqual([110 + 24, 174 - 12]);
    expect(corners({ rotation: 90 })[0]).toEqual([242, 174]);
    expect(corners({ stretch: { x: 1.1, y: 1 } })).toEqual([
      [103.4, 174],
      [248.6, 174],
      [248.6, 306],
      [103.4, 306],
    ]);
    expect(corners({ skew: 45 })[0]).toEqual([44, 174]);
  });

  it('prints a second record over the first', async () => {
    const other = CONTENT.replace('ABCD', 'WXYZ');
    const print = { ...FLAWLESS, overprint: 1 };
    const frame = renderFrame(itemScene(CONTENT, { print, over: other }), SMALL);
    expect(await readByZxing(frame)).toBeUndefined();
    expect(mean(frame, [176, 240], 60)).toBeLessThan(mean(renderFrame(scene(), SMALL), [176, 240], 60) - 20);
  });
});

describe('a fault of the camera', () => {
  const point: readonly [number, number] = [520, 400];
  const sound = renderFrame(scene(), QUIET);

  it.each<[string, Partial<CameraView>, (grey: number, before: number) => boolean]>([
    ['glare', { glare: [{ x: 520, y: 400, radius: 40, strength: 60 }] }, (grey, before) => grey > before + 30],
    ['a dirty window', { dirt: [{ x: 520, y: 400, radius: 40, strength: 0.6 }] }, (grey, before) => grey < before - 80],
    ['a shadow', { shadow: { from: 500, to: 560, depth: 0.5 } }, (grey, before) => grey < before - 80],
    ['light from the left', { gradient: { x: -0.6, y: 0 } }, (grey, before) => grey < before - 60],
    ['a flap before the lens', { flap: { from: 500, to: 540, reflectance: 0.3 } }, (grey) => grey < 90],
    ['no light', { white: 6 }, (grey) => grey <= 6],
  ])('shows: %s', (_what, changes, holds) => {
    const grey = mean(renderFrame(scene(), cameraView({ ...still, ...changes })), point);
    expect([grey, holds(grey, mean(sound, point))]).toEqual([grey, true]);
  });

  it('blurs edges by defocus and by motion', () => {
    const steepness = (changes: Partial<CameraView>): number => {
      const frame = renderFrame(scene(), cameraView({ ...still, ...changes }));
      const row = 240 * 640;
      return Math.max(
        ...Array.from({ length: 30 }, (_, i) =>
          Math.abs((frame.pixels[row + 95 + i] ?? 0) - (frame.pixels[row + 96 + i] ?? 0)),
        ),
      );
    };
    expect(steepness({})).toBeGreaterThan(150);
    expect(steepness({ blur: 2 })).toBeLessThan(70);
    expect(steepness({ motion: 6 })).toBeLessThan(70);
  });
});

it('has a glyph of seven rows of five dots for each character that labels use', () => {
  for (const character of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ().-/:') {
    const { width, height, modules } = textGrid(character);
    expect([character, width, height, modules.length]).toEqual([character, 5, 7, 35]);
    expect(modules.some((dot) => dot === 1)).toBe(true);
  }
});
