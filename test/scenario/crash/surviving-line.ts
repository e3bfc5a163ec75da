import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { trainingLine } from '#cli/source-workstation.ts';
import { VirtualLineReady } from '#contract/virtual-line.ts';

const ENTRY = fileURLToPath(new URL('../../../src/virtual-line/main.ts', import.meta.url));

/** A virtual line that belongs to nobody's workstation, and survives them all. */
export interface SurvivingLine {
  /** A line file with the addresses of its devices: a workstation that reads it launches no line of its own. */
  readonly lineFile: string;
  inject(fault: string): void;
  end(): Promise<void>;
}

/** Starts the line in `folder/virtual-line` and waits until its sockets listen. */
export async function startSurvivingLine(folder: string, speed: number, seed: number): Promise<SurvivingLine> {
  const state = join(folder, 'virtual-line');
  mkdirSync(state, { recursive: true });
  const args = ['--ledger', join(state, 'ledger.jsonl'), '--state', state, '--speed', `${speed}`, '--seed', `${seed}`];
  const child = spawn(process.execPath, [ENTRY, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const lines = createInterface({ input: child.stdout });
  const ready = await new Promise<VirtualLineReady>((resolve, reject) => {
    lines.once('line', (line) => resolve(VirtualLineReady.parse(JSON.parse(line))));
    void gone.then(() => reject(new Error('The virtual line ended before it was ready.')));
  });
  const lineFile = join(folder, 'line.json');
  writeFileSync(lineFile, JSON.stringify(withAddresses(ready)));
  return {
    lineFile,
    inject: (fault) => void child.stdin.write(`${JSON.stringify({ do: 'inject', fault })}\n`),
    end: async () => {
      child.stdin.end();
      const patience = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await gone;
      clearTimeout(patience);
    },
  };
}

function withAddresses({ endpoints }: VirtualLineReady): object {
  const line = trainingLine();
  const devices = line.devices.map((device) => {
    const { host, port } = endpoints[device.kind];
    const security = device.kind === 'plc' ? { security: { certificate: endpoints.plc.certificate } } : {};
    return { ...device, host, port, ...security };
  });
  return { ...line, devices };
}
