import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Failure } from '#contract/answer.ts';
import type { DocumentChunk } from '#epcis/write-json.ts';
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
  const sink = blockSink(file, handle);
  let [items, pieces] = [0, 0];
  for await (const chunk of chunks) {
    const before = sink.bytes();
    const failure = await sink.put(chunk.text);
    if (failure !== undefined) return { kind: 'failed', failure };
    items += chunk.items;
    if (chunk.items > 0) pieces += 1;
    if (sink.bytes() > before) progress(items);
    // A line may be running in this process: its sockets come first after every piece, not only after every block.
    await setImmediate();
  }
  const end = await sink.end();
  if (end.kind === 'failed') return end;
  progress(items);
  return { kind: 'written', file: { bytes: sink.bytes(), sha256: end.value, items, pieces } };
}

/** Gathers text into one block that is hashed and written whenever it is full. */
function blockSink(file: string, handle: FileHandle) {
  const hash = createHash('sha256');
  const block = Buffer.allocUnsafe(BLOCK);
  let filled = 0;
  let bytes = 0;
  async function flush(): Promise<Failure | undefined> {
    const full = block.subarray(0, filled);
    const step = await fileStep(file, bytes, () => handle.appendFile(full));
    if (step.kind === 'failed') return step.failure;
    hash.update(full);
    bytes += filled;
    filled = 0;
    return undefined;
  }
  async function put(text: string): Promise<Failure | undefined> {
    for (let rest = text; rest !== ''; ) {
      const taken = encoder.encodeInto(rest, block.subarray(filled));
      filled += taken.written;
      rest = rest.slice(taken.read);
      const failure = rest === '' ? undefined : await flush();
      if (failure !== undefined) return failure;
    }
    return undefined;
  }
  /** Flushes to the disk itself and closes; gives the hash. */
  async function end(): Promise<FileStep<string>> {
    const failure = await flush();
    if (failure !== undefined) return { kind: 'failed', failure };
    return fileStep(file, bytes, async () => {
      await handle.sync();
      await handle.close();
      return hash.digest('hex');
    });
  }
  return { put, end, bytes: () => bytes };
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

type FileStep<V> =
  | { readonly kind: 'done'; readonly value: V }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Does one thing with the file; what the system refuses becomes a failure. */
async function fileStep<V>(file: string, bytes: number, act: () => Promise<V>): Promise<FileStep<V>> {
  try {
    return { kind: 'done', value: await act() };
  } catch (error) {
    return { kind: 'failed', failure: fileFailure(error, file, bytes) };
  }
}
