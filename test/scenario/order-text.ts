import type { Answer } from '#contract/answer.ts';

/** An order as Level 4 would send it, with enough numbers for what a test throws away. */
export function orderText(quantity: number, changes: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    order: 'SCENARIO-1',
    product: { gtin: '09521234543213', gcpLength: 7, name: 'Example Tablets 20 mg, 30 tablets', minGrade: 1.5 },
    lot: 'SCENE24A',
    expiry: '+24m',
    quantity,
    overagePercent: Math.min(1000, Math.ceil(60_000 / quantity)),
    market: 'DE',
    ...changes,
  });
}

/** The value of an answer that must not be a refusal. */
export function done<V>(answer: Answer<V>): V {
  if (answer.kind === 'done') return answer.value;
  throw new Error(answer.kind === 'refused' ? `refused: ${JSON.stringify(answer.unmet)}` : answer.failure.message);
}
