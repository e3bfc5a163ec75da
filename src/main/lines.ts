import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/**
 * The lines of a stream, kept until somebody reads them: readline's own iterator loses what came before its first `next`.
 * Ends with the stream. For one reader.
 */
export function linesOf(stream: Readable): AsyncIterable<string> {
  const waiting: string[] = [];
  let ended = false;
  let wake = (): void => undefined;
  const reader = createInterface({ input: stream });
  reader.on('line', (line) => {
    waiting.push(line);
    wake();
  });
  reader.on('close', () => {
    ended = true;
    wake();
  });
  async function* read(): AsyncGenerator<string> {
    for (;;) {
      const line = waiting.shift();
      if (line !== undefined) yield line;
      else if (ended) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  return { [Symbol.asyncIterator]: read };
}
