import { expect, it } from 'vitest';
import { REASON_CODES } from '#line/verdict.ts';
import { codeOf, PRINTER, producing, raisedBy, type Story, serial, verdictsOf } from './example-line.ts';

/** The PLC's flag on items that it clears away after a stop. */
const PURGED = 0b01000;

/** A line that has just been let go on after a stop, with ten items made before it. */
function goneOn(): Story {
  const story = producing();
  for (let index = 0; index < 8; index += 1) story.good(index);
  return story;
}

it.each([
  ['with a wrong lot', codeOf(serial(9), { lot: 'B2' }), 5],
  ['with a number that was read before', codeOf(serial(3)), 9],
  ['with a number too far ahead', codeOf(serial(30)), 8],
])('an item %s that is purged after a stop fails, and does not stop the line a second time', (_what, text, reason) => {
  const story = goneOn();
  const effects = [...story.trigger(PURGED), ...story.answer(text)];
  expect([verdictsOf(effects)[0]?.reason, raisedBy(effects), story.line.mode]).toEqual([reason, [], 'producing']);
});

it('an item without a code that is purged after a stop is not out of sequence, and does not stop the line a second time', () => {
  const story = goneOn();
  const effects = [...story.trigger(PURGED), ...story.answer(undefined)];
  expect([verdictsOf(effects)[0]?.reason, raisedBy(effects)]).toEqual([REASON_CODES['tracking-lost'], []]);
});

it('an item that stood under the print head bears a new number though it is purged: that is in its turn', () => {
  const story = producing();
  for (let index = 0; index < 3; index += 1) story.good(index);
  story.lose(PRINTER);
  story.back(PRINTER);
  story.release();
  const effects = [...story.trigger(PURGED), ...story.answer(codeOf(serial(story.line.armedFrom)))];
  expect([verdictsOf(effects)[0]?.reason, raisedBy(effects)]).toEqual([REASON_CODES['tracking-lost'], []]);
});

it('a stranger’s carton is remarked even in a purge', () => {
  const story = goneOn();
  story.trigger(PURGED);
  expect(raisedBy(story.answer(codeOf('FOREIGN', { lot: 'B2' })))).toEqual(['foreign-code']);
});

it('the next item with a wrong lot that is not purged stops the line', () => {
  const story = goneOn();
  story.trigger();
  expect(raisedBy(story.answer(codeOf(serial(9), { lot: 'B2' })))).toEqual(['wrong-content']);
});
