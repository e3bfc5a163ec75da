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
    falseStops: story.reactions.falseStops,
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

/** Numbers on items in the reject bin that are not voided. */
function divertedButGood(story: Story): readonly string[] {
  return [...story.physical.values()]
    .filter(({ place }) => place === 'diverted')
    .flatMap(({ contents }) => contents.map(serialIn))
    .filter((serial) => story.record.fates.has(serial) && !isVoided(fateOf(story, serial)));
}

/** The final account of a number, or '' when it was never sent. */
export const fateOf = (story: Story, serial: string): string => story.record.fates.get(serial) ?? '';

/** The number printed last on a physical item. */
export const serialOn = (story: Story, item: number): string => serialIn(story.physical.get(item)?.contents.at(-1));

/** Reasons of all FAIL verdicts, in order. */
export const recordedRejects = (story: Story): readonly string[] =>
  story.record.verdicts.flatMap(({ reason }) => (reason === null ? [] : [reason]));
