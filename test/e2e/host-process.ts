import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
/** A busy machine may take long to start an OPC UA server; a hang is longer. */
const LIMIT = 150_000;

/** A host that runs as a process of its own, as a person would start it. */
export interface HostProcess {
  readonly child: ChildProcess;
  /** What stands behind READY: the address with its one-time token, or the window's origin. */
  readonly address: string;
  /** Where the stand-in's Chromium can be reached. */
  readonly debug: string | undefined;
  readonly exited: Promise<number>;
  readonly stderr: () => string;
  /** Asks it to end. Resolves to its exit code. */
  stop(): Promise<number>;
  /** Ends it as a power cut would. */
  kill(): Promise<number>;
}

export interface HostStart {
  readonly host: 'browser-host' | 'stand-in';
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Folder that holds the built product; `out` unless a test builds its own. */
  readonly out?: string;
}

/** Starts a host and waits until it is ready. */
export async function startProcess({ host, args, env = {}, out = join(root, 'out') }: HostStart): Promise<HostProcess> {
  const entry = host === 'stand-in' ? 'main/index.js' : 'main/browser-host.js';
  const hooks = host === 'stand-in' ? ['--import', join(root, 'test/stand-in/register.ts')] : [];
  const child = spawn(process.execPath, [...hooks, join(out, entry), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env, FORCE_COLOR: '0' }, // Playwright forces colours, and a coloured line does not parse
  });
  const said = { stdout: '', stderr: '' };
  const exited = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? -1)));
  const ready = new Promise<string>((resolve, reject) => {
    const look = (): void => {
      const address = /^READY (\S+)$/m.exec(said.stdout)?.[1];
      const debug = /^STAND-IN (\S+)$/m.exec(said.stderr)?.[1];
      if (address !== undefined && (host === 'browser-host' || debug !== undefined)) resolve(address);
    };
    child.stdout.on('data', (chunk: Buffer) => {
      said.stdout += chunk.toString();
      look();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      said.stderr += chunk.toString();
      look();
    });
    void exited.then((code) => reject(new Error(`the host ended with ${code} before it was ready:\n${said.stderr}`)));
    setTimeout(() => reject(new Error(`the host was not ready in time:\n${said.stdout}${said.stderr}`)), LIMIT).unref();
  });
  const address = await ready.catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  const end = (signal: NodeJS.Signals): Promise<number> => {
    child.kill(signal);
    return exited;
  };
  return {
    child,
    address,
    debug: /^STAND-IN (\S+)$/m.exec(said.stderr)?.[1],
    exited,
    stderr: () => said.stderr,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}
