import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { linesOf } from '#main/lines.ts';
import type { Launch } from '#station/host.ts';

/** How long a child may take to end by itself, in milliseconds. */
export const GRACE = 3_000;

/** Starts the product's own processes under plain Node. `bundle` is the folder of the built entries. */
export function nodeLaunch(bundle: URL): Launch {
  return (entry, args) => {
    const child = spawn(process.execPath, [fileURLToPath(new URL(`${entry}.js`, bundle)), ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
      // Ctrl-C goes to the whole process group of a terminal. The virtual line must outlive the workstation's orderly end;
      // it goes when its stdin closes, which also happens when the workstation is killed.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    const exited = new Promise<number>((resolve) => {
      child.once('exit', (code) => resolve(code ?? -1));
      child.once('error', () => resolve(-1));
    });
    child.stdin.on('error', () => undefined); // a write that crosses the child's end is lost, as promised
    return {
      write: (line) => void (child.stdin.writable && child.stdin.write(`${line}\n`)),
      lines: linesOf(child.stdout),
      exited,
      end: () => {
        child.stdin.end();
        killAfterGrace(exited, () => child.kill('SIGKILL'));
      },
    };
  };
}

/** Ends a process that did not end by itself in time. */
export function killAfterGrace(exited: Promise<number>, kill: () => void): void {
  const timer = setTimeout(kill, GRACE);
  void exited.then(() => clearTimeout(timer));
}
