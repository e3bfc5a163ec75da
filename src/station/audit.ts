import { FACT } from '#line/fact.ts';
import type { Actor } from '#order/run-state.ts';
import { append, type Desk } from '#station/desk.ts';

/** What a command was, for its audit entry. Absent fields are left out. */
export interface Audited {
  readonly action: string;
  readonly outcome?: 'done' | 'refused' | 'failed';
  readonly run?: number;
  readonly reason?: string | undefined;
  readonly detail?: unknown;
}

/**
 * Writes the audit entry of a command (21 CFR 11.10(e)). Facts appended before it without an await in between are in the
 * same transaction: neither is on disk without the other.
 */
export function audit(
  desk: Desk,
  { userId, role }: Actor,
  { action, outcome = 'done', run, reason, detail }: Audited,
): void {
  append(desk, {
    kind: FACT.command,
    at: desk.now(),
    ...(run === undefined ? {} : { run }),
    body: JSON.stringify({ user: userId, role, action, outcome, reason, detail }),
  });
}
