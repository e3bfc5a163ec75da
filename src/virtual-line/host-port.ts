import { createInterface } from 'node:readline';

/** Lines in from whoever started us, lines out to them. */
export interface HostPort {
  write(line: string): void;
  /** `line` for each line; `closed` once, when the other side is gone. */
  listen(line: (text: string) => void, closed: () => void): void;
}

interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', heard: (event: { readonly data: unknown }) => void): void;
}

/** Under Electron a utility process has no stdin: its parent port carries the same lines. */
export function openHostPort(): HostPort {
  const parent = (process as unknown as { readonly parentPort?: ParentPort }).parentPort;
  return parent ? overParentPort(parent) : overStandardStreams();
}

function overParentPort(parent: ParentPort): HostPort {
  return {
    write: (line) => parent.postMessage(line),
    listen: (line, closed) =>
      parent.on('message', ({ data }) => {
        if (typeof data !== 'string') return;
        for (const text of data.split('\n')) if (text.trim()) line(text);
        if (data === '') closed();
      }),
  };
}

function overStandardStreams(): HostPort {
  // A reader that went away must not end us before the ledger has its last line.
  process.stdout.on('error', () => undefined);
  return {
    write: (line) => process.stdout.write(`${line}\n`),
    listen: (line, closed) => {
      const lines = createInterface({ input: process.stdin });
      lines.on('line', (text) => {
        if (text.trim()) line(text);
      });
      lines.on('close', closed);
    },
  };
}
