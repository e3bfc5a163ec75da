import type { EyeLimits, EyeTrial, PictureQuery } from '#contract/eye.ts';
import type { ProductionRecord } from '#contract/workstation.ts';
import type { SerialState } from '#line/serial-state.ts';
import type { KeptPicture } from '#record/query/pictures.ts';

/** A run as the order list and the exports need it (view v_run). */
export interface RunRow {
  readonly run: number;
  readonly order: string;
  readonly product: string;
  readonly gtin: string;
  readonly lot: string;
  readonly expiry: string;
  readonly quantity: number;
  readonly state: string;
  readonly importedAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly closedAt: number | null;
}

/** A commissioned item: its serial, and when and by which fact it became GOOD. */
export interface GoodItem {
  readonly index: number;
  readonly serial: string;
  readonly at: number;
  readonly seq: number;
}

/** Each question with its answer; the thread must have a function for every one. */
export interface RecordAnswers {
  readonly find: { readonly ask: { readonly serial: string }; readonly answer: readonly ProductionRecord[] };
  readonly runs: { readonly ask: Record<never, never>; readonly answer: readonly RunRow[] };
  readonly tryLimits: { readonly ask: { readonly limits: EyeLimits }; readonly answer: EyeTrial };
  readonly pictures: { readonly ask: { readonly query: PictureQuery }; readonly answer: readonly KeptPicture[] };
  readonly picture: { readonly ask: { readonly id: number }; readonly answer: KeptPicture | undefined };
  readonly account: { readonly ask: { readonly run: number }; readonly answer: Readonly<Record<SerialState, number>> };
}

/** Each stream with what it yields, chunk by chunk. */
export interface RecordStreams {
  readonly good: { readonly ask: { readonly run: number }; readonly chunk: readonly GoodItem[] };
  readonly records: { readonly ask: { readonly run: number }; readonly chunk: readonly ProductionRecord[] };
}

type Ask<T extends { readonly [K in keyof T]: { readonly ask: unknown } }> = {
  readonly [K in keyof T]: { readonly what: K } & T[K]['ask'];
}[keyof T];

export type RecordQuestion = Ask<RecordAnswers>;
export type StreamQuestion = Ask<RecordStreams>;

/** Main → reader thread. A stream gives one chunk per `next`: the asker sets the pace. */
export type ReaderRequest =
  | { readonly kind: 'ask'; readonly id: number; readonly question: RecordQuestion }
  | { readonly kind: 'stream'; readonly id: number; readonly question: StreamQuestion }
  | { readonly kind: 'next'; readonly id: number }
  | { readonly kind: 'stop'; readonly id: number }
  | { readonly kind: 'close' };

/** Reader thread → main. `chunk` without a value: the stream has ended. */
export type ReaderReply =
  | { readonly kind: 'opened' }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'chunk'; readonly id: number; readonly value?: unknown }
  | { readonly kind: 'failed'; readonly id?: number; readonly message: string };
