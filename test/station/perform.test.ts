import { describe, expect, it } from 'vitest';
import { FACT } from '#line/fact.ts';
import { accountOf, openLedger, serialAt } from '#line/ledger.ts';
import { restoreLine } from '#line/line-dump.ts';
import { idleLine } from '#line/line-state.ts';
import { replayFact } from '#line/recover.ts';
import { resumeRun } from '#station/commands.ts';
import { report, watchRecord } from '#station/conductor.ts';
import type { RunEntry } from '#station/floor.ts';
import { drawSnapshot } from '#station/snapshot.ts';
import { startRun } from '#station/start-run.ts';
import { by, type Example, exampleDesk, imported, PLC, PRINTER, READER } from './example-desk.ts';

async function running(): Promise<Example & { readonly entry: RunEntry }> {
  const example = exampleDesk();
  const entry = imported(example);
  expect(await startRun(example.desk, entry, by('SUP'))).toEqual({ kind: 'done', value: null });
  report(example.desk, { kind: 'machine-changed', at: example.now(), device: PLC, state: 6, permits: 63 });
  await expect.poll(() => told(example, 'permit')).toHaveLength(1);
  return { ...example, entry };
}

const told = ({ told: all }: Example, kind: string) =>
  all.flatMap(({ directive }) => (directive.kind === kind ? [directive] : []));

/** An item comes past the camera with a code that reads so. */
function item(example: Example, index: number, part: { text?: string; grade?: number; lot?: string } = {}): void {
  const { desk, now, floor } = example;
  const seq = floor.line.plc.item + 1;
  const trigger = seq + 1;
  const { expected, ledger } = floor.line;
  const text =
    part.text ??
    `01${expected.gtin}21${serialAt(ledger, index)}\u001d17${expected.expiry}10${part.lot ?? expected.lot}`;
  report(desk, { kind: 'item-triggered', at: now(), device: PLC, trigger: { epoch: 1, seq, encoder: 0, flags: 0 } });
  const reading = { trigger, image: trigger, text, aim: ']d2', grade: part.grade ?? 35, at: now() };
  report(desk, { kind: 'item-read', at: now(), device: READER, reading: { ...reading, kind: 'read' } });
}

describe('a verdict', () => {
  it('does not leave before its fact is on disk', async () => {
    const example = await running();
    example.memory.settings.isManual = true;
    item(example, 0);
    expect(told(example, 'verdict')).toEqual([]);
    example.memory.commit();
    expect(told(example, 'verdict')).toEqual([{ kind: 'verdict', epoch: 1, seq: 0, pass: true, reason: 0 }]);
  });

  it('does not leave when only the facts before it are on disk', async () => {
    const example = await running();
    example.memory.settings.isManual = true;
    item(example, 0);
    item(example, 1);
    const second = example.memory.facts.findLastIndex(({ kind }) => kind === FACT.verdict);
    example.memory.commit(second);
    expect(told(example, 'verdict')).toMatchObject([{ seq: 0 }]);
  });
});

describe('serials', () => {
  it('are handed to the printer when they are recorded as sent, not before', async () => {
    const example = exampleDesk();
    const entry = imported(example);
    example.memory.settings.isManual = true;
    await startRun(example.desk, entry, by('SUP'));
    expect(told(example, 'enqueue')).toEqual([]);
    example.memory.commit();
    const { ledger } = example.floor.line;
    expect(told(example, 'enqueue')).toEqual([
      { kind: 'enqueue', first: 1, texts: Array.from({ length: 16 }, (_, index) => serialAt(ledger, index)) },
    ]);
  });

  it('that the printer does not take suspend the run at once, and are sent to nobody again', async () => {
    const example = await running();
    const { desk, behaviour, floor, entry } = example;
    behaviour.fault = { code: '1015', device: PRINTER, detail: '0 records fit, 8 came' };
    const at = example.now();
    report(desk, { kind: 'print-progress', at, device: PRINTER, printed: 8, started: 9, entries: 8, printGos: 8 });
    expect(told(example, 'enqueue')).toMatchObject([{ first: 1 }, { first: 17 }]);
    await expect.poll(() => entry.run.state).toBe('SUSPENDED');
    expect([entry.cause, floor.alarms.map(({ code, state, detail }) => [code, state, detail])]).toEqual([
      'printer-fault',
      [['printer-fault', 'returned', '1015: 0 records fit, 8 came']],
    ]);
    behaviour.fault = undefined;
    expect(await resumeRun(desk, entry, by('SUP'), undefined)).toEqual({ kind: 'done', value: null });
    expect(told(example, 'enqueue').at(-1)).toMatchObject({ first: 25 });
  });

  it('are not fed with items while the printer is not armed', async () => {
    const example = exampleDesk();
    const entry = imported(example);
    const { printer } = example.desk.crew;
    const notReady = { code: 'not-ready', device: PRINTER, detail: 'the nozzle is stuck' };
    const crew = { ...example.desk.crew, printer: { ...printer, tell: tellOr(printer.tell, notReady) } };
    const desk = { ...example.desk, crew };
    await startRun(desk, entry, by('SUP'));
    expect([await desk.printerReady, told(example, 'permit')]).toEqual([false, []]);
  });
});

