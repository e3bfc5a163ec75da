import { describe, expect, it } from 'vitest';
import { tellOfCamera, view } from './camera-line.ts';
import { sound, stopsOf } from './expectations.ts';
import type { Story } from './story.ts';
import { serialIn } from './witnesses.ts';

interface Judged {
  readonly item: number;
  readonly serial: string | null;
  readonly reason: string | null;
}

/** The verdicts of a run on a line that started once: the record counts items from 0, the ledger from 1. */
const judged = (story: Story): ReadonlyMap<number, Judged> =>
  new Map(
    view<Judged>(story.data, 'SELECT item, serial, reason FROM v_verdict ORDER BY seq').map((row) => [
      row.item + 1,
      row,
    ]),
  );

/** Items whose verdict names another serial than the one that is printed on them. */
function misnamed(story: Story): readonly number[] {
  const wrong = [...judged(story)].filter(([item, { serial }]) => {
    const { contents = [] } = story.physical.get(item) ?? {};
    return serial !== null && !contents.map(serialIn).includes(serial);
  });
  return wrong.map(([item]) => item);
}

const unpictured = (story: Story): readonly number[] =>
  [...story.physical.values()].filter(({ exposed }) => !exposed).map(({ item }) => item);

/** What is said of items that nobody pictured. */
const reasonsOf = (story: Story, items: readonly number[]): readonly (string | null | undefined)[] =>
  items.map((item) => judged(story).get(item)?.reason);

describe('a camera that counts its triggers', () => {
  it('F14-trigger fails the one item of which no picture was taken, and every other item keeps its own code', async () => {
    const story = await tellOfCamera({ items: 40, faults: [{ fault: 'F14-trigger', item: 20 }] });
    sound(story, 40);
    expect(unpictured(story)).toEqual([20]);
    expect(judged(story).get(20)).toMatchObject({ serial: null, reason: 'no-image' });
    expect(story.physical.get(20)?.place).toBe('diverted');
    expect(misnamed(story)).toEqual([]);
    expect(stopsOf(story)).toEqual([]);
  });

  it('F14-trigger at the very first item fails that one, and not the whole run', async () => {
    const story = await tellOfCamera({ items: 20, faults: [{ fault: 'F14-trigger', item: 1 }] });
    sound(story, 20);
    expect(unpictured(story)).toEqual([1]);
    expect(reasonsOf(story, [1])).toEqual(['no-image']);
    expect(misnamed(story)).toEqual([]);
  });

  it('tells missed triggers from lost and torn pictures, also where one follows the other', async () => {
    const faults = [
      { fault: 'F14-trigger', item: 10 },
      { fault: 'F14-trigger', item: 11 },
      { fault: 'F14-lost', item: 20 },
      { fault: 'F14-trigger', item: 21 },
      { fault: 'F14-trigger', item: 30 },
      { fault: 'F14-incomplete', item: 31 },
    ];
    const story = await tellOfCamera({ items: 40, faults });
    sound(story, 40);
    expect(unpictured(story)).toEqual([10, 11, 21, 30]);
    expect(reasonsOf(story, [10, 11, 20, 21, 30, 31])).toEqual(Array(6).fill('no-image'));
    expect(misnamed(story)).toEqual([]);
  });
});

it('A camera that only counts its pictures works as well: a picture that was lost fails its item', async () => {
  const virtualLine = ['--camera', 'counts-pictures'];
  const story = await tellOfCamera({ items: 30, faults: [{ fault: 'F14-lost', item: 15 }], virtualLine });
  sound(story, 30);
  expect(reasonsOf(story, [15])).toEqual(['no-image']);
  expect(misnamed(story)).toEqual([]);
});
