import { describe, expect, it } from 'vitest';
import {
  type CountMark,
  type CountStart,
  type Doubt,
  MOST_NOT_TAKEN,
  type Numbering,
  pictureTally,
  type Repeated,
  type Tally,
  triggerTally,
} from '#devices/camera/gige/stream/tally.ts';
import type { Numbered } from '#devices/camera/notice.ts';

// Which trigger a picture belongs to, from what the camera counted. Times are milliseconds; the camera's clock ticks once
// in each.

const WRAP = 2 ** 32;
const SINCE: CountMark = { trigger: 100, clock: 50_000, at: 7_000 };

interface Begun {
  readonly tally: Tally;
  readonly kept: CountMark[];
  /** A whole picture with this count, at this time of the camera. */
  whole(count: number | undefined, ticks?: number): string;
  next(): string;
}

/** An acquisition that begins when our clock shows 10 000: three seconds behind `SINCE`. */
function begin(change: Partial<CountStart> = {}): Begun {
  const kept: CountMark[] = [];
  const tally = triggerTally({
    before: undefined,
    needsProof: false,
    armedAt: undefined,
    modulus: WRAP,
    clock: Number,
    now: () => 10_000,
    keep: (mark) => kept.push(mark),
    ...change,
  });
  return {
    tally,
    kept,
    whole: (count, ticks = 53_000) => words(tally.whole({ count, ticks: BigInt(ticks) })),
    next: () => brief(tally.next()),
  };
}

/** `!`: the count began anew. In brackets: triggers of which there is no picture. */
function words(numbering: Numbering | Repeated | Doubt): string {
  if ('repeated' in numbering) return `${numbering.repeated} again`;
  if ('doubt' in numbering) return `${numbering.doubt}${numbering.isUseless ? ', for good' : ''}`;
  const { notTaken, own } = numbering;
  return [...notTaken.map((one) => `(${brief(one)})`), brief(own)].join(' ');
}

const brief = ({ trigger, anew }: Numbered): string => `${trigger}${anew === true ? '!' : ''}`;

describe('pictures of a camera that counts no triggers', () => {
  it('are numbered from 1, whether they came whole or not, and the first says that the count is new', () => {
    const tally = pictureTally();
    expect(brief(tally.next())).toBe('1!');
    expect(words(tally.whole({ count: undefined, ticks: 0n }))).toBe('2');
    expect(words(tally.whole({ count: 77, ticks: 0n }))).toBe('3');
  });
});

describe('pictures of a camera that counts its triggers', () => {
  it('have its numbers', () => {
    const { whole, kept, tally } = begin({ armedAt: 41 });
    expect([whole(42), whole(43)]).toEqual(['42!', '43']);
    expect(tally.whole({ count: 44, ticks: 0n })).toEqual({
      notTaken: [],
      own: { trigger: 44, counts: 'triggers' },
    });
    expect(kept[1]).toEqual({ trigger: 43, clock: 53_000, at: 10_000 });
  });

  it('show the triggers of which it took none, each once', () => {
    const { whole } = begin({ armedAt: 0 });
    expect([whole(1), whole(2), whole(5), whole(6)]).toEqual(['1!', '2', '(3) (4) 5', '6']);
  });

  it('show a first trigger that it missed', () => {
    expect(begin({ armedAt: 41 }).whole(43)).toBe('(42!) 43');
  });

  it('are not told of a trigger twice, when a picture was lost on its way', () => {
    const { whole, next } = begin({ armedAt: 0 });
    expect([whole(1), next(), whole(3)]).toEqual(['1!', '2', '3']);
    // One was missed by the camera, and one of those that it sent was lost.
    expect([next(), whole(6)]).toEqual(['4', '(5) 6']);
  });

  it('go on behind the last number that the counter has', () => {
    const { whole } = begin({ armedAt: WRAP - 3 });
    expect([whole(WRAP - 2), whole(1)]).toEqual([`${WRAP - 2}!`, `(${WRAP - 1}) (${WRAP}) ${WRAP + 1}`]);
    const narrow = begin({ armedAt: 65_534, modulus: 65_536 });
    expect([narrow.whole(65_535), narrow.whole(0), narrow.whole(1)]).toEqual(['65535!', '65536', '65537']);
  });

  it('may come with what had been counted before this trigger', () => {
    const { whole } = begin({ armedAt: 7 });
    expect([whole(7), whole(8), whole(10)]).toEqual(['7!', '8', '(9) 10']);
  });

  it('are in the same count after the camera was armed again, and what passed meanwhile is left out', () => {
    expect(begin({ before: SINCE, armedAt: 104 }).whole(105)).toBe('105');
    expect(begin({ before: SINCE, armedAt: 104 }).whole(107)).toBe('(105) (106) 107');
    // Without a look at the counter nobody knows which of them passed before it was armed.
    expect(begin({ before: SINCE }).whole(107)).toBe('107');
  });

  it('are unwrapped in the same count', () => {
    const before = { ...SINCE, trigger: 3 * WRAP + 10 };
    expect(begin({ before, armedAt: 12 }).whole(13)).toBe(`${3 * WRAP + 13}`);
  });
});

