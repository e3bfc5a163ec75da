import { describe, expect, it } from 'vitest';
import { accountOf, accountsOf, stateOf } from '#line/ledger.ts';
import {
  alarmsOf,
  codeOf,
  EXECUTE,
  kindsOf,
  openStory,
  PLC,
  PRINTER,
  producing,
  raisedBy,
  STOP,
  serial,
  verdictsOf,
} from './example-line.ts';

describe('the end of a run', () => {
  const small = { expected: { quantity: 3 } };

  it('closes the infeed when what is good and on its way make the quantity', () => {
    const story = producing(small);
    story.good(0);
    story.good(1);
    expect(kindsOf(story.item(2))).toEqual(['record', 'send-verdict', 'machine', 'permit']);
    expect(story.line.mode).toBe('running-out');
  });

  it('is not told to a machine that still stands: it would be complete with items on its belt', () => {
    const story = producing(small);
    for (const index of [0, 1]) story.item(index);
    story.lose(PRINTER);
    story.machine(11);
    story.back(PRINTER);
    story.printed(4);
    story.tell({ kind: 'released', at: story.now() });
    const made = [...story.outcome('good-exit', 0), ...story.outcome('good-exit', 1)];
    expect(made.filter(({ kind }) => kind === 'machine')).toEqual([]);
    expect(story.line.mode).toBe('running-out');
    story.machine(12);
    expect(story.machine(EXECUTE).slice(-2)).toEqual([
      { kind: 'permit', open: false },
      { kind: 'machine', command: 'complete' },
    ]);
  });

  it('comes when the line has run empty with the quantity made', () => {
    const story = producing(small);
    for (const index of [0, 1, 2]) story.good(index);
    const effects = story.machine(17);
    expect(effects.slice(-2)).toEqual([{ kind: 'disarm-printer' }, { kind: 'end-run' }]);
    expect(story.line.mode).toBe('idle');
  });

  it('does not come when an item failed on the last metres: the line goes on', () => {
    const story = producing(small);
    for (const index of [0, 1]) story.good(index);
    story.item(2);
    story.outcome('diverted');
    const effects = story.machine(17);
    expect([kindsOf(effects).at(-1), story.line.mode]).toEqual(['permit', 'producing']);
    story.machine(EXECUTE);
    expect(verdictsOf(story.item(3))).toMatchObject([{ pass: true }]);
  });

  it('gives up what was printed and never seen once the line is empty', () => {
    const story = producing(small);
    story.printed(4);
    for (const index of [0, 1, 2]) story.good(index);
    story.machine(17);
    expect(accountsOf(story.line.ledger)).toMatchObject({ GOOD: 3, MISSING: 2, PRINTED: 0 });
  });

  it('rejects what passed and never reached the exit once the line is empty, and says so', () => {
    const story = producing({ expected: { quantity: 2 } });
    story.item(0);
    story.good(1);
    story.machine(16);
    const effects = story.machine(17);
    expect(raisedBy(effects)).toEqual(['tracking-lost']);
    expect([stateOf(story.line.ledger, 0), story.line.mode]).toEqual(['REJECTED', 'producing']);
  });

  it('does not come when the machine held by itself as it was told to complete: what is on its belt leaves it first', () => {
    const story = producing(small);
    for (const index of [0, 1]) story.good(index);
    story.item(2);
    const atOnce = story.machine(17);
    expect([raisedBy(atOnce), story.line.mode, story.line.items.size]).toEqual([['machine-held'], 'running-out', 1]);
    expect(atOnce.at(-1)).toEqual({ kind: 'permit', open: true });
    expect(story.machine(EXECUTE).at(-1)).toEqual({ kind: 'machine', command: 'complete' });
    story.outcome('good-exit');
    story.machine(16);
    expect(kindsOf(story.machine(17)).at(-1)).toBe('end-run');
  });

  it('comes by a person: the line runs empty first, though the quantity is not made', () => {
    const story = producing();
    story.good(0);
    expect(story.tell({ kind: 'end-wanted', at: story.now() })).toEqual([
      { kind: 'machine', command: 'complete' },
      { kind: 'permit', open: false },
    ]);
    expect(kindsOf(story.machine(17)).at(-1)).toBe('end-run');
  });

  it('comes at once when the line stands at its end: nothing can be on the belt', () => {
    const story = producing();
    story.lose(PRINTER);
    story.machine(17);
    expect(kindsOf(story.tell({ kind: 'end-wanted', at: story.now() }))).toEqual([
      'permit',
      'disarm-printer',
      'end-run',
    ]);
  });

  it('asked for while the line is held lets the belt run empty first, and prints nothing', () => {
    const story = producing();
    story.item(0);
    story.lose(PRINTER);
    story.machine(11);
    const told = [
      story.tell({ kind: 'end-wanted', at: story.now() }),
      story.machine(12),
      [...story.trigger(), ...story.answer(undefined)],
      story.machine(EXECUTE).filter(({ kind }) => kind !== 'alarm'),
      [...story.machine(16), ...story.machine(17)].slice(-1),
    ];
    expect(told.map(kindsOf)).toEqual([
      ['disarm-printer', 'permit'],
      ['permit'],
      ['record', 'send-verdict'],
      ['permit', 'machine'],
      ['end-run'],
    ]);
  });

  it('asked for a second time while the line still stands comes at once: the machine may be broken', () => {
    const story = producing();
    story.lose(PRINTER);
    story.machine(11);
    story.tell({ kind: 'end-wanted', at: story.now() });
    expect(kindsOf(story.tell({ kind: 'end-wanted', at: story.now() })).at(-1)).toBe('end-run');
  });

  it('that a person asked for is not undone by a fault on the way: after it the line runs empty', () => {
    const story = producing();
    story.good(0);
    story.tell({ kind: 'end-wanted', at: story.now() });
    story.lose(PRINTER);
    story.machine(11);
    story.back(PRINTER);
    story.tell({ kind: 'released', at: story.now() });
    expect([story.line.mode, kindsOf(story.machine(17)).at(-1)]).toEqual(['running-out', 'end-run']);
  });

  it('comes after a stop in which the last numbers were voided, with an alarm', () => {
    const story = producing({ serials: 4 });
    story.lose(PRINTER);
    story.machine(11);
    story.back(PRINTER);
    const released = story.tell({ kind: 'released', at: story.now() });
    expect(raisedBy(released)).toEqual(['serials-low']);
    expect(kindsOf(story.machine(17)).at(-1)).toBe('end-run');
  });

  it('asked for while the line is running empty lets it run empty: what is on its way is not thrown away', () => {
    const story = producing(small);
    for (const index of [0, 1]) story.good(index);
    story.item(2);
    story.machine(16);
    expect(story.tell({ kind: 'end-wanted', at: story.now() })).toEqual([]);
    story.outcome('good-exit');
    expect(accountOf(story.line.ledger, 'GOOD')).toBe(3);
  });

  it('comes when the serials are used up, with an alarm', () => {
    const story = producing({ serials: 4 });
    const effects = [0, 1, 2, 3].flatMap((index) => story.good(index));
    expect(raisedBy(effects)).toEqual(['serials-low']);
    expect(kindsOf(story.machine(17)).at(-1)).toBe('end-run');
  });
});

