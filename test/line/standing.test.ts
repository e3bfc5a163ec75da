import { describe, expect, it } from 'vitest';
import type { Effect } from '#line/effect.ts';
import { stateOf } from '#line/ledger.ts';
import { codeOf, PLC, producing, READER, raisedBy, type Story, serial, verdictsOf } from './example-line.ts';

/** Items are triggered every 100 encoder counts, and pictured 50 later. */
const toCamera = { distance: 50, tolerance: 5 };

/** Item 0 was good; item 1 was triggered at 100 while the camera was away, and the belt came to rest. */
function stoodAt(encoder: number, settings: { readonly countsPicturesOnly?: boolean } = {}): Story {
  const story = producing({ settings: { toCamera, ...settings } });
  story.good(0);
  story.trigger();
  story.readerRestarted();
  story.rest(encoder);
  story.resume();
  return story;
}

describe('a camera that counts anew, on a belt that stood', () => {
  it.each([
    ['began to count anew', {}],
    ['counts pictures only', { countsPicturesOnly: true }],
  ])('that %s: the item in front of it has failed, and its picture is not the next one’s', (_, settings) => {
    const story = stoodAt(120, settings);
    const late = story.answer(codeOf(serial(1)));
    const next = story.item(story.line.armedFrom);
    expect([verdictsOf(late), raisedBy(late)]).toEqual([[], []]);
    expect(verdictsOf(next)).toMatchObject([{ seq: 2, pass: true }]);
    expect(stateOf(story.line.ledger, 1)).not.toBe('GOOD');
  });

  it('sees the next item first where the one before had passed it already', () => {
    const story = stoodAt(190);
    expect(verdictsOf(story.item(story.line.armedFrom))).toMatchObject([{ seq: 2, pass: true }]);
  });

  it('sees the next item first though its picture overtakes its trigger row', () => {
    const story = stoodAt(190);
    const early = story.answer(codeOf(serial(story.line.armedFrom)));
    expect([verdictsOf(early), verdictsOf(story.trigger())]).toMatchObject([[], [{ seq: 2, pass: true }]]);
  });

  it('late picture and next trigger may come in either order: each item keeps its own code', () => {
    const story = stoodAt(120);
    const { armedFrom } = story.line;
    story.trigger();
    const late = story.answer(codeOf(serial(1)));
    const own = story.answer(codeOf(serial(armedFrom)));
    expect([verdictsOf(late), verdictsOf(own)]).toMatchObject([[], [{ seq: 2, pass: true }]]);
    expect(stateOf(story.line.ledger, armedFrom)).toBe('PRINTED');
  });

  it('stops the line where an item stood right under it: nobody can say whether that was pictured', () => {
    const story = stoodAt(152);
    const first = story.answer(codeOf(serial(1)));
    expect([verdictsOf(first), raisedBy(first)]).toEqual([[], ['tracking-lost']]);
  });

  it('finds the beginning again at the next standstill, when that item is clear of it', () => {
    const story = stoodAt(152);
    story.answer(codeOf(serial(1)));
    story.rest(180);
    story.resume();
    expect(verdictsOf(story.item(story.line.armedFrom))).toMatchObject([{ seq: 2, pass: true }]);
  });

  it('knows the place of an item across the wrap of the encoder', () => {
    const story = producing({ settings: { toCamera } });
    const trigger = { epoch: 1, seq: 0, encoder: 0xffff_ffff, flags: 0 };
    story.tell({ kind: 'item-triggered', at: 1, device: PLC, trigger });
    story.readerRestarted();
    story.rest(9);
    story.resume();
    expect(story.line.awaited).toEqual({ from: 0, to: 0 });
  });
});

describe('two witnesses of which item is first', () => {
  it('agree: a reader that counted on is believed', () => {
    const story = producing({ settings: { toCamera } });
    story.good(0);
    story.lose(READER);
    story.trigger();
    story.back(READER);
    story.rest(120);
    story.resume();
    expect(verdictsOf(story.answer(codeOf(serial(1))))).toEqual([]);
    expect(verdictsOf(story.item(story.line.armedFrom))).toMatchObject([{ seq: 2, pass: true }]);
  });

  it('differ: a trigger was not counted, or a restarted reader has overtaken the old count; the line stops', () => {
    const story = producing({ settings: { toCamera } });
    story.good(0);
    story.lose(READER);
    story.trigger();
    story.back(READER);
    story.rest(190);
    story.resume();
    const first = story.answer(codeOf(serial(1)));
    expect([verdictsOf(first), raisedBy(first)]).toEqual([[], ['tracking-lost']]);
    story.rest(195);
    story.resume();
    expect(verdictsOf(story.item(story.line.armedFrom))).toMatchObject([{ seq: 2, pass: true }]);
  });
});

