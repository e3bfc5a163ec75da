import type { Answer } from '#contract/answer.ts';
import { OrderFile } from '#contract/order-file.ts';
import { FACT } from '#line/fact.ts';
import { importOrder } from '#order/import-order.ts';
import { beforeResume } from '#order/offers.ts';
import { unmetOf } from '#order/run.ts';
import type { Actor, Role, RunState } from '#order/run-state.ts';
import { TRANSITIONS } from '#order/transitions.ts';
import { DONE, failed, refused, refusedMove } from '#station/answers.ts';
import { askedNow, cameBetween } from '#station/asked.ts';
import { audit } from '#station/audit.ts';
import { refusedTo } from '#station/authority.ts';
import { conditionsOf } from '#station/conditions.ts';
import { conduct } from '#station/conductor.ts';
import { append, type Desk } from '#station/desk.ts';
import type { RunEntry } from '#station/floor.ts';
import { reconcile, settle } from '#station/line-end.ts';
import { orderOf } from '#station/recall.ts';
import { hasLedger } from '#station/run-ledger.ts';
import { moveRun } from '#station/run-moves.ts';
import { acknowledgeFaults, verifyJob } from '#station/set-up.ts';

/** Imports an order from the text of its file (T01). A rejected one says field by field what is wrong. */
export function importText(desk: Desk, actor: Actor, text: string, reason: string): Answer<{ run: number }> {
  const stranger = refusedTo(desk, actor, { action: 'order.import', reason });
  if (stranger !== undefined) return stranger;
  const read = readOrderFile(text);
  if (typeof read === 'string') return rejectOrder(desk, actor, reason, read);
  const known = new Set([...desk.floor.runs.values()].map(({ run }) => run.order.order));
  const today = new Date(desk.now()).toISOString().slice(0, 10);
  const judged = importOrder(read, today, known);
  if (judged.kind === 'rejected') {
    return rejectOrder(
      desk,
      actor,
      reason,
      judged.problems.map(({ field, message }) => `${field}: ${message}`).join('\n'),
    );
  }
  const { $schema: _schema, ...file } = read;
  const body = { ...file, expiry: judged.order.expiry };
  const order = orderOf(body);
  if (order === undefined) return failed('order-rejected', 'The order does not survive being stored. Report its file.');
  desk.floor.runsEver += 1;
  const run = desk.floor.runsEver;
  const at = desk.now();
  append(desk, { kind: FACT.orderImported, at, run, body: JSON.stringify(body) });
  audit(desk, actor, { action: 'order.import', run, reason });
  const entry: RunEntry = {
    run: { run, order, state: 'RECEIVED' },
    since: at,
    startedAt: undefined,
    allocated: 0,
    recordBase: 1,
    cause: undefined,
  };
  desk.floor.runs.set(run, entry);
  desk.changed();
  return { kind: 'done', value: { run } };
}

function rejectOrder(desk: Desk, actor: Actor, reason: string, message: string): Answer<{ run: number }> {
  audit(desk, actor, { action: 'order.import', outcome: 'refused', reason, detail: message });
  return failed('order-rejected', message);
}

