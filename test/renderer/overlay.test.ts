import { describe, expect, it } from 'vitest';
import type { EyeCheck, EyeCode } from '#contract/eye.ts';
import { type Overlay, overlayOf, pointsOf } from '#renderer/parts/picture/overlay.ts';
import { closeUp, cornersOf, lineAcross } from '#renderer/parts/picture/picture-geometry.ts';
import { wrongIn } from '#renderer/parts/picture/picture-legend.tsx';
import { checkSentence } from '#renderer/words/eye.ts';

const WINDOW = { x: 300, y: 200, width: 40, height: 20 };
const CODE: EyeCode = {
  readBy: 'zxing',
  symbology: 'DataMatrix',
  corners: [
    [100, 50],
    [200, 50],
    [200, 150],
    [100, 150],
  ],
  size: { rows: 10, columns: 20 },
  wrongModules: [140, 142],
};
const MISPLACED: EyeCheck = {
  kind: 'placement',
  isMet: false,
  wanted: [150, 140],
  tolerance: 10,
  found: [150, 100],
  turn: -1.26,
};
const SEAL: EyeCheck = { kind: 'presence', name: 'seal', isMet: false, window: WINDOW, contrast: 0.02, least: 0.2 };
const LOT: EyeCheck = { kind: 'text', name: 'lot', isMet: true, window: WINDOW };

const rounded = (line: readonly (readonly [number, number])[]) => line.map((point) => point.map(Math.round));

describe('the marks over a picture', () => {
  it('are the same for a live picture and for one from the record', () => {
    const seen = { window: WINDOW, codes: [CODE], checks: [LOT], causes: [], isFail: false };
    expect(overlayOf(seen)).toEqual({ window: WINDOW, codes: [CODE], checks: [LOT], lines: [], isFail: false });
    expect(wrongIn(overlayOf(seen))).toBe(2);
  });

  it('show a missing row and a missing column of the print as lines across the symbol', () => {
    const { lines } = overlayOf({
      codes: [CODE, { ...CODE, corners: cornersOf(WINDOW) }],
      causes: [{ kind: 'dead-nozzle', row: 7 }, { kind: 'blur' }, { kind: 'dead-column', column: 0 }],
      isFail: true,
    });
    expect(lines.map(({ from, to, label }) => [label, ...rounded([from, to])])).toEqual([
      ['row 8 missing', [93, 125], [207, 125]],
      ['column 1 missing', [103, 43], [103, 157]],
    ]);
  });

  it('show a missing row of a code that was not read where its place is known, and that place', () => {
    const { corners, size } = CODE;
    const unread = { corners, size: size ?? { rows: 0, columns: 0 } };
    const overlay = overlayOf({ codes: [], unread, causes: [{ kind: 'dead-nozzle', row: 7 }], isFail: true });
    expect(overlay.lines.map(({ from, to, label }) => [label, ...rounded([from, to])])).toEqual([
      ['row 8 missing', [93, 125], [207, 125]],
    ]);
    expect([overlay.unread, pointsOf(overlay)]).toEqual([corners, corners]);
  });

  it('show no line where nobody knows where the row is', () => {
    const { size: _, ...bars } = CODE;
    const causes = [{ kind: 'dead-nozzle', row: 7 }] as const;
    expect(overlayOf({ codes: [], causes, isFail: true }).lines).toEqual([]);
    expect(overlayOf({ codes: [bars], causes, isFail: true }).lines).toEqual([]);
  });

  it('follow a symbol that lies on its side', () => {
    const turned: EyeCode['corners'] = [
      [200, 50],
      [200, 150],
      [100, 150],
      [100, 50],
    ];
    expect(rounded(lineAcross(turned, { rows: 10, columns: 20 }, { row: 0 }))).toEqual([
      [195, 43],
      [195, 157],
    ]);
  });
});

describe('a close-up', () => {
  const frame = { width: 640, height: 480 };
  const marks: Pick<Overlay, 'codes' | 'checks'> = { codes: [CODE], checks: [] };

  it('holds the code with room around it, and stays inside the frame', () => {
    expect(closeUp(frame, pointsOf(marks))).toEqual({ x: 70, y: 20, width: 160, height: 160 });
    expect(closeUp({ width: 210, height: 160 }, pointsOf(marks))).toEqual({ x: 70, y: 20, width: 140, height: 140 });
  });

  it('holds the checks that are not met too, and not the others', () => {
    expect(pointsOf({ codes: [], checks: [LOT] })).toEqual([]);
    expect(pointsOf({ codes: [], checks: [MISPLACED, SEAL, LOT] })).toEqual([[150, 140], ...cornersOf(WINDOW)]);
  });

  it('is the whole frame where nothing was found', () => {
    expect(closeUp(frame, [])).toEqual({ x: 0, y: 0, width: 640, height: 480 });
  });
});

it.each<[string, EyeCheck, string]>([
  ['the code stands elsewhere', MISPLACED, 'code 40.0 px from its place, turned by -1.3° (allowed: 10 px)'],
  ['a window is empty', SEAL, 'seal: contrast 2\u00a0%, at least 20\u00a0%'],
  [
    'a window is not in the picture',
    { kind: 'presence', name: 'seal', isMet: false, window: WINDOW, least: 0.2 },
    'seal: outside the picture, at least 20\u00a0%',
  ],
  ['a character is wrong', { ...LOT, isMet: false, found: 'character 1 reads 8' }, 'lot: character 1 reads 8'],
  ['a line could not be compared', { ...LOT, isMet: false, found: 'lot: no font small' }, 'lot: no font small'],
])('a picture says in words that %s', (_what, check, sentence) => {
  expect(checkSentence(check)).toBe(sentence);
});