describe('a trigger that never reached the reader', () => {
  /** Item 1 is not pictured; the picture of item 2 comes while item 1 still waits. */
  function skewed(settings = {}, part = {}): { story: Story; effects: readonly Effect[] } {
    const story = producing({ settings: { toCamera, ...settings } });
    story.good(0);
    story.trigger();
    story.trigger();
    return { story, effects: story.answer(codeOf(serial(2)), part) };
  }

  it.each([
    ['a reader', {}],
    ['a camera that counts pictures', { countsPicturesOnly: true }],
  ])('of %s stops the line, and no later item passes with its neighbour’s code', (_, settings) => {
    const { story, effects } = skewed(settings);
    expect([verdictsOf(effects), raisedBy(effects)]).toMatchObject([[{ seq: 1, pass: false }], ['out-of-sequence']]);
    story.rest(400);
    story.resume();
    expect(verdictsOf(story.item(story.line.armedFrom))).toMatchObject([{ seq: 3, pass: true }]);
  });

  it('is found out by a code that fails for its print as well', () => {
    const { effects } = skewed({}, { grade: 3 });
    expect(raisedBy(effects)).toEqual(['out-of-sequence']);
  });

  it('is found out at the very first item of a run', () => {
    const story = producing();
    story.trigger();
    story.trigger();
    const effects = story.answer(codeOf(serial(1)));
    expect([verdictsOf(effects), raisedBy(effects)]).toMatchObject([[{ seq: 0, pass: false }], ['out-of-sequence']]);
  });

  it('that went by unnoticed is found out at the next standstill: the belt has another number', () => {
    const story = producing({ settings: { toCamera } });
    story.good(0);
    story.trigger(); // bears no code, and is not pictured
    story.outcome('diverted');
    story.tell({ kind: 'withdrawn', at: story.now() });
    story.rest(300);
    story.resume();
    const first = story.item(1);
    expect([verdictsOf(first), raisedBy(first)]).toEqual([[], ['tracking-lost']]);
  });
});

describe('a picture that is looked at for longer than the line stands', () => {
  it('is not the first after the standstill: it was taken before', () => {
    const story = producing({ settings: { toCamera } });
    story.good(0);
    story.trigger();
    const before = story.now();
    story.trigger();
    story.answer(codeOf(serial(2))); // the trigger of item 1 was missed
    story.rest(300);
    story.resume();
    const late = story.answer(codeOf(serial(3)), { at: before });
    const next = story.item(story.line.armedFrom);
    expect([verdictsOf(late), raisedBy(late)]).toEqual([[], []]);
    expect(verdictsOf(next)).toMatchObject([{ seq: 3, pass: true }]);
  });
});

describe('news that come in another order', () => {
  it('a picture that is quicker than the news that the belt moves is its item’s, and no reason to stop', () => {
    const story = producing({ settings: { toCamera } });
    story.good(0);
    story.trigger();
    story.tell({ kind: 'withdrawn', at: story.now() });
    story.rest(120);
    story.release();
    const quick = story.answer(codeOf(serial(1)));
    story.tell({ kind: 'belt-changed', at: story.now(), device: PLC, encoder: undefined });
    const next = story.item(2);
    expect([raisedBy([...quick, ...next]), verdictsOf(next)]).toMatchObject([[], [{ seq: 2, pass: true }]]);
  });

  it('of a reader that began anew as well', () => {
    const story = producing({ settings: { toCamera } });
    story.good(0);
    story.trigger();
    story.readerRestarted();
    story.rest(120);
    story.release();
    const quick = story.answer(codeOf(serial(1)));
    story.tell({ kind: 'belt-changed', at: story.now(), device: PLC, encoder: undefined });
    const next = story.item(story.line.armedFrom);
    expect([raisedBy([...quick, ...next]), verdictsOf(next)]).toMatchObject([[], [{ seq: 2, pass: true }]]);
  });

  it('a reader that says it began anew is not believed to have counted on, whatever its number', () => {
    const story = producing({ settings: { toCamera } });
    story.good(0);
    story.trigger();
    story.lose(READER);
    story.back(READER);
    story.rest(190);
    story.resume();
    const first = story.answer(codeOf(serial(story.line.armedFrom)), { trigger: 2, image: 2, anew: true });
    expect([raisedBy(first), verdictsOf(story.trigger())]).toMatchObject([[], [{ seq: 2, pass: true }]]);
  });
});

describe('an item that was taken off the belt', () => {
  it('shifts no codes: its count is forgotten, and the belt says at the next start which item is first', () => {
    const story = producing({ settings: { toCamera } });
    story.good(0);
    story.trigger();
    const lost = story.outcome('lost');
    expect(raisedBy(lost)).toContain('tracking-lost');
    expect(story.line.pairing).toBeUndefined();
    story.rest(400);
    story.resume();
    expect(verdictsOf(story.item(story.line.armedFrom))).toMatchObject([{ seq: 2, pass: true }]);
  });
});

describe('after a restart of the workstation', () => {
  it('the PLC says once more where the items were triggered, and the belt where they stand', () => {
    const story = producing({ settings: { toCamera } });
    story.good(0);
    story.trigger();
    const tracked = story.line.items.get(1);
    if (tracked !== undefined) delete tracked.encoder;
    const at = { at: 1, device: PLC, epoch: 1, seq: 1, event: 0, fresh: false };
    story.tell({ kind: 'epoch-seen', ...at, places: [{ seq: 1, encoder: 100 }] });
    story.readerRestarted();
    story.rest(120);
    story.resume();
    expect(story.line.awaited).toEqual({ from: 1, to: 1 });
  });
});

describe('a person who resumes at once', () => {
  it('does not stop the line with a picture that was still being looked at', () => {
    const story = producing({ settings: { countsPicturesOnly: true } });
    story.good(0);
    story.trigger();
    const fault = { code: 'size', device: READER, detail: 'the picture lies about its size' };
    story.tell({ kind: 'device-fault', at: story.now(), fault });
    story.release();
    const late = story.answer(codeOf(serial(1)));
    expect([verdictsOf(late), raisedBy(late)]).toEqual([[], []]);
    expect(story.line.mode).toBe('producing');
  });
});
