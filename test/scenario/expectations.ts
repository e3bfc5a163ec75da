import { expect } from 'vitest';
import { complaints } from '#virtual-line/oracle-report.ts';
import type { Story } from './story.ts';
import { serialIn } from './witnesses.ts';

/** What a number may end as when it is on no item of the good output. */
const VOIDED: ReadonlySet<string> = new Set(['SCRAPPED', 'INVALID', 'DESTROYED']);

export const isVoided = (state: string): boolean => VOIDED.has(state);

/** What every run owes, whatever happened in it. One value, so that a failure shows all of it. */
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
    falseRejects: oracle.falseRejects,
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
const isSilence = (reason: string): boolean => reason.startsWith('device-offline');

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

/** Reasons of all FAIL verdicts, in order. */
export const recordedRejects = (story: Story): readonly string[] =>
  story.record.verdicts.flatMap(({ reason }) => (reason === null ? [] : [reason]));
