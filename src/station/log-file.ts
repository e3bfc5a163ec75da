import { appendFileSync } from 'node:fs';
import { open, rename, stat } from 'node:fs/promises';

export interface LogLimits {
  /** A file that would grow beyond these bytes is put aside as `<file>.1`, and what was `.1` as `.2`. */
  readonly fileSize: number;
  /** How many files put aside are kept. */
  readonly olderFiles: number;
  /** Characters that may wait for the disk; what comes on top is dropped. */
  readonly waiting: number;
  /** How long to wait, in milliseconds, before what could not be written is tried again. */
  readonly retryEvery: number;
}

export const LOG_LIMITS: LogLimits = { fileSize: 8 << 20, olderFiles: 4, waiting: 1 << 20, retryEvery: 2_000 };

/** Why lines were dropped, when it was not the disk's doing. */
const TOO_MANY = 'too many at once';

/** A file of lines that nobody waits for. */
export interface LogFile {
  /** Takes a line with its end. Never throws, never waits. */
  write(line: string): void;
  /** Tries to write all that waits. False when it could not be: then it goes on waiting. */
  flush(): Promise<boolean>;
  /** Tries once more, and lets go of the file. What finds no room then is lost. */
  close(): Promise<void>;
}

/**
 * The log is worth less than the line it tells of: when the disk takes nothing, lines wait in memory and then are dropped.
 * `dropped` is told how many, and why, when there is room again.
 */
export function openLogFile(file: string, limits: LogLimits, dropped: (lines: number, why: string) => void): LogFile {
  const waiting: string[] = [];
  let length = 0;
  let lost = 0;
  let why = TOO_MANY;
  let writing: Promise<boolean> | undefined;
  let retry: NodeJS.Timeout | undefined;

  async function writeAll(): Promise<boolean> {
    while (waiting.length > 0) {
      const lines = waiting.length;
      const text = waiting.join('');
      try {
        await append(file, text, limits);
      } catch (error) {
        why = codeOf(error);
        return false;
      }
      waiting.splice(0, lines); // not before: an end in between must find them
      length -= text.length;
      tellLost();
    }
    return true;
  }

  function tellLost(): void {
    const lines = lost;
    lost = 0;
    if (lines > 0) dropped(lines, why);
    why = TOO_MANY;
  }

  function flush(): Promise<boolean> {
    clearTimeout(retry);
    retry = undefined;
    writing ??= writeAll().then((done) => {
      writing = undefined;
      if (!done) retry = setTimeout(() => void flush(), limits.retryEvery).unref();
      return done && waiting.length > 0 ? flush() : done;
    });
    return writing;
  }

  /** For an end that nobody ordered. One attempt: who dies cannot wait for room. */
  function lastWords(): void {
    try {
      appendFileSync(file, waiting.join(''));
    } catch {
      // There is nobody left to tell.
    }
  }

  process.on('exit', lastWords);
  return {
    write(line) {
      if (length + line.length > limits.waiting) {
        lost += 1;
        return;
      }
      waiting.push(line);
      length += line.length;
      if (writing === undefined && retry === undefined) void flush();
    },
    flush,
    async close() {
      await flush();
      clearTimeout(retry);
      process.off('exit', lastWords);
    },
  };
}

/** All of the text or none: what a full disk tore off is taken back, so that the next attempt says nothing twice. */
async function append(file: string, text: string, limits: LogLimits): Promise<void> {
  const bytes = Buffer.from(text);
  if (bytes.length + (await sizeOf(file)) > limits.fileSize) await putAside(file, limits.olderFiles);
  const handle = await open(file, 'a');
  try {
    const { size } = await handle.stat();
    try {
      await handle.appendFile(bytes);
    } catch (error) {
      await handle.truncate(size).catch(() => undefined);
      throw error;
    }
  } finally {
    await handle.close();
  }
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(ifMissing))?.size ?? 0;
}

async function putAside(file: string, olderFiles: number): Promise<void> {
  for (let older = olderFiles; older > 1; older -= 1) {
    await rename(`${file}.${older - 1}`, `${file}.${older}`).catch(ifMissing);
  }
  await rename(file, `${file}.1`).catch(ifMissing);
}

function ifMissing(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
