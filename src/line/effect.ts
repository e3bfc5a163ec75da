import type { AlarmChange, AlarmCode } from '#line/alarm.ts';
import type { Fact } from '#line/fact.ts';

/** What the line asks for. The core performs none of it; the station does, in order. */
export type Effect =
  | { readonly kind: 'record'; readonly fact: Fact }
  /** Leaves only after every fact recorded before it is on disk (design.md §3, invariant 1). */
  | {
      readonly kind: 'send-verdict';
      readonly epoch: number;
      readonly seq: number;
      readonly pass: boolean;
      readonly reason: number;
    }
  /** Hands serials to the printer, after their SENT fact is on disk; records are numbered from `record` on. */
  | { readonly kind: 'print'; readonly first: number; readonly count: number; readonly record: number }
  | { readonly kind: 'arm-printer' }
  | { readonly kind: 'disarm-printer' }
  | { readonly kind: 'permit'; readonly open: boolean }
  | { readonly kind: 'machine'; readonly command: 'hold' | 'complete' }
  /** A guard was lost: the run becomes SUSPENDED (T11). */
  | { readonly kind: 'suspend-run'; readonly cause: AlarmCode; readonly device?: string }
  /** The line is empty and the quantity is made, or a person ended it: the run goes to ENDING (T16). */
  | { readonly kind: 'end-run' }
  | { readonly kind: 'alarm'; readonly change: AlarmChange };
