import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('workstation-entry.ts', import.meta.url));
const SHOWN = 800;

/** What the workstation's process says on stdout. */
export type Said =
  | { readonly event: 'started'; readonly alarms: readonly string[] }
  | { readonly event: 'state'; readonly state: string }
  | { readonly event: 'made'; readonly run: number; readonly file: string };

/** One life of the workstation, from its start to its kill. */
export interface Shift {
  /** Resolves to true when it has said so, to false when it ended before or time was up. */
  says(what: (said: Said) => boolean, limit: number): Promise<boolean>;
  readonly said: readonly Said[];
  /** The end of what it wrote to stderr. */
  readonly complaint: () => string;
  tell(line: string): void;
  kill(): void;
  readonly gone: Promise<void>;
}

/** Starts the workstation as a process of its own, at work on an order. */
export function startShift(data: string, lineFile: string, order: string, quantity: number): Shift {
  const child = spawn(process.execPath, [ENTRY, data, lineFile, order, `${quantity}`], { stdio: 'pipe' });
  const said: Said[] = [];
  let complaint = '';
  let look: () => void = () => undefined;
  let isGone = false;
  child.stderr.on('data', (text: Buffer) => {
    complaint = `${complaint}${text}`.slice(-SHOWN);
  });
  child.stdin.on('error', () => undefined); // it may be dead already
  createInterface({ input: child.stdout }).on('line', (line) => {
    said.push(JSON.parse(line));
    look();
  });
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve())).then(() => {
    isGone = true;
    look();
  });
  return {
    said,
    gone,
    complaint: () => complaint,
    tell: (line) => void child.stdin.write(`${line}\n`),
    kill: () => void child.kill('SIGKILL'),
    says: (what, limit) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => resolve(false), limit);
        look = () => {
          const has = said.some(what);
          if (!has && !isGone) return;
          clearTimeout(timer);
          resolve(has);
        };
        look();
      }),
  };
}
