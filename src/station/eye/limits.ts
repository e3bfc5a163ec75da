import type { Answer } from '#contract/answer.ts';
import type { EyeLimits, EyeLimitsSet } from '#contract/eye.ts';
import type { StoredFact } from '#contract/journal.ts';
import { FACT } from '#line/fact.ts';
import type { Actor } from '#order/run-state.ts';
import { DONE } from '#station/answers.ts';
import { audit } from '#station/audit.ts';
import { refusedTo } from '#station/authority.ts';
import { append, type Desk } from '#station/desk.ts';

/** Who set which limits, newest first: the first are in force. */
export interface LimitsBook {
  readonly current: EyeLimits;
  readonly history: readonly EyeLimitsSet[];
  add(set: EyeLimitsSet): void;
}

const NONE: EyeLimits = { parameters: {} };
/** As many as a screen shows; all of them are on record. */
const MOST_SHOWN = 50;

/** Limits as they stand on record. */
export function recallLimits(history: readonly StoredFact[]): LimitsBook {
  const sets = history
    .filter(({ kind }) => kind === FACT.limitsSet)
    .map(({ at, body }): EyeLimitsSet => {
      const { user, role, reason, limits }: LimitsBody = JSON.parse(body ?? '{}');
      return { at, userId: user, role, reason, limits };
    })
    .reverse();
  return {
    get current() {
      return sets[0]?.limits ?? NONE;
    },
    get history() {
      return sets.slice(0, MOST_SHOWN);
    },
    add: (set) => void sets.unshift(set),
  };
}

interface LimitsBody {
  readonly user: string;
  readonly role: string;
  readonly reason: string;
  readonly limits: EyeLimits;
}

/** Puts limits in force from the next item on: the limits and the audit entry are one transaction. */
export function applyLimits(
  desk: Desk,
  book: LimitsBook,
  actor: Actor,
  { limits, reason }: { readonly limits: EyeLimits; readonly reason: string },
): Answer<null> {
  const before = book.current;
  const detail = { from: before, to: limits };
  const stranger = refusedTo(desk, actor, { action: 'eye.limits', reason, detail });
  if (stranger !== undefined) return stranger;
  const at = desk.now();
  const body: LimitsBody = { user: actor.userId, role: actor.role, reason, limits };
  append(desk, { kind: FACT.limitsSet, at, body: JSON.stringify(body) });
  audit(desk, actor, { action: 'eye.limits', reason, detail });
  book.add({ at, userId: actor.userId, role: actor.role, reason, limits });
  desk.log.info('eye.limits-set', { by: actor.userId });
  return DONE;
}
