import { describe, expect, it } from 'vitest';
import { CameraJob } from '#contract/camera-job.ts';
import type { SetUpTask } from '#contract/camera-set-up.ts';
import { cameraView } from '#virtual-line/camera/scene.ts';
import { type Target, targetPicture } from '#virtual-line/camera/targets.ts';
import { readCard } from '#vision/calibrate/read-card.ts';
import { openSetUp } from '#vision/calibrate/set-up.ts';
import { openReader } from '#vision/decode/reader.ts';
import { compileDecoder } from '#vision/decode/wasm.ts';
import type { GreyImage } from '#vision/image.ts';

// What the virtual line puts before its camera is what the guided set-up asks for.

const CAMERA = cameraView({ motion: 0 });
const JOB = CameraJob.parse({
  name: 'carton 640x480 v1',
  frame: { width: 640, height: 480 },
  trigger: 'line',
  symbologies: ['DataMatrix'],
  code: { window: { x: 40, y: 100, width: 280, height: 280 }, module: 6 },
});
const LINE = { x: 320, y: 160, width: 300, height: 40 };

let shot = 0;
function picture(target: Exclude<Target, 'items'>): { kind: 'picture'; image: GreyImage; at: number } {
  shot += 1;
  const pixels = targetPicture(target, CAMERA, shot);
  return { kind: 'picture', image: { pixels, width: 640, height: 480, stride: 640 }, at: 1_795_350_000_000 };
}

async function begin(task: SetUpTask, window = LINE) {
  const reader = await openReader(await compileDecoder());
  return openSetUp({ job: JOB, task, window }, (image, module) => readCard(reader, image, module));
}

describe('what can be put before the emulated camera', () => {
  it('is a lens cover and a grey card, from which the light is learnt', async () => {
    const setUp = await begin({ kind: 'flat-field', card: 0.6 });
    const said = [
      setUp.state.sentence,
      setUp.hear(picture('grey-card')).sentence,
      setUp.hear(picture('dark')).sentence,
    ];
    for (let frame = 0; frame < 16; frame += 1) setUp.hear(picture('grey-card'));
    const { step, sentence, done, of, marks, lesson } = setUp.state;
    expect([said, step, done, of]).toEqual([
      [
        'Switch the light off, or cover the lens.',
        expect.stringMatching(/^Switch the light off, or cover the lens\. The frame is not dark: 1\d\d grey levels\.$/),
        'Show the matte card; it must fill the frame.',
      ],
      'done',
      16,
      16,
    ]);
    expect(sentence).toMatch(/^The light is known from 16 frames; it differs by [2-5] % over the frame\.$/);
    expect(lesson).toMatchObject({ kind: 'flat-field', profile: 'carton 640x480 v1', step: 48, card: 0.6 });
    expect(marks.gains).toMatchObject({ step: 48, across: 15 });
    expect(marks.gains?.values).toHaveLength(15 * 11);
  });

  it('is a board, from which the plane is learnt', async () => {
    const setUp = await begin({ kind: 'plane', board: { across: 9, down: 7, square: 5 } });
    const { step, marks, lesson } = setUp.hear(picture('board'));
    expect([step, marks.corners.length]).toEqual(['done', 48]);
    expect(lesson).toMatchObject({ kind: 'plane', millimetresPerPixel: expect.closeTo(1 / 12, 4) });
  });

  it('is a printed code, from which the plane is learnt as well', async () => {
    const setUp = await begin({ kind: 'card', module: 1 });
    expect(setUp.hear(picture('grey-card'))).toMatchObject({
      step: 'wants-board',
      sentence: 'Lay the printed code into the product plane. No code was read.',
    });
    const { step, marks, lesson } = setUp.hear(picture('printed-code'));
    expect([step, marks.corners.length]).toEqual(['done', 4]);
    expect(lesson).toMatchObject({ kind: 'plane', millimetresPerPixel: expect.closeTo(1 / 12, 4) });
  });
});
