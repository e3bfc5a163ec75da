import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALARMS } from '#line/alarm.ts';
import { REASONS } from '#line/verdict.ts';
import { ALARMS_IN_WORDS, alarmText, causeText } from '#renderer/words/alarms.ts';
import { taskText } from '#renderer/words/busy.ts';
import { faultText } from '#renderer/words/faults.ts';
import { GUARDS_IN_WORDS, guardBrief, guardPage, guardSentence } from '#renderer/words/guards.ts';
import { reasonLabel, recordedReason, rejectSentence } from '#renderer/words/reasons.ts';
import { accountName, packmlName } from '#renderer/words/states.ts';

describe('a rejected item', () => {
  it.each([
    ['wrong-lot', { read: 'B', expected: 'A' }, 'Rejected: code reads lot B, order is lot A'],
    ['wrong-lot', { read: 'none', expected: 'A' }, 'Rejected: code has no lot, order is lot A'],
    ['wrong-gtin', { read: '09521234543220' }, 'Rejected: code reads product 09521234543220, order has another'],
    // A record that was read back keeps the reason and not what was read: the sentence says no more than that.
    ['wrong-lot', {}, 'Rejected: code has another lot than the order'],
    ['low-grade', {}, 'Rejected: the print grade is below the limit'],
    ['not-allocated', {}, 'Rejected: code has a serial that was never allocated to this order'],
    ['not-gs1', {}, 'Rejected: code is not a GS1 element string'],
    ['after-interlock', {}, 'Rejected: it was on the way when the run stopped'],
    ['no-read', {}, 'Rejected: no readable code'],
    ['low-grade', { read: '1.2', expected: '1.5' }, 'Rejected: print grade 1.2 is below the limit 1.5'],
    ['low-grade', { read: 'none', expected: '1.5' }, 'Rejected: the print has no grade, the limit is 1.5'],
    ['duplicate', { serial: 'X7' }, 'Rejected: serial X7 was already seen on another item'],
    ['duplicate', {}, 'Rejected: its serial was already seen on another item'],
    ['not-allocated', { read: 'X7' }, 'Rejected: code reads serial X7, which was never allocated to this order'],
    ['out-of-sequence', { read: 'X7', expected: 'X6' }, 'Rejected: serial X7 came out of sequence, X6 was due'],
    ['frame-skew', { read: '7', expected: '6' }, 'Rejected: the picture belongs to another item (reads 7, 6 was due)'],
    [
      'low-parameter',
      { read: 'unused correction 1.0', expected: '1.5 or better' },
      'Rejected: spare correction has grade 1.0, expected 1.5 or better',
    ],
    [
      'low-parameter',
      { read: 'overall 2.9', expected: '3.0 or better' },
      'Rejected: the print has grade 2.9, expected 3.0 or better',
    ],
    ['low-parameter', { read: 'gloss 1.0' }, 'Rejected: the print is below a limit: gloss 1.0'],
    [
      'assisted-read',
      { read: 'dead nozzle at row 8' },
      'Rejected: only the assisted read could read the code (dead nozzle at row 8)',
    ],
    [
      'misplaced',
      { read: '6.1 mm late', expected: 'within 2 mm' },
      'Rejected: the code is misplaced: 6.1 mm late, expected within 2 mm',
    ],
    ['no-image', {}, 'Rejected: the camera gave no whole picture of this item'],
    ['not-gs1', { read: 'HELLO' }, 'Rejected: code reads “HELLO”, which is not a GS1 element string'],
  ] as const)('is explained: %s %j', (reason, item, sentence) => {
    expect(rejectSentence({ reason, ...item })).toBe(sentence);
  });

  it.each(REASONS)('always has a label and a sentence: %s', (reason) => {
    expect(reasonLabel(reason)).toMatch(/^[A-Z]/);
    expect(rejectSentence({ reason })).not.toMatch(/undefined|unknown|\{|\}/);
  });

  it('keeps a reason of a newer record readable', () => {
    expect(recordedReason('low-grade')).toBe('Low print grade');
    expect(recordedReason('bent-flap')).toBe('Bent flap');
  });
});

