import { parseContent } from '#virtual-line/oracle-content.ts';
import { faultsOn, type PhysicalItem, type PhysicalTruth, placeOf } from '#virtual-line/oracle-ledger.ts';
import type { Case } from '#virtual-line/oracle-physical.ts';
import type { NamedRow } from '#virtual-line/oracle-record.ts';
import { type Findings, findings } from '#virtual-line/oracle-report.ts';

/**
 * O11: a serial that the record names for an item is printed on that very item, whatever became of it: an item that was
 * judged by the code of its neighbour is found even where both were diverted. Which item of the belt a row is about is
 * counted twice: by the PLC at the camera eye (docs/devices/line-plc.md), whose number the record has, and by the ledger's
 * own `eye` lines. Rows that name nobody (nothing read, no picture) claim nothing.
 */
export function namesAreTrue({ truth, record }: Case): Findings {
  const result = findings('O11', 'The serial the record names for an item is printed on that very item');
  const atEye = byCount(truth);
  let untold = 0;
  let doubted = 0;
  for (const row of record.named) {
    if (row.isDoubted) doubted += 1;
    if (truth.untoldEpochs.has(row.epoch)) untold += 1;
    else compare(row, atEye, truth, result);
  }
  if (untold > 0) result.note(`The ledger is too old to tell which items ${untold} rows are about.`);
  if (doubted > 0) result.note(`Rows that say themselves that the code may be a neighbour's: ${doubted}.`);
  return result;
}

/** How far a neighbour may be: with more items in a row unread a line stands. */
const NEAR = 4;

/** The PLC's count has 16 bits, and who counts on beyond them may begin anew when he is restarted. */
const WRAP = 65_536;

function countOf(epoch: number, item: number): string {
  return `${epoch} ${((item % WRAP) + WRAP) % WRAP}`;
}

/** More than one item under a count: more than 65 536 in one start of the PLC, or two starts with one number. */
function byCount(truth: PhysicalTruth): AtEye {
  const items = new Map<string, PhysicalItem[]>();
  for (const item of truth.items.values()) {
    if (item.eye === undefined) continue;
    const count = countOf(item.eye.epoch, item.eye.place);
    const known = items.get(count);
    if (known === undefined) items.set(count, [item]);
    else known.push(item);
  }
  return items;
}

const SAYING = {
  v_verdict: 'The verdict on',
  v_outcome: 'The outcome of',
  v_inspection: 'The inspection of',
  v_picture: 'The picture of',
} as const;

type AtEye = ReadonlyMap<string, readonly PhysicalItem[]>;

function compare(row: NamedRow, atEye: AtEye, truth: PhysicalTruth, result: Findings): void {
  const { view, epoch, item, serial } = row;
  const [first, ...others] = atEye.get(countOf(epoch, item)) ?? [];
  if (first === undefined) {
    result.add(
      `${SAYING[view]} item ${item} of epoch ${epoch} names ${serial}, but no such item came to the camera eye.`,
    );
    return;
  }
  const met = [first, ...others, ...(row.isDoubted ? neighbours(row, atEye) : [])];
  if (met.some((candidate) => serialsOn(candidate).includes(serial)) || wasShownAnother(truth, first)) return;
  const carried = serialsOn(first).join(' and ');
  const carries = carried === '' ? 'which carries no code' : `which carries ${carried}`;
  result.add(`${SAYING[view]} item ${first.item}, ${carries}, names ${serial}.`, first.item);
}

function neighbours({ epoch, item }: NamedRow, atEye: AtEye): readonly PhysicalItem[] {
  const places = Array.from({ length: 2 * NEAR + 1 }, (_, place) => item - NEAR + place);
  return places.flatMap((place) => atEye.get(countOf(epoch, place)) ?? []);
}

/** A sensor that is frozen shows another item as a new picture: nobody can see that in it, only stop the item. */
function wasShownAnother(truth: PhysicalTruth, item: PhysicalItem): boolean {
  return placeOf(item) !== 'good output' && faultsOn(truth, item).some(({ fault }) => fault === 'F15-frozen');
}

/** What can be read on an item; where one print is over another, each of them. */
function serialsOn({ contents }: PhysicalItem): readonly string[] {
  return contents.flatMap((content) => parseContent(content)?.serial ?? []);
}
