import { type JournalBatch, packFact, WIDTH } from '#contract/journal.ts';
import type { Fact } from '#line/fact.ts';

/** Facts that wait for the next batch, packed as they come. */
export interface Pending {
  readonly count: number;
  add(seq: number, fact: Fact): void;
  /** What stands here now must not be parted from what comes next by a new batch; and from here on it may. */
  endTurn(): void;
  /** The oldest batch; undefined when nothing is pending. */
  take(): JournalBatch | undefined;
}

const FEWEST_ROWS = 64;

/** A backlog is written in groups of about this size, so that no commit, and no check of the last groups, takes long. */
const GROUP_ROWS = 8192;

/** One typed array per batch, sized by the one before: an item costs no object beyond its fact. */
export function pendingFacts(): Pending {
  const full: JournalBatch[] = [];
  let fullCount = 0;
  let rows = new Float64Array(FEWEST_ROWS * WIDTH);
  let count = 0;
  let bodies: [number, string][] = [];
  const cut = (): JournalBatch => {
    const batch = { rows, count, bodies };
    rows = new Float64Array(Math.max(FEWEST_ROWS, count) * WIDTH);
    count = 0;
    bodies = [];
    return batch;
  };
  return {
    get count() {
      return fullCount + count;
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
    endTurn() {
      if (count < GROUP_ROWS) return;
      fullCount += count;
      full.push(cut());
    },
    take() {
      const oldest = full.shift();
      if (oldest !== undefined) {
        fullCount -= oldest.count;
        return oldest;
      }
      return count === 0 ? undefined : cut();
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
