import { describe, expect, it } from 'vitest';
import {
  alarmsOf,
  answersOf,
  fateOf,
  isVoided,
  recordedRejects,
  rejectsOf,
  SEEDED,
  serialOn,
  sound,
  stopsOf,
} from './expectations.ts';
import { tell } from './story.ts';
import { serialIn } from './witnesses.ts';

/** Physics at ten times wall time, in lock-step: logic is judged here, time limits are not (virtual-line.md §2). */
const FAST = { items: 60, speed: 10 } as const;

describe('a line on which nothing goes wrong', () => {
  it('makes the quantity without a stop and without a reject but for a bad print now and then', async () => {
    const story = await tell({ ...FAST, items: 100 });
    sound(story, 100);
    const rejects = rejectsOf(story).filter(({ reason }) => !SEEDED.has(reason));
    expect({ stops: stopsOf(story), rejects }).toEqual({ stops: [], rejects: [] });
  });

  it('goes on until GOOD reaches the quantity when the last items are rejects', async () => {
    const faults = [58, 60, 61, 63].map((item) => ({ fault: 'F01', item }));
    const story = await tell({ ...FAST, faults });
    sound(story, FAST.items);
    expect(stopsOf(story)).toEqual([]);
    expect(recordedRejects(story)).toEqual(['no-read', 'no-read', 'no-read', 'no-read']);
  });
});

describe('a fault of the print', () => {
  it('F01 diverts the blank item; the number that was used up on a shut nozzle is voided, and the run goes on', async () => {
    const faults = [
      { fault: 'F01', item: 20 },
      { fault: 'F01-nozzle', item: 35 },
    ];
    const story = await tell({ ...FAST, faults });
    sound(story, FAST.items);
    expect(stopsOf(story)).toEqual([]);
    expect(rejectsOf(story).map(({ reason }) => reason)).toEqual(['no-read', 'no-read']);
    expect([20, 35].map((item) => story.physical.get(item))).toMatchObject([
      { contents: [], place: 'diverted' },
      { contents: [], place: 'diverted' },
    ]);
    // The record that went through the shut nozzle is on no item: exactly one number is missing, and scrapped at close.
    expect(story.accounts).toMatchObject({ SCRAPPED: 1 });
  });

  it('F01 stops the line when three items in a row stay blank', async () => {
    const faults = [20, 21, 22].map((item) => ({ fault: 'F01', item }));
    const story = await tell({ ...FAST, faults });
    sound(story, FAST.items);
    expect(stopsOf(story)).toEqual([
      { state: 'SUSPENDED', cause: 'consecutive-failures', alarms: ['consecutive-failures'] },
    ]);
  });

  it('F02 diverts the second item with the same number, and stops', async () => {
    const story = await tell({ ...FAST, faults: [{ fault: 'F02', item: 20 }] });
    sound(story, FAST.items);
    expect(stopsOf(story)).toEqual([{ state: 'SUSPENDED', cause: 'duplicate-serial', alarms: ['duplicate-serial'] }]);
    const serial = serialOn(story, 20);
    expect(serialOn(story, 19)).toBe(serial);
    expect(rejectsOf(story)[0]).toMatchObject({ reason: 'duplicate', serial, read: serial });
    expect(story.physical.get(20)?.place).toBe('diverted');
    // The first one keeps its number if it had passed the divert before the stop; else both are in the bin.
    const isFirstOut = story.physical.get(19)?.place === 'good';
    expect(fateOf(story, serial)).toSatisfy((fate: string) => (isFirstOut ? fate === 'GOOD' : isVoided(fate)));
  });

  it('F08 stops after one item with a wrong lot, and says what was read and what was expected', async () => {
    const story = await tell({ ...FAST, faults: [{ fault: 'F08', item: 20, remedied: true }] });
    sound(story, FAST.items);
    expect(stopsOf(story)).toEqual([{ state: 'SUSPENDED', cause: 'wrong-content', alarms: ['wrong-content'] }]);
    const [first] = rejectsOf(story);
    const lot = story.physical.get(20)?.contents[0]?.split('\u001d')[1]?.slice('17YYMMDD10'.length);
    expect(first).toMatchObject({ reason: 'wrong-lot', read: lot, expected: 'SCENE24A', serial: serialOn(story, 20) });
    expect(fateOf(story, serialOn(story, 20))).toSatisfy(isVoided);
  });

  it('F09 diverts a carton of an earlier run with a critical alarm, and does not stop', async () => {
    const story = await tell({ ...FAST, faults: [{ fault: 'F09', item: 20 }] });
    sound(story, FAST.items);
    expect(stopsOf(story)).toEqual([]);
    expect(story.physical.get(20)).toMatchObject({ place: 'diverted' });
    expect(rejectsOf(story)).toMatchObject([
      { reason: 'wrong-lot', expected: 'SCENE24A', serial: serialOn(story, 20) },
    ]);
    expect(alarmsOf(story)).toMatchObject([{ code: 'foreign-code' }]);
  });
});

describe('a fault of the printer', () => {
  it('F10 suspends while the cover is open, allocates nothing meanwhile, and goes on when it is shut', async () => {
    const story = await tell({ ...FAST, faults: [{ fault: 'F10', item: 30, seconds: 10 }] });
    sound(story, FAST.items);
    // At ten times the speed three blank items may come before the printer is asked for its state the next time.
    expect(answersOf(story, [['printer-fault', 'consecutive-failures']])).toEqual([0]);
    expect(alarmsOf(story).map(({ code }) => code)).toContain('printer-fault');
    expect(story.record.sentWhileStanding).toBe(0);
    expect(story.accounts['INVALID']).toBeGreaterThan(0);
  });

  it('F11 voids every number that a rebooting printer had in its buffer', async () => {
    const story = await tell({ ...FAST, faults: [{ fault: 'F11', item: 30 }] });
    sound(story, FAST.items);
    expect(answersOf(story, [['device-offline']])).toEqual([0]);
    expect(story.record.sentWhileStanding).toBe(0);
    expect(story.record.unknownFate.length).toBeGreaterThan(0);
    for (const serial of story.record.unknownFate) expect(fateOf(story, serial)).toSatisfy(isVoided);
  });
});

describe('a fault of the reader', () => {
  it('F15 stops when the picture belongs to the item before', async () => {
    const story = await tell({ ...FAST, faults: [{ fault: 'F15', item: 30, remedied: true }] });
    sound(story, FAST.items);
    expect(stopsOf(story)).toEqual([{ state: 'SUSPENDED', cause: 'frame-skew', alarms: ['frame-skew'] }]);
    const [first] = rejectsOf(story);
    expect(first).toMatchObject({ reason: 'frame-skew' });
    expect(Number(first?.expected) - Number(first?.read)).toBe(1);
    // The reader counts its triggers: the item that the first wrong picture was for.
    const exposed = [...story.physical.values()].filter((item) => item.exposed);
    const wronged = exposed[Number(first?.expected) - 1];
    expect(wronged?.place).toBe('diverted');
    expect(fateOf(story, serialIn(wronged?.contents.at(-1)))).toSatisfy(isVoided);
  });

  it('F16 counts extra lines of the reader and stops for none of them', async () => {
    const faults = [20, 30, 40].map((item) => ({ fault: 'F16', item }));
    const story = await tell({ ...FAST, faults });
    sound(story, FAST.items);
    expect({ stops: stopsOf(story), rejects: rejectsOf(story) }).toEqual({ stops: [], rejects: [] });
    expect(story.record.notices).toBeGreaterThanOrEqual(3);
  });
});
