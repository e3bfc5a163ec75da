import type { Reject } from '#contract/snapshot.ts';
import { readableCode } from '#renderer/words/format.ts';
import { parameterName } from '#renderer/words/parameters.ts';

type Reason = Reject['reason'];
type Evidence = Pick<Reject, 'serial' | 'read' | 'expected'>;

interface ReasonWords {
  /** For a bar of the Pareto: two or three words. */
  readonly label: string;
  /** What was wrong with this item, after "rejected: ". */
  readonly because: (item: Evidence) => string;
}

/** Every reason of docs/reason-codes.md in plain words: what the code reads, what the order says. */
const REASON_WORDS: Readonly<Record<Reason, ReasonWords>> = {
  'no-read': { label: 'No code read', because: () => 'no readable code' },
  'no-reading': { label: 'No answer from reader', because: () => 'the reader sent no reading for this item in time' },
  'not-gs1': {
    label: 'Not a GS1 code',
    because: ({ read }) =>
      `code ${read === undefined ? 'is' : `reads ${quoted(read)}, which is`} not a GS1 element string`,
  },
  'wrong-gtin': { label: 'Wrong product', because: (item) => differs('product', item) },
  'wrong-lot': { label: 'Wrong lot', because: (item) => differs('lot', item) },
  'wrong-expiry': { label: 'Wrong expiry', because: (item) => differs('expiry', item) },
  'not-allocated': {
    label: 'Foreign serial',
    because: (item) =>
      item.read === undefined && item.serial === undefined
        ? 'code has a serial that was never allocated to this order'
        : `code reads ${serialOf(item)}, which was never allocated to this order`,
  },
  'not-sent': {
    label: 'Serial not sent',
    because: (item) => `${serialOf(item)} was never sent to the printer`,
  },
  duplicate: {
    label: 'Duplicate serial',
    because: (item) => `${serialOf(item)} was already seen on another item`,
  },
  'unknown-fate': {
    label: 'Unknown fate',
    because: (item) => `nobody can tell what became of ${serialOf(item)} before`,
  },
  'low-grade': {
    label: 'Low print grade',
    because: lowGrade,
  },
  'frame-skew': {
    label: 'Picture of another item',
    because: ({ read, expected }) =>
      read === undefined || expected === undefined
        ? 'the picture belongs to another item'
        : `the picture belongs to another item (reads ${read}, ${expected} was due)`,
  },
  'out-of-sequence': {
    label: 'Out of sequence',
    because: (item) =>
      `${serialOf(item)} came out of sequence${item.expected === undefined ? '' : `, ${item.expected} was due`}`,
  },
  'after-interlock': { label: 'After a stop', because: () => 'it was on the way when the run stopped' },
  'tracking-lost': { label: 'Tracking lost', because: () => 'the PLC lost track of where this item was' },
  'flagged-by-plc': {
    label: 'Flagged by the PLC',
    because: () => 'the PLC marked it (touching items or wrong length)',
  },
  'late-reading': { label: 'Late reading', because: () => 'its reading came too late to be trusted' },
  'not-running': { label: 'Line not running', because: () => 'it passed the reader while no run was producing' },
  'late-verdict': {
    label: 'Late verdict',
    because: () => 'the verdict reached the PLC too late, so the PLC diverted it',
  },
  purged: { label: 'Purged', because: () => 'the line was purged' },
  'divert-failed': { label: 'Divert failed', because: () => 'it was to be diverted and the divert was not confirmed' },
  'no-image': { label: 'No picture', because: () => 'the camera gave no whole picture of this item' },
  'not-inspected': { label: 'Not inspected', because: () => 'its picture was not inspected in time' },
  'assisted-read': {
    label: 'Assisted read only',
    because: ({ read }) => `only the assisted read could read the code${read === undefined ? '' : ` (${read})`}`,
  },
  misplaced: { label: 'Code misplaced', because: (item) => seen('the code is misplaced', item) },
  'not-present': { label: 'Something missing', because: (item) => seen('something is missing', item) },
  'wrong-count': { label: 'Wrong number of codes', because: (item) => seen('the number of codes is wrong', item) },
  'wrong-text': { label: 'Wrong text', because: (item) => seen('the printed text is wrong', item) },
  'low-parameter': { label: 'Print parameter low', because: lowParameter },
};

/** The name of a reason in a list or a bar. */
export function reasonLabel(reason: Reason): string {
  return REASON_WORDS[reason].label;
}

/** What became of one item, as a sentence: "Rejected: code reads lot B, order is lot A". */
export function rejectSentence(reject: Evidence & { readonly reason: Reason }): string {
  return `Rejected: ${REASON_WORDS[reject.reason].because(reject)}`;
}

/** The same where "rejected" stands above it: "Code reads lot B, order is lot A". */
export function rejectCause(reject: Evidence & { readonly reason: Reason }): string {
  return REASON_WORDS[reject.reason].because(reject).replace(/^./, (first) => first.toUpperCase());
}

/** The serial as the code reads it, or as we know it; "its serial" where neither is known. */
function serialOf({ serial, read }: Evidence): string {
  const known = read ?? serial;
  return known === undefined ? 'its serial' : `serial ${known}`;
}

/** What the camera found, with what it should have been. */
function seen(what: string, { read, expected }: Evidence): string {
  if (read === undefined) return what;
  return `${what}: ${read}${expected === undefined ? '' : `, expected ${expected}`}`;
}

/** "spare correction has grade 1.0, expected 1.5 or better"; the station names parameters as the record does. */
function lowParameter(item: Evidence): string {
  const [, code = '', grade = ''] = /^([a-z ]+) (\d\.\d)$/.exec(item.read ?? '') ?? [];
  const name = code === 'overall' ? 'the print' : parameterName(code.replaceAll(' ', '-'))?.toLowerCase();
  if (name === undefined) return seen('the print is below a limit', item);
  return `${name} has grade ${grade}${item.expected === undefined ? '' : `, expected ${item.expected}`}`;
}

/** A reject that was read back from the record has lost its evidence: nothing is said that is not known. */
function lowGrade({ read, expected }: Evidence): string {
  const limit = expected === undefined ? '' : ` ${expected}`;
  if (read === undefined) return `the print grade is below the limit${limit}`;
  return read === 'none'
    ? `the print has no grade, the limit is${limit}`
    : `print grade ${read} is below the limit${limit}`;
}

function differs(what: string, { read, expected }: Evidence): string {
  if (read === undefined) return `code has another ${what} than the order`;
  if (read === 'none') return `code has no ${what}${expected === undefined ? '' : `, order is ${what} ${expected}`}`;
  return `code reads ${what} ${read}${expected === undefined ? ', order has another' : `, order is ${what} ${expected}`}`;
}

function quoted(text: string): string {
  return `“${text.length > 24 ? `${text.slice(0, 24)}…` : text}”`;
}

/** The name of a reason that comes as text from a record. */
export function recordedReason(reason: string): string {
  return Object.entries(REASON_WORDS).find(([known]) => known === reason)?.[1].label ?? readableCode(reason);
}
