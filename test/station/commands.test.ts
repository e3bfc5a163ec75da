import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeSerials, SERIAL_ALPHABET, SERIAL_LENGTH } from '#gs1/serial-pool.ts';
import { FACT } from '#line/fact.ts';
import { accountsOf, openAccounts } from '#line/ledger.ts';
import { RUN_STATES } from '#order/run-state.ts';
import { RecordError } from '#record/database.ts';
import { closeRun, endRunByPerson, holdRun, importText, resumeRun } from '#station/commands.ts';
import { report } from '#station/conductor.ts';
import type { RunEntry } from '#station/floor.ts';
import { emptyLine } from '#station/recovery.ts';
import { startRun } from '#station/start-run.ts';
import { auditOf, by, type Example, exampleDesk, imported, ORDER_FILE, PLC, PRINTER, READER } from './example-desk.ts';

const DONE = { kind: 'done', value: null };
const SUP = { user: 'sup', role: 'SUP' };
const SYS = { user: 'linewright', role: 'SYS' };

async function running() {
  const example = exampleDesk();
  const entry = imported(example);
  await startRun(example.desk, entry, by('SUP'));
  report(example.desk, { kind: 'machine-changed', at: example.now(), device: PLC, state: 6, permits: 63 });
  return { ...example, entry, from: example.memory.facts.length };
}

/** The power goes when an order's numbers are stored, before T02; the workstation comes up again. */
async function cutBeforePrepared({ desk, floor }: Example, entry: RunEntry): Promise<void> {
  const { gtin } = entry.run.order.product;
  const count = 40;
  const random = (size: number): Uint8Array => randomBytes(size);
  const { bytes, stride } = makeSerials({ count, length: SERIAL_LENGTH, alphabet: SERIAL_ALPHABET, random });
  await desk.journal.allocate({ run: entry.run.run, gtin, first: 0, count, stride, bytes }, []);
  Object.assign(entry, { allocated: count, recordBase: floor.serialsEver + 1 });
  floor.serialsEver += count;
}

/** Moves of the run since a point of the record, by their bodies and stored numbers. */
const movesOf = ({ memory }: Example, from = 0): readonly unknown[] =>
  memory.facts
    .slice(from)
    .filter(({ kind }) => kind === FACT.runMoved)
    .map(({ body, code }) => [JSON.parse(body ?? '{}'), RUN_STATES[code ?? -1]]);

describe('an order file', () => {
  it('is on record as it was received, with its expiry resolved, together with who brought it', () => {
    const example = exampleDesk();
    const from = example.memory.facts.length;
    imported(example, { expiry: '+24m' });
    const [order, command] = example.memory.facts.slice(from);
    expect([order?.kind, JSON.parse(order?.body ?? '')]).toEqual([
      FACT.orderImported,
      { ...ORDER_FILE, expiry: '2028-11-22' },
    ]);
    expect(auditOf(command === undefined ? [] : [command])).toEqual([
      { ...SUP, action: 'order.import', outcome: 'done', reason: 'a test' },
    ]);
  });

  it.each([
    ['is no JSON', '{', /^This is no JSON file/],
    ['has another shape', '{"order":"PO 1"}', /^order: must be 1 to 40 letters.*\nproduct: /],
    ['breaks a rule of the order', JSON.stringify({ ...ORDER_FILE, lot: 'EX 1' }), /^lot: /],
    ['was imported before', JSON.stringify(ORDER_FILE), /^order: Order PO-1001 has been imported before/],
  ])('that %s is rejected in words, on screen and on record alike', (_what, text, words) => {
    const example = exampleDesk();
    imported(example);
    const from = example.memory.facts.length;
    const answer = importText(example.desk, by('ENG'), text, 'by hand');
    expect(answer).toEqual({
      kind: 'failed',
      failure: { code: 'order-rejected', message: expect.stringMatching(words) },
    });
    expect(auditOf(example.memory.facts.slice(from))).toEqual([
      {
        user: 'eng',
        role: 'ENG',
        action: 'order.import',
        outcome: 'refused',
        reason: 'by hand',
        detail: expect.stringMatching(words),
      },
    ]);
    expect(example.floor.runs.size).toBe(1);
  });
});

