import { FACT, type Fact } from '#line/fact.ts';
import { type Ledger, markSeen, moveSerial, stateOf } from '#line/ledger.ts';
import { SERIAL_STATES } from '#line/serial-state.ts';
import { OUTCOMES } from '#line/signal.ts';
import { REASON_CODES } from '#line/verdict.ts';

/** Verdicts about a serial that say nothing of the item which rightly carries it: they move no serial. */
const ABOUT_ANOTHER_ITEM: ReadonlySet<number> = new Set([
  REASON_CODES.duplicate,
  REASON_CODES['not-allocated'],
  REASON_CODES['unknown-fate'],
  REASON_CODES['not-sent'],
]);

/** What a fact needs to be applied: a stored row as well as a fresh one. */
export type Applied = Pick<Fact, 'kind' | 'serial' | 'count' | 'code'>;

/**
 * Applies a fact to the ledger: the one rule by which facts move serials, used while the line runs, after a restart
 * and, in SQL, by the views of docs/record-schema.md. A move that the rule book refuses is not made.
 */
export function applyFact(ledger: Ledger, fact: Applied): void {
  switch (fact.kind) {
    case FACT.sent:
      moveRange(ledger, fact, 'SENT');
      return;
    case FACT.printed:
      moveRange(ledger, fact, 'PRINTED');
      return;
    case FACT.moved: {
      const to = SERIAL_STATES[(fact.code ?? 0) % 100];
      if (to !== undefined) moveRange(ledger, fact, to);
      return;
    }
    case FACT.verdict:
      applyVerdict(ledger, fact);
      return;
    case FACT.outcome:
      if (fact.serial === undefined || fact.code === OUTCOMES['late-verdict']) return;
      moveSerial(ledger, fact.serial, fact.code === OUTCOMES['good-exit'] ? 'GOOD' : 'REJECTED');
      return;
    default:
      return;
  }
}

function moveRange(ledger: Ledger, fact: Applied, to: (typeof SERIAL_STATES)[number]): void {
  const first = fact.serial ?? 0;
  for (let index = first; index < first + (fact.count ?? 1); index += 1) moveSerial(ledger, index, to);
}

function applyVerdict(ledger: Ledger, fact: Applied): void {
  const { serial, code = 0 } = fact;
  if (serial === undefined || ABOUT_ANOTHER_ITEM.has(code)) return;
  // Records of before decision 0028 name a number that was still to be sent: whoever bore it was not its item.
  if (stateOf(ledger, serial) === 'ALLOCATED') return;
  markSeen(ledger, serial);
  // The camera saw it, so it is printed, whether the printer has said so yet or not.
  if (stateOf(ledger, serial) === 'SENT') moveSerial(ledger, serial, 'PRINTED');
  if (code !== 0) moveSerial(ledger, serial, 'REJECTED');
}
