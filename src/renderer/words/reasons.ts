import type { Reject } from '#contract/snapshot.ts';
import { readableCode } from '#renderer/words/format.ts';

type Reason = Reject['reason'];
type Evidence = Pick<Reject, 'serial' | 'read' | 'expected'>;

interface ReasonWords {
  /** For a bar of the Pareto: two or three words. */
  readonly label: string;
  /** What was wrong with this item, after "rejected: ". */
  readonly because: (item: Evidence) => string;
}

const UNKNOWN = 'unknown';

/** Every reason of docs/reason-codes.md in plain words: what the code reads, what the order says. */
const REASON_WORDS: Readonly<Record<Reason, ReasonWords>> = {
  'no-read': { label: 'No code read', because: () => 'no readable code' },
  'no-reading': { label: 'No answer from reader', because: () => 'the reader sent no reading for this item in time' },
  'not-gs1': {
    label: 'Not a GS1 code',
    because: ({ read }) => `code reads ${quoted(read)}, which is not a GS1 element string`,
  },
  'wrong-gtin': { label: 'Wrong product', because: (item) => differs('product', item) },
  'wrong-lot': { label: 'Wrong lot', because: (item) => differs('lot', item) },
  'wrong-expiry': { label: 'Wrong expiry', because: (item) => differs('expiry', item) },
  'not-allocated': {
    label: 'Foreign serial',
    because: ({ serial, read }) =>
      `code reads serial ${serial ?? read ?? UNKNOWN}, which was never allocated to this order`,
  },
  'not-sent': {
    label: 'Serial not sent',
    because: ({ serial, read }) => `serial ${serial ?? read ?? UNKNOWN} was never sent to the printer`,
  },
  duplicate: {
    label: 'Duplicate serial',
    because: ({ serial, read }) => `serial ${serial ?? read ?? UNKNOWN} was already seen on another item`,
  },
  'unknown-fate': {
    label: 'Unknown fate',
    because: ({ serial, read }) => `nobody can tell what became of serial ${serial ?? read ?? UNKNOWN} before`,
  },
  'low-grade': {
    label: 'Low print grade',
    because: ({ read, expected }) =>
      `print grade ${read ?? UNKNOWN} is below the limit${expected === undefined ? '' : ` ${expected}`}`,
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
    because: ({ read, serial, expected }) =>
      `serial ${read ?? serial ?? UNKNOWN} came out of sequence${expected === undefined ? '' : `, ${expected} was due`}`,
  },
  'after-interlock': { label: 'After an interlock', because: () => 'it was in transit when the line was suspended' },
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
};

/** The name of a reason in a list or a bar. */
export function reasonLabel(reason: Reason): string {
  return REASON_WORDS[reason].label;
}

/** What became of one item, as a sentence: "Rejected: code reads lot B, order is lot A". */
export function rejectSentence(reject: Evidence & { readonly reason: Reason }): string {
  return `Rejected: ${REASON_WORDS[reject.reason].because(reject)}`;
}

function differs(what: string, { read, expected }: Evidence): string {
  if (read === undefined) return `code has no ${what}${expected === undefined ? '' : `, order is ${what} ${expected}`}`;
  return `code reads ${what} ${read}${expected === undefined ? ', order has another' : `, order is ${what} ${expected}`}`;
}

function quoted(text: string | undefined): string {
  return text === undefined ? 'something' : `“${text.length > 24 ? `${text.slice(0, 24)}…` : text}”`;
}

/** The name of a reason that comes as text from a record. */
export function recordedReason(reason: string): string {
  return Object.entries(REASON_WORDS).find(([known]) => known === reason)?.[1].label ?? readableCode(reason);
}
