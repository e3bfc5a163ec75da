import type { Fact } from '#line/fact.ts';

/**
 * Columns of a packed fact, in the order in which they are written, hashed and stored. A row is twelve numbers; NaN
 * stands for "absent". Bodies (JSON text of rare facts) travel beside the rows, by row index.
 */
export const COLUMNS = [
  'seq',
  'kind',
  'at',
  'run',
  'epoch',
  'item',
  'serial',
  'count',
  'code',
  'grade',
  'readAt',
  'ref',
] as const;

export const WIDTH = COLUMNS.length;

/** Packs one fact into `rows` at row `index`. */
export function packFact(rows: Float64Array, index: number, seq: number, fact: Fact): void {
  const at = index * WIDTH;
  rows[at] = seq;
  rows[at + 1] = fact.kind;
  rows[at + 2] = fact.at;
  rows[at + 3] = fact.run ?? Number.NaN;
  rows[at + 4] = fact.epoch ?? Number.NaN;
  rows[at + 5] = fact.item ?? Number.NaN;
  rows[at + 6] = fact.serial ?? Number.NaN;
  rows[at + 7] = fact.count ?? Number.NaN;
  rows[at + 8] = fact.code ?? Number.NaN;
  rows[at + 9] = fact.grade ?? Number.NaN;
  rows[at + 10] = fact.readAt ?? Number.NaN;
  rows[at + 11] = fact.ref ?? Number.NaN;
}

/** A fact as it comes back from the journal. */
export interface StoredFact extends Fact {
  readonly seq: number;
}

/** The fact in row `index`; NaN becomes absent. */
export function unpackFact(rows: Float64Array, index: number): StoredFact {
  const at = index * WIDTH;
  const fact: Record<string, number> = {};
  for (let column = 0; column < WIDTH; column += 1) {
    const value = rows[at + column] ?? Number.NaN;
    if (!Number.isNaN(value)) fact[COLUMNS[column] ?? ''] = value;
  }
  return fact as unknown as StoredFact;
}

/** Serials of an allocation: `stride` bytes of ASCII each, padded with zero bytes, in allocation order. */
export interface SerialBlock {
  readonly run: number;
  readonly gtin: string;
  readonly first: number;
  readonly count: number;
  readonly stride: number;
  readonly bytes: Uint8Array;
}

/** The ledger's states at one point of the journal: a cache, verified on use, never the truth. */
export interface LedgerDump {
  readonly run: number;
  /** Every fact up to here is in it. */
  readonly seq: number;
  readonly states: Uint8Array;
}

/** Facts packed for one transaction. `seals`: the allocation which these facts make valid. */
export interface JournalBatch {
  readonly rows: Float64Array;
  readonly count: number;
  readonly bodies: readonly [number, string][];
  readonly seals?: number;
}

/** Main → record thread. One batch is one transaction: it is on disk whole or not at all. */
export type JournalRequest =
  | ({ readonly kind: 'append' } & JournalBatch)
  /** Writes the serials beside the line's work; they count only once a batch seals them. Answered by `prepared`. */
  | { readonly kind: 'allocate'; readonly id: number; readonly block: SerialBlock }
  | { readonly kind: 'load'; readonly id: number; readonly run: number; readonly fromFacts: boolean }
  | { readonly kind: 'dump'; readonly dump: LedgerDump }
  /** After `failed`: try again what is still waiting. Nothing was lost, nothing was half done. */
  | { readonly kind: 'retry' }
  | { readonly kind: 'close' };

/** Record thread → main. `durable` releases the verdicts of every fact up to `upTo`. */
export type JournalReply =
  | { readonly kind: 'opened'; readonly opening: Opening; readonly found: Found }
  | { readonly kind: 'durable'; readonly upTo: number; readonly commitMs: number }
  /** `clash`: a serial that this GTIN already has; nothing was written. Otherwise the digest of the block's bytes. */
  | { readonly kind: 'prepared'; readonly id: number; readonly sha256?: string; readonly clash?: string }
  /** These serials could not be written, mostly for want of room: they were given up, and nothing else was. */
  | { readonly kind: 'given-up'; readonly id: number; readonly code: JournalFailure; readonly message: string }
  | { readonly kind: 'loaded'; readonly id: number; readonly open?: OpenRun }
  | { readonly kind: 'closed' }
  | { readonly kind: 'failed'; readonly code: JournalFailure; readonly message: string };

export type JournalFailure =
  | 'disk-full'
  | 'newer-version'
  | 'not-a-database'
  | 'wrong-mode'
  | 'wrong-line'
  | 'locked'
  | 'broken-chain'
  | 'not-durable'
  | 'io';

/** The record as it was opened. */
export interface Opening {
  readonly lastSeq: number;
  /** Hex of the chain's head; 64 zeros for an empty record. */
  readonly head: string;
  /** The id this record was given when it was made: in event ids, it tells two records of the same line apart. */
  readonly database: string;
  readonly version: number;
  readonly synchronous: number;
}

/** What the record held when it was opened: enough to go on from. */
export interface Found {
  /** Rare facts, oldest first: orders, run moves, alarms, starts. Bodies included. */
  readonly history: readonly StoredFact[];
  /**
   * The run that is not CLOSED or CANCELLED and has serials, if any: its serials, the newest dump, what came after.
   * Of several, the one that moved last; any other is had by `load`.
   */
  readonly open?: OpenRun;
}

export interface OpenRun {
  readonly run: number;
  readonly blocks: readonly SerialBlock[];
  readonly dump?: LedgerDump;
  /** Item facts (kinds 20 to 25) of the run after the dump, packed as rows of WIDTH. */
  readonly tail: Float64Array;
}

/** Why nothing is being written any more. Verdicts wait meanwhile, and the PLC diverts. */
export interface JournalFault {
  readonly code: JournalFailure;
  readonly message: string;
}
