import { describe, expect, it } from 'vitest';
import { greyToRgba } from '#renderer/parts/picture/grey-picture.ts';
import { type Corners, hasEdgeIn, moduleOutline, placed, placeInto } from '#renderer/parts/picture/picture-geometry.ts';

const SQUARE: Corners = [
  [100, 50],
  [200, 50],
  [200, 150],
  [100, 150],
];

describe('a picture on the screen', () => {
  it('is as large as its room allows, in the middle, and not distorted', () => {
    expect(placeInto({ x: 0, y: 0, width: 200, height: 100 }, { width: 400, height: 400 })).toEqual({
      scale: 2,
      left: 0,
      top: 100,
    });
  });

  it('shows a part of the frame so that frame pixels stay where they belong', () => {
    const placing = placeInto({ x: 100, y: 50, width: 100, height: 100 }, { width: 300, height: 300 });
    expect(SQUARE.map((corner) => placed(placing, corner))).toEqual([
      [0, 0],
      [300, 0],
      [300, 300],
      [0, 300],
    ]);
  });

  it.each([
    ['inside the picture', { x: 20, y: 20, width: 50, height: 50 }, true],
    ['around the picture', { x: -10, y: -10, width: 200, height: 200 }, false],
    ['beside the picture', { x: 150, y: 0, width: 50, height: 50 }, false],
    ['half in the picture', { x: 50, y: -10, width: 200, height: 200 }, true],
  ] as const)('shows the search window where it is to be seen: %s', (_where, box, isSeen) => {
    expect(hasEdgeIn(box, { x: 0, y: 0, width: 100, height: 100 })).toBe(isSeen);
  });

  it('is made of grey bytes, and of nothing when bytes are missing', () => {
    const base64 = btoa(String.fromCharCode(0, 128, 255));
    expect([...(greyToRgba(base64, 3) ?? [])]).toEqual([0, 0, 0, 255, 128, 128, 128, 255, 255, 255, 255, 255]);
    expect(greyToRgba(base64, 4)).toBeUndefined();
  });
});

describe('a wrong module', () => {
  it.each([
    ['the first one at the top left', 0, [100, 50]],
    ['the last one of the first row', 9, [190, 50]],
    ['one in row 7, column 3', 73, [130, 120]],
  ] as const)('is outlined where it stands: %s', (_which, index, topLeft) => {
    const outline = moduleOutline(SQUARE, { rows: 10, columns: 10 }, index);
    const [x, y] = topLeft;
    expect(outline.map(([a, b]) => [Math.round(a), Math.round(b)])).toEqual([
      [x, y],
      [x + 10, y],
      [x + 10, y + 10],
      [x, y + 10],
    ]);
  });

  it('follows a symbol that lies on its side', () => {
    const turned: Corners = [
      [200, 50],
      [200, 150],
      [100, 150],
      [100, 50],
    ];
    expect(moduleOutline(turned, { rows: 2, columns: 4 }, 0)[0]).toEqual([200, 50]);
    expect(moduleOutline(turned, { rows: 2, columns: 4 }, 7)[2]).toEqual([100, 150]);
  });
});
