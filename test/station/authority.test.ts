import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call } from '@orpc/server';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '#contract/answer.ts';
import { ROLES, type Role } from '#order/run-state.ts';
import { changeAlarm } from '#station/alarm-desk.ts';
import { endRunByPerson, holdRun } from '#station/commands.ts';
import type { WorkstationRouter } from '#station/router.ts';
import { startRun } from '#station/start-run.ts';
import { auditOf, by, type Example, exampleDesk, imported, ORDER_FILE } from './example-desk.ts';
import { contextOf, routerOf } from './example-router.ts';

const folder = mkdtempSync(join(tmpdir(), 'linewright-authority-'));
afterAll(() => rmSync(folder, { recursive: true }));

const PEOPLE: readonly Role[] = ROLES.filter((role) => role !== 'SYS');

interface Stage extends Example {
  readonly router: WorkstationRouter;
  readonly run: number;
}

/** A station whose run is where the command needs it. */
async function stage(prepare: (example: Example) => Promise<void> | void): Promise<Stage> {
  const example = exampleDesk();
  const entry = imported(example);
  await prepare(example);
  const router = routerOf(example, folder);
  return { ...example, router, run: entry.run.run };
}

const first = ({ floor }: Example) => {
  const [entry] = floor.runs.values();
  if (entry === undefined) throw new Error('the example order is missing');
  return entry;
};
const started = async (example: Example): Promise<void> => {
  await startRun(example.desk, first(example), by('SUP'));
};
const held = async (example: Example): Promise<void> => {
  await started(example);
  holdRun(example.desk, first(example), by('SUP'), 'a carton is stuck');
};
const ending = async (example: Example): Promise<void> => {
  await started(example);
  endRunByPerson(example.desk, first(example), by('SUP'), 'enough for today');
};
const suspended = async (example: Example): Promise<void> => {
  await started(example);
  const { desk, now } = example;
  const { report } = await import('#station/conductor.ts');
  report(desk, { kind: 'rows-lost', at: now(), device: 'plc-1', ring: 'trigger', count: 1 });
};

type Send = (stage: Stage, role: Role | undefined) => Promise<Answer<unknown>>;
const id = 'command-1';
const reason = 'a test';

interface Row {
  readonly prepare: (example: Example) => Promise<void> | void;
  readonly send: Send;
  readonly allowed: readonly Role[];
  /** The action of the audit entry of a refusal. */
  readonly action: string;
}

