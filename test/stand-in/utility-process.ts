import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type * as Electron from 'electron/main';

type UtilityUsed = Pick<Electron.UtilityProcess, 'postMessage' | 'pid'>;

/** A process without stdin that is spoken to through its parent port. */
export class StandInUtilityProcess extends EventEmitter implements UtilityUsed {
  readonly stdout: Readable | null;
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    super();
    this.#child = child;
    this.stdout = child.stdout;
    child.on('message', (message: { data: unknown }) => this.emit('message', message.data));
    child.once('exit', (code) => this.emit('exit', code ?? -1));
  }

  postMessage(message: unknown): void {
    if (this.#child.connected) this.#child.send({ data: message });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }
}

export const utilityProcess = {
  fork: (path: string, args: string[] = [], options: Electron.ForkOptions = {}): StandInUtilityProcess => {
    const [stdin, stdout, stderr] = Array.isArray(options.stdio) ? options.stdio : [];
    if (stdin !== 'ignore') throw new Error('a utility process has no stdin: stdio[0] must be ignore');
    const shim = fileURLToPath(new URL('./parent-port.ts', import.meta.url));
    const child = fork(path, args, {
      execArgv: ['--import', shim],
      stdio: ['ignore', stdout ?? 'inherit', stderr ?? 'inherit', 'ipc'],
      // Electron's utility processes get no Ctrl-C of the terminal.
      detached: process.platform !== 'win32',
    });
    return new StandInUtilityProcess(child);
  },
};