describe('an alarm', () => {
  it('has words for every code of the line', () => {
    expect([...ALARMS_IN_WORDS].sort()).toEqual(Object.keys(ALARMS).sort());
  });

  it.each(ALARMS_IN_WORDS)('says cause, consequence and action: %s', (code) => {
    const { title, cause, consequence, action } = alarmText({ code });
    expect(`${title} ${cause} ${consequence} ${action}`).not.toMatch(/undefined/);
    for (const sentence of [cause, consequence, action]) expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(action.length, 'two lines of the banner on a small screen').toBeLessThanOrEqual(68);
  });

  it('is never hidden for want of words', () => {
    expect(alarmText({ code: 'belt-slipped', device: 'plc-1', detail: 'encoder 2' }).title).toBe(
      'Belt slipped: plc-1, encoder 2',
    );
  });

  it('names the device', () => {
    expect(alarmText({ code: 'device-offline', device: 'reader-1' }).title).toBe('Reader-1 is offline');
    expect(alarmText({ code: 'device-offline', device: 'plc-1' }).title).toBe('PLC-1 is offline');
    expect(alarmText({ code: 'plc-restarted' }).title).toBe('The PLC has restarted');
  });

  it('says how many items passed without a confirmed exit, because a person has to find them', () => {
    const detail = 'passed without a confirmed exit: 2';
    const { title, action } = alarmText({ code: 'plc-restarted', device: 'plc-1', detail });
    expect(title).toBe('PLC-1 has restarted: 2 passed without a confirmed exit');
    expect(action).toMatch(/last good items/);
    expect(alarmText({ code: 'plc-restarted' }).action).not.toMatch(/good items/);
  });

  it.each([
    ['late-verdicts', '1', 'A verdict reached the PLC late'],
    ['late-verdicts', '21', '21 verdicts reached the PLC late'],
    ['consecutive-failures', '3', '3 items failed in a row'],
    ['restarted', '46', 'The workstation was restarted during the run: 46 serial numbers set aside'],
    ['restarted', '0', 'The workstation was restarted during the run'],
    ['serials-low', '0', 'Serial numbers have run out'],
  ])('never shows a number without what it counts: %s %s', (code, detail, title) => {
    expect(alarmText({ code, detail }).title).toBe(title);
  });

  it('explains a suspended run, and leaves the words of a person as they are', () => {
    expect(causeText('wrong-content')).toBe('Wrong content printed');
    expect(causeText('Cartons run out')).toBe('Cartons run out');
  });
});

describe('a button that cannot be pressed', () => {
  it('has words for every guard that a rule book or a command names', () => {
    expect(guardsNamed('src/order', 'src/station').filter((guard) => !GUARDS_IN_WORDS.includes(guard))).toEqual([]);
  });

  it('says in which state the run is', () => {
    expect(guardBrief({ guard: 'run-state', detail: 'RUNNING' }, 'RUNNING')).toBe('Not while running');
    expect(guardSentence({ guard: 'run-state', detail: 'HELD' }, 'HELD')).toBe(
      'Not possible while the run is held. Resume it, or end it.',
    );
  });

  it('says it in words where only the refusal knows the state', () => {
    expect(guardSentence({ guard: 'run-state', detail: 'CLOSED' })).toBe(
      'Not possible while the run is closed. Import the next order.',
    );
  });

  it.each([
    [{ guard: 'devices-online', detail: 'reader-1' }, 'Printer, reader and PLC must be online: reader-1.'],
    [{ guard: 'role', detail: 'SUP ENG' }, 'Your role may not do this; it needs another: Supervisor or Engineer.'],
    [
      { guard: 'no-blocking-alarm', detail: 'disk-full' },
      'An alarm blocks this; clear its cause first: The disk of the line PC is full.',
    ],
    [{ guard: 'clock-synced' }, 'Clock synced is not fulfilled.'],
  ])('explains %j', (unmet, sentence) => {
    expect(guardSentence(unmet)).toBe(sentence);
  });

  it('shows the way to where it can be put right', () => {
    expect(guardPage({ guard: 'order-selected' })).toBe('/orders');
    expect(guardPage({ guard: 'line-empty' })).toBeUndefined();
    expect(guardPage({ guard: 'run-state', detail: 'CLOSED' }, 'CLOSED')).toBe('/orders');
    expect(guardPage({ guard: 'run-state', detail: 'RUNNING' }, 'RUNNING')).toBeUndefined();
  });
});

it('keeps numbers and names of a newer station visible', () => {
  expect(packmlName(6)).toBe('Execute');
  expect(packmlName(42)).toBe('State 42');
  expect(accountName('GOOD')).toBe('Good');
  expect(accountName('LOANED')).toBe('LOANED');
  expect(taskText('exporting')).toBe('Writing the export');
  expect(taskText('moving-house')).toBe('Moving house');
  expect(faultText('F99').happens).toBe('Fault F99');
});

/** Guards as the sources spell them: `unless(…, 'guard'`, `guard: 'guard'`. */
function guardsNamed(...folders: readonly string[]): string[] {
  const sources = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(`${folder}/${file}`, 'utf8')),
  );
  const found = sources.flatMap((text) => [
    ...[...text.matchAll(/guard: '([a-z-]+)'/g)].map((match) => match[1] ?? ''),
    ...[...text.matchAll(/unless\([^;]*?'([a-z]+(?:-[a-z]+)*)'/g)].map((match) => match[1] ?? ''),
  ]);
  return [...new Set(found)];
}
