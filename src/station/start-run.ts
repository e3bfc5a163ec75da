import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Answer } from '#contract/answer.ts';
import { makeSerials, SERIAL_ALPHABET, SERIAL_LENGTH } from '#gs1/serial-pool.ts';
import { lineForRun } from '#line/carry-over.ts';
import { FACT } from '#line/fact.ts';
import { openLedger, type PackedSerials } from '#line/ledger.ts';
import { offersFor } from '#order/offers.ts';
import type { Order } from '#order/order.ts';
import type { Transition } from '#order/run.ts';
import type { Actor } from '#order/run-state.ts';
import { TRANSITIONS } from '#order/transitions.ts';
import { RecordError } from '#record/database.ts';
import { DONE, failed, refused, refusedMove } from '#station/answers.ts';
import { type Asked, askedNow, cameBetween } from '#station/asked.ts';
import { audit } from '#station/audit.ts';
import { conditionsOf } from '#station/conditions.ts';
import { conduct } from '#station/conductor.ts';
import type { Desk } from '#station/desk.ts';
import type { RunEntry } from '#station/floor.ts';
import { bringLedger, expectedOf } from '#station/run-ledger.ts';
import { moveRun } from '#station/run-moves.ts';
import { verifyJob } from '#station/set-up.ts';

/** Serials drawn between two turns of the event loop: heartbeats go on meanwhile. */
const CHUNK = 20_000;

/**
 * Walks an order from RECEIVED to RUNNING (T02 to T10), each step recorded with its actor: numbers allocated, jobs sent
 * and read back, line released. Where it is refused it stays in the state it reached, and a second start goes on there.
 */
export async function startRun(desk: Desk, entry: RunEntry, actor: Actor): Promise<Answer<null>> {
  const { start } = offersFor(entry.run, actor, conditionsOf(desk.floor, entry, desk.now()));
  if (!start.allowed) {
    audit(desk, actor, { action: 'run.start', outcome: 'refused', run: entry.run.run, detail: start.unmet });
    return refused(start.unmet);
  }
  const asked = askedNow(desk);
  const missing = await provideSerials(desk, entry);
  if (missing !== undefined) return startFailed(desk, entry, actor, failed('serials', missing));
  const voided = startVoided(desk, entry, actor, asked);
  if (voided !== undefined) return voided;
  const walked = walk(desk, entry, actor, [TRANSITIONS.prepare, TRANSITIONS.clear, TRANSITIONS.setUp]);
  if (walked !== undefined) return walked;
  busy(desk, 'setting-up', 0, 1);
  const fault = await verifyJob(desk, entry.run.order);
  busy(desk);
  if (fault !== undefined) return startFailed(desk, entry, actor, failed('job', fault));
  const ready =
    startVoided(desk, entry, actor, asked) ??
    walk(desk, entry, actor, [TRANSITIONS.verify, TRANSITIONS.approve, TRANSITIONS.start]);
  if (ready !== undefined) return ready;
  conduct(desk, { kind: 'released', at: desk.now() });
  return DONE;
}

/** Somebody held the line, or the record failed, while it was being made ready: it is started anew, or not at all. */
function startVoided(desk: Desk, { run }: RunEntry, actor: Actor, asked: Asked): Answer<null> | undefined {
  const between = cameBetween(desk, asked);
  if (between.length === 0) return undefined;
  audit(desk, actor, { action: 'run.start', outcome: 'refused', run: run.run, detail: between });
  return refused(between);
}

/** The world did not let the run start: on record, with what it was. */
function startFailed(
  desk: Desk,
  { run }: RunEntry,
  actor: Actor,
  answer: Extract<Answer<never>, { kind: 'failed' }>,
): Answer<null> {
  audit(desk, actor, { action: 'run.start', outcome: 'failed', run: run.run, detail: answer.failure });
  return answer;
}

/** Takes the transitions whose start has been reached; those already behind are passed over. */
function walk(desk: Desk, entry: RunEntry, actor: Actor, transitions: readonly Transition[]): Answer<null> | undefined {
  for (const transition of transitions) {
    if (!transition.from.includes(entry.run.state)) continue;
    const moved = moveRun(desk, entry, transition, actor);
    if (moved.kind === 'refused') return refusedMove(moved);
  }
  return undefined;
}

/** The order's serials are on the line: new ones, or those it was given before. A sentence when they are not. */
async function provideSerials(desk: Desk, entry: RunEntry): Promise<string | undefined> {
  try {
    if (entry.allocated === 0) return await allocate(desk, entry);
    return (await bringLedger(desk, entry))
      ? undefined
      : 'The record does not give back the serial numbers that this order was given. Run verify on it before anything is made.';
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return `The serial numbers are not on record: ${error.message}`;
  } finally {
    busy(desk);
  }
}

/** Draws, stores and books the serials of an order; a sentence when that failed, and then nothing was kept. */
async function allocate(desk: Desk, entry: RunEntry): Promise<string | undefined> {
  const { order, run } = entry.run;
  const block = await draw(desk, order);
  busy(desk, 'storing-serials', 0, 1);
  const packed = { run, gtin: order.product.gtin, first: 0, ...block };
  const facts = [{ kind: FACT.serialsAllocated, at: desk.now(), run, serial: 0, count: block.count }];
  const { clash } = await desk.journal.allocate(packed, facts);
  desk.lastSeq = desk.journal.lastSeq;
  if (clash !== undefined) return `Serial ${clash} exists already for this GTIN. No number was taken; start again.`;
  entry.allocated = block.count;
  entry.recordBase = desk.floor.serialsEver + 1;
  desk.floor.serialsEver += block.count;
  desk.floor.line = lineForRun(desk.floor.line, openLedger(run, [block]), expectedOf(order), entry.recordBase);
  return undefined;
}

/** Draws unguessable serials, a chunk a turn. Two chunks could share a number only by a 60-bit chance; the store checks. */
async function draw(desk: Desk, { allocate: count }: Order): Promise<PackedSerials> {
  const bytes = new Uint8Array(count * SERIAL_LENGTH);
  for (let done = 0; done < count; done += CHUNK) {
    busy(desk, 'drawing-serials', done, count);
    const wish = {
      count: Math.min(CHUNK, count - done),
      length: SERIAL_LENGTH,
      alphabet: SERIAL_ALPHABET,
      random: randomBytes,
    };
    bytes.set(makeSerials(wish).bytes, done * SERIAL_LENGTH);
    await nextTurn();
  }
  return { count, stride: SERIAL_LENGTH, bytes };
}

function busy(desk: Desk, task?: string, done = 0, of = 1): void {
  desk.floor.busy = task === undefined ? undefined : { task, done, of };
  desk.changed();
}
