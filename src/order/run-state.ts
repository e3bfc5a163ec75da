/** States of a run, process.md §4.1, in the order of their stored numbers: append only. */
export const RUN_STATES = [
  'RECEIVED',
  'PREPARED',
  'CLEARING',
  'SETUP',
  'VERIFYING',
  'READY',
  'RUNNING',
  'SUSPENDED',
  'HELD',
  'ENDING',
  'RECONCILING',
  'CLOSED',
  'CANCELLED',
] as const;

export type RunState = (typeof RUN_STATES)[number];

/** Roles of process.md §8. SYS is the software itself. */
export const ROLES = ['OPR', 'SUP', 'QA', 'ENG', 'ADM', 'AUD', 'SYS'] as const;

export type Role = (typeof ROLES)[number];

/** Who gives a command. Written into the audit entry of everything they do. */
export interface Actor {
  readonly userId: string;
  readonly role: Role;
}
