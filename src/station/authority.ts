import type { Answer } from '#contract/answer.ts';
import type { Actor, Role } from '#order/run-state.ts';
import { refused } from '#station/answers.ts';
import { type Audited, audit } from '#station/audit.ts';
import type { Desk } from '#station/desk.ts';

/**
 * Who may do what is no transition of a run (process.md §8; transitions carry their roles themselves). Auditors and
 * administrators change nothing. Supervisors import and export until the site tells otherwise.
 */
const AUTHORITY = {
  'order.import': ['SUP', 'ENG'],
  'run.close': ['SUP'],
  'alarm.acknowledge': ['OPR', 'SUP', 'QA', 'ENG'],
  'export.write': ['SUP', 'QA', 'ENG', 'AUD'],
  'training.inject': ['OPR', 'SUP', 'QA', 'ENG'],
  'eye.limits': ['SUP'],
  'eye.set-up': ['SUP', 'ENG'],
} as const satisfies Record<string, readonly Role[]>;

/** What this person lacks for an action; nothing for who may. For a screen that says so before it is tried. */
export function missingRole(actor: Actor, action: keyof typeof AUTHORITY): { guard: string; detail: string }[] {
  const roles: readonly Role[] = AUTHORITY[action];
  return roles.includes(actor.role) ? [] : [{ guard: 'role', detail: roles.join(' ') }];
}

/**
 * Refuses who may not, and records the attempt; undefined for who may. Nobody may while it cannot be put on record
 * (design.md §3, invariant 4).
 */
export function refusedTo(
  desk: Desk,
  actor: Actor,
  about: Audited & { readonly action: keyof typeof AUTHORITY },
): Extract<Answer<never>, { kind: 'refused' }> | undefined {
  if (!desk.floor.recordWritable) return refused([{ guard: 'record-writable' }]);
  const unmet = missingRole(actor, about.action);
  if (unmet.length === 0) return undefined;
  audit(desk, actor, { ...about, outcome: 'refused', detail: unmet });
  return refused(unmet);
}
