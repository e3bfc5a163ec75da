import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call } from '@orpc/server';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answer } from '#contract/answer.ts';
import { report, watchRecord } from '#station/conductor.ts';
import type { RunEntry } from '#station/floor.ts';
import { drawSnapshot } from '#station/snapshot.ts';
import { startRun } from '#station/start-run.ts';
import { auditOf, by, type Example, exampleDesk, imported, PLC, PRINTER } from './example-desk.ts';
import { contextOf, routerOf } from './example-router.ts';

const folder = mkdtempSync(join(tmpdir(), 'linewright-stale-'));
afterAll(() => rmSync(folder, { recursive: true }));

const DONE = { kind: 'done', value: null };
const RETRY = 2_000;
const reason = 'a carton is stuck';
const refused = (guard: string) => ({ kind: 'refused', unmet: [{ guard }] });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A workstation with one order, and the buttons of its page. */
function night() {
  const example = exampleDesk();
  const entry = imported(example);
  const router = routerOf(example, folder);
  const stop = watchRecord(example.desk, RETRY);
  const command = () => ({ id: randomUUID(), run: entry.run.run });
  const buttons = {
    start: () => call(router.run.start, command(), contextOf('SUP')),
    resume: () => call(router.run.resume, command(), contextOf('SUP')),
    hold: () => call(router.run.hold, { ...command(), reason }, contextOf('OPR')),
    export: () => call(router.exports.write, { ...command(), format: 'csv' }, contextOf('SUP')),
  };
  return { ...example, entry, buttons, stop };
}

/** The same, its run suspended by something that is over. */
async function suspended() {
  const at = night();
  await startRun(at.desk, at.entry, by('SUP'));
  report(at.desk, { kind: 'machine-changed', at: at.now(), device: PLC, state: 6, permits: 63 });
  report(at.desk, { kind: 'rows-lost', at: at.now(), device: PLC, ring: 'trigger', count: 1 });
  expect(at.entry.run.state).toBe('SUSPENDED');
  return at;
}

/** From here on the printer answers nothing, until it is let. */
function silentPrinter({ behaviour }: Example): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  behaviour.answersAfter = promise;
  return resolve;
}

const lastPermit = ({ told }: Example): unknown =>
  told.flatMap(({ directive }) => (directive.kind === 'permit' ? [directive.open] : [])).at(-1);

const stands = (at: Example & { readonly entry: RunEntry }) => [
  at.entry.run.state,
  at.floor.line.mode === 'producing',
  lastPermit(at),
];

/** What the page was told, as far as it was told anything. */
function heard(answer: Promise<Answer<unknown>>): { answer?: Answer<unknown> } {
  const told: { answer?: Answer<unknown> } = {};
  void answer.then((one) => {
    told.answer = one;
  });
  return told;
}

describe('a hold', () => {
  it('acts at once while a resume waits for the printer, and the resume sets nothing going afterwards', async () => {
    const at = await suspended();
    const answerNow = silentPrinter(at);
    const resumed = at.buttons.resume();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await at.buttons.hold()).toEqual(DONE);
    expect(at.entry.run.state).toBe('HELD');
    answerNow();
    expect(await resumed).toEqual(refused('not-held-since'));
    expect(stands(at)).toEqual(['HELD', false, false]);
    expect(auditOf(at.memory.facts).at(-1)).toMatchObject({
      user: 'sup',
      action: 'T12',
      outcome: 'refused',
      detail: [{ guard: 'not-held-since' }],
    });
    at.stop();
  });

  it('of a run that is ready is not overrun by the start that is under way', async () => {
    const at = night();
    await startRun(at.desk, at.entry, by('SUP'));
    at.floor.line.mode = 'idle';
    at.entry.run = { ...at.entry.run, state: 'READY' };
    const answerNow = silentPrinter(at);
    const started = at.buttons.start();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await at.buttons.hold()).toEqual(DONE);
    answerNow();
    expect(await started).toEqual(refused('not-held-since'));
    expect([at.entry.run.state, at.floor.line.mode]).toEqual(['HELD', 'idle']);
    at.stop();
  });

  it('and an acknowledgement do not wait for an export that waits for the disk', async () => {
    const at = night();
    await startRun(at.desk, at.entry, by('SUP'));
    report(at.desk, { kind: 'machine-changed', at: at.now(), device: PLC, state: 6, permits: 63 });
    at.memory.settings.isManual = true;
    const exported = heard(at.buttons.export());
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await at.buttons.hold()).toEqual(DONE);
    expect([at.entry.run.state, exported]).toEqual(['HELD', {}]);
    expect(drawSnapshot(at.floor, by('SUP'), at.now()).busy).toEqual({ task: 'exporting', done: 0, of: 20 });
    at.memory.settings.isManual = false;
    at.memory.commit();
    await vi.waitFor(() => expect(exported.answer?.kind).toBe('done'));
    expect(drawSnapshot(at.floor, by('SUP'), at.now()).busy).toBeUndefined();
    at.stop();
  });
});

