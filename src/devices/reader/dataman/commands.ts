import type { Reading } from '#line/signal.ts';
import type { Instant } from '#line/time.ts';

/** A status of 1 is a result the reader sends by itself; 0 is agreement. */
export const AGREED = 0;
export const RESULT = 1;

/** What the reader says by number when it does not do as told. */
export const STATUS_MEANINGS: Readonly<Record<number, string>> = {
  100: 'the command was not identified',
  101: 'bad command',
  102: 'bad parameter',
  103: 'the checksum is wrong',
  104: 'rejected or altered by the state of the reader',
  105: 'the reader is not available',
};

/** Without it the reader is silent: sent first on every connection, and its answer is not waited for. */
export const SPEAK = 'SET COM.DMCC-RESPONSE 1';
export const GET_TYPE = 'GET DEVICE.TYPE';
export const GET_NAME = 'GET DEVICE.NAME';
export const GET_SERIAL_NUMBER = 'GET DEVICE.SERIAL-NUMBER';
export const USE_DATA_MATRIX = 'SET SYMBOL.DATAMATRIX ON';
export const TRIGGER_ON = 'TRIGGER ON';
export const TRIGGER_OFF = 'TRIGGER OFF';

/** undefined when it is no result of a trigger: no counts, no status, no proof of what was seen. */
export function parseResult(xml: string, at: Instant): Reading | undefined {
  const head = /^\s*<result\b([^>]*)>/.exec(xml)?.[1];
  const image = wholeNumber(/\bimage_id="(\d+)"/.exec(head ?? '')?.[1]);
  const trigger = wholeNumber(element(xml, 'trigger_index'));
  const status = element(xml, 'status');
  if (image === undefined || trigger === undefined || status === undefined || !/<\/result>\s*$/.test(xml)) {
    return undefined;
  }
  const seen = status === 'GOOD READ' ? payload(xml) : undefined;
  if (seen === undefined) return { trigger, image, kind: 'no-read', text: '', aim: '', at };
  return { trigger, image, kind: 'read', ...seen, ...grade(xml), at };
}

/** The AIM identifier is `]`, a letter and a digit; what comes without one keeps an empty identifier. */
function payload(xml: string): { text: string; aim: string } | undefined {
  const encoded = element(xml, 'full_string');
  if (encoded === undefined || encoded === '') return undefined;
  const whole = Buffer.from(encoded, 'base64').toString('latin1');
  const aim = /^\][A-Za-z]./.exec(whole)?.[0] ?? '';
  return { aim, text: whole.slice(aim.length) };
}

/** A process-control grade, never an ISO grade (devices.md §9). */
function grade(xml: string): { grade: number } | object {
  const text = element(xml, 'overall_grade');
  const value = text !== undefined && /^[0-4](\.\d+)?$/.test(text) ? Math.round(Number(text) * 10) : undefined;
  return value === undefined || value > 40 ? {} : { grade: value };
}

function element(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`).exec(xml)?.[1];
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
