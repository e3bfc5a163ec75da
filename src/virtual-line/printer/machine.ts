import type { Printed } from '#virtual-line/messages.ts';

const DEPTH = 256;
const GROUP = '\u001d';

export const NOZZLE = { opening: 1, open: 2, closing: 3, closed: 4 } as const;
export const MACHINE = { initialising: 2, ready: 4, waiting: 5, printing: 6 } as const;
const ERROR = { full: 1015, badRecord: 1018, notSequential: 1019, cover: 2007, ink: 3001, empty: 5043 } as const;

/** A continuous ink-jet printer in mailing mode: what it holds, what it refuses, what it prints. It knows no time. */
export interface JetMachine {
  nozzle: number;
  machine: number;
  error: number;
  readonly fifo: { readonly rec: number; readonly text: string }[];
  /** The number the next record must carry; undefined: any. */
  expected: number | undefined;
  lastStarted: number;
  stopAt: number;
  isFinished: boolean;
  printGos: number;
  staticText: string;
  job: string;
  product: number;
  total: number;
  hasOpenCover: boolean;
  hasLowInk: boolean;
}

/** A printer that was just switched on; its cover and its ink are as they were. */
export function switchedOn(before?: JetMachine): JetMachine {
  return {
    nozzle: NOZZLE.closed,
    machine: MACHINE.ready,
    error: 0,
    fifo: [],
    expected: undefined,
    lastStarted: 0,
    stopAt: 0,
    isFinished: true,
    printGos: 0,
    staticText: '',
    job: '',
    product: 0,
    total: before?.total ?? 0,
    hasOpenCover: before?.hasOpenCover ?? false,
    hasLowInk: before?.hasLowInk ?? false,
  };
}

/** Queues a record, or raises the error that refuses it and changes nothing else. */
export function queueRecord(jet: JetMachine, number: string | undefined, text: string | undefined): void {
  const rec = /^\d{1,10}$/.test(number ?? '') ? Number(number) : Number.NaN;
  if (Number.isNaN(rec) || text === undefined) raise(jet, ERROR.badRecord);
  else if (jet.expected !== undefined && rec !== jet.expected) raise(jet, ERROR.notSequential);
  else if (jet.fifo.length >= DEPTH) raise(jet, ERROR.full);
  else {
    jet.fifo.push({ rec, text });
    jet.expected = rec + 1;
  }
}

export function flush(jet: JetMachine): void {
  jet.fifo.splice(0);
  jet.expected = undefined;
}

/** `GO`: waits for print-gos, if nozzle and error allow it. */
export function go(jet: JetMachine): void {
  if (jet.machine === MACHINE.ready && jet.nozzle === NOZZLE.open && jet.error === 0) jet.machine = MACHINE.waiting;
}

/** `ST`: no further print, and the mailing data is gone. */
export function stop(jet: JetMachine): void {
  flush(jet);
  if (isProducing(jet)) jet.machine = MACHINE.ready;
}

/** `EQ`: an error whose cause is still there comes back at once. */
export function acknowledge(jet: JetMachine): void {
  jet.error = 0;
  if (jet.hasOpenCover) jet.error = ERROR.cover;
  else if (jet.hasLowInk) jet.error = ERROR.ink;
}

/** Something happened at the machine that stops it until somebody removes it and acknowledges. */
export function setCause(jet: JetMachine, cause: 'cover' | 'ink', present: boolean): void {
  if (cause === 'cover') jet.hasOpenCover = present;
  else jet.hasLowInk = present;
  if (!present) return;
  raise(jet, cause === 'cover' ? ERROR.cover : ERROR.ink);
  if (isProducing(jet)) jet.machine = MACHINE.ready;
}

/** A photo-eye pulse: uses up one record and says what leaves the head, if the machine waits for one. */
export function printGo(jet: JetMachine): Printed | undefined {
  jet.printGos++;
  if (!isProducing(jet)) return undefined;
  const record = jet.fifo.shift();
  if (!record) {
    raise(jet, ERROR.empty);
    jet.machine = MACHINE.ready;
    return undefined;
  }
  jet.machine = MACHINE.printing;
  jet.lastStarted = record.rec;
  jet.isFinished = false;
  jet.product++;
  jet.total++;
  return { rec: record.rec, content: compose(jet, record.text) };
}

export function printEnd(jet: JetMachine): void {
  jet.isFinished = true;
  if (jet.machine !== MACHINE.printing) return;
  const isLast = jet.stopAt !== 0 && jet.lastStarted === jet.stopAt;
  jet.machine = isLast ? MACHINE.ready : MACHINE.waiting;
}

// Job LINEWRIGHT-DM: GTIN, serial, expiry and lot as one GS1 element string. Any other job prints the bare record.
function compose({ job, staticText }: JetMachine, text: string): string {
  if (job !== 'LINEWRIGHT-DM') return text;
  return `${staticText.slice(0, 16)}21${text}${GROUP}${staticText.slice(16)}`;
}

function isProducing({ machine }: JetMachine): boolean {
  return machine === MACHINE.waiting || machine === MACHINE.printing;
}

function raise(jet: JetMachine, error: number): void {
  // The first error stands until it is acknowledged, but what stops the machine hides a refused record.
  if (jet.error < ERROR.cover || jet.error === ERROR.empty) jet.error = error;
}

export const depth = DEPTH;
