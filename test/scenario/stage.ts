import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Clicker, openClicker } from '#cli/clicker.ts';
import { isComplete, startSourceWorkstation } from '#cli/source-workstation.ts';
import type { LineFile } from '#contract/line-file.ts';
import type { VirtualLineOrder } from '#contract/virtual-line.ts';
import type { Workstation } from '#station/workstation.ts';
import { done, orderText } from './order-text.ts';

/** Two cores shared by everything else that a test run does: nothing here is a time limit of the product. */
const PATIENCE = 60_000;

export interface StageOptions {
  /** Physics over wall time; above 1 in lock-step. */
  readonly speed: number;
  readonly seed?: number;
  /** An existing folder of a line, which is kept. Otherwise a new one, which goes when the test is over. */
  readonly data?: string;
  /** Another line than the training line. */
  readonly line?: LineFile;
  /** More arguments of the virtual line. */
  readonly virtualLine?: readonly string[];
}

/** The real workstation on the virtual line, with a person at its contract. */
export interface Stage {
  readonly data: string;
  readonly workstation: Workstation;
  readonly clicker: Clicker;
  tell(order: VirtualLineOrder): void;
  /** Imports an order of `quantity` items and answers its run. */
  order(quantity: number, changes?: Readonly<Record<string, unknown>>): Promise<number>;
  /** Presses Start, and once more when a device of a machine that is starved did not answer in time. */
  start(run: number): Promise<void>;
  /** What the run is now. */
  state(run: number): string;
  until(holds: () => boolean, what: string, limit?: number): Promise<void>;
  /** Ends the workstation and its virtual line; the files stay for the judge. */
  close(): Promise<void>;
}

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'linewright-scenario-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Starts workstation and virtual line, and waits until every device answers. Both end with the test. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const { speed, seed = 4711, data = temporaryFolder(), line, virtualLine = [] } = options;
  const workstation = await startSourceWorkstation({
    data,
    ...(line === undefined ? {} : { line }),
    virtualLine: ['--speed', String(speed), '--seed', String(seed), ...virtualLine],
  });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= workstation.close();
    return closing;
  };
  onTestFinished(close);
  const clicker = await openClicker(workstation);
  await clicker.until(() => isComplete(workstation), 'the devices to answer', PATIENCE);
  return {
    data,
    workstation,
    clicker,
    close,
    tell: (order) => workstation.virtualLine?.tell(order),
    order: async (quantity, changes) => done(await clicker.importOrder(orderText(quantity, changes))).run,
    start: (run) => start(clicker, run),
    state: (run) => workstation.desk.floor.runs.get(run)?.run.state ?? '',
    until: (holds, what, limit = PATIENCE) => clicker.until(holds, what, limit),
  };
}

const MOST_STARTS = 10;

async function start(clicker: Clicker, run: number): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const answer = await clicker.start(run);
    if (answer.kind === 'done' || tries === MOST_STARTS) return void done(answer);
    await clicker.pause(1_000);
  }
}
