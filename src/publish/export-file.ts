import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Failure } from '#contract/answer.ts';
import type { DocumentChunk } from '#epcis/document.ts';
import { fileFailure } from '#publish/file-failure.ts';

/** What became of a file that was written whole. */
export interface WrittenFile {
  readonly bytes: number;
  /** Hex of its SHA-256. */
  readonly sha256: string;
  /** Items it speaks of, and pieces that spoke of any. */
  readonly items: number;
  readonly pieces: number;
}

export type FileOutcome =
  | { readonly kind: 'written'; readonly file: WrittenFile }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Bytes gathered before they go to the disk; one block serves the whole file. */
const BLOCK = 256 * 1024;

const encoder = new TextEncoder();

/**
 * Streams `chunks` into `file` so that nobody ever sees half of it: written beside it as `.tmp`, flushed to the disk,
 * then renamed. What the disk refuses is a failure that says what to do, and leaves nothing behind; an error of the
 * source of the chunks is thrown on, and leaves nothing behind either.
 */
export async function writeWhole(
  file: string,
  chunks: AsyncIterable<DocumentChunk>,
  progress: (items: number) => void,
): Promise<FileOutcome> {
  const temporary = `${file}.tmp`;
  const sink = await fileStep(file, 0, () => open(temporary, 'w'));
  if (sink.kind === 'failed') return sink;
  let isWhole = false;
  try {
    const outcome = await fill(file, sink.value, chunks, progress);
    if (outcome.kind === 'failed') return outcome;
    const moved = await fileStep(file, outcome.file.bytes, () => putInPlace(temporary, file));
    if (moved.kind === 'failed') return moved;
    isWhole = true;
    return outcome;
  } finally {
    // A second close does nothing; the first may be missing when the source of the chunks threw.
    await sink.value.close().catch(() => undefined);
    if (!isWhole) await rm(temporary, { force: true });
  }
}

async function fill(
  file: string,
  handle: FileHandle,
  chunks: AsyncIterable<DocumentChunk>,
  progress: (items: number) => void,
): Promise<FileOutcome> {
  const hash = createHash('sha256');
  const written = { bytes: 0, items: 0, pieces: 0 };
  const block = Buffer.allocUnsafe(BLOCK);
  let filled = 0;
  async function flush(): Promise<Failure | undefined> {
    const full = block.subarray(0, filled);
    const step = await fileStep(file, written.bytes, () => handle.appendFile(full));
    if (step.kind === 'failed') return step.failure;
    hash.update(full);
    written.bytes += filled;
    filled = 0;
    progress(written.items);
    return undefined;
  }
  for await (const { text, items } of chunks) {
    for (let rest = text; rest !== ''; ) {
      const taken = encoder.encodeInto(rest, block.subarray(filled));
      filled += taken.written;
      rest = rest.slice(taken.read);
      const failure = rest === '' ? undefined : await flush();
      if (failure !== undefined) return { kind: 'failed', failure };
    }
    written.items += items;
    if (items > 0) written.pieces += 1;
  }
  const failure = await flush();
  if (failure !== undefined) return { kind: 'failed', failure };
  const synced = await fileStep(file, written.bytes, async () => {
    await handle.sync();
    await handle.close();
  });
  if (synced.kind === 'failed') return synced;
  return { kind: 'written', file: { ...written, sha256: hash.digest('hex') } };
}

/** The new name must survive a power cut as the bytes do; Windows has no handle on folders and needs none. */
async function putInPlace(temporary: string, file: string): Promise<void> {
  await rename(temporary, file);
  if (process.platform === 'win32') return;
  const folder = await open(dirname(file), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Does one thing with the file; what the system refuses becomes a failure. */
async function fileStep<V>(
  file: string,
  bytes: number,
  act: () => Promise<V>,
): Promise<{ readonly kind: 'done'; readonly value: V } | { readonly kind: 'failed'; readonly failure: Failure }> {
  try {
    return { kind: 'done', value: await act() };
  } catch (error) {
    return { kind: 'failed', failure: fileFailure(error, file, bytes) };
  }
}
