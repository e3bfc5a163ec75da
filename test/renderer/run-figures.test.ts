import { describe, expect, it } from 'vitest';
import type { Alarm } from '#contract/snapshot.ts';
import {
  byUrgency,
  countByPriority,
  isOver,
  isShort,
  newestRejects,
  shareOfPlan,
  shareRejected,
  topReasons,
} from '#renderer/parts/line/run-figures.ts';
import { SCENES } from '../e2e/fake/scenes.ts';

const AT = Date.UTC(2026, 10, 22, 9);
const { run } = SCENES.running(AT);
const { alarms } = SCENES.alarms(AT);

describe('the figures of a run', () => {
  it('count good items against the plan, and no further than the plan', () => {
    expect(run && shareOfPlan(run)).toBe(0.624);
    expect(run && shareOfPlan({ ...run, quantity: 10_000 })).toBe(1);
    expect(run && shareOfPlan({ ...run, quantity: 0 })).toBe(0);
  });

  it('know no share of rejects before the first item', () => {
    expect(shareRejected({ passed: 0, failed: 0 })).toBeUndefined();
    expect(shareRejected({ passed: 3, failed: 1 })).toBe(0.25);
  });

  it('put the largest reason first and leave out what did not happen', () => {
    expect(
      topReasons(
        [
          { reason: 'no-read', count: 1 },
          { reason: 'wrong-lot', count: 9 },
          { reason: 'purged', count: 0 },
        ],
        2,
      ),
    ).toEqual([
      { reason: 'wrong-lot', count: 9 },
      { reason: 'no-read', count: 1 },
    ]);
  });

  it('show the newest rejects first', () => {
    expect(newestRejects(run?.lastRejects.toReversed() ?? [], 2).map(({ seq }) => seq)).toEqual([12_531, 12_402]);
  });

  it('ask for a reason when less than 95 % is good', () => {
    const accounts = { ...(run?.accounts ?? {}), GOOD: 95 } as NonNullable<typeof run>['accounts'];
    expect([isShort({ accounts, quantity: 100 }), isShort({ accounts, quantity: 101 })]).toEqual([false, true]);
  });

  it('are final once the run is closed or cancelled', () => {
    expect([isOver({ state: 'CLOSED' }), isOver({ state: 'CANCELLED' }), isOver({ state: 'ENDING' })]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('the alarm banner', () => {
  it('shows the worst alarm that nobody has acknowledged, the first cause before its followers', () => {
    const codes = byUrgency(alarms).map(({ code }: Alarm) => code);
    expect(codes).toEqual([
      'duplicate-serial',
      'device-offline',
      'serials-low',
      'belt-slipped',
      'unsolicited-readings',
      'printer-fault',
      'tracking-lost',
    ]);
  });

  it('counts what stands, per priority', () => {
    expect(countByPriority(alarms)).toEqual([
      { priority: 1, count: 2 },
      { priority: 2, count: 2 },
      { priority: 3, count: 2 },
      { priority: 4, count: 1 },
    ]);
  });
});