describe('a camera that was away', () => {
  const away = { before: SINCE, needsProof: true } as const;

  it('went on counting when its clock went on', () => {
    expect(begin({ ...away, armedAt: 104 }).whole(105, 53_000)).toBe('105');
    expect(begin({ ...away, armedAt: 104 }).whole(105, 53_400)).toBe('105');
  });

  it('began anew when its count went back', () => {
    const { whole } = begin({ ...away, armedAt: 3 });
    expect([whole(4), whole(5)]).toEqual(['4!', '5']);
  });

  it('began anew when it was restarted, however far it has counted since', () => {
    const { whole } = begin({ ...away, armedAt: 104 });
    expect([whole(105, 2_900), whole(106)]).toEqual(['105!', '106']);
  });

  it('began anew when its clock says nothing', () => {
    expect(begin({ ...away, armedAt: 104, clock: () => undefined }).whole(105)).toBe('105!');
    expect(begin({ ...away, before: { ...SINCE, clock: undefined }, armedAt: 104 }).whole(105)).toBe('105!');
  });

  it('and was restarted, has no trigger twice when a picture was lost before the first that came', () => {
    const { next, whole } = begin({ ...away, armedAt: 104 });
    expect([next(), whole(106, 10), whole(108)]).toEqual(['105', '106!', '(107) 108']);
  });

  it('is believed as soon as one picture has shown it, and not before', () => {
    const { next, whole } = begin({ ...away, armedAt: undefined });
    expect([next(), whole(104), whole(105)]).toEqual(['101', '104', '105']);
  });
});

describe('a count of triggers that is not believed', () => {
  it('goes back while the camera is armed: it began anew', () => {
    const { whole } = begin({ armedAt: 50 });
    expect([whole(51), whole(2), whole(3), whole(5)]).toEqual(['51!', '2!', '3', '(4) 5']);
  });

  it('stands still', () => {
    const { whole } = begin({ armedAt: 50 });
    const doubt = "the camera's count of triggers stands still at 51, for good";
    expect([51, 51, 51, 51].map((count) => whole(count))).toEqual(['51!', '51 again', '51 again', doubt]);
    const armed = begin({ before: SINCE, armedAt: 100 });
    expect([armed.whole(100), armed.whole(101), armed.whole(101)]).toEqual(['100 again', '101', '101 again']);
  });

  it('is that of a picture which was sent twice: the second belongs to nobody, and nothing is shifted', () => {
    const { whole } = begin({ armedAt: 50 });
    expect([51, 52, 52, 53, 53, 54].map((count) => whole(count))).toEqual([
      '51!',
      '52',
      '52 again',
      '53',
      '53 again',
      '54',
    ]);
  });

  it('is that of a picture which was said to be lost: one word is enough', () => {
    const { whole, next } = begin({ armedAt: 50 });
    expect([whole(51), next(), next(), whole(52), whole(54)]).toEqual(['51!', '52', '53', '52 again', '54']);
  });

  it('jumps further than a line can have gone', () => {
    const { whole } = begin({ armedAt: 50 });
    expect(whole(51)).toBe('51!');
    expect(whole(52 + MOST_NOT_TAKEN).split(' ')).toHaveLength(MOST_NOT_TAKEN + 1);
    expect(whole(1_000)).toBe('the camera was triggered 691 times without taking a picture');
  });

  it('is missing', () => {
    expect(begin({ armedAt: 50 }).whole(undefined)).toBe('a picture came without the count of triggers, for good');
  });
});
