import { describe, expect, it } from 'vitest';
import { fateOf, isVoided, sound } from './expectations.ts';
import { type Planned, type Story, tell } from './story.ts';

/** As fast as a real line: here time limits count (virtual-line.md §2). */
const REAL = { items: 20, speed: 1 } as const;

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
    ['printer-1', 'F12-printer'],
    ['reader-1', 'F12-reader'],
    ['plc-1', 'F12-plc'],
  ])(
    '%s: suspends within the heartbeat limit, is back by itself, and voids what is not proved',
    async (device, fault) => {
      const story = await run({ fault, item: 10, seconds: 3 });
      sound(story, REAL.items);
      expect(story.stops[0]).toMatchObject({
        cause: 'device-offline',
        alarms: expect.arrayContaining(['device-offline']),
      });
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
    const story = await run({ fault: 'F13', item: 8, seconds: 3 });
    sound(story, REAL.items);
    expect(story.stops).toEqual([]);
    const late = story.oracle.statistics.lateVerdicts;
    if (late > 0) expect(story.record.alarms.map(({ code }) => code)).toContain('late-verdicts');
  });
});

describe('a PLC that is not what it was (F20)', () => {
  it('whose heartbeat stands still suspends the run; it is back by itself', async () => {
    const story = await run({ fault: 'F20', item: 10, seconds: 3 });
    sound(story, REAL.items);
    expect(story.stops[0]).toMatchObject({ cause: 'device-offline' });
    const { noticed, back } = timing(story, 'plc-1');
    expect(noticed).toBeLessThan(NOTICED);
    expect(back).toBeLessThan(BACK);
  });

  it('that restarts and counts from 0 suspends the run; what it had in its register is rejected', async () => {
    const story = await run({ fault: 'F20-restart', item: 10 });
    sound(story, REAL.items);
    expect(story.stops[0]?.alarms).toContain('plc-restarted');
    expect(story.oracle.physical.inBelt).toBe(0);
  });
});
