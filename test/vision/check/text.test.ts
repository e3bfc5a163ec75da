import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TrainedFont } from '#contract/trained-font.ts';
import { parseBase64, toBase64 } from '#vision/check/base64.ts';
import { checkText } from '#vision/check/text.ts';
import { trainFont } from '#vision/check/train-font.ts';
import type { GreyImage } from '#vision/image.ts';
import { GLYPH_CHARACTERS, proportionalPicture, textPicture } from '../dot-font.ts';
import { renderView, type View } from '../render-1d.ts';

/** Pictures are rendered pixel by pixel: a busy machine may take its time. */
const SLOW = { timeout: 60_000 };

const WINDOW = { x: 10, y: 10, width: 380, height: 50 };

function printed(text: string, view: Partial<View> = {}): GreyImage {
  return renderView(textPicture(text), { width: 400, height: 70, scale: 3, ...view });
}

const FONT = trained();

function trained(): TrainedFont {
  const image = renderView(textPicture(GLYPH_CHARACTERS), { width: 420, height: 70, scale: 3 });
  const training = trainFont(image, { x: 2, y: 2, width: 416, height: 66 }, GLYPH_CHARACTERS);
  if (training.kind === 'refused') throw new Error(training.why);
  return training.font;
}

function verdict(text: string, expected: string, view: Partial<View> = {}): string {
  return checkText(printed(text, view), WINDOW, expected, FONT).finding?.found ?? 'as expected';
}

describe('a font trained in the job', SLOW, () => {
  it('is data: it goes through a file and reads the same', () => {
    const copy = TrainedFont.parse(JSON.parse(JSON.stringify(FONT)));
    expect(copy).toEqual(FONT);
    expect(checkText(printed('LOT 80'), WINDOW, 'LOT 80', copy).finding).toBeUndefined();
  });

  it('tells where in the window the line stands, and of a line that is not there nothing', () => {
    // 35 × 7 modules of 3 px in the middle of 400 × 70 px: ink from 147.5 to 252.5 and from 24.5 to 45.5.
    const { x, y, width, height } = checkText(printed('LOT 80'), WINDOW, 'LOT 80', FONT).line ?? WINDOW;
    expect([x, x + width].map(Math.round)).toEqual([148, 254]);
    expect([y, y + height]).toEqual([22, 48]);
    expect(checkText(printed(''), WINDOW, 'LOT 80', FONT).line).toBeUndefined();
  });

  it('holds every character of the line at an even pitch', () => {
    expect(FONT.characters.map(({ character }) => character).join('')).toBe(GLYPH_CHARACTERS);
    expect(FONT.pitch).toBeCloseTo(18, 1);
  });

  it('is refused with a reason when characters touch, are too small, or are not there', () => {
    const touching = trainFont(
      renderView(textPicture('0000', 0), { width: 200, height: 60, scale: 3 }),
      WINDOW,
      '0000',
    );
    const small = trainFont(printed('LOT 80', { scale: 1.2 }), WINDOW, 'LOT 80');
    const blank = trainFont(printed(''), WINDOW, 'LOT 80');
    expect([touching, small, blank]).toEqual([
      { kind: 'refused', why: '4 separate characters were not found in the window' },
      { kind: 'refused', why: 'characters are 8 px high; 10 px is the least' },
      { kind: 'refused', why: '5 separate characters were not found in the window' },
    ]);
  });

  it('takes further characters from another picture', () => {
    const first = trainFont(printed('LOT 01'), WINDOW, 'LOT 01');
    const both = first.kind === 'trained' ? trainFont(printed('EXP 23'), WINDOW, 'EXP 23', first.font) : first;
    expect(both.kind === 'trained' && both.font.characters.map(({ character }) => character).join('')).toBe(
      'LOT01EXP23',
    );
    expect(
      both.kind === 'trained' && checkText(printed('EXP 10'), WINDOW, 'EXP 10', both.font).finding,
    ).toBeUndefined();
  });
});

describe('a font in which each character takes its own width', SLOW, () => {
  const view: View = { width: 420, height: 70, scale: 3 };
  const window = { x: 2, y: 2, width: 416, height: 66 };
  const image = (text: string, changes: Partial<View> = {}) =>
    renderView(proportionalPicture(text), { ...view, ...changes });
  const training = trainFont(image(GLYPH_CHARACTERS), window, GLYPH_CHARACTERS);
  const font = training.kind === 'trained' ? training.font : FONT;

  it.each([
    ['as it was trained', {}],
    ['turned by 2°', { angle: 2 }],
    ['blurred', { blur: 1.2 }],
    ['noisy', { noise: 15 }],
  ])('is read and told apart %s', (_how, changes) => {
    expect(font.pitch).toBeNull();
    const found = (text: string) =>
      checkText(image(text, changes), window, 'LOT 18B1O', font).finding?.found ?? 'as expected';
    expect(['LOT 18B1O', 'LOT 1881O', 'LOT 18B10', 'LOT 18BO', 'LOT 18B1O1'].map(found)).toEqual([
      'as expected',
      'character 7 reads 8, expected B',
      'character 9 reads 0, expected O',
      expect.stringMatching(/^character [89] /),
      'something is printed behind it',
    ]);
  });
});

