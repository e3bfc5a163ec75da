import { describe, expect, it } from 'vitest';
import { type Found, packFact, type StoredFact, WIDTH } from '#contract/journal.ts';
import { FACT } from '#line/fact.ts';
import { accountsOf, serialAt } from '#line/ledger.ts';
import { dumpLine } from '#line/line-dump.ts';
import { report } from '#station/conductor.ts';
import { recall } from '#station/recall.ts';
import { settleAfterRestart } from '#station/recovery.ts';
import { recoverLine } from '#station/run-ledger.ts';
import { startRun } from '#station/start-run.ts';
import { auditOf, by, type Example, exampleDesk, imported, PLC, READER } from './example-desk.ts';

/** A run with a good item, one that passed and is on its way, and one that failed. */
async function shift(): Promise<Example> {
  const example = exampleDesk();
  await startRun(example.desk, imported(example), by('SUP'));
  report(example.desk, { kind: 'machine-changed', at: example.now(), device: PLC, state: 6, permits: 63 });
  for (const seq of [0, 1, 2]) item(example, seq, seq === 2 ? 5 : 35);
  const at = example.now();
  report(example.desk, { kind: 'outcome-reported', at, device: PLC, epoch: 1, event: 0, seq: 0, outcome: 'good-exit' });
  return example;
}

function item({ desk, floor, now }: Example, seq: number, grade: number): void {
  const { expected, ledger } = floor.line;
  const text = `01${expected.gtin}21${serialAt(ledger, seq)}\u001d17${expected.expiry}10${expected.lot}`;
  report(desk, { kind: 'item-triggered', at: now(), device: PLC, trigger: { epoch: 1, seq, encoder: 0, flags: 0 } });
  const reading = { trigger: seq + 1, image: seq + 1, kind: 'read', text, aim: ']d2', grade, at: now() } as const;
  report(desk, { kind: 'item-read', at: now(), device: READER, reading });
}

/** What the record says when it is opened again; with a copy of the ledger as it was at `copiedAt`, if given. */
function foundIn({ memory, floor }: Example, copy?: { readonly seq: number; readonly states: Uint8Array }): Found {
  const stored = memory.facts.map((fact, index): StoredFact => ({ ...fact, seq: index + 1 }));
  const after = stored.filter(({ kind, run, seq }) => kind >= 20 && run === 1 && seq > (copy?.seq ?? 0));
  const tail = new Float64Array(after.length * WIDTH);
  after.forEach((fact, index) => {
    packFact(tail, index, fact.seq, fact);
  });
  const { stride, bytes, size: count } = floor.line.ledger;
  const block = { run: 1, gtin: '09521234543213', first: 0, count, stride, bytes };
  const history = stored.filter(({ kind }) => kind < 20);
  const dump = copy === undefined ? {} : { dump: { run: 1, ...copy } };
  const open = { run: 1, blocks: [block], tail, ...dump };
  return { history, open };
}

/** Another workstation on the same record. */
function restarted(before: Example, found: Found): Example {
  const after = exampleDesk();
  recall(after.floor, found.history);
  const entry = after.floor.runs.get(1);
  if (entry === undefined) throw new Error('the run was not recalled');
  const line = found.open && recoverLine(found.open, entry, before.floor.line.settings);
  if (line === undefined) throw new Error('the copy of the ledger does not fit');
  after.floor.line = line;
  after.memory.facts.length = 0;
  return after;
}

describe('a restart', () => {
  it('finds the ledger as it was, from all facts or from a copy and the facts after it', async () => {
    const before = await shift();
    const copy = { seq: before.memory.facts.length, states: dumpLine(before.floor.line) };
    item(before, 3, 35);
    const balance = accountsOf(before.floor.line.ledger);
    for (const found of [foundIn(before), foundIn(before, copy)]) {
      const { line } = restarted(before, found).floor;
      expect([accountsOf(line.ledger), line.figures.passed, line.figures.failed]).toEqual([balance, 3, 1]);
    }
  });

  it('suspends a run that was RUNNING, voids what nobody saw and says what it found', async () => {
    const before = await shift();
    const after = restarted(before, foundIn(before));
    const entry = after.floor.runs.get(1);
    settleAfterRestart(after.desk, entry);
    expect([entry?.run.state, entry?.cause, after.floor.line.mode]).toEqual(['SUSPENDED', 'restarted', 'suspended']);
    expect(accountsOf(after.floor.line.ledger)).toMatchObject({ GOOD: 1, REJECTED: 1, PRINTED: 1, UNKNOWN_FATE: 13 });
    const started = after.memory.facts.find(({ kind }) => kind === FACT.started);
    expect(JSON.parse(started?.body ?? '{}')).toMatchObject({
      found: { run: 1, state: 'RUNNING', unknownFate: 13, inTransit: 1 + 1 },
      devices: { printer: 'printer-1', reader: 'reader-1', plc: 'plc-1' },
    });
    expect(after.floor.alarms.map(({ code, state }) => [code, state])).toEqual([['restarted', 'returned']]);
    expect(auditOf(after.memory.facts)).toEqual([
      { user: 'linewright', role: 'SYS', action: 'T11', outcome: 'done', reason: 'the workstation was restarted' },
    ]);
  });

  it('takes the exit of an item that passed before it for the proof', async () => {
    const before = await shift();
    const after = restarted(before, foundIn(before));
    settleAfterRestart(after.desk, after.floor.runs.get(1));
    const at = after.now();
    report(after.desk, { kind: 'outcome-reported', at, device: PLC, epoch: 1, event: 1, seq: 1, outcome: 'good-exit' });
    expect(accountsOf(after.floor.line.ledger)).toMatchObject({ GOOD: 2, PRINTED: 0 });
  });

  it('without an open run says that it started, and nothing else', () => {
    const { desk, memory } = exampleDesk();
    const from = memory.facts.length;
    settleAfterRestart(desk, undefined);
    expect(memory.facts.slice(from).map(({ kind }) => kind)).toEqual([FACT.started]);
  });

  it('takes no copy of the ledger that does not fit: its caller replays the facts', async () => {
    const before = await shift();
    const torn = { seq: 1, states: new Uint8Array(3) };
    const { open } = foundIn(before, torn);
    const entry = before.floor.runs.get(1);
    expect(open && entry && recoverLine(open, entry, before.floor.line.settings)).toBeUndefined();
  });
});
