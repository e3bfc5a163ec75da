import { describe, expect, it } from 'vitest';
import { followerOf } from '#devices/plc/opcua/follower.ts';
import { FACT } from '#line/fact.ts';
import { accountsOf } from '#line/ledger.ts';
import { voidUnseen } from '#line/recover.ts';
import { holdRun, resumeRun } from '#station/commands.ts';
import { report } from '#station/conductor.ts';
import { startRun } from '#station/start-run.ts';
import { by, type Example, exampleDesk, imported, PLC, PRINTER } from './example-desk.ts';

async function running(example: Example) {
  const entry = imported(example, { quantity: 100 });
  await startRun(example.desk, entry, by('SUP'));
  return entry;
}

/** The printer says which record of this run it began last, counted from 0. */
function printerAt(example: Example, index: number): void {
  const started = example.floor.line.recordBase + index;
  const counts = { printed: started, started, entries: 0, printGos: 500 };
  report(example.desk, { kind: 'print-progress', at: example.now(), device: PRINTER, ...counts });
}

/** Numbers that the printer was handed, counted from 0. */
const handedOver = ({ told, floor }: Example): readonly number[] =>
  told.flatMap(({ directive }) =>
    directive.kind === 'enqueue'
      ? directive.texts.map((_, offset) => directive.first - floor.line.recordBase + offset)
      : [],
  );

describe('a record that was put back', () => {
  it('sends none of the numbers that the printer has begun since; the run is suspended until a person has seen it', async () => {
    const example = exampleDesk();
    const entry = await running(example);
    holdRun(example.desk, entry, by('SUP'), 'as a restart leaves it');
    voidUnseen(example.floor.line, example.now(), []);
    example.told.length = 0;
    printerAt(example, 59);
    expect(example.floor.alarms.map(({ code, state }) => [code, state])).toContainEqual(['printer-ahead', 'active']);
    await resumeRun(example.desk, entry, by('SUP'), undefined);
    expect([entry.run.state, Math.min(...handedOver(example))]).toEqual(['RUNNING', 60]);
  });

  it('lets a run that is being made be suspended by what the printer says', async () => {
    const example = exampleDesk();
    const entry = await running(example);
    printerAt(example, 59);
    expect([entry.run.state, entry.cause]).toEqual(['SUSPENDED', 'printer-ahead']);
  });

  it('does not let items go by unseen where the PLC stands thousands of items further on', async () => {
    const example = exampleDesk();
    const entry = await running(example);
    example.floor.line.plc = { epoch: 1, item: 100, event: 100 };
    const follower = followerOf(PLC);
    follower.resume({ epoch: 1, seq: 100, event: 100 });
    const see = (seq: number, event: number): void => {
      for (const signal of follower.take(imageAt(seq, event), example.now())) report(example.desk, signal);
    };
    see(40_100, 40_100);
    expect([entry.run.state, entry.cause]).toEqual(['SUSPENDED', 'plc-out-of-step']);
    const before = example.memory.facts.length;
    see(40_103, 40_100);
    const judged = example.memory.facts.slice(before).filter(({ kind }) => kind === FACT.verdict);
    expect(judged.map(({ item }) => item)).toEqual([40_101, 40_102, 40_103]);
  });
});

it('a printer that has printed for another data folder: nothing of that is taken for printed', async () => {
  const example = exampleDesk();
  printerAt(example, 5_000);
  const entry = await running(example);
  for (const entries of [16, 32, 48]) {
    const counts = { printed: 5_001, started: 5_001, entries, printGos: 7_000 };
    report(example.desk, { kind: 'print-progress', at: example.now(), device: PRINTER, ...counts });
  }
  expect([entry.run.state, handedOver(example).length]).toEqual(['RUNNING', 16]);
  expect(accountsOf(example.floor.line.ledger)).toMatchObject({ SENT: 16, PRINTED: 0 });
  expect(example.memory.facts.filter(({ kind }) => kind === FACT.printed)).toEqual([]);
});

const DEPTH = 64;

/** What the PLC shows of itself when these were its last item and its last event. */
function imageAt(seq: number, event: number) {
  const trig = new Uint16Array(1 + DEPTH * 4);
  const out = new Uint16Array(1 + DEPTH * 4);
  trig[0] = seq;
  out[0] = event;
  for (let back = 0; back < DEPTH; back += 1) {
    trig.set([seq - back, 0, seq - back, 0x8000], 1 + ((seq - back) % DEPTH) * 4);
    out.set([event - back, 1, 0, 0], 1 + ((event - back) % DEPTH) * 4);
  }
  return { hbPlc: 1, lineState: 6, encoder: seq, permits: 63, trig, out, epoch: 1 };
}
