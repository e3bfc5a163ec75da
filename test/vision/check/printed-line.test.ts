import { describe, expect, it } from 'vitest';
import type { TrainedFont } from '#contract/trained-font.ts';
import { elementString } from '#gs1/element-string.ts';
import { textGrid } from '#virtual-line/camera/font.ts';
import { itemScene } from '#virtual-line/camera/label.ts';
import { type Rendered, renderFrame } from '#virtual-line/camera/render.ts';
import { type CameraView, cameraView, type Mark } from '#virtual-line/camera/scene.ts';
import { FLAWLESS, type PrintDefects } from '#virtual-line/print-defects.ts';
import { checkText } from '#vision/check/text.ts';
import { trainFont } from '#vision/check/train-font.ts';

/** Pictures are rendered pixel by pixel: a busy machine may take its time. */
const SLOW = { timeout: 60_000 };

/** Letters that the label of the virtual line uses, on lines as long as its own. */
const TRAINED = ['0123456789', 'ABCDEFGHIJ', 'KLMNOPRSTU', 'VWXYZ'];

/** A font trained from pictures that the virtual line's camera takes. */
function trainedOnTheLine(): TrainedFont {
  const camera = cameraView();
  let font: TrainedFont | undefined;
  for (const [seed, text] of TRAINED.entries()) {
    const mark: Mark = { kind: 'text', grid: textGrid(text), x: -7, y: -1, cell: 0.25 };
    const image = renderFrame({ marks: [mark], print: FLAWLESS, seed }, camera);
    const training = trainFont(image, { x: 220, y: 215, width: 250, height: 50 }, text, font);
    if (training.kind === 'refused') throw new Error(`${text}: ${training.why}`);
    font = training.font;
  }
  if (font === undefined) throw new Error('nothing was trained');
  return font;
}

const FONT = trainedOnTheLine();

function printed(lot: string, print: Partial<PrintDefects> = {}, view: Partial<CameraView> = {}): Rendered {
  const content = elementString([
    { ai: '01', value: '09521234543213' },
    { ai: '21', value: 'ABC123' },
    { ai: '17', value: '271231' },
    { ai: '10', value: lot },
  ]);
  return renderFrame(itemScene(content, { print: { ...FLAWLESS, ...print }, seed: 4 }), cameraView(view));
}

/** The window of the fourth line, as a job has it. */
const WINDOW = { x: 270, y: 268, width: 300, height: 46 };

function verdict(image: Rendered, expected: string): string {
  return checkText(image, WINDOW, expected, FONT).finding?.found ?? 'as expected';
}

describe('the text beside the code of the virtual line', SLOW, () => {
  it.each(['L8B0O1', 'A1', 'XYZ777', 'BB88BB'])('is read: LOT %s', (lot) => {
    expect(verdict(printed(lot), `LOT ${lot}`)).toBe('as expected');
  });

  it.each([
    ['L8B0O1', 'L8B001', 'character 9 reads O, expected 0'],
    ['L880O1', 'L8B0O1', 'character 7 reads 8, expected B'],
    ['L8B0O1', 'L8B0O2', 'character 10 reads 1, expected 2'],
    ['L8B0', 'L8B0O', 'character 9 is not legible (0.00), expected O'],
    ['L8B0O1', 'L8B0O', 'something is printed behind it'],
  ])('LOT %s is not taken for LOT %s', (seen, expected, found) => {
    expect(verdict(printed(seen), `LOT ${expected}`)).toBe(found);
  });

  it('is not read when it is missing', () => {
    expect(verdict(printed('L8B0O1', { missing: true }), 'LOT L8B0O1')).toBe('no text like it in the window');
  });
});
