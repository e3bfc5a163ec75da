/**
 * Why an item fails. The numbers go to the PLC and into the record, so they never change meaning;
 * the table for people is docs/reason-codes.md.
 */
export const REASON_CODES = {
  'no-read': 1,
  'no-reading': 2,
  'not-gs1': 3,
  'wrong-gtin': 4,
  'wrong-lot': 5,
  'wrong-expiry': 6,
  'not-allocated': 7,
  'not-sent': 8,
  duplicate: 9,
  'unknown-fate': 10,
  'low-grade': 11,
  'frame-skew': 12,
  'out-of-sequence': 13,
  'after-interlock': 14,
  'tracking-lost': 15,
  'flagged-by-plc': 16,
  'late-reading': 17,
  'not-running': 18,
  'late-verdict': 19,
  purged: 20,
  'divert-failed': 21,
  'no-image': 22,
  'not-inspected': 23,
  'assisted-read': 24,
  misplaced: 25,
  'not-present': 26,
  'wrong-count': 27,
  'wrong-text': 28,
  'low-parameter': 29,
} as const;

export type Reason = keyof typeof REASON_CODES;

export const REASONS = Object.keys(REASON_CODES) as readonly Reason[];

const BY_CODE = new Map<number, Reason>(REASONS.map((reason) => [REASON_CODES[reason], reason]));

/** The reason behind a recorded number; undefined for 0 (PASS) and for what nobody assigned. */
export function reasonOf(code: number): Reason | undefined {
  return BY_CODE.get(code);
}

/** PASS or FAIL, about one item at one station. `read` and `expected` are what the code said and what the order says. */
export type Verdict =
  | { readonly kind: 'PASS' }
  | { readonly kind: 'FAIL'; readonly reason: Reason; readonly read?: string; readonly expected?: string };

export const PASS: Verdict = { kind: 'PASS' };

export function fail(reason: Reason, read?: string, expected?: string): Verdict {
  return {
    kind: 'FAIL',
    reason,
    ...(read === undefined ? {} : { read }),
    ...(expected === undefined ? {} : { expected }),
  };
}
