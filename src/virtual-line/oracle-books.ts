import { type Published, serialIn } from '#virtual-line/oracle-epcis.ts';
import { type PhysicalTruth, type Place, placeOf } from '#virtual-line/oracle-ledger.ts';
import type { Case } from '#virtual-line/oracle-physical.ts';
import type { AuditRow, RunRecord, StepRow } from '#virtual-line/oracle-record.ts';
import { type Findings, findings, type PhysicalCounts } from '#virtual-line/oracle-report.ts';

/** Invariants about the books: the record against itself, against the published file, and against the counts. */

/** O3, the recorded half: nothing allocated, sent, counted good or commissioned twice. */
export function noEntryTwice({ record, matched }: Case, published: Published | undefined, result: Findings): void {
  const bySent = new Map(record.serials.map((serial) => [serial.idx, serial.serial]));
  const text = (idx: number): string => bySent.get(idx) ?? `with index ${idx}`;
  for (const serial of record.serials) {
    const first = record.bySerial.get(serial.serial);
    if (first === undefined || first === serial) continue;
    result.add(`Serial ${serial.serial} stands twice in the record, as index ${first.idx} and ${serial.idx}.`);
  }
  for (const { serial, run } of matched.shared) result.add(`Serial ${serial} belongs to run ${run} as well.`);
  for (const [idx, times] of record.sent)
    if (times > 1) result.add(`Serial ${text(idx)} was sent to a printer ${times} times.`);
  for (const [idx, times] of record.goodExits) {
    if (times > 1) result.add(`Serial ${text(idx)} was reported through the good exit ${times} times.`);
  }
  for (const [key, times] of published?.commissioned ?? []) {
    if (times > 1) result.add(`Serial ${serialIn(key)} is commissioned ${times} times in the EPCIS file.`);
  }
}

/** Counts where the items of the whole ledger are in the end. */
export function countItems(truth: PhysicalTruth): PhysicalCounts {
  const items = [...truth.items.values()];
  const at = (place: Place): number => items.filter((item) => placeOf(item) === place).length;
  return {
    fed: items.filter((item) => item.origin === 'fed').length,
    inserted: items.filter((item) => item.origin === 'inserted').length,
    good: at('good output'),
    rejectBin: at('reject bin'),
    removed: at('removed'),
    inBelt: at('belt'),
  };
}

/** O5: the serial ledger balances, and so do the items. */
export function booksBalance(theCase: Case, physical: PhysicalCounts): Findings {
  const result = findings('O5', 'Serials and items reconcile');
  balanceAccounts(theCase.record, result);
  balanceSent(theCase, result);
  for (const { text, item } of theCase.truth.contradictions) result.add(text, item);
  const left = physical.fed + physical.inserted;
  const right = physical.good + physical.rejectBin + physical.removed + physical.inBelt;
  if (left !== right) {
    result.add(
      `${physical.fed} items fed and ${physical.inserted} inserted, but ${right} are in the good output, the reject bin, removed or on the belt.`,
    );
  }
  nothingVanished(theCase, result);
  return result;
}

/** Serials by state, counted one by one. */
export function countStates(record: RunRecord): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { state } of record.serials) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

function balanceAccounts(record: RunRecord, result: Findings): void {
  const counted = countStates(record);
  const total = [...record.accounts.values()].reduce((sum, count) => sum + count, 0);
  if (total !== record.serials.length) {
    result.add(`The accounts add up to ${total}, but ${record.serials.length} serials are allocated.`);
  }
  for (const state of new Set([...Object.keys(counted), ...record.accounts.keys()])) {
    const stated = record.accounts.get(state) ?? 0;
    const found = counted[state] ?? 0;
    if (stated !== found) result.add(`The account ${state} says ${stated}, but ${found} serials are ${state}.`);
  }
}