const ROWS: Readonly<Record<string, Row>> = {
  'import an order': {
    prepare: () => {},
    send: ({ router }, role) => {
      const text = JSON.stringify({ ...ORDER_FILE, order: 'PO-2001' });
      return call(router.orders.import, { id, text, reason }, contextOf(role));
    },
    allowed: ['SUP', 'ENG'],
    action: 'order.import',
  },
  'import a sample order': {
    prepare: () => {},
    send: ({ router }, role) => call(router.orders.importSample, { id, file: 'po-1002-1000.json' }, contextOf(role)),
    allowed: ['SUP', 'ENG'],
    action: 'order.import',
  },
  'start a run': {
    prepare: () => {},
    send: ({ router, run }, role) => call(router.run.start, { id, run }, contextOf(role)),
    allowed: ['SUP'],
    action: 'run.start',
  },
  'hold a run': {
    prepare: started,
    send: ({ router, run }, role) => call(router.run.hold, { id, run, reason }, contextOf(role)),
    allowed: ['OPR', 'SUP', 'QA'],
    action: 'T13',
  },
  'resume a suspended run': {
    prepare: suspended,
    send: ({ router, run }, role) => call(router.run.resume, { id, run }, contextOf(role)),
    allowed: ['OPR', 'SUP'],
    action: 'T12',
  },
  'resume a held run': {
    prepare: held,
    send: ({ router, run }, role) => call(router.run.resume, { id, run }, contextOf(role)),
    allowed: ['SUP'],
    action: 'T14',
  },
  'end a run': {
    prepare: started,
    send: ({ router, run }, role) => call(router.run.end, { id, run, reason }, contextOf(role)),
    allowed: ['OPR', 'SUP'],
    action: 'run.end',
  },
  'close a run': {
    prepare: ending,
    send: ({ router, run }, role) => call(router.run.close, { id, run, reason }, contextOf(role)),
    allowed: ['SUP'],
    action: 'run.close',
  },
  'acknowledge an alarm': {
    prepare: ({ desk }) => changeAlarm(desk, { kind: 'raise', code: 'serials-low' }),
    send: ({ router }, role) => call(router.alarms.acknowledge, { id, alarm: 1 }, contextOf(role)),
    allowed: ['OPR', 'SUP', 'QA', 'ENG'],
    action: 'alarm.acknowledge',
  },
  'write an export': {
    prepare: started,
    send: ({ router, run }, role) => call(router.exports.write, { id, run, format: 'csv' }, contextOf(role)),
    allowed: ['SUP', 'QA', 'ENG', 'AUD'],
    action: 'export.write',
  },
  'put print limits in force': {
    prepare: () => {},
    send: ({ router }, role) =>
      call(router.eye.applyLimits, { id, reason, limits: { overall: 2, parameters: { axial: 2.5 } } }, contextOf(role)),
    allowed: ['SUP'],
    action: 'eye.limits',
  },
  'cause a fault of the training line': {
    prepare: () => {},
    send: ({ router }, role) => call(router.training.inject, { id, fault: 'F01' }, contextOf(role)),
    allowed: ['OPR', 'SUP', 'QA', 'ENG'],
    action: 'training.inject',
  },
};

describe.each(Object.entries(ROWS))('to %s', (_name, { prepare, send, allowed, action }) => {
  let before: Stage;
  beforeEach(async () => {
    before = await stage(prepare);
  });

  it.each(PEOPLE)('%s has an answer and an audit entry that agree', async (role) => {
    const { floor, memory } = before;
    const written = memory.facts.length;
    const states = first(before).run.state;
    const answer = await send(before, role);
    const facts = memory.facts.slice(written);
    const entries = auditOf(facts);
    if (allowed.includes(role)) {
      expect(answer.kind).toBe('done');
      expect(entries.at(-1)).toMatchObject({ user: role.toLowerCase(), role, outcome: 'done' });
      return;
    }
    expect(answer).toMatchObject({
      kind: 'refused',
      unmet: expect.arrayContaining([{ guard: 'role', detail: rolesOf(allowed) }]),
    });
    expect(entries).toMatchObject([{ user: role.toLowerCase(), role, action, outcome: 'refused' }]);
    expect([facts.length, first(before).run.state, floor.runs.size]).toEqual([1, states, 1]);
  });

  it('a stranger is not even answered, and nothing is written', async () => {
    const written = before.memory.facts.length;
    await expect(send(before, undefined)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    expect(before.memory.facts.length).toBe(written);
  });

  it('nobody gets through while nothing can be put on record', async () => {
    before.floor.recordWritable = false;
    expect(await send(before, allowed[0])).toEqual({ kind: 'refused', unmet: [{ guard: 'record-writable' }] });
  });
});

const rolesOf = (roles: readonly Role[]): string => roles.join(' ');

it('the threshold laboratory tells each person beforehand whether they may apply limits', async () => {
  const { router, memory } = await stage(() => undefined);
  const written = memory.facts.length;
  const offers = await Promise.all(
    PEOPLE.map(async (role) => [role, (await call(router.eye.limits, undefined, contextOf(role))).apply] as const),
  );
  expect(offers).toEqual(
    PEOPLE.map((role) => [
      role,
      role === 'SUP' ? { allowed: true, unmet: [] } : { allowed: false, unmet: [{ guard: 'role', detail: 'SUP' }] },
    ]),
  );
  expect(memory.facts.length).toBe(written);
});
