import { describe, expect, it } from 'vitest';
import { fateOf, isVoided, sound, stopsOf } from './expectations.ts';
import { BACK, NOTICED, REAL, run, timing } from './real-time.ts';
import { tell } from './story.ts';

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
    // At half the speed a reading that is 400 ms on its way is late, and never so late that its item has left.
    const story = await tell({ ...REAL, speed: 0.5, faults: [{ fault: 'F13', item: 5, seconds: 2.5 }] });
    sound(story, REAL.items);
    expect(stopsOf(story)).toEqual([]);
    const late = story.oracle.statistics.lateVerdicts;
    if (late > 0) expect(story.record.alarms.map(({ code }) => code)).toContain('late-verdicts');
  });
});
