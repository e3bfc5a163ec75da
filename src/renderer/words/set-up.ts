import type { CameraSetUp, SetUpSession, SetUpStep, SetUpTask, Taught } from '#contract/camera-set-up.ts';
import { dateAndTime, figure } from '#renderer/words/format.ts';

type Kind = SetUpTask['kind'];

/** Texts of the camera's set-up page. */
export const setUpWords = {
  title: 'Camera set-up',
  view: 'Camera set-up',
  idle: 'Choose what the camera shall learn. It is done between runs.',
  tasks: 'What the camera shall learn',
  task: {
    'flat-field': {
      name: 'Light',
      what: 'How evenly the frame is lit, from a dark picture and sixteen of a plain matte card. Grades then depend less on where in the frame the code stands.',
    },
    plane: {
      name: 'Plane, by a board',
      what: 'Where the product plane lies, from one picture of a printed checkerboard. Axial and grid non-uniformity are then measured in the plane, not in pixels of this camera.',
    },
    card: {
      name: 'Plane, by a printed code',
      what: 'Where the product plane lies, from one picture of a printed DataMatrix or QR code whose module size is known.',
    },
    font: {
      name: 'Characters',
      what: 'How the characters of a printed line look, from a picture whose text is known.',
    },
  } satisfies Record<Kind, { readonly name: string; readonly what: string }>,
  limits: {
    'flat-field':
      'It holds for this exposure, gain, lens and light. It evens out light; it cannot mend a saturated or a dark corner.',
    plane:
      'It holds for this lens and distance, and for print that lies in this plane. Moving the camera makes it void.',
    card: 'It holds for this lens and distance. It is sure only where the code lies: show a code that fills much of the frame, or a board.',
    font: 'Characters are compared as pictures: another font, size or distance must be learnt again, and touching characters cannot be cut. One that was never learnt fails its item; unknown text is not read.',
  } satisfies Record<Kind, string>,
  field: {
    card: 'Reflectance of the card, if known',
    across: 'Squares across',
    down: 'Squares down',
    square: 'Side of a square',
    module: 'Side of a module',
    line: 'Line of text',
    isNew: 'New font, size or distance: forget the characters known so far',
    text: 'Text of the line',
    serial: 'Serial number of an item',
  },
  unit: { card: '%', square: 'mm', module: 'mm' } as Readonly<Record<string, string>>,
  noLines: 'The job of this camera compares no text, so there is nothing to train.',
  invalid: 'A figure is missing or out of range.',
  taught: 'What it knows',
  taughtNone: 'Nothing yet: grades are camera-dependent, and say so.',
  by: (who: string, at: string) => `${who}, ${at}`,
  fromFile: 'from the line file',
  inForce: 'in force',
  void: 'not in force',

  begin: 'Begin',
  picture: 'Take a picture',
  accept: 'Accept',
  discard: 'Discard',
  again: 'Begin again',
  noDark: 'Skip: the light stays on',
  train: 'Learn these characters',
  series: (every: number) => `Take one every ${every / 1000}\u00a0s`,
  seriesOn: (every: number) => `A picture is taken every ${every / 1000}\u00a0s: keep moving the card.`,
  stop: 'Stop',
  useKept: 'Use its kept picture',
  noKept: 'No kept picture of this serial number.',
  busy: 'Taking the picture …',
  progress: (done: number, of: number) => `${figure(done)} of ${figure(of)} pictures`,
  steps: 'Steps',
  underWay: (what: string, who: string) => `${what} · begun by ${who}`,
  picturePlace: 'The picture appears here as soon as one is taken.',
  pictureLabel: (what: string) => `The camera's whole picture${what === '' ? '' : `: ${what}`}`,
  corners: (count: number) => (count === 1 ? '1 corner found' : `${figure(count)} corners found`),
  gains: 'factors that make the light even',
  cuts: (count: number) => `${figure(count)} characters cut`,
  cutList: 'Characters as they were cut',
  target: 'Before the camera',
  targetHint: 'Training: choose what it sees.',
  targetState: {
    asked: 'It is being put there …',
    there: 'It stands before the camera.',
    missing: 'It does not stand there. Choose it again.',
  },
  targets: {
    items: 'Items on the belt',
    dark: 'Lens cover',
    'grey-card': 'Grey card, 60 %',
    board: 'Board, 9 × 7 of 5 mm',
    'printed-code': 'Printed code, 1 mm modules',
    label: 'Item with good print',
  } as Readonly<Record<string, string>>,

  verb: 'Setting the camera up',
  accepted: 'It is in force. The inspection practises with it; a run can start when that is done.',
  discarded: 'Nothing was kept.',
  effect: (sentence: string) =>
    `${sentence} It is in force from the next run on and stands before the line file. It goes into the audit trail, with its data.`,
  reason: 'Reason',
  quick: ['First commissioning', 'Lamp or lens changed', 'Camera was moved', 'New font on the printer'],
} as const;

/** The steps of a task; the last one is to accept. */
export const STEPS: Readonly<Record<Kind, readonly { readonly at: readonly SetUpStep[]; readonly name: string }[]>> = {
  'flat-field': [
    { at: ['wants-dark'], name: 'Picture without light' },
    { at: ['wants-card'], name: 'Pictures of the card' },
    { at: ['done'], name: 'Accept' },
  ],
  plane: [
    { at: ['wants-board'], name: 'Picture of the board' },
    { at: ['done'], name: 'Accept' },
  ],
  card: [
    { at: ['wants-board'], name: 'Picture of the printed code' },
    { at: ['done'], name: 'Accept' },
  ],
  font: [
    { at: ['wants-picture'], name: 'Picture of good print' },
    { at: ['wants-text'], name: 'What its line says' },
    { at: ['done'], name: 'Accept' },
  ],
};

/** "Plane, by a board · begun by supervisor". */
export function underWay({ task, by }: Pick<SetUpSession, 'task' | 'by'>): string {
  return setUpWords.underWay(setUpWords.task[task.kind].name, by);
}

/** "Light", "Plane" or "Characters, font ink". */
export function taughtName({ what, name }: Taught): string {
  if (what === 'font') return `${setUpWords.task.font.name}, font ${name ?? ''}`;
  return what === 'plane' ? 'Plane' : setUpWords.task['flat-field'].name;
}

/** Who taught it, and when. */
export function taughtBy({ from, at, userId }: Taught): string {
  const when = at === undefined ? '' : dateAndTime(at);
  if (from === 'line-file') return when === '' ? setUpWords.fromFile : setUpWords.by(setUpWords.fromFile, when);
  return setUpWords.by(userId ?? '', when);
}

/** A figure and its unit are never parted at the end of a line, nor is "640 × 480". */
export function keptTogether(sentence: string): string {
  return sentence.replace(/(\d) (?=mm|px|%|×|pixels|grey|ms|s\b)/g, '$1\u00a0').replace(/× (?=\d)/g, '×\u00a0');
}

/** What is to be seen in the picture, for those who cannot see it. */
export function marksText({ marks }: Pick<SetUpSession, 'marks'>): string {
  return [
    ...(marks.corners.length === 0 ? [] : [setUpWords.corners(marks.corners.length)]),
    ...(marks.gains === undefined ? [] : [setUpWords.gains]),
    ...(marks.cuts === undefined ? [] : [setUpWords.cuts(marks.cuts.length)]),
  ].join(', ');
}

/** The lines of text that a font can be trained with, as a choice. */
export function lineChoices({ lines }: Pick<CameraSetUp, 'lines'>): { value: string; label: string }[] {
  return lines.map(({ name, font }) => ({ value: name, label: `${name} (font ${font})` }));
}