describe('a start', () => {
  it('walks the order to RUNNING, each step with its person', async () => {
    const example = exampleDesk();
    const entry = imported(example);
    const from = example.memory.facts.length;
    expect(await startRun(example.desk, entry, by('SUP'))).toEqual(DONE);
    expect(movesOf(example, from)).toEqual(
      [
        ['RECEIVED', 'PREPARED', 'T02'],
        ['PREPARED', 'CLEARING', 'T04'],
        ['CLEARING', 'SETUP', 'T05'],
        ['SETUP', 'VERIFYING', 'T07'],
        ['VERIFYING', 'READY', 'T08'],
        ['READY', 'RUNNING', 'T10'],
      ].map(([before, to, transition]) => [{ from: before, to, transition }, to]),
    );
    expect(auditOf(example.memory.facts.slice(from))).toEqual(
      ['T02', 'T04', 'T05', 'T07', 'T08', 'T10'].map((action) => ({ ...SUP, action, outcome: 'done' })),
    );
    expect(accountsOf(example.floor.line.ledger)).toMatchObject({ ALLOCATED: 24, SENT: 16 });
  });

  it('that finds another lot in the printer stays in SETUP, on record with what it held, and goes on from there', async () => {
    const example = exampleDesk();
    const entry = imported(example);
    example.behaviour.held = 'something else';
    const from = example.memory.facts.length;
    const answer = await startRun(example.desk, entry, by('SUP'));
    expect([answer.kind, entry.run.state, entry.allocated]).toEqual(['failed', 'SETUP', 40]);
    expect(auditOf(example.memory.facts.slice(from)).at(-1)).toEqual({
      ...SUP,
      action: 'run.start',
      outcome: 'failed',
      detail: answer.kind === 'failed' ? answer.failure : undefined,
    });
    example.behaviour.held = undefined;
    expect(await startRun(example.desk, entry, by('SUP'))).toEqual(DONE);
    expect([entry.run.state, entry.allocated, example.floor.serialsEver]).toEqual(['RUNNING', 40, 40]);
  });

  it('takes no numbers when one of them exists already, and says which', async () => {
    const example = exampleDesk();
    const entry = imported(example);
    example.memory.settings.clash = 'ABC';
    expect(await startRun(example.desk, entry, by('SUP'))).toEqual({
      kind: 'failed',
      failure: {
        code: 'serials',
        message: 'Serial ABC exists already for this GTIN. No number was taken; start again.',
      },
    });
    expect([entry.run.state, entry.allocated, example.floor.serialsEver]).toEqual(['RECEIVED', 0, 0]);
  });

  it('of an order that was given numbers before a power cut makes that order, though another was made first', async () => {
    const example = exampleDesk();
    const { desk, floor } = example;
    const first = imported(example);
    const second = imported(example, { order: 'PO-1002', lot: 'EX24A02' });
    await cutBeforePrepared(example, first);
    expect(await startRun(desk, second, by('SUP'))).toEqual(DONE);
    report(desk, { kind: 'machine-changed', at: example.now(), device: PLC, state: 17, permits: 63 });
    endRunByPerson(desk, second, by('SUP'), 'enough for today');
    expect(closeRun(desk, second, by('SUP'), 'all counted')).toEqual(DONE);
    expect(await startRun(desk, first, by('SUP'))).toEqual(DONE);
    expect([floor.line.ledger.run, floor.line.expected.lot, floor.line.recordBase]).toEqual([
      first.run.run,
      first.run.order.lot,
      first.recordBase,
    ]);
    expect(accountsOf(floor.line.ledger)).toMatchObject({ ALLOCATED: 24, SENT: 16 });
    endRunByPerson(desk, first, by('SUP'), 'enough for today');
    expect(first.run.state).toBe('ENDING');
  });

  it('of an order whose numbers the record does not give back makes nothing, and says so', async () => {
    const example = exampleDesk();
    const entry = imported(example);
    entry.allocated = 40;
    const answer = await startRun(example.desk, entry, by('SUP'));
    expect([answer, entry.run.state]).toEqual([
      { kind: 'failed', failure: { code: 'serials', message: expect.stringContaining('does not give back') } },
      'RECEIVED',
    ]);
  });

  it('whose numbers could not be stored says why, and the screen does not go on showing that it stores them', async () => {
    const example = exampleDesk();
    const entry = imported(example);
    example.memory.settings.refused = new RecordError('disk-full', 'The disk is full.');
    expect(await startRun(example.desk, entry, by('SUP'))).toEqual({
      kind: 'failed',
      failure: { code: 'serials', message: 'The serial numbers are not on record: The disk is full.' },
    });
    expect([entry.run.state, entry.allocated, example.floor.busy]).toEqual(['RECEIVED', 0, undefined]);
    expect(auditOf(example.memory.facts).at(-1)).toMatchObject({ ...SUP, action: 'run.start', outcome: 'failed' });
  });

  it('is refused while another order is on the line, by name', async () => {
    const { desk, memory, ...example } = await running();
    const second = imported({ desk, memory, ...example }, { order: 'PO-1002' });
    expect(await startRun(desk, second, by('SUP'))).toEqual({
      kind: 'refused',
      unmet: [{ guard: 'no-other-run', detail: 'PO-1001' }],
    });
  });
});