/** A = S + R, serial by serial; and nothing is on an item that was not sent before. */
function balanceSent({ record, matched }: Case, result: Findings): void {
  const known = new Set<number>();
  for (const serial of record.serials) {
    known.add(serial.idx);
    const isSent = record.sent.has(serial.idx);
    if (isSent && serial.state === 'ALLOCATED') result.add(`Serial ${serial.serial} was sent but is ALLOCATED again.`);
    if (!isSent && serial.state !== 'ALLOCATED' && serial.state !== 'INVALID') {
      result.add(`Serial ${serial.serial} is ${serial.state} but was never sent to a printer.`);
    }
  }
  for (const idx of record.sent.keys()) {
    if (!known.has(idx)) result.add(`The serial with index ${idx} was sent but is in no account.`);
  }
  for (const [serial, carriers] of matched.carriers) {
    if (record.sent.has(serial.idx)) continue;
    const item = carriers[0]?.physical.item;
    result.add(`Item ${item} carries serial ${serial.serial}, which was never sent to a printer.`, item);
  }
}

function nothingVanished({ truth, record, matched }: Case, result: Findings): void {
  for (const item of truth.items.values()) {
    if (item.places.length > 0 || item.section >= truth.sections - 1) continue;
    result.add(`Item ${item.item} was on the belt when the process ended and is never heard of again.`, item.item);
  }
  if (record.run.state !== 'CLOSED') return;
  for (const { physical, serials } of matched.items) {
    if (placeOf(physical) !== 'belt' || serials.length === 0) continue;
    result.add(
      `The run is CLOSED, but item ${physical.item} with serial ${serials[0]?.serial} is still on the belt.`,
      physical.item,
    );
  }
}

const UNDECIDED = new Set(['SENT', 'PRINTED', 'UNKNOWN_FATE']);

/** O6: after the close every serial that was handed to a printer has a final state. */
export function everySerialEnds({ record }: Case): Findings {
  const result = findings('O6', 'Every serial handed to a printer has a final state');
  for (const { serial, state } of record.serials) {
    if (!UNDECIDED.has(state)) continue;
    if (record.run.state === 'CLOSED') result.add(`The run is CLOSED, but serial ${serial} is ${state}.`);
    else result.leaveOpen(`Serial ${serial} is ${state}.`);
  }
  if (record.run.state !== 'CLOSED')
    result.note(`The run is ${record.run.state}, not CLOSED: what is undecided is open.`);
  return result;
}

const NEEDS_REASON = new Set(['HELD', 'CLOSED', 'CANCELLED']);
/** A step and its audit entry are one commit; anything further apart is not the same act. */
const SAME_ACT = 1000;

/** O10: whatever a person did to the run is in the audit trail, with user, time and, where one is due, a reason. */
export function peopleSigned({ record }: Case): Findings {
  const result = findings('O10', 'Each intervention has an audit entry with user, time and reason');
  for (const step of record.steps) {
    const name = `${step.from_state ?? 'nothing'} to ${step.to_state} (row ${step.seq})`;
    if (step.user_id === null || step.user_id === '') result.add(`Nobody stands behind the step from ${name}.`);
    else if (step.user_id !== 'linewright') judgeStep(result, step, step.user_id, name, record.audit);
  }
  for (const alarm of record.alarms) {
    if (alarm.acknowledged_at !== null && (alarm.acknowledged_by ?? '') === '') {
      result.add(`Alarm ${alarm.code} (${alarm.alarm}) was acknowledged by nobody.`);
    }
  }
  return result;
}

/** The step is followed by the entry of the command that caused it: the next one of this run in the journal. */
function judgeStep(result: Findings, step: StepRow, user: string, name: string, audit: readonly AuditRow[]): void {
  const entry = audit.find((row) => row.seq > step.seq);
  if (entry === undefined || entry.user_id !== user || Math.abs((entry.at ?? 0) - step.at) > SAME_ACT) {
    result.add(`The step from ${name} by ${user} has no audit entry.`);
    return;
  }
  if (entry.outcome === 'refused' || entry.outcome === 'failed') {
    result.add(
      `The step from ${name} by ${user} was made although its command ${entry.outcome === 'failed' ? 'failed' : 'was refused'}.`,
    );
  }
  if (NEEDS_REASON.has(step.to_state) && (entry.reason ?? '').trim() === '') {
    result.add(`The audit entry of the step from ${name} by ${user} gives no reason.`);
  }
}
