import { describe, expect, it } from 'vitest';
import { CameraJob } from '#contract/camera-job.ts';
import { createFrameRing } from '#contract/frame-ring.ts';
import type { SetUpSignal, SetUpState } from '#vision/calibrate/messages.ts';
import { openSetUpThread } from '#vision/calibrate/open-thread.ts';
import { openSetUp } from '#vision/calibrate/set-up.ts';
import { encodePng } from '#vision/evidence/png.ts';
import type { GreyImage } from '#vision/image.ts';
import { textPicture } from '../dot-font.ts';
import { renderView } from '../render-1d.ts';

const FRAME = { width: 400, height: 70 };
const WINDOW = { x: 10, y: 10, width: 380, height: 50 };
const JOB = CameraJob.parse({
  name: 'carton v1',
  frame: FRAME,
  trigger: 'line',
  symbologies: ['DataMatrix'],
  code: { window: WINDOW, module: 6 },
});
const FONT = { kind: 'font', line: 'lot', isNew: false } as const;

function printed(text: string, scale = 3): GreyImage {
  return renderView(textPicture(text), { ...FRAME, scale });
}

function lesson(font?: Parameters<typeof openSetUp>[0]['font']) {
  return openSetUp({ job: JOB, task: FONT, window: WINDOW, ...(font === undefined ? {} : { font }) }, () => undefined);
}

function fontOf({ lesson: learnt }: SetUpState) {
  if (learnt?.kind !== 'font') throw new Error('no font was learnt');
  return learnt.font;
}

describe('training of a font at the camera', () => {
  it('asks for a picture, then for its text, and shows where each character was cut', () => {
    const setUp = lesson();
    const said = [setUp.state.sentence];
    said.push(setUp.hear({ kind: 'picture', image: printed('LOT 80'), at: 1 }).sentence);
    const done = setUp.hear({ kind: 'text', text: 'LOT 80' });
    expect([...said, done.sentence]).toEqual([
      'Put an item with good print before the camera, or choose a kept picture.',
      'Write exactly what the line in the window says.',
      '5 characters are known: L O T 8 0.',
    ]);
    expect(done.marks.cuts?.map(({ character }) => character).join('')).toBe('LOT80');
    const lefts = done.marks.cuts?.map(({ x }) => x) ?? [];
    expect(lefts).toEqual(lefts.toSorted((a, b) => a - b));
  });

  it('says why a text cannot be trained, and lets it be written again', () => {
    const setUp = lesson();
    setUp.hear({ kind: 'picture', image: printed('LOT 80'), at: 1 });
    expect(setUp.hear({ kind: 'text', text: 'LOT 8000000' })).toMatchObject({
      step: 'wants-text',
      sentence:
        'Not trained: 10 separate characters were not found in the window. Write exactly what the line in the window says.',
    });
    expect(setUp.hear({ kind: 'text', text: 'LOT 80' }).step).toBe('done');
  });

  it('adds to the characters that were known before', () => {
    const first = lesson();
    first.hear({ kind: 'picture', image: printed('LOT 80'), at: 1 });
    const known = fontOf(first.hear({ kind: 'text', text: 'LOT 80' }));
    const second = lesson(known);
    second.hear({ kind: 'picture', image: printed('LOT 42'), at: 2 });
    expect(second.hear({ kind: 'text', text: 'LOT 42' }).sentence).toBe('7 characters are known: L O T 8 0 4 2.');
  });

  it('begins again with another picture', () => {
    const setUp = lesson();
    setUp.hear({ kind: 'picture', image: printed('LOT 80'), at: 1 });
    setUp.hear({ kind: 'again' });
    expect(setUp.hear({ kind: 'text', text: 'LOT 80' }).step).toBe('wants-picture');
  });

  it('takes a kept picture in the place of a new one, and says when a file is none', async () => {
    const answer = openSetUpThread({ ring: createFrameRing(1, 400 * 70), job: JOB, task: FONT, window: WINDOW });
    const tell = async (signal: SetUpSignal) => answer({ id: 1, signal });
    expect(await tell({ kind: 'kept', png: new Uint8Array(40) })).toEqual({
      id: 1,
      fault: 'the file is no picture of this workstation',
    });
    await tell({ kind: 'kept', png: encodePng(printed('LOT 80')) });
    expect(await tell({ kind: 'text', text: 'LOT 80' })).toMatchObject({ state: { step: 'done' } });
  });
});
