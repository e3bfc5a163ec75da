import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

// A second hand for the virtual line: it knows the device pages and nothing of the product.

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

export interface StartedLine {
  readonly endpoints: {
    readonly printer: Endpoint;
    readonly reader: Endpoint;
    readonly plc: Endpoint & { certificate: string };
  };
  readonly notes: readonly Readonly<Record<string, unknown>>[];
  readonly folder: string;
  readonly pid: number;
  order(order: object): void;
  ledger(): readonly LedgerEntry[];
  /** Closes its stdin and waits for its end; resolves to the exit code. */
  end(): Promise<number | null>;
}

export interface LedgerEntry {
  readonly ev: string;
  readonly t: number;
  readonly enc: number;
  readonly item?: number;
  readonly content?: string;
  readonly [field: string]: unknown;
}

const MAIN = join(import.meta.dirname, '../../src/virtual-line/main.ts');

/** One certificate for all tests of a file: making a key is the slow part. */
export const STATE = join(tmpdir(), 'linewright-virtual-line-test');

export async function startLine(...args: readonly string[]): Promise<StartedLine> {
  const folder = mkdtempSync(join(tmpdir(), 'virtual-line-'));
  return startLineIn(folder, ...args);
}

export async function startLineIn(folder: string, ...args: readonly string[]): Promise<StartedLine> {
  const ledger = join(folder, 'ledger.jsonl');
  const child = spawn(process.execPath, [MAIN, '--state', STATE, '--ledger', ledger, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const notes: Record<string, unknown>[] = [];
  const ready = await firstLine(child, notes, exited);
  return {
    endpoints: ready.endpoints,
    notes,
    folder,
    pid: child.pid ?? 0,
    order: (order) => child.stdin?.write(`${JSON.stringify(order)}\n`),
    ledger: () => readLedger(ledger),
    end: () => {
      child.stdin?.end();
      return exited;
    },
  };
}

function firstLine(
  child: ChildProcess,
  notes: Record<string, unknown>[],
  exited: Promise<number | null>,
): Promise<{ endpoints: StartedLine['endpoints'] }> {
  return new Promise((resolve, reject) => {
    if (!child.stdout) return reject(new Error('no stdout'));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const value = JSON.parse(line);
      if (value.ready) resolve(value);
      else notes.push(value);
    });
    void exited.then((code) => reject(new Error(`the line ended with ${code} before it was ready`)));
  });
}

/** The whole lines; the last one may just be written. */
function readLedger(file: string): readonly LedgerEntry[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

/** Waits for a condition; fails with its words after `within` ms. */
export async function until(says: string, holds: () => boolean | Promise<boolean>, within = 60_000): Promise<void> {
  const deadline = performance.now() + within;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`not within ${within} ms: ${says}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A socket with what came in so far, as Latin-1 text. */
export interface RawLine {
  readonly socket: Socket;
  text: string;
  isClosed: boolean;
  send(text: string): void;
}

export function openRaw({ host, port }: Endpoint): Promise<RawLine> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host);
    socket.setNoDelay(true);
    const raw: RawLine = { socket, text: '', isClosed: false, send: (text) => void socket.write(text, 'latin1') };
    socket.on('data', (bytes) => {
      raw.text += bytes.toString('latin1');
    });
    socket.once('connect', () => resolve(raw));
    socket.on('error', reject);
    socket.on('close', () => {
      raw.isClosed = true;
    });
  });
}
