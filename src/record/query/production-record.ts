import type { ProductionRecord } from '#contract/workstation.ts';
import { FACT } from '#line/fact.ts';
import { openLedger, restoreStates, stateOf } from '#line/ledger.ts';
import { applyFact } from '#line/replay.ts';
import { STATE_CODE } from '#line/serial-state.ts';
import { OUTCOMES, type Outcome } from '#line/signal.ts';
import { REASON_CODES, reasonOf } from '#line/verdict.ts';

/** A stored fact that speaks of one serial, by a range or by itself. */
export interface SerialFact {
  readonly seq: number;
  readonly kind: number;
  readonly at: number;
  readonly code: number | null;
  readonly grade: number | null;
  readonly readAt: number | null;
  readonly ref: number | null;
}

/** What all items of a run share. */
export interface RunFrame {
  readonly run: number;
  readonly order: string;
  readonly gtin: string;
  readonly lot: string;
  readonly expiry: string;
}

/** Which devices made it: those named by the newest start before the fact. */
export interface DeviceEra {
  readonly seq: number;
  readonly printer: string | null;
  readonly reader: string | null;
  readonly plc: string | null;
}

/** The production record of one item from its facts, oldest first: the same as view v_production_record. */
export function productionRecord(
  frame: RunFrame,
  serial: string,
  facts: readonly SerialFact[],
  eras: readonly DeviceEra[],
): ProductionRecord {
  const sent = facts.find((fact) => fact.kind === FACT.sent);
  const printed = facts.find((fact) => fact.kind === FACT.printed);
  const verdict = firstOf(facts, FACT.verdict, isAboutAnother);
  const outcome = firstOf(facts, FACT.outcome, (fact) => fact.code === OUTCOMES['late-verdict']);
  const fate = fateOf(facts);
  const devices = [eraOf(eras, sent)?.printer, eraOf(eras, verdict)?.reader, eraOf(eras, outcome)?.plc];
  return {
    ...frame,
    serial,
    state: fate.state,
    sentAt: sent?.at ?? null,
    printedAt: printed?.at ?? null,
    ...verdictPart(verdict),
    reason: reasonOf(fate.reason) ?? null,
    outcomeAt: outcome?.at ?? null,
    outcome: outcomeWord(outcome?.code) ?? null,
    devices: devices.filter((device) => typeof device === 'string'),
  };
}

function verdictPart(
  fact: SerialFact | undefined,
): Pick<ProductionRecord, 'readAt' | 'verdictAt' | 'verdict' | 'grade'> {
  if (fact === undefined) return { readAt: null, verdictAt: null, verdict: null, grade: null };
  const verdict = (fact.code ?? 0) === 0 ? 'PASS' : 'FAIL';
  return { readAt: fact.readAt, verdictAt: fact.at, verdict, grade: fact.grade === null ? null : fact.grade / 10 };
}

/** The first fact of a kind, one of the second choice only if there is no other. */
function firstOf(
  facts: readonly SerialFact[],
  kind: number,
  isSecond: (fact: SerialFact) => boolean,
): SerialFact | undefined {
  const all = facts.filter((fact) => fact.kind === kind);
  return all.find((fact) => !isSecond(fact)) ?? all[0];
}

const ABOUT_ANOTHER: readonly number[] = [
  REASON_CODES.duplicate,
  REASON_CODES['not-allocated'],
  REASON_CODES['unknown-fate'],
  REASON_CODES['not-sent'],
];

/** A verdict about an item that carried this serial without right: it is not this item's verdict. */
function isAboutAnother(fact: SerialFact): boolean {
  return ABOUT_ANOTHER.includes(fact.code ?? 0);
}

function outcomeWord(code: number | null | undefined): Outcome | undefined {
  return (Object.keys(OUTCOMES) as Outcome[]).find((word) => OUTCOMES[word] === code);
}

function eraOf(eras: readonly DeviceEra[], fact: SerialFact | undefined): DeviceEra | undefined {
  return fact && eras.findLast((era) => era.seq < fact.seq);
}

/** A ledger of one serial, used over and over: opening one per item would cost more than the replay. */
const ONE_SERIAL = openLedger(0, [{ count: 1, stride: 1, bytes: Uint8Array.of(0x31) }]);
const ALLOCATED = Uint8Array.of(STATE_CODE.ALLOCATED);

/** State and reason number after all facts: the ledger's own rule, on a ledger of one serial. */
function fateOf(facts: readonly SerialFact[]): { state: string; reason: number } {
  const ledger = ONE_SERIAL;
  restoreStates(ledger, ALLOCATED);
  let reason = 0;
  for (const fact of facts) {
    const before = stateOf(ledger, 0);
    applyFact(ledger, {
      kind: fact.kind as never,
      serial: 0,
      count: 1,
      ...(fact.code === null ? {} : { code: fact.code }),
    });
    if (before !== 'REJECTED' && stateOf(ledger, 0) === 'REJECTED') reason = reasonFor(fact, facts);
  }
  return { state: stateOf(ledger, 0), reason };
}

/** Why a serial became REJECTED: the verdict's reason, the reason a move names, or what the outcome means. */
function reasonFor(fact: SerialFact, facts: readonly SerialFact[]): number {
  if (fact.kind === FACT.verdict) return fact.code ?? 0;
  if (fact.kind === FACT.moved) return fact.ref ?? 0;
  switch (fact.code) {
    case OUTCOMES.diverted: {
      const isLate = facts.some(
        (other) => other.kind === FACT.outcome && other.code === OUTCOMES['late-verdict'] && other.seq < fact.seq,
      );
      return REASON_CODES[isLate ? 'late-verdict' : 'purged'];
    }
    case OUTCOMES['divert-failed']:
      return REASON_CODES['divert-failed'];
    case OUTCOMES.lost:
      return REASON_CODES['tracking-lost'];
    case OUTCOMES['unexpected-divert']:
      return REASON_CODES.purged;
    default:
      return 0;
  }
}