describe('a resume', () => {
  it('behind a command that hangs is refused when nobody can be expected to stand there still, and told so then', async () => {
    const at = await suspended();
    const answerNow = silentPrinter(at);
    const slow = at.buttons.resume();
    const second = heard(at.buttons.resume());
    await vi.advanceTimersByTimeAsync(4_900);
    expect(second.answer).toBeUndefined();
    await vi.advanceTimersByTimeAsync(200);
    expect(second.answer).toEqual(refused('asked-just-now'));
    expect(auditOf(at.memory.facts).at(-1)).toMatchObject({
      user: 'sup',
      action: 'run.resume',
      outcome: 'refused',
      detail: [{ guard: 'asked-just-now' }],
    });
    at.behaviour.fault = { code: 'no-answer', device: PRINTER, detail: 'the printer did not answer' };
    answerNow();
    expect(await slow).toMatchObject({ kind: 'failed' });
    at.behaviour.fault = undefined;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(stands(at)).toEqual(['SUSPENDED', false, false]);
    expect(await at.buttons.resume()).toEqual(DONE);
    at.stop();
  });

  it('that was asked for before the disk was full lets nothing go when there is room again', async () => {
    const at = await suspended();
    const answerNow = silentPrinter(at);
    const resumed = at.buttons.resume();
    await vi.advanceTimersByTimeAsync(1_000);
    at.memory.fail('disk-full', 'The disk is full.');
    at.memory.commit();
    expect(at.floor.recordWritable).toBe(true);
    answerNow();
    expect(await resumed).toEqual(refused('record-kept'));
    expect(stands(at)).toEqual(['SUSPENDED', false, false]);
    at.stop();
  });

  it('that waits behind another while the disk is full is refused, though its turn comes soon', async () => {
    const at = await suspended();
    const answerNow = silentPrinter(at);
    const answers = Promise.all([at.buttons.resume(), at.buttons.resume()]);
    await vi.advanceTimersByTimeAsync(1_000);
    at.memory.fail('disk-full', 'The disk is full.');
    at.memory.commit();
    answerNow();
    expect(await answers).toEqual([refused('record-kept'), refused('record-kept')]);
    expect(stands(at)).toEqual(['SUSPENDED', false, false]);
    at.stop();
  });
});

it('a release that waits for a disk which hangs without an error opens no infeed when the disk goes on', async () => {
  const at = await suspended();
  await at.buttons.resume();
  await at.buttons.hold();
  at.memory.settings.isManual = true;
  expect(await at.buttons.resume()).toEqual(DONE);
  expect(stands(at)).toEqual(['RUNNING', true, false]);
  await vi.advanceTimersByTimeAsync(4 * RETRY);
  expect(stands(at)).toEqual(['SUSPENDED', false, false]);
  expect(at.floor.alarms.map(({ code, state }) => [code, state])).toContainEqual(['record-failed', 'active']);
  at.memory.settings.isManual = false;
  at.memory.commit();
  await vi.advanceTimersByTimeAsync(4 * RETRY);
  expect([...stands(at), at.floor.recordWritable]).toEqual(['SUSPENDED', false, false, true]);
  expect(at.floor.alarms.map(({ code, state }) => [code, state])).toContainEqual(['record-failed', 'returned']);
  at.stop();
});

describe('a start', () => {
  it('whose numbers waited for room on the disk starts nothing by itself; the next start goes on with them', async () => {
    const at = night();
    const { promise, resolve } = Promise.withResolvers<void>();
    at.memory.settings.storesAfter = promise;
    const started = at.buttons.start();
    await vi.waitFor(() => expect(at.floor.busy?.task).toBe('storing-serials'));
    at.memory.fail('disk-full', 'The disk is full.');
    at.memory.commit();
    resolve();
    expect(await started).toEqual(refused('record-kept'));
    expect([at.entry.run.state, at.entry.allocated, at.floor.busy]).toEqual(['RECEIVED', 40, undefined]);
    expect(auditOf(at.memory.facts).at(-1)).toMatchObject({ action: 'run.start', outcome: 'refused' });
    expect(await at.buttons.start()).toEqual(DONE);
    expect([at.entry.run.state, at.entry.allocated]).toEqual(['RUNNING', 40]);
    at.stop();
  });
});