/** The file's shape, or a sentence that says what is wrong with it. */
function readOrderFile(text: string): OrderFile | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return `This is no JSON file (${error instanceof Error ? error.message : 'unreadable'}). Export the order again, or compare it with resources/schemas/order.schema.json.`;
  }
  const file = OrderFile.safeParse(json);
  if (file.success) return file.data;
  return file.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`).join('\n');
}

/** A person stops production (T13), at once. A start or resume that is under way sets nothing going any more. */
export function holdRun(desk: Desk, entry: RunEntry, actor: Actor, reason: string): Answer<null> {
  const holders: readonly Role[] = TRANSITIONS.hold.by;
  if (holders.includes(actor.role)) desk.holds += 1;
  const moved = moveRun(desk, entry, TRANSITIONS.hold, actor, { reason, cause: reason });
  if (moved.kind === 'refused') return refusedMove(moved);
  conduct(desk, { kind: 'withdrawn', at: desk.now() });
  return DONE;
}

/** Goes on after a suspension (T12) or a hold (T14): the job is read back first where it may have been lost. */
export async function resumeRun(
  desk: Desk,
  entry: RunEntry,
  actor: Actor,
  reason: string | undefined,
): Promise<Answer<null>> {
  const transition = entry.run.state === 'HELD' ? TRANSITIONS.unhold : TRANSITIONS.resume;
  const beforehand = beforeResume(conditionsOf(desk.floor, entry, desk.now(), reason));
  const unmet = unmetOf(entry.run, transition, actor, beforehand);
  if (unmet.length > 0) {
    audit(desk, actor, { action: transition.id, outcome: 'refused', run: entry.run.run, reason, detail: unmet });
    return refused(unmet);
  }
  const asked = askedNow(desk);
  const fault = (await acknowledgeFaults(desk)) ?? (await verifyJob(desk, entry.run.order));
  const between = cameBetween(desk, asked);
  if (between.length > 0) {
    audit(desk, actor, { action: transition.id, outcome: 'refused', run: entry.run.run, reason, detail: between });
    return refused(between);
  }
  if (fault !== undefined) {
    audit(desk, actor, { action: transition.id, outcome: 'failed', run: entry.run.run, reason, detail: fault });
    return failed('device', fault);
  }
  const moved = moveRun(desk, entry, transition, actor, { reason });
  if (moved.kind === 'refused') return refusedMove(moved);
  if (moved.run.state === 'RUNNING') conduct(desk, { kind: 'released', at: desk.now() });
  return DONE;
}

/** Prints no more, lets the line run empty, then ENDING (T16). A line that stands ends at once. */
export function endRunByPerson(desk: Desk, entry: RunEntry, actor: Actor, reason: string | undefined): Answer<null> {
  const conditions = conditionsOf(desk.floor, entry, desk.now(), reason);
  const unmet = unmetOf(entry.run, TRANSITIONS.end, actor, conditions);
  audit(desk, actor, {
    action: 'run.end',
    outcome: unmet.length > 0 ? 'refused' : 'done',
    run: entry.run.run,
    reason,
    detail: unmet,
  });
  if (unmet.length > 0) return refused(unmet);
  desk.endBy = { actor, reason };
  conduct(desk, { kind: 'end-wanted', at: desk.now() });
  return DONE;
}

/**
 * Accounts for every serial that is left (T17, T18) and locks the record. Serials that are not on the line cannot be
 * accounted for, and none of them may disappear (design.md §3, invariant 2).
 */
export function closeRun(desk: Desk, entry: RunEntry, actor: Actor, reason: string): Answer<null> {
  const stranger = refusedTo(desk, actor, { action: 'run.close', run: entry.run.run, reason });
  if (stranger !== undefined) return stranger;
  if (CLOSABLE.has(entry.run.state) && !hasLedger(desk, entry)) {
    const unmet = [{ guard: 'line-empty', detail: String(entry.allocated) }];
    audit(desk, actor, { action: 'run.close', outcome: 'refused', run: entry.run.run, reason, detail: unmet });
    return refused(unmet);
  }
  if (entry.run.state === 'ENDING') {
    settle(desk, entry);
    const moved = moveRun(desk, entry, TRANSITIONS.reconcile, actor, { reason });
    if (moved.kind === 'refused') return refusedMove(moved);
  }
  if (entry.run.state === 'RECONCILING') reconcile(desk, entry);
  const moved = moveRun(desk, entry, TRANSITIONS.close, actor, { reason });
  return moved.kind === 'refused' ? refusedMove(moved) : DONE;
}

const CLOSABLE: ReadonlySet<RunState> = new Set(['ENDING', 'RECONCILING']);