it('a mistake of ours in the midst of a step stops the line, is in the log, and is not hushed up', async () => {
  const example = await running();
  const logged: unknown[] = [];
  const log = { ...example.desk.log, error: (event: string) => void logged.push(event) };
  example.floor.line.items.set = () => {
    throw new TypeError('we were wrong');
  };
  const from = example.told.length;
  expect(() => item({ ...example, desk: { ...example.desk, log } }, 0)).toThrow('we were wrong');
  expect(example.told.slice(from).map(({ device, directive }) => [device, directive])).toEqual([
    [PLC, { kind: 'permit', open: false }],
    [PLC, { kind: 'command', command: 4 }],
  ]);
  expect(logged).toEqual(['conductor.wrong']);
});

describe('a record that cannot be written', () => {
  it('stops the line and refuses; when it can be written again, what waited is on disk and the alarm is over', async () => {
    const example = await running();
    const stop = watchRecord(example.desk, 60_000);
    example.memory.settings.isManual = true;
    item(example, 0);
    example.memory.fail('disk-full', 'The disk is full.');
    expect([example.floor.recordWritable, example.entry.run.state, told(example, 'verdict')]).toEqual([
      false,
      'SUSPENDED',
      [],
    ]);
    expect(example.floor.alarms.map(({ code, state }) => [code, state])).toEqual([['disk-full', 'active']]);
    example.memory.settings.isManual = false;
    example.memory.commit();
    expect([example.floor.recordWritable, told(example, 'verdict').length]).toEqual([true, 1]);
    expect(example.floor.alarms.map(({ code, state }) => [code, state])).toEqual([['disk-full', 'returned']]);
    stop();
  });
});

describe('a reject', () => {
  it('shows what the code reads and what the order says', async () => {
    const example = await running();
    item(example, 0);
    item(example, 1, { grade: 12 });
    item(example, 2, { text: 'hello' });
    item(example, 3, { lot: 'B2' });
    const { run } = drawSnapshot(example.floor, by('OPR'), example.now());
    const { ledger } = example.floor.line;
    expect(run?.lastRejects.map(({ at: _at, ...reject }) => reject)).toEqual([
      { seq: 3, reason: 'wrong-lot', serial: serialAt(ledger, 3), read: 'B2', expected: 'EX24A01' },
      { seq: 2, reason: 'not-gs1', read: ']d2hello' },
      { seq: 1, reason: 'low-grade', serial: serialAt(ledger, 1), read: '1.2', expected: '1.5' },
    ]);
    expect(run).toMatchObject({
      passed: 1,
      failed: 3,
      state: 'SUSPENDED',
      cause: 'wrong-content',
      rejects: [
        { reason: 'low-grade', count: 1 },
        { reason: 'not-gs1', count: 1 },
        { reason: 'wrong-lot', count: 1 },
      ],
    });
  });
});

describe('a copy of the ledger', () => {
  it('is made between signals, so that nothing is counted twice after a restart', async () => {
    const example = await running();
    const { desk, memory, floor } = example;
    item(example, 0);
    // The next fact makes a copy due; the signal after it records several.
    desk.dumpedAt = desk.lastSeq - 49_999;
    item(example, 2, { text: 'hello' });
    const lost = { kind: 'device-lost', at: example.now(), device: PLC, detail: 'silence' } as const;
    report(desk, lost);
    const [dump] = memory.dumps;
    expect(memory.dumps).toHaveLength(1);
    const { ledger, expected, settings, recordBase } = floor.line;
    const { size: count, stride, bytes } = ledger;
    const restored = idleLine(openLedger(ledger.run, [{ count, stride, bytes }]), expected, settings, recordBase);
    expect(restoreLine(restored, dump?.states ?? new Uint8Array(0))).toBe(true);
    for (const fact of memory.facts.slice(dump?.seq)) replayFact(restored, fact);
    expect([restored.figures.passed, restored.figures.failed, accountOf(restored.ledger, 'PRINTED')]).toEqual([
      floor.line.figures.passed,
      floor.line.figures.failed,
      accountOf(floor.line.ledger, 'PRINTED'),
    ]);
  });
});

function tellOr<D extends { readonly kind: string }, F>(tell: (directive: D) => Promise<F | undefined>, fault: F) {
  return async (directive: D): Promise<F | undefined> => {
    const answer = await tell(directive);
    return directive.kind === 'arm' ? fault : answer;
  };
}
