import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';
import { killAfterGrace } from '#main/launch.ts';
import { linesOf } from '#main/lines.ts';
import type { Launch } from '#station/host.ts';

/**
 * Asking is no use by now: a worker of the virtual line that spins while Node takes it down (`CleanupHandles`) keeps its
 * process from every orderly end.
 */
function end(pid: number | undefined): void {
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
}

/**
 * Starts the product's own processes under Electron: with the fuse RunAsNode off there is no other way. Such a process has
 * no stdin, so its lines go over its parent port, both ways, and `{"do":"stop"}` stands for the closing of stdin.
 */
export function utilityLaunch(bundle: URL): Launch {
  return (entry, args) => {
    const child = utilityProcess.fork(fileURLToPath(new URL(`${entry}.js`, bundle)), [...args], {
      stdio: ['ignore', 'inherit', 'inherit'],
      serviceName: entry,
    });
    const said = new PassThrough();
    child.on('message', (line: unknown) => said.write(`${String(line)}\n`));
    const exited = new Promise<number>((resolve) => {
      child.once('exit', (code) => {
        said.end();
        resolve(code);
      });
    });
    return {
      write: (line) => child.postMessage(line),
      lines: linesOf(said),
      exited,
      end: () => {
        child.postMessage(JSON.stringify({ do: 'stop' }));
        killAfterGrace(exited, () => end(child.pid));
      },
    };
  };
}
