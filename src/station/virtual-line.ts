import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { VirtualLineNote, type VirtualLineOrder, VirtualLineReady } from '#contract/virtual-line.ts';
import type { Child, Launch } from '#station/host.ts';
import type { StationLog } from '#station/log.ts';

const RESTART_AFTER = 1_000;
/** How long a line may take to do as it is told, and how long the workstation reads what one that stands had still to say. */
export const PATIENCE = 3_000;
const READ_OUT = 400;

/** The built-in line, as a process that is started again when it ends. */
export interface VirtualLine {
  /** How often it was started: whatever it had been told before is forgotten. */
  readonly starts: number;
  tell(order: VirtualLineOrder): void;
  /** Tells it, and waits until it says that it is done. False: it did not say so within `PATIENCE`, or it ended. */
  ask(order: VirtualLineOrder, isDone: (note: VirtualLineNote) => boolean): Promise<boolean>;
  /** Freezes its physics and waits until what happened before has been reported: nothing leaves the belt unseen. */
  freeze(): Promise<void>;
  close(): Promise<void>;
}

export interface VirtualLineParts {
  readonly launch: Launch;
  /** Folder for its ledger and its PLC's memory. */
  readonly folder: string;
  readonly args: readonly string[];
  readonly log: StationLog;
  /** Its sockets listen; called again, with other ports, after it came back. */
  readonly ready: (endpoints: VirtualLineReady['endpoints']) => void;
  readonly noted: (note: VirtualLineNote) => void;
}

/** Starts the virtual line and keeps it running. */
export function startVirtualLine(parts: VirtualLineParts): VirtualLine {
  mkdirSync(parts.folder, { recursive: true });
  let child: Child | undefined;
  let starts = 0;
  let closing = false;
  let timer: NodeJS.Timeout | undefined;
  const listeners = new Set<(note: VirtualLineNote) => void>();
  const noted = (note: VirtualLineNote): void => {
    parts.noted(note);
    for (const hear of listeners) hear(note);
  };

  function start(): void {
    const own = ['--ledger', join(parts.folder, 'ledger.jsonl'), '--state', parts.folder];
    const started = parts.launch('virtual-line', [...own, ...parts.args]);
    child = started;
    starts += 1;
    void listen(started, { ...parts, noted });
    void started.exited.then((code) => {
      if (closing) return;
      parts.log.warn('virtual-line.ended', { code });
      timer = setTimeout(start, RESTART_AFTER);
    });
  }

  const tell = (order: VirtualLineOrder): void => child?.write(JSON.stringify(order));

  function ask(order: VirtualLineOrder, isDone: (note: VirtualLineNote) => boolean): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (isThere: boolean): void => {
        clearTimeout(late);
        listeners.delete(hear);
        resolve(isThere);
      };
      const hear = (note: VirtualLineNote): void => {
        if (isDone(note)) settle(true);
      };
      const late = setTimeout(() => settle(false), PATIENCE);
      listeners.add(hear);
      void child?.exited.then(() => settle(false));
      tell(order);
    });
  }

  start();
  return {
    get starts() {
      return starts;
    },
    tell,
    ask,
    async freeze() {
      await ask({ do: 'pause' }, ({ note }) => note === 'paused');
      await pause(READ_OUT);
    },
    async close() {
      closing = true;
      clearTimeout(timer);
      child?.end();
      await child?.exited;
    },
  };
}

async function listen(child: Child, { ready, noted, log }: VirtualLineParts): Promise<void> {
  for await (const line of child.lines) {
    const message = parse(line);
    const isReady = VirtualLineReady.safeParse(message);
    const note = VirtualLineNote.safeParse(message);
    if (isReady.success) ready(isReady.data.endpoints);
    else if (note.success) noted(note.data);
    else log.warn('virtual-line.said', { line: line.slice(0, 300) });
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
