import type { PICTURE_KEPT, PICTURE_REMOVED } from '#line/fact.ts';

/** Which item a picture shows, and why it is kept: this makes its place in the folder. */
export interface PictureOf {
  readonly run: number;
  readonly epoch: number;
  readonly item: number;
  readonly kept: keyof typeof PICTURE_KEPT;
}

/** A file that retention took away. */
export interface RemovedPicture extends PictureOf {
  readonly by: keyof typeof PICTURE_REMOVED;
}

/** What the evidence thread is started with. */
export interface EvidenceOpening {
  /** Absolute path of the folder of the pictures; made if missing. */
  readonly folder: string;
  readonly ring: SharedArrayBuffer;
  readonly maxBytes: number;
  /** Milliseconds. */
  readonly maxAge: number;
}

/** Main → evidence thread. `keep`: the slot is PINNED and stays so until the answer. */
export type EvidenceRequest =
  | { readonly kind: 'keep'; readonly id: number; readonly slot: number; readonly of: PictureOf; readonly at: number }
  /** The run whose newest rejects are never removed; undefined: none is open. */
  | { readonly kind: 'open-run'; readonly run: number | undefined }
  /** Wall clock now: what is too old goes. */
  | { readonly kind: 'retire'; readonly at: number }
  | { readonly kind: 'close' };

/** Where a picture is, and what proves that it is still the same. */
export interface KeptFile {
  /** Below the folder, with `/`. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
}

export type EvidenceReply =
  | { readonly kind: 'kept'; readonly id: number; readonly file: KeptFile }
  | { readonly kind: 'lost'; readonly id: number; readonly why: string }
  | { readonly kind: 'removed'; readonly pictures: readonly RemovedPicture[] };
