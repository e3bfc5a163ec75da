import { expect, it } from 'vitest';
import { answersOf, sound } from './expectations.ts';
import { type Planned, tell } from './story.ts';

/** At ten times the speed three blank items may come before the printer is asked for its state the next time. */
const OUT_OF_ORDER = ['printer-fault', 'consecutive-failures'];

/** A fault while the one before is still being cleared away: what one leaves behind must not be blamed on the other. */
const MIXES: readonly {
  readonly name: string;
  /** The causes that may be named for each fault that stops the line. */
  readonly stops: readonly (readonly string[])[];
  readonly faults: readonly Planned[];
}[] = [
  {
    name: 'a doubled print, an open cover and a stray carton',
    stops: [['duplicate-serial'], OUT_OF_ORDER],
    faults: [
      { fault: 'F02', item: 20 },
      { fault: 'F10', item: 36, seconds: 10 },
      { fault: 'F09', item: 50 },
    ],
  },
  {
    name: 'low ink, and a printer that restarts when it is let go on',
    stops: [OUT_OF_ORDER, ['device-offline', 'printer-reset']],
    faults: [
      { fault: 'F10-ink', item: 20, seconds: 10 },
      { fault: 'F11', item: 40 },
    ],
  },
  {
    name: 'a blank item, extra lines of the reader and a wrong lot',
    stops: [['wrong-content']],
    faults: [
      { fault: 'F01', item: 18 },
      { fault: 'F16', item: 25 },
      { fault: 'F08', item: 35, remedied: true },
    ],
  },
];

it.each(MIXES.map((mix) => [mix.name, mix] as const))('%s: each is answered once', async (_name, { stops, faults }) => {
  const story = await tell({ items: 60, speed: 10, faults });
  sound(story, 60);
  expect(answersOf(story, stops)).toEqual(stops.map((_causes, index) => index));
  expect(story.accounts['GOOD']).toBeLessThan(80);
});