describe('human-readable text', SLOW, () => {
  it.each([
    ['a good line', 'LOT AB8012', 'LOT AB8012', 'as expected'],
    ['an 8 for a B', 'LOT A88012', 'LOT AB8012', 'character 6 reads 8, expected B'],
    ['a B for an 8', 'LOT ABB012', 'LOT AB8012', 'character 7 reads B, expected 8'],
    ['an O for a 0', 'LOT AB8O12', 'LOT AB8012', 'character 8 reads O, expected 0'],
    ['a 0 for an O', 'L0T AB8012', 'LOT AB8012', 'character 2 reads 0, expected O'],
    [
      'two wrong characters, the worse named first',
      'LOT XX8012',
      'LOT AB8012',
      'character 6 reads X, expected B, and 1 more',
    ],
    ['a character too many', 'LOT AB80123', 'LOT AB8012', 'something is printed behind it'],
    ['one in front', '1LOT AB8012', 'LOT AB8012', 'something is printed in front of it'],
    ['one that is missing', 'LOT AB801', 'LOT AB8012', 'character 10 is not legible (0.00), expected 2'],
    ['a space that is printed on', 'LOT4AB8012', 'LOT AB8012', 'character 4 is printed, expected a space'],
    ['nothing printed', '', 'LOT AB8012', 'no text like it in the window'],
    ['a character that was never trained', 'LOT AB8012', 'LOT QB8012', 'character 5 (Q) was never trained'],
    ['no text asked for', 'LOT', ' ', 'no text to compare with'],
  ])('%s', (_what, text, expected, found) => {
    expect(verdict(text, expected)).toBe(found);
  });

  it.each([
    ['noise of 20 levels', { noise: 20 }],
    ['blur of 1.6 px', { blur: 1.6 }],
    ['paper that is hardly lighter than ink', { paper: 0.3 }],
    ['dots a third larger', { growth: { x: 0.3, y: 0.3 } }],
    ['dots a third smaller', { growth: { x: -0.3, y: -0.3 } }],
    ['a line turned by 3°', { angle: 3 }],
    ['a line turned by -3°', { angle: -3 }],
    ['print 3 % longer', { scale: 3.09 }],
    ['print 3 % shorter', { scale: 2.91 }],
    ['a place between pixels', { at: [203.4, 36.7] as const }],
  ])('is read and told apart with %s', (_what, view) => {
    expect([verdict('LOT AB8012', 'LOT AB8012', view), verdict('LOT A88012', 'LOT AB8012', view)]).toEqual([
      'as expected',
      'character 6 reads 8, expected B',
    ]);
  });

  it('has a single wrong character found wherever it stands', () => {
    const characters = fc.array(fc.constantFrom(...GLYPH_CHARACTERS), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(characters, fc.nat(7), fc.constantFrom(...GLYPH_CHARACTERS), (right, at, other) => {
        const wrong = right.with(at, other).join('');
        const finding = checkText(printed(wrong), WINDOW, right.join(''), FONT).finding;
        expect(finding === undefined).toBe(wrong === right.join(''));
      }),
      { numRuns: 25 },
    );
  });

  it('says something of any window and any font without failing', () => {
    const image = printed('LOT 80');
    const numbers = fc.double({ min: -1000, max: 1000, noNaN: false });
    const windows = fc.record({ x: numbers, y: numbers, width: numbers, height: numbers });
    const broken = { ...FONT, characters: [{ character: 'L', width: 3, pixels: 'AAAA' }] };
    fc.assert(
      fc.property(windows, fc.constantFrom(FONT, broken), (window, font) => {
        expect(() => checkText(image, window, 'LOT', font)).not.toThrow();
        expect(() => trainFont(image, window, 'LOT')).not.toThrow();
      }),
      { numRuns: 40 },
    );
  });
});

it('keeps bytes as base64', SLOW, () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      expect(parseBase64(toBase64(bytes))).toEqual(bytes);
    }),
  );
  expect(['A', 'A===', '@@@@'].map(parseBase64)).toEqual([undefined, undefined, undefined]);
});
