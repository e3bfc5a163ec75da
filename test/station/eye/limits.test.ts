import { describe, expect, it } from 'vitest';
import type { StoredFact } from '#contract/journal.ts';
import { FACT } from '#line/fact.ts';
import { applyLimits, recallLimits } from '#station/eye/limits.ts';
import { auditOf, by, exampleDesk } from '../example-desk.ts';

const LIMITS = { overall: 2, parameters: { modulation: 2.5 } };

describe('print limits', () => {
  it('are put on record with who set them and why, before and after, in one transaction', () => {
    const { desk, memory } = exampleDesk();
    const before = memory.facts.length;
    memory.settings.isManual = true;
    const book = recallLimits([]);
    expect(applyLimits(desk, book, by('SUP'), { limits: LIMITS, reason: 'drift since noon' }).kind).toBe('done');
    const [set, command] = memory.facts.slice(before);
    expect([set?.kind, command?.kind]).toEqual([FACT.limitsSet, FACT.command]);
    expect(JSON.parse(set?.body ?? '')).toEqual({
      user: 'sup',
      role: 'SUP',
      reason: 'drift since noon',
      limits: LIMITS,
    });
    expect(auditOf(memory.facts).at(-1)).toEqual({
      user: 'sup',
      role: 'SUP',
      action: 'eye.limits',
      outcome: 'done',
      reason: 'drift since noon',
      detail: { from: { parameters: {} }, to: LIMITS },
    });
    expect(book.current).toEqual(LIMITS);
  });

  it('are none of an operator, whose attempt is on record', () => {
    const { desk, memory } = exampleDesk();
    const book = recallLimits([]);
    const answer = applyLimits(desk, book, by('OPR'), { limits: LIMITS, reason: 'too many rejects' });
    expect(answer).toEqual({ kind: 'refused', unmet: [{ guard: 'role', detail: 'SUP' }] });
    expect(auditOf(memory.facts).at(-1)).toMatchObject({ action: 'eye.limits', outcome: 'refused' });
    expect(book.current).toEqual({ parameters: {} });
  });

  it('are recalled after a restart, the last one in force', () => {
    const { desk, memory } = exampleDesk();
    const book = recallLimits([]);
    applyLimits(desk, book, by('SUP'), { limits: LIMITS, reason: 'first' });
    applyLimits(desk, book, by('SUP'), { limits: { parameters: {} }, reason: 'second' });
    const history = memory.facts.map((fact, at): StoredFact => ({ ...fact, seq: at + 1 }));
    const recalled = recallLimits(history);
    expect(recalled.history).toEqual(book.history);
    expect(recalled.history.map(({ reason }) => reason)).toEqual(['second', 'first']);
    expect(recalled.current).toEqual({ parameters: {} });
  });
});
