import { isYymmdd } from '#gs1/calendar.ts';
import { parseMessage, writeMessage } from '#gs1/national/iso15434.ts';

/** What a German pack says in a code with PPN (securPharm coding rules; alternative to an NTIN in a GS1 code). */
export interface PpnCode {
  /** Pharmacy Product Number: `11`, the PZN of 8 digits, two check digits. */
  readonly ppn: string;
  readonly serial: string;
  readonly lot: string;
  /** YYMMDD. */
  readonly expiry: string;
}

/** The registration agency's prefix for PZNs. */
const PZN_PREFIX = '11';

/**
 * The check digit of a PZN's seven digits: the sum of digit times place (1 to 7) modulo 11. Undefined where that gives
 * ten: such numbers are not issued.
 */
export function pznCheckDigit(body: string): number | undefined {
  let sum = 0;
  for (let place = 0; place < body.length; place += 1) sum += Number(body[place]) * (place + 1);
  return sum % 11 === 10 ? undefined : sum % 11;
}

/** Whether the text is a PZN of eight digits with the right check digit. */
export function isPzn(text: string): boolean {
  return /^\d{8}$/.test(text) && pznCheckDigit(text.slice(0, 7)) === Number(text[7]);
}

/** The two check digits of a PPN's body: the sum of character code times place (from 2) modulo 97. */
export function ppnCheckDigits(body: string): string {
  let sum = 0;
  for (let place = 0; place < body.length; place += 1) sum += body.charCodeAt(place) * (place + 2);
  return String(sum % 97).padStart(2, '0');
}

/** The PPN of a PZN; undefined when it is no PZN. */
export function ppnOf(pzn: string): string | undefined {
  if (!isPzn(pzn)) return undefined;
  const body = `${PZN_PREFIX}${pzn}`;
  return `${body}${ppnCheckDigits(body)}`;
}

/** Whether the text is a PPN that holds a PZN. */
export function isPpn(text: string): boolean {
  return text.length === 12 && text.startsWith(PZN_PREFIX) && ppnOf(text.slice(2, 10)) === text;
}

/** Writes the message of a pack: PPN, lot, expiry, serial. Undefined when a part has not its form. */
export function writePpnCode(code: PpnCode): string | undefined {
  if (faultOf(code) !== undefined) return undefined;
  return writeMessage([
    { identifier: '9N', value: code.ppn },
    { identifier: '1T', value: code.lot },
    { identifier: 'D', value: code.expiry },
    { identifier: 'S', value: code.serial },
  ]);
}

export type ParsedPpn =
  | { readonly kind: 'parsed'; readonly code: PpnCode }
  | { readonly kind: 'malformed'; readonly expected: string };

/** Reads the message of a pack, its fields in any order. Never throws. */
export function parsePpnCode(text: string): ParsedPpn {
  const message = parseMessage(text);
  if (message.kind === 'malformed') return { kind: 'malformed', expected: message.expected };
  const valuesOf = (identifier: string) =>
    message.fields.filter((field) => field.identifier === identifier).map((field) => field.value);
  const [ppn, ...others] = valuesOf('9N');
  const [serial, lot, expiry] = [valuesOf('S'), valuesOf('1T'), valuesOf('D')].map(([first]) => first ?? '');
  const code = { ppn: ppn ?? '', serial: serial ?? '', lot: lot ?? '', expiry: expiry ?? '' };
  const expected = others.length > 0 ? 'one PPN (9N)' : faultOf(code);
  return expected === undefined ? { kind: 'parsed', code } : { kind: 'malformed', expected };
}

function faultOf({ ppn, serial, lot, expiry }: PpnCode): string | undefined {
  const form = /^[0-9A-Z\-_]{1,20}$/;
  if (!isPpn(ppn)) return 'a PPN (9N) of a PZN, with the right check digits';
  if (!form.test(lot)) return 'a lot (1T) of 1 to 20 characters 0-9 A-Z - _';
  if (!isYymmdd(expiry, 0, expiry.length)) return 'an expiry (D) as YYMMDD';
  return form.test(serial) ? undefined : 'a serial (S) of 1 to 20 characters 0-9 A-Z - _';
}