describe('a hold', () => {
  it('stops the machine and keeps what the printer has', () => {
    const story = producing();
    expect(story.tell({ kind: 'withdrawn', at: story.now() })).toEqual([
      { kind: 'permit', open: false },
      { kind: 'machine', command: 'hold' },
    ]);
    expect(kindsOf(story.release())).toEqual(['alarm', 'arm-printer', 'permit']);
    expect(verdictsOf(story.item(0))).toMatchObject([{ pass: true }]);
  });

  it('fails what still comes past the camera', () => {
    const story = producing();
    story.good(0);
    story.tell({ kind: 'withdrawn', at: story.now() });
    expect(verdictsOf(story.item(1))).toMatchObject([{ pass: false, reason: 14 }]);
  });

  it('is not undone by a second release, nor made twice', () => {
    const story = producing();
    expect(story.tell({ kind: 'released', at: story.now() })).toEqual([]);
    story.tell({ kind: 'withdrawn', at: story.now() });
    expect(story.tell({ kind: 'withdrawn', at: story.now() })).toEqual([]);
  });
});

describe('a release', () => {
  it('says that what had stopped the line is over, so that the next stop is an alarm again', () => {
    const story = producing();
    for (let item = 0; item < 3; item += 1) story.blank();
    expect(story.release()[0]).toEqual({ kind: 'alarm', change: { kind: 'over' } });
  });

  it('fails what has waited for a picture since the stop', () => {
    const story = producing();
    story.good(0);
    story.trigger();
    story.tell({ kind: 'withdrawn', at: story.now() });
    expect(verdictsOf(story.release())).toMatchObject([{ seq: 1, pass: false, reason: 2 }]);
  });
});

describe('a line without a release', () => {
  it('fails what comes past the camera', () => {
    const story = openStory();
    story.connect();
    expect(verdictsOf([...story.trigger(), ...story.answer(codeOf(serial(0)))])).toMatchObject([
      { pass: false, reason: 2 },
    ]);
  });

  it('prints nothing', () => {
    const story = openStory();
    story.connect();
    expect(kindsOf(story.printed(0))).toEqual([]);
  });
});

describe('a record that cannot be written', () => {
  it.each(['disk-full', 'record-failed'] as const)('stops the line: %s', (cause) => {
    const story = producing();
    const effects = story.tell({ kind: 'record-failed', at: story.now(), cause, detail: 'no room' });
    expect(kindsOf(effects)).toEqual(STOP);
    expect(alarmsOf(effects)).toEqual([{ kind: 'raise', code: cause, detail: 'no room' }]);
    expect(alarmsOf(story.tell({ kind: 'record-restored', at: story.now() }))).toContainEqual({
      kind: 'clear',
      code: cause,
    });
  });
});

it('a machine that a person stopped is an alarm until it runs again', () => {
  const story = producing();
  const held = story.machine(11);
  const running = story.machine(EXECUTE);
  expect(alarmsOf([...held, ...running])).toEqual([
    { kind: 'raise', code: 'machine-held', device: PLC },
    { kind: 'clear', code: 'machine-held', device: PLC },
  ]);
});
