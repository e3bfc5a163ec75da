import { expect } from 'vitest';
import { complaints } from '#virtual-line/oracle-report.ts';
import type { Stop, Story } from './story.ts';
import { serialIn } from './witnesses.ts';

/** What a number may end as when it is on no item of the good output. */
const VOIDED: ReadonlySet<string> = new Set(['SCRAPPED', 'INVALID', 'DESTROYED']);

export const isVoided = (state: string): boolean => VOIDED.has(state);

/**
 * What a machine that is starved does to a sound item: its verdict, its picture or its inspection comes too late, and it
 * fails closed. Scenarios judge what is right at any speed; how fast it is, is judged by `bench`.
 */
const STARVED: ReadonlySet<string> = new Set(['late-verdict', 'not-inspected', 'no-image']);

/** What every run owes, whatever happened in it, on a machine of any speed. One value, so that a failure shows all of it. */
export function sound(story: Story, quantity: number): void {
  const { oracle, accounts } = story;
  expect({
    oracle: complaints(oracle),
    falseAccepts: oracle.falseAccepts,
    falseStops: story.reactions.falseStops.filter(({ reason }) => !isSilence(reason)),
    isMade: (accounts['GOOD'] ?? 0) >= quantity,
    balance: oracle.record.allocated - Object.values(accounts).reduce((sum, count) => sum + count, 0),
    state: oracle.record.state,
    divertedButGood: divertedButGood(story),
    falseRejects: oracle.falseRejects.filter(({ reason }) => !STARVED.has(reason)),
  }).toEqual({
    oracle: [],
    falseAccepts: [],
    falseStops: [],
    isMade: true,
    balance: 0,
    state: 'CLOSED',
    divertedButGood: [],
    falseRejects: [],
  });
}

/** A heartbeat is wall time: on a machine that is starved of it a device may fall silent without a fault. */
export const isSilence = (reason: string): boolean => reason.startsWith('device-offline');

/** Alarms that may stand beside those of a fault on a machine that is starved. */
const STARVED_ALARMS: ReadonlySet<string> = new Set(['device-offline', 'late-verdicts']);

/** The stops of a story in which no device fails: what they have for a cause, and the alarms that belong to it. */
export const stopsOf = ({ stops }: Pick<Story, 'stops'>): readonly Stop[] =>
  stops
    .filter(({ cause }) => cause !== 'device-offline')
    .map(({ alarms, ...stop }) => ({ ...stop, alarms: alarms.filter((code) => !STARVED_ALARMS.has(code)) }));

/**
 * Which of these faults the stops answer, in their order: each fault is given as the causes that may be named for it. A
 * person who lets the run go on before a cause is known stops a second time for it. -1: a stop for none of them.
 */
export function answersOf({ stops }: Pick<Story, 'stops'>, faults: readonly (readonly string[])[]): readonly number[] {
  return stops
    .map(({ cause = '' }) => ({ cause, fault: faults.findIndex((causes) => causes.includes(cause)) }))
    .filter(({ cause, fault }) => fault >= 0 || cause !== 'device-offline')
    .map(({ fault }) => fault)
    .filter((fault, at, all) => fault !== all[at - 1]);
}

/** What a standstill does to the items on the belt: also that of a PLC that has not heard of us for a second. */
const CONSEQUENCES: ReadonlySet<string> = new Set([
  'after-interlock',
  'not-running',
  'purged',
  'tracking-lost',
  'flagged-by-plc',
]);

/** Whether the item itself gave no cause for this reject: it was late, or on the belt when it stood. */
const isBystander = (reason: string): boolean => STARVED.has(reason) || CONSEQUENCES.has(reason);

/** The rejects of a story for a cause of their own. */
export const rejectsOf = ({ rejects }: Pick<Story, 'rejects'>): Story['rejects'] =>
  rejects.filter(({ reason }) => !isBystander(reason));

/** The alarms of the record, but for those of a machine that is starved. */
export const alarmsOf = ({ record }: Pick<Story, 'record'>): Story['record']['alarms'] =>
  record.alarms.filter(({ code }) => !STARVED_ALARMS.has(code));

/** Numbers on items in the reject bin that are not voided, unless they are copies of one that went out. */
function divertedButGood(story: Story): readonly string[] {
  const on = (wanted: string): string[] =>
    [...story.physical.values()]
      .filter(({ place }) => place === wanted)
      .flatMap(({ contents }) => contents.map(serialIn));
  const out = new Set(on('good'));
  return on('diverted').filter(
    (serial) => story.record.fates.has(serial) && !isVoided(fateOf(story, serial)) && !out.has(serial),
  );
}

/** A virtual printer prints a bad code now and then, by its seed: rejects of a line on which nothing is wrong. */
export const SEEDED: ReadonlySet<string> = new Set(['no-read', 'low-grade']);

/** The final account of a number, or '' when it was never sent. */
export const fateOf = (story: Story, serial: string): string => story.record.fates.get(serial) ?? '';

/** The number printed last on a physical item. */
export const serialOn = (story: Story, item: number): string => serialIn(story.physical.get(item)?.contents.at(-1));

/** Reasons of all FAIL verdicts for a cause of their own, in order. */
export const recordedRejects = (story: Story): readonly string[] =>
  story.record.verdicts.flatMap(({ reason }) => (reason === null || isBystander(reason) ? [] : [reason]));
