import { describe, expect, it } from 'vitest';
import { ratePerMinuteOf } from '#line/figures.ts';
import { codeOf, openStory, producing, raisedBy, type Story, serial, verdictsOf } from './example-line.ts';

const HOUR = 3_600_000;
const JUMPS = [
  ['an hour back', -HOUR],
  ['an hour forward', HOUR],
] as const;

/** Items after each other; each has its verdict. */
function make(story: Story, from: number, count: number): readonly boolean[] {
  return Array.from({ length: count }, (_, offset) => {
    const [verdict] = verdictsOf(story.item(from + offset));
    story.outcome(verdict?.pass === true ? 'good-exit' : 'diverted');
    return verdict?.pass === true;
  });
}

describe.each(JUMPS)('a wall clock that is set %s', (_, by) => {
  it('while the belt stands loses no item: the pictures after the start are not taken for late ones', () => {
    const story = producing({ settings: { countsPicturesOnly: true } });
    make(story, 0, 3);
    story.lose('reader-1');
    story.rest(250);
    story.setClock(by);
    story.back('reader-1');
    story.resume();
    expect(make(story, story.line.armedFrom, 3)).toEqual([true, true, true]);
    expect(raisedBy(story.effects)).toEqual(['device-offline']);
  });

  it('while the belt runs changes no verdict', () => {
    const story = producing();
    const before = make(story, 0, 3);
    story.setClock(by);
    expect([before, make(story, 3, 3)].flat()).toEqual(Array(6).fill(true));
  });

  it('just while the first picture after a standstill is looked at stops the line: how old it is, nobody knows', () => {
    const story = producing({ settings: { countsPicturesOnly: true } });
    make(story, 0, 3);
    story.lose('reader-1');
    story.rest(250);
    story.back('reader-1');
    story.resume();
    story.trigger();
    const taken = story.now();
    story.setClock(by);
    const first = story.answer(codeOf(serial(story.line.armedFrom)), { at: taken });
    expect([verdictsOf(first), raisedBy(first)]).toEqual([[], ['tracking-lost']]);
    story.outcome('diverted');
    story.rest(450);
    story.resume();
    expect(make(story, story.line.armedFrom, 2)).toEqual([true, true]);
  });

  it('shows in no rate', () => {
    const story = openStory();
    story.connect();
    const rates: (number | undefined)[] = [];
    const watch = (items: number): void => {
      for (let n = 0; n < items; n += 1) {
        story.blank();
        rates.push(ratePerMinuteOf(story.line.figures, story.line.clock));
      }
    };
    watch(100);
    story.setClock(by);
    watch(200);
    expect(rates[99]).toBeCloseTo(300, -1);
    expect(rates.slice(100).every((rate) => rate !== undefined && Math.abs(rate - 300) < 10)).toBe(true);
  });
});
