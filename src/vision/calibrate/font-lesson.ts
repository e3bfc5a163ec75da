import type { Window } from '#contract/camera-job.ts';
import type { SetUpMarks } from '#contract/camera-set-up.ts';
import type { TrainedFont } from '#contract/trained-font.ts';
import type { SetUpState } from '#vision/calibrate/messages.ts';
import type { SetUp } from '#vision/calibrate/set-up.ts';
import { type CutCharacter, trainFont } from '#vision/check/train-font.ts';
import type { GreyImage } from '#vision/image.ts';

const NO_MARKS: SetUpMarks = { corners: [] };
const WANTS_PICTURE = 'Put an item with good print before the camera, or choose a kept picture.';
const WANTS_TEXT = 'Write exactly what the line in the window says.';

/** Training of a font: a picture, then what its line says. `font`: what was trained before; characters are added to it. */
export function fontLesson(window: Window, font: TrainedFont | undefined): SetUp {
  let image: GreyImage | undefined;
  let state = waiting('wants-picture', WANTS_PICTURE);
  return {
    get state() {
      return state;
    },
    hear(signal) {
      switch (signal.kind) {
        case 'picture':
          image = signal.image;
          state = waiting('wants-text', WANTS_TEXT);
          return state;
        case 'text':
          if (image !== undefined) state = trained(image, { window, text: signal.text, font });
          return state;
        case 'again':
          image = undefined;
          state = waiting('wants-picture', WANTS_PICTURE);
          return state;
        case 'no-dark':
          return state;
      }
    },
  };
}

function waiting(step: 'wants-picture' | 'wants-text', sentence: string): SetUpState {
  return { step, sentence, done: 0, of: 1, marks: NO_MARKS };
}

function trained(
  image: GreyImage,
  { window, text, font }: { readonly window: Window; readonly text: string; readonly font: TrainedFont | undefined },
): SetUpState {
  const training = trainFont(image, window, text, font);
  if (training.kind === 'refused') return waiting('wants-text', `Not trained: ${training.why}. ${WANTS_TEXT}`);
  return {
    step: 'done',
    sentence: fontSentence(training.font),
    done: 1,
    of: 1,
    marks: { corners: [], cuts: training.cuts.map((cut: CutCharacter) => ({ ...cut })) },
    lesson: { kind: 'font', font: training.font },
  };
}

/** What a font says of itself, its limits first. */
export function fontSentence({ characters, alike }: TrainedFont): string {
  const known = `${characters.length} characters are known: ${characters.map(({ character }) => character).join(' ')}.`;
  if (alike.length === 0) return known;
  const pairs = alike.map((pair) => [...pair].join(' and ')).join(', ');
  return `${known} Not told apart: ${pairs}.`;
}
