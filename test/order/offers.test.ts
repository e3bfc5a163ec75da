import { describe, expect, it } from 'vitest';
import { offersFor } from '#order/offers.ts';
import { ROLES, RUN_STATES, type RunState } from '#order/run-state.ts';
import { BAD, by, GOOD, runIn } from './example-run.ts';

/** Which commands are offered in which state, and to whom, when everything is as it should be. */
const OFFERED: Readonly<Record<RunState, Readonly<Record<string, string>>>> = {
  RECEIVED: { start: 'SUP' },
  PREPARED: { start: 'SUP' },
  CLEARING: { start: 'SUP' },
  SETUP: { start: 'SUP' },
  VERIFYING: { start: 'SUP' },
  READY: { start: 'SUP', hold: 'OPR SUP QA' },
  RUNNING: { hold: 'OPR SUP QA', end: 'OPR SUP SYS' },
  SUSPENDED: { hold: 'OPR SUP QA', resume: 'OPR SUP', end: 'OPR SUP SYS' },
  HELD: { resume: 'SUP', end: 'OPR SUP SYS' },
  ENDING: { hold: 'OPR SUP QA', close: 'SUP' },
  RECONCILING: { close: 'SUP' },
  CLOSED: {},
  CANCELLED: {},
};

describe('the five commands', () => {
  it.each(RUN_STATES)('are offered in %s to whom they belong', (state) => {
    const offered: Record<string, string> = {};
    for (const role of ROLES) {
      for (const [command, { allowed }] of Object.entries(offersFor(runIn(state), by(role), GOOD)))
        if (allowed) offered[command] = [offered[command], role].filter(Boolean).join(' ');
    }
    expect(offered).toEqual(OFFERED[state]);
  });

  it('say why not when there is no order', () => {
    const none = { allowed: false, unmet: [{ guard: 'order-selected' }] };
    expect(offersFor(undefined, by('SUP'), GOOD)).toEqual({
      start: none,
      hold: none,
      resume: none,
      end: none,
      close: none,
    });
  });

  it('name everything that stands in the way of a start', () => {
    expect(offersFor(runIn('RECEIVED'), by('OPR'), BAD).start).toEqual({
      allowed: false,
      unmet: [
        { guard: 'role', detail: 'SUP' },
        { guard: 'no-other-run', detail: 'PO-0999' },
        { guard: 'devices-online', detail: 'printer-1, plc-1' },
        { guard: 'camera-ready', detail: 'camera-1' },
        { guard: 'record-writable' },
        { guard: 'expiry-valid', detail: '2028-11-22' },
      ],
    });
  });

  it('do not ask beforehand what a start brings about: numbers, jobs and their read-back', () => {
    const before = { ...GOOD, allocated: 0, jobVerified: false, faulty: ['printer-1'] };
    expect(offersFor(runIn('RECEIVED'), by('SUP'), before).start).toEqual({ allowed: true, unmet: [] });
  });

  it('do not ask beforehand what a resume brings about: faults acknowledged and the job read back', () => {
    const before = { ...GOOD, jobVerified: false, faulty: ['printer-1'] };
    expect(offersFor(runIn('SUSPENDED'), by('OPR'), before).resume).toEqual({ allowed: true, unmet: [] });
  });

  it('do not offer to resume while a device is away', () => {
    expect(offersFor(runIn('SUSPENDED'), by('OPR'), { ...GOOD, offline: ['reader-1'] }).resume).toEqual({
      allowed: false,
      unmet: [{ guard: 'devices-online', detail: 'reader-1' }],
    });
  });

  it('leave the reason to the dialog that asks for it', () => {
    const wordless = { ...GOOD, reason: undefined, good: 0 };
    const { hold, end } = offersFor(runIn('RUNNING'), by('OPR'), wordless);
    expect([hold.allowed, end.allowed]).toEqual([true, true]);
  });

  it('name the only role that may close a run', () => {
    expect(offersFor(runIn('RUNNING'), by('QA'), GOOD).close).toEqual({
      allowed: false,
      unmet: [
        { guard: 'run-state', detail: 'RUNNING' },
        { guard: 'role', detail: 'SUP' },
      ],
    });
  });
});
