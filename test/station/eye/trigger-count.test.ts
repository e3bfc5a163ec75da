import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Numbered } from '#devices/camera/notice.ts';
import { type TriggerWords, triggerCount } from '#station/eye/trigger-count.ts';

const counted = (...triggers: readonly number[]): Numbered[] =>
  triggers.map((trigger) => ({ trigger, counts: 'triggers' }));
const anew = ([first, ...rest]: readonly Numbered[]): Numbered[] =>
  first === undefined ? [] : [{ ...first, anew: true }, ...rest];
const pictures = (...triggers: readonly number[]): Numbered[] => anew(triggers.map((trigger) => ({ trigger })));

/** What the line is told of each, with `!` where the count began anew. */
function lineHears(notices: readonly Numbered[]): string[] {
  const count = triggerCount();
  return notices.map((notice) => brief(count.told(count.of(notice))));
}

const brief = ({ trigger, anew: isAnew }: TriggerWords): string => `${trigger}${isAnew === true ? '!' : ''}`;

describe('the number of a trigger, as the line hears it', () => {
  it('grows by one with each picture, and says when the camera was armed again and counts from 1', () => {
    expect(lineHears([...pictures(1, 2, 3), ...pictures(1, 2)])).toEqual(['1!', '2', '3', '4!', '5']);
  });

  it('leaves out what the camera counted while it was not armed or away, and the count is the same', () => {
    const notices = [...anew(counted(100, 101)), ...counted(105, 106)];
    expect(lineHears(notices)).toEqual(['1!', '2', '6', '7']);
  });

  it('says that the camera began anew, whether its number is lower, the same or higher', () => {
    for (const restarted of [1, 101, 4_000]) {
      const notices = [...anew(counted(100, 101)), ...anew(counted(restarted)), ...counted(restarted + 1)];
      expect(lineHears(notices)).toEqual(['1!', '2', '3!', '4']);
    }
  });

  it('does not take a number that does not rise for the same count, whatever is said of it', () => {
    expect(lineHears([...anew(counted(7)), ...counted(7), ...counted(3)])).toEqual(['1!', '2!', '3!']);
    expect(lineHears([{ trigger: 1 }, { trigger: 2 }, { trigger: 1 }])).toEqual(['1!', '2', '3!']);
  });

  it('does not take pictures for triggers', () => {
    const [first, second] = [anew(counted(5)), [{ trigger: 6 }]];
    expect(lineHears([...first, ...second, ...counted(7)])).toEqual(['1!', '2!', '3!']);
  });

  it('is said with what it counts', () => {
    const count = triggerCount();
    expect(count.told(count.of({ trigger: 9, counts: 'triggers', anew: true }))).toEqual({
      trigger: 1,
      count: 'triggers',
      anew: true,
    });
    expect(count.told(count.of({ trigger: 1, anew: true }))).toEqual({ trigger: 2, count: 'pictures', anew: true });
    expect(count.told(count.of({ trigger: 2 }))).toEqual({ trigger: 3, count: 'pictures' });
  });

  it('that began anew is said so with the next answer, when the one it began with was nobody\u2019s', () => {
    const count = triggerCount();
    const places = [...anew(counted(1, 2)), ...anew(counted(1, 2, 3))].map((notice) => count.of(notice));
    expect(brief(count.told(places[0] ?? 0))).toBe('1!');
    // The second and the third were of before the camera was met again.
    expect(places.slice(3).map((place) => brief(count.told(place)))).toEqual(['4!', '5']);
  });

  it('has a place in the order of notices, without gaps', () => {
    const some = fc.array(fc.record({ trigger: fc.nat(9), anew: fc.constantFrom(true as const, undefined) }));
    fc.assert(
      fc.property(some, (numbers) => {
        const count = triggerCount();
        const places = numbers.map(({ trigger, anew: isAnew }) =>
          count.of(isAnew === true ? { trigger, anew: isAnew } : { trigger }),
        );
        expect(places).toEqual(places.map((_, index) => index + 1));
        expect(count.next).toBe(places.length + 1);
        const told = places.map((place) => count.told(place).trigger);
        expect(told.every((number, index) => index === 0 || number > (told[index - 1] ?? 0))).toBe(true);
      }),
    );
  });
});
