import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { VirtualLineNote, type VirtualLineOrder, VirtualLineReady } from '#contract/virtual-line.ts';
import type { Child, Launch } from '#station/host.ts';
import type { StationLog } from '#station/log.ts';

const RESTART_AFTER = 1_000;
/** How long a line may take to stand still, and how long the workstation then reads what it had still to say. */
const PAUSE_LIMIT = 3_000;
const READ_OUT = 400;

/** The built-in line, as a process that is started again when it ends. */
export interface VirtualLine {
  tell(order: VirtualLineOrder): void;
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
  let closing = false;
  let timer: NodeJS.Timeout | undefined;
  let paused: () => void = () => undefined;
  const noted = (note: VirtualLineNote): void => {
    parts.noted(note);
    if (note.note === 'paused') paused();
  };

  function start(): void {
    const own = ['--ledger', join(parts.folder, 'ledger.jsonl'), '--state', parts.folder];
    const started = parts.launch('virtual-line', [...own, ...parts.args]);
    child = started;
    void listen(started, { ...parts, noted });
    void started.exited.then((code) => {
      if (closing) return;
      parts.log.warn('virtual-line.ended', { code });
      timer = setTimeout(start, RESTART_AFTER);
    });
  }

  start();
  return {
    tell: (order) => child?.write(JSON.stringify(order)),
    async freeze() {
      if (child === undefined) return;
      const isStill = new Promise<void>((resolve) => {
        paused = resolve;
      });
      child.write(JSON.stringify({ do: 'pause' } satisfies VirtualLineOrder));
      await Promise.race([isStill, child.exited, pause(PAUSE_LIMIT, undefined, { ref: false })]);
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
