import { expect, it } from 'vitest';
import { sound } from './expectations.ts';
import { tell } from './story.ts';

/** What a reader that never noticed a trigger may be seen by: the printer's order, or an item that waits for nothing. */
const SHOWN_BY = ['out-of-sequence', 'tracking-lost', 'frame-skew'];

it('F14: a trigger that never reached the reader stops the line, and no other item gets out by a code that is not its own', async () => {
  const story = await tell({ items: 60, speed: 10, faults: [{ fault: 'F14', item: 30 }] });
  sound(story, 60);
  expect(story.physical.get(30)).toMatchObject({ exposed: false, place: 'diverted' });
  expect(story.stops.map(({ cause = '' }) => cause)).toSatisfy((causes: readonly string[]) =>
    causes.some((cause) => SHOWN_BY.includes(cause)),
  );
});
