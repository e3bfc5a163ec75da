import { describe, expect, it } from 'vitest';
import { FACT } from '#line/fact.ts';
import { acknowledgeAlarm, changeAlarm } from '#station/alarm-desk.ts';
import { auditOf, by, type Example, exampleDesk } from './example-desk.ts';

const raise = (example: Example, detail = '3'): void =>
  changeAlarm(example.desk, { kind: 'raise', code: 'consecutive-failures', detail });
const clear = (example: Example): void => changeAlarm(example.desk, { kind: 'clear', code: 'consecutive-failures' });
const states = ({ floor }: Example): readonly string[] => floor.alarms.map(({ id, state }) => `${id} ${state}`);
const KINDS: ReadonlySet<number> = new Set([FACT.alarmRaised, FACT.alarmCleared, FACT.alarmAcknowledged]);
const written = ({ memory }: Example): readonly unknown[] =>
  memory.facts.filter(({ kind }) => KINDS.has(kind)).map(({ kind, body }) => [kind, JSON.parse(body ?? '')]);

/** Alarms of the example desk before anything happens: none. */
function quiet(): Example {
  const example = exampleDesk();
  expect(example.floor.alarms).toEqual([]);
  return example;
}

describe('an alarm', () => {
  it('that is acknowledged while it is true goes when it is no longer true', () => {
    const example = quiet();
    raise(example);
    acknowledgeAlarm(example.desk, 1, by('OPR'), 'seen');
    expect(states(example)).toEqual(['1 acknowledged']);
    clear(example);
    expect(states(example)).toEqual([]);
    expect(written(example)).toEqual([
      [FACT.alarmRaised, { alarm: 1, code: 'consecutive-failures', priority: 2, gmp: true, detail: '3' }],
      [FACT.alarmAcknowledged, { alarm: 1, user: 'opr', role: 'OPR', comment: 'seen' }],
      [FACT.alarmCleared, { alarm: 1 }],
    ]);
  });

  it('that is over before anybody has seen it stays until somebody has', () => {
    const example = quiet();
    raise(example);
    clear(example);
    expect(states(example)).toEqual(['1 returned']);
    acknowledgeAlarm(example.desk, 1, by('OPR'), undefined);
    expect(states(example)).toEqual([]);
  });

  it('that is raised again with the same words is one alarm, recorded once', () => {
    const example = quiet();
    raise(example);
    raise(example);
    expect([states(example), written(example).length]).toEqual([['1 active'], 1]);
  });

  it('that is raised again with other words says the newer ones', () => {
    const example = quiet();
    raise(example, '3');
    raise(example, '4');
    expect(example.floor.alarms.map(({ id, detail }) => [id, detail])).toEqual([[1, '4']]);
  });

  it('that comes back after it was over is active again under its number', () => {
    const example = quiet();
    raise(example);
    clear(example);
    raise(example);
    expect(states(example)).toEqual(['1 active']);
  });

  it('of one device does not stand for another', () => {
    const example = quiet();
    for (const device of ['printer-1', 'reader-1'])
      changeAlarm(example.desk, { kind: 'raise', code: 'device-offline', device });
    changeAlarm(example.desk, { kind: 'clear', code: 'device-offline', device: 'printer-1' });
    expect(example.floor.alarms.map(({ device, state }) => `${device} ${state}`)).toEqual([
      'reader-1 active',
      'printer-1 returned',
    ]);
  });

  it('that was never raised is not cleared', () => {
    const example = quiet();
    clear(example);
    expect(written(example)).toEqual([]);
  });

  it('about what stopped the line is over when the line goes on; about a lasting condition it stays', () => {
    const example = quiet();
    raise(example);
    changeAlarm(example.desk, { kind: 'raise', code: 'plc-restarted', device: 'plc-1' });
    changeAlarm(example.desk, { kind: 'raise', code: 'device-offline', device: 'reader-1' });
    for (const alarm of [1, 2, 3]) acknowledgeAlarm(example.desk, alarm, by('OPR'), undefined);
    changeAlarm(example.desk, { kind: 'over' });
    expect(example.floor.alarms.map(({ code }) => code)).toEqual(['device-offline']);
    raise(example);
    expect(example.floor.alarms.map(({ code, state }) => `${code} ${state}`)).toContain('consecutive-failures active');
  });

  it('stands above those that are less urgent, and above older ones', () => {
    const example = quiet();
    for (const code of ['serials-low', 'consecutive-failures', 'duplicate-serial'] as const)
      changeAlarm(example.desk, { kind: 'raise', code });
    expect(example.floor.alarms.map(({ code }) => code)).toEqual([
      'duplicate-serial',
      'consecutive-failures',
      'serials-low',
    ]);
  });
});

describe('an acknowledgement', () => {
  it('is on record with who gave it, and why', () => {
    const example = quiet();
    raise(example);
    expect(acknowledgeAlarm(example.desk, 1, by('QA'), 'nozzle cleaned')).toEqual({ kind: 'done', value: null });
    expect(auditOf(example.memory.facts)).toEqual([
      {
        user: 'qa',
        role: 'QA',
        action: 'alarm.acknowledge',
        outcome: 'done',
        reason: 'nozzle cleaned',
        detail: { alarm: 1 },
      },
    ]);
  });

  it('of an alarm that does not stand is answered in words', () => {
    expect(acknowledgeAlarm(quiet().desk, 7, by('OPR'), undefined)).toEqual({
      kind: 'failed',
      failure: { code: 'no-such-alarm', message: 'This alarm does not stand any more.' },
    });
  });
});
