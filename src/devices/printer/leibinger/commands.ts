import { encodeFrame } from '#devices/printer/leibinger/frames.ts';

/** What the printer does about its nozzle and its job; numbers of docs/devices/leibinger-jet.md. */
export interface MachineStatus {
  readonly nozzle: number;
  readonly machine: number;
  /** The low 25 bits of the error field; 0 = none. */
  readonly error: number;
}

export interface MailingStatus {
  readonly depth: number;
  readonly entries: number;
  readonly started: number;
  readonly isFinished: boolean;
  readonly printGos: number;
}

export const NOZZLE_OPEN = 2;
export const READY_FOR_PRINT_START = 5;
export const PRINTING = 6;

const CODE_BITS = 0x1ff_ffff;

/** What the error numbers mean that have been seen. */
export const ERROR_MEANINGS: Readonly<Record<number, string>> = {
  1015: 'the buffer is full',
  1018: 'the record has a wrong or missing number',
  1019: 'the record number does not follow the last one',
  2007: 'the head cover is open',
  3001: 'ink is low',
  5043: 'the buffer is empty, printing stopped',
};

/** Errors that say a record was refused. */
export const REFUSALS: readonly number[] = [1015, 1018, 1019];

export const askMachine = encodeFrame('?', 'RS');
export const askMailing = encodeFrame('?', 'SM');
export const askCounters = encodeFrame('?', 'CC');
export const askText = encodeFrame('?', 'ET');
export const openNozzle = encodeFrame('!', 'NO');
export const startPrinting = encodeFrame('!', 'GO');
export const stopPrinting = encodeFrame('!', 'ST');
export const flushBuffer = encodeFrame('!', 'FF');
export const acknowledgeError = encodeFrame('!', 'EQ');

export function selectJob(job: string): Uint8Array {
  return encodeFrame('=', 'JL', [`\\FFSDISK\\JOBS\\${job}`]);
}

export function setText(text: string): Uint8Array {
  return encodeFrame('=', 'ET', [text]);
}

/** Records numbered from `first`, as one run of bytes: one write, one segment where it fits. */
export function queueRecords(first: number, texts: readonly string[]): Uint8Array {
  return Buffer.concat(texts.map((text, index) => encodeFrame('=', 'MR', [String(first + index), text])));
}

/** undefined when it is not the reply it claims to be. */
export function parseMachine(parameters: readonly string[]): MachineStatus | undefined {
  const [nozzle, machine, error] = parameters.map(wholeNumber);
  if (nozzle === undefined || machine === undefined || error === undefined) return undefined;
  return { nozzle, machine, error: error & CODE_BITS };
}

/** undefined when it is not the reply it claims to be. */
export function parseMailing(parameters: readonly string[]): MailingStatus | undefined {
  const [depth, entries, started, stopAt, finished, printGos] = parameters.map(wholeNumber);
  if (depth === undefined || entries === undefined || started === undefined || stopAt === undefined) return undefined;
  if (finished === undefined || printGos === undefined) return undefined;
  return { depth, entries, started, isFinished: finished !== 0, printGos };
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
