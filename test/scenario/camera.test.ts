import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { EyeTrial } from '#contract/eye.ts';
import { cameraLine, pictureFile, tellOfCamera, view } from './camera-line.ts';
import { isVoided, sound } from './expectations.ts';
import { done } from './order-text.ts';

interface Inspected {
  readonly item: number;
  readonly verdict: string;
  readonly reason: string | null;
  readonly pcg: number | null;
  readonly contrast_grade: number | null;
  readonly modulation_grade: number | null;
  readonly read_by: string | null;
  readonly causes: string | null;
}
interface Kept {
  readonly id: number;
  readonly item: number;
  readonly kept: string;
  readonly file: string;
  readonly sha256: string;
  readonly reason: string | null;
}

/** A reader that restarts does so in real time; on a slow belt verdicts are in time even where the machine is busy. */
const SLOW = 0.4;

const inspections = (data: string) => view<Inspected>(data, 'SELECT * FROM v_inspection ORDER BY seq');
const pictures = (data: string) => view<Kept>(data, 'SELECT * FROM v_picture ORDER BY id');
const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

describe('a line that looks with its own camera', () => {
  it('makes the quantity, keeps first articles and rejects with their hash, and answers what limits would have done', async () => {
    const trials: EyeTrial[] = [];
    const faults = [{ fault: 'F14-lost', item: 20 }];
    const story = await tellOfCamera({
      items: 60,
      faults,
      look: async ({ clicker, data }) => {
        trials.push(await clicker.eye.tryLimits({ overall: 3.5, parameters: {} }));
        trials.push(await clicker.eye.tryLimits({ parameters: { contrast: 3, modulation: 4 } }));
        const [newest] = await clicker.eye.pictures({ by: 'newest-fails' });
        const [first] = pictures(data);
        const ticket = done(await clicker.eye.picture(newest?.id ?? first?.id ?? -1));
        expect(ticket).toMatchObject({ url: expect.stringMatching(/^\/picture\/[\w-]{32}$/), width: 640, height: 480 });
        if (first === undefined) return;
        writeFileSync(pictureFile(data, first.file), 'another picture');
        expect(await clicker.eye.picture(first.id)).toMatchObject({ failure: { code: 'picture-altered' } });
      },
    });
    sound(story, 60);
    const seen = inspections(story.data);
    expect(seen.length).toBe(story.record.verdicts.length);
    expect(seen.filter(({ item }) => item === 20 - 1 || item === 20).map(({ reason }) => reason)).toContain('no-image');
    const [, ...others] = pictures(story.data);
    expect(others.filter(({ kept }) => kept === 'first-article')).toHaveLength(4);
    for (const { file, sha256 } of others) expect(hashOf(pictureFile(story.data, file))).toBe(sha256);
    expect(trials.map(summary)).toEqual([
      byHand(seen, ({ pcg }) => pcg !== null && pcg < 3.5),
      byHand(seen, (one) => (one.contrast_grade ?? 4) < 3 || (one.modulation_grade ?? 4) < 4),
    ]);
  });

  it('fails prints of a dead nozzle as assisted reads, with the row of the nozzle', async () => {
    const story = await tellOfCamera({ items: 30, faults: [{ fault: 'F07-nozzle', item: 12, seconds: 1.5 }] });
    sound(story, 30);
    const assisted = inspections(story.data).filter(({ reason }) => reason === 'assisted-read');
    expect(assisted.length).toBeGreaterThan(0);
    for (const { read_by, causes } of assisted) {
      expect(read_by).toBe('assisted');
      expect(JSON.parse(causes ?? '[]')).toContainEqual({ kind: 'dead-nozzle', row: expect.any(Number) });
    }
    expect(pictures(story.data).filter(({ reason }) => reason === 'assisted-read')).toHaveLength(assisted.length);
  });

  it('fails an item whose picture is incomplete, and one whose picture lies about its size, as no picture', async () => {
    const faults = [
      { fault: 'F14-incomplete', item: 10 },
      { fault: 'F14-size', item: 20 },
    ];
    const story = await tellOfCamera({ items: 30, faults });
    sound(story, 30);
    const reasons = new Map(inspections(story.data).map(({ item, reason }) => [item, reason]));
    expect([9, 19].map((item) => reasons.get(item))).toEqual(['no-image', 'no-image']);
    expect(story.stops.map(({ cause }) => cause)).toEqual(['camera-fault']);
  });

  it('goes on when pictures cannot be kept: an alarm says so, and verdicts are given all the same', async () => {
    // Less room than one picture takes.
    const line = cameraLine({ maxMegabytes: 0.01, firstArticles: 5, oneInPass: 0 });
    const story = await tellOfCamera({ items: 20, line });
    sound(story, 20);
    expect(pictures(story.data)).toEqual([]);
    expect(story.record.alarms.map(({ code }) => code)).toContain('evidence-disk-full');
    expect(inspections(story.data).length).toBe(story.record.verdicts.length);
  });
});

describe('a camera that is unplugged', () => {
  it('stops the line, is back by itself, and what passed meanwhile is no good item', async () => {
    const story = await tellOfCamera({ items: 10, speed: SLOW, faults: [{ fault: 'F11-reader', item: 6 }] });
    // In real time a machine that is starved may fall behind its camera, and stop the line for it: that is no fault here.
    sound({ ...story, reactions: { ...story.reactions, falseStops: [] } }, 10);
    expect(['device-offline', 'tracking-lost', 'camera-fault']).toContain(story.stops[0]?.cause);
    const away = story.record.alarms.filter(({ code, device }) => code === 'device-offline' && device === 'camera-1');
    expect(away.length).toBeGreaterThan(0);
    for (const { at, clearedAt } of away) expect(clearedAt).toBeGreaterThan(at);
    expect(story.record.sentWhileStanding).toBe(0);
    for (const serial of story.record.unknownFate) expect(story.record.fates.get(serial)).toSatisfy(isVoided);
  }, 300_000);
});

const BY_LIMITS: ReadonlySet<string | null> = new Set(['low-grade', 'low-parameter']);

/** The laboratory's arithmetic, written a second time over the rows of the view. The order asks for 1.5. */
function byHand(seen: readonly Inspected[], isBelow: (one: Inspected) => boolean) {
  const would = (one: Inspected): boolean =>
    (one.verdict === 'FAIL' && !BY_LIMITS.has(one.reason)) || (one.pcg ?? -1) < 1.5 || isBelow(one);
  return {
    images: seen.length,
    failed: seen.filter(({ verdict }) => verdict === 'FAIL').length,
    wouldFail: seen.filter(would).length,
    newlyFailed: seen.filter((one) => one.verdict === 'PASS' && would(one)).length,
    newlyPassed: seen.filter((one) => one.verdict === 'FAIL' && !would(one)).length,
  };
}

function summary({ images, failed, wouldFail, newlyFailed, newlyPassed }: EyeTrial) {
  return { images, failed, wouldFail, newlyFailed, newlyPassed };
}