describe('a hold', () => {
  it('stops the machine; its resume reads the job back and goes on', async () => {
    const { from, ...example } = await running();
    expect(holdRun(example.desk, example.entry, by('OPR'), 'a carton is stuck')).toEqual(DONE);
    expect([example.entry.run.state, example.entry.cause, example.floor.line.mode]).toEqual([
      'HELD',
      'a carton is stuck',
      'suspended',
    ]);
    expect(await resumeRun(example.desk, example.entry, by('SUP'), undefined)).toEqual(DONE);
    expect([example.entry.run.state, example.entry.cause, example.floor.line.mode]).toEqual([
      'RUNNING',
      undefined,
      'producing',
    ]);
    expect(movesOf(example, from)).toEqual([
      [{ from: 'RUNNING', to: 'HELD', transition: 'T13', cause: 'a carton is stuck' }, 'HELD'],
      [{ from: 'HELD', to: 'RUNNING', transition: 'T14' }, 'RUNNING'],
    ]);
    expect(auditOf(example.memory.facts.slice(from))).toEqual([
      { user: 'opr', role: 'OPR', action: 'T13', outcome: 'done', reason: 'a carton is stuck' },
      { ...SUP, action: 'T14', outcome: 'done' },
    ]);
  });

  it('of a suspended run goes back to SUSPENDED, and the line stays where it is', async () => {
    const example = await running();
    report(example.desk, { kind: 'device-lost', at: example.now(), device: READER, detail: 'silence' });
    report(example.desk, { kind: 'device-connected', at: example.now(), device: READER });
    holdRun(example.desk, example.entry, by('OPR'), 'a carton is stuck');
    await resumeRun(example.desk, example.entry, by('SUP'), undefined);
    expect([example.entry.run.state, example.floor.line.mode]).toEqual(['SUSPENDED', 'suspended']);
  });
});

describe('a suspension', () => {
  it('is made by the software, which says why', async () => {
    const { from, ...example } = await running();
    report(example.desk, { kind: 'device-lost', at: example.now(), device: READER, detail: 'silence' });
    expect([example.entry.run.state, example.entry.cause]).toEqual(['SUSPENDED', 'device-offline']);
    expect(auditOf(example.memory.facts.slice(from))).toEqual([
      { ...SYS, action: 'T11', outcome: 'done', reason: `device-offline: ${READER}` },
    ]);
  });

  it('is not resumed while a device is away; the attempt is on record', async () => {
    const example = await running();
    report(example.desk, { kind: 'device-lost', at: example.now(), device: READER, detail: 'silence' });
    const from = example.memory.facts.length;
    const unmet = [{ guard: 'devices-online', detail: READER }];
    expect(await resumeRun(example.desk, example.entry, by('OPR'), 'go on')).toEqual({ kind: 'refused', unmet });
    expect(auditOf(example.memory.facts.slice(from))).toEqual([
      { user: 'opr', role: 'OPR', action: 'T12', outcome: 'refused', reason: 'go on', detail: unmet },
    ]);
  });

  it('is not resumed when the printer holds another job; the attempt is on record', async () => {
    const example = await running();
    report(example.desk, { kind: 'rows-lost', at: example.now(), device: PLC, ring: 'trigger', count: 1 });
    example.behaviour.held = 'something else';
    const from = example.memory.facts.length;
    expect(await resumeRun(example.desk, example.entry, by('OPR'), undefined)).toMatchObject({ kind: 'failed' });
    expect([example.entry.run.state, auditOf(example.memory.facts.slice(from))]).toEqual([
      'SUSPENDED',
      [
        {
          user: 'opr',
          role: 'OPR',
          action: 'T12',
          outcome: 'failed',
          detail: expect.stringContaining('printer-1 holds "something else"'),
        },
      ],
    ]);
  });
});

