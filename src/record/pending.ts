import { type JournalBatch, packFact, WIDTH } from '#contract/journal.ts';
import type { Fact } from '#line/fact.ts';

/** Facts that wait for the next batch, packed as they come. */
export interface Pending {
  readonly count: number;
  add(seq: number, fact: Fact): void;
  /** The batch so far; afterwards nothing is pending. */
  take(): JournalBatch;
}

const FEWEST_ROWS = 64;

/** One typed array per batch, sized by the one before: an item costs no object beyond its fact. */
export function pendingFacts(): Pending {
  let rows = new Float64Array(FEWEST_ROWS * WIDTH);
  let count = 0;
  let bodies: [number, string][] = [];
  return {
    get count() {
      return count;
    },
    add(seq, fact) {
      refuseFractions(fact);
      if ((count + 1) * WIDTH > rows.length) {
        const larger = new Float64Array(rows.length * 2);
        larger.set(rows);
        rows = larger;
      }
      packFact(rows, count, seq, fact);
      if (fact.body !== undefined) bodies.push([count, fact.body]);
      count += 1;
    },
    take() {
      const batch = { rows, count, bodies };
      rows = new Float64Array(Math.max(FEWEST_ROWS, count) * WIDTH);
      count = 0;
      bodies = [];
      return batch;
    },
  };
}

/** The tables are strict: a fraction would only be refused by the writer, where nobody can say who recorded it. */
function refuseFractions(fact: Fact): void {
  if (!isWhole(fact.at) || !isWhole(fact.run) || !isWhole(fact.epoch) || !isWhole(fact.item) || !isWhole(fact.serial)) {
    throw new Error(`fact of kind ${fact.kind}: its numbers must be integers`);
  }
  if (
    !isWhole(fact.count) ||
    !isWhole(fact.code) ||
    !isWhole(fact.grade) ||
    !isWhole(fact.readAt) ||
    !isWhole(fact.ref)
  ) {
    throw new Error(`fact of kind ${fact.kind}: its numbers must be integers`);
  }
}

function isWhole(value: number | undefined): boolean {
  return value === undefined || (Number.isSafeInteger(value) && !Object.is(value, -0));
}
