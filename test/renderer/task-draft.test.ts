import { describe, expect, it } from 'vitest';
import { FIRST_DRAFT, taskOf } from '#renderer/parts/set-up/task-draft.ts';

describe('what is typed before a set-up of the camera', () => {
  it.each([
    ['a card of unknown reflectance', { card: ' ' }, { kind: 'flat-field' }],
    ['a card of 60 %', { card: '60' }, { kind: 'flat-field', card: 0.6 }],
    [
      'a board, with a comma',
      { kind: 'plane', square: '7,5' },
      { kind: 'plane', board: { across: 9, down: 7, square: 7.5 } },
    ],
    ['a printed code', { kind: 'card', module: '0.5' }, { kind: 'card', module: 0.5 }],
    ['a line of text', { kind: 'font', line: 'lot' }, { kind: 'font', line: 'lot', isNew: false }],
  ] as const)('is a task: %s', (_what, typed, task) => {
    expect(taskOf({ ...FIRST_DRAFT, ...typed })).toEqual(task);
  });

  it.each([
    ['a reflectance of 200 %', { card: '200' }],
    ['words for a figure', { kind: 'plane', across: 'nine' }],
    ['half a square', { kind: 'plane', down: '6.5' }],
    ['no module size', { kind: 'card', module: '' }],
    ['no line', { kind: 'font' }],
  ] as const)('is none: %s', (_what, typed) => {
    expect(taskOf({ ...FIRST_DRAFT, ...typed })).toBeUndefined();
  });
});
