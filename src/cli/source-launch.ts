import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Launch } from '#station/host.ts';

const ENTRIES = { 'virtual-line': new URL('../virtual-line/main.ts', import.meta.url) };
/** A busy machine takes long to end a line in order; its ledger is evidence. */
const GRACE = 15_000;

/** Starts the product's own processes from their sources, for the command line. */
export const sourceLaunch: Launch = (entry, args) => {
  const child = spawn(process.execPath, [fileURLToPath(ENTRIES[entry]), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = new Promise<number>((resolve) => {
    child.once('exit', (code) => resolve(code ?? -1));
    child.once('error', () => resolve(-1));
  });
  child.stdin.on('error', () => undefined);
  return {
    write: (line) => void (child.stdin.writable && child.stdin.write(`${line}\n`)),
    lines: createInterface({ input: child.stdout }),
    exited,
    end: () => {
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), GRACE);
      void exited.then(() => clearTimeout(timer));
    },
  };
};