describe('the end', () => {
  it('needs words while less than 95 % is made', async () => {
    const { from, ...example } = await running();
    const unmet = [{ guard: 'reason-short', detail: '0 / 20' }];
    expect(endRunByPerson(example.desk, example.entry, by('OPR'), undefined)).toEqual({ kind: 'refused', unmet });
    expect(auditOf(example.memory.facts.slice(from))).toEqual([
      { user: 'opr', role: 'OPR', action: 'run.end', outcome: 'refused', detail: unmet },
    ]);
  });

  it('lets the line run empty, and then is on record in the name of who asked for it', async () => {
    const { from, ...example } = await running();
    expect(endRunByPerson(example.desk, example.entry, by('SUP'), 'enough for today')).toEqual(DONE);
    expect([example.entry.run.state, example.floor.line.mode]).toEqual(['RUNNING', 'running-out']);
    report(example.desk, { kind: 'machine-changed', at: example.now(), device: PLC, state: 17, permits: 63 });
    expect(example.entry.run.state).toBe('ENDING');
    expect(auditOf(example.memory.facts.slice(from))).toEqual([
      { ...SUP, action: 'run.end', outcome: 'done', reason: 'enough for today', detail: [] },
      { ...SUP, action: 'T16', outcome: 'done', reason: 'enough for today' },
    ]);
  });
});

describe('the close', () => {
  it('brings every serial to a final account and says who confirmed it', async () => {
    const example = await running();
    endRunByPerson(example.desk, example.entry, by('SUP'), 'enough for today');
    report(example.desk, { kind: 'machine-changed', at: example.now(), device: PLC, state: 17, permits: 63 });
    const from = example.memory.facts.length;
    expect(closeRun(example.desk, example.entry, by('SUP'), 'all counted')).toEqual(DONE);
    const { ledger } = example.floor.line;
    expect([openAccounts(ledger), accountsOf(ledger)]).toEqual([0, { ...accountsOf(ledger), INVALID: 40 }]);
    expect(movesOf(example, from)).toEqual([
      [{ from: 'ENDING', to: 'RECONCILING', transition: 'T17' }, 'RECONCILING'],
      [{ from: 'RECONCILING', to: 'CLOSED', transition: 'T18' }, 'CLOSED'],
    ]);
    expect(auditOf(example.memory.facts.slice(from))).toEqual([
      { ...SUP, action: 'T17', outcome: 'done', reason: 'all counted' },
      { ...SUP, action: 'T18', outcome: 'done', reason: 'all counted' },
    ]);
  });

  it('of a run whose serials are not on the line closes nothing: every one of them counts as open', async () => {
    const example = await running();
    const { desk, floor, entry } = example;
    report(desk, { kind: 'machine-changed', at: example.now(), device: PLC, state: 2, permits: 63 });
    endRunByPerson(desk, entry, by('SUP'), 'enough for today');
    expect(entry.run.state).toBe('ENDING');
    floor.line = emptyLine(floor.line.settings); // what a restart leaves when the ledger cannot be put together
    const from = example.memory.facts.length;
    const unmet = [{ guard: 'line-empty', detail: '40' }];
    expect(closeRun(desk, entry, by('SUP'), 'all counted')).toEqual({ kind: 'refused', unmet });
    expect([entry.run.state, auditOf(example.memory.facts.slice(from))]).toEqual([
      'ENDING',
      [{ ...SUP, action: 'run.close', outcome: 'refused', reason: 'all counted', detail: unmet }],
    ]);
  });

  it('of a run that is still running changes no serial', async () => {
    const example = await running();
    const before = accountsOf(example.floor.line.ledger);
    expect(closeRun(example.desk, example.entry, by('SUP'), 'all counted')).toMatchObject({ kind: 'refused' });
    expect(accountsOf(example.floor.line.ledger)).toEqual(before);
  });
});

it('a printer that was away forgets its queue before it prints again', async () => {
  const { from: _from, ...example } = await running();
  report(example.desk, { kind: 'device-lost', at: example.now(), device: PRINTER, detail: 'silence' });
  report(example.desk, { kind: 'device-connected', at: example.now(), device: PRINTER });
  const before = example.told.length;
  await resumeRun(example.desk, example.entry, by('OPR'), undefined);
  const printer = example.told
    .slice(before)
    .flatMap(({ device, directive }) => (device === PRINTER ? [directive] : []));
  expect(printer.map(({ kind }) => kind)).toEqual(['select', 'read-back', 'disarm', 'arm', 'enqueue']);
  expect(printer.at(-1)).toMatchObject({ first: 17 });
});
