import type { Finding } from '#contract/inspection.ts';

/** What is said when another number of codes is in view than the job wants. */
export function checkCount(found: number, expected: number): Finding | undefined {
  if (found === expected) return undefined;
  return {
    check: 'wrong-count',
    found: `${found} ${found === 1 ? 'code' : 'codes'} in view`,
    expected: String(expected),
  };
}
