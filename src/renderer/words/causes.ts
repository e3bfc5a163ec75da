import type { EyeCause } from '#contract/eye.ts';

/** What is wrong with the print, and what to do about it: two sentences. */
export interface CauseText {
  readonly what: string;
  readonly act: string;
}

/** The probable cause in words (vision.md §3.3). People count rows and columns from 1. */
export function printCause(cause: EyeCause): CauseText {
  switch (cause.kind) {
    case 'dead-nozzle':
      return {
        what: `Row ${cause.row + 1} of the print is missing: a nozzle is blocked.`,
        act: 'Clean the print head.',
      };
    case 'dead-column':
      return {
        what: `Column ${cause.column + 1} of the print is missing: the encoder slipped or a pulse was lost.`,
        act: 'Check encoder wheel and print trigger.',
      };
    case 'conveyor-speed':
      return {
        what: 'The code is stretched: belt and print head disagree about the speed.',
        act: 'Check the encoder and whether the belt slips.',
      };
    case 'print-growth':
      return growthText(cause);
    case 'low-contrast':
      return {
        what: 'The contrast is low: ink, lamp or a dirty window.',
        act: 'Clean the camera window, then check lamp and ink.',
      };
    case 'blur':
      return {
        what: 'The picture is blurred: focus, or the exposure is too long for the speed.',
        act: 'Check focus and distance of the camera.',
      };
    case 'jitter':
      return {
        what: 'Modules stand out of line: the print head shakes, or the camera is tilted.',
        act: 'Check how print head and camera are fixed.',
      };
    case 'quiet-zone':
      return {
        what: 'Something touches the edge of the code: dirt, or the print has shifted.',
        act: 'Check the position of the print on the item.',
      };
    case 'damage':
      return {
        what: 'Part of the code is damaged: scratch, dirt or a fold.',
        act: 'Look at the items ahead of the camera.',
      };
  }
}

function growthText({ axis, growth }: Extract<EyeCause, { kind: 'print-growth' }>): CauseText {
  const much = `${Math.abs(growth).toFixed(1)} modules`;
  if (axis !== 'both') {
    return {
      what: `The print is smeared by ${much} in one direction: items move while they are printed.`,
      act: 'Check belt speed and drying at the print head.',
    };
  }
  return growth > 0
    ? {
        what: `The print is ${much} too fat: too much ink, or the surface soaks it up.`,
        act: 'Reduce the drop size and check the material.',
      }
    : {
        what: `The print is ${much} too thin: too little ink.`,
        act: 'Check ink level and head temperature.',
      };
}
