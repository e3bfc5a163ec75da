import { describe, expect, it } from 'vitest';
import { complaints } from '#virtual-line/oracle-report.ts';
import { fateOf, isVoided, sound } from './expectations.ts';
import { type Planned, type Story, tell } from './story.ts';
import { serialIn } from './witnesses.ts';

/** As fast as a real line: here time limits count (virtual-line.md §2). */
const REAL = { items: 12, speed: 1 } as const;

/** Silence for 1 s is a loss (devices.md); the rest is for a machine that does other things as well. */
const NOTICED = 3_000;
const BACK = 5_000;

const run = (...faults: Planned[]): Promise<Story> => tell({ ...REAL, faults });

/** How long after the fault began the run stood, and after its end the device was back: in ms. */
function timing({ faults, record, reactions }: Story, device: string) {
  const [fault] = faults;
  const alarm = record.alarms.find(({ code, device: about }) => code === 'device-offline' && about === device);
  if (fault === undefined || alarm === undefined) throw new Error(`No fault, or no alarm about ${device}.`);
  return { noticed: reactions.reactions[0]?.sinceFault, back: (alarm.clearedAt ?? Number.NaN) - fault.until };
}

describe('a cable that is pulled while TCP believes in it (F12)', () => {
  it.each([
    { device: 'printer-1', fault: 'F12-printer', causes: ['device-offline'] },
    // Two items without a picture are noticed sooner than a second of silence.
    { device: 'reader-1', fault: 'F12-reader', causes: ['device-offline', 'tracking-lost'] },
    { device: 'plc-1', fault: 'F12-plc', causes: ['device-offline'] },
  ])(
    '$device: suspends within the heartbeat limit, is back by itself, and voids what is not proved',
    async ({ device, fault, causes }) => {
      const story = await run({ fault, item: 6, seconds: 2.5 });
      sound(story, REAL.items);
      expect(causes).toContain(story.stops[0]?.cause);
      const { noticed, back } = timing(story, device);
      expect(noticed).toBeLessThan(NOTICED);
      expect(back).toBeLessThan(BACK);
      expect(story.record.sentWhileStanding).toBe(0);
      for (const serial of story.record.unknownFate) expect(fateOf(story, serial)).toSatisfy(isVoided);
      expect(story.record.unknownFate.length).toBeGreaterThan(0);
    },
  );
});

describe('a rough network (F13)', () => {
  it('makes verdicts late, which diverts their items with an alarm, and stops nothing', async () => {
    const story = await run({ fault: 'F13', item: 5, seconds: 2.5 });
    sound(story, REAL.items);
    expect(story.stops).toEqual([]);
    const late = story.oracle.statistics.lateVerdicts;
    if (late > 0) expect(story.record.alarms.map(({ code }) => code)).toContain('late-verdicts');
  });
});

describe('a PLC that is not what it was (F20)', () => {
  it('whose heartbeat stands still suspends the run; it is back by itself', async () => {
    const story = await run({ fault: 'F20', item: 6, seconds: 2.5 });
    sound(story, REAL.items);
    expect(story.stops[0]).toMatchObject({ cause: 'device-offline' });
    const { noticed, back } = timing(story, 'plc-1');
    expect(noticed).toBeLessThan(NOTICED);
    expect(back).toBeLessThan(BACK);
  });

  it('that restarts and counts from 0 suspends the run; what it had in its register is rejected', async () => {
    const story = await run({ fault: 'F20-restart', item: 5 });
    sound(story, REAL.items);
    expect(story.record.alarms.map(({ code }) => code)).toContain('plc-restarted');
    expect(story.oracle.physical.inBelt).toBe(0);
  });

  it('that restarts when items are behind the divert: those that nobody saw leave are named, and none is commissioned', async () => {
    const story = await run({ fault: 'F20-restart', item: 11 });
    expect(story.oracle.falseAccepts).toEqual([]);
    const unproved = [...story.physical.values()]
      .filter(({ place }) => place === 'good')
      .map(({ contents }) => serialIn(contents.at(-1)))
      .filter((serial) => fateOf(story, serial) !== 'GOOD');
    const named = story.rejects.filter(({ reason }) => reason === 'tracking-lost').map(({ serial }) => serial);
    expect(named).toEqual(expect.arrayContaining(unproved));
    // What is left for the oracle to find is those items: a person takes them back (docs/faults.md).
    const others = complaints(story.oracle).filter((text) => !unproved.some((serial) => text.includes(serial)));
    expect(others).toEqual([]);
  });
});
