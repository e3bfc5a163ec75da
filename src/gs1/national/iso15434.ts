const RS = '\u001e';
const GS = '\u001d';
const EOT = '\u0004';
const HEADER = `[)>${RS}`;

/** One field: its data identifier (ANSI MH10.8.2), such as `9N`, and what it says. */
export interface DataField {
  readonly identifier: string;
  readonly value: string;
}

/** A message in an ISO/IEC 15434 envelope of format 06: data identifiers. */
export type ParsedMessage =
  | { readonly kind: 'parsed'; readonly fields: readonly DataField[] }
  | { readonly kind: 'malformed'; readonly position: number; readonly expected: string };

/** Whether a text begins as an ISO/IEC 15434 message; a GS1 code never does. */
export function isMessage(text: string): boolean {
  return text.startsWith(HEADER);
}

/**
 * Reads a message of format 06. Reader and symbol may have stripped the trailer (macro 06 of Data Matrix stands for
 * both), so a missing end is no fault; anything behind it is. Never throws.
 */
export function parseMessage(text: string): ParsedMessage {
  const head = `${HEADER}06${GS}`;
  if (!text.startsWith(head)) return malformed(0, 'an ISO/IEC 15434 envelope of format 06');
  const end = text.indexOf(RS, head.length);
  const tail = end === -1 ? '' : text.slice(end);
  if (tail !== '' && tail !== RS && tail !== RS + EOT)
    return malformed(end, 'RS and EOT at the end, and nothing behind');
  const fields: DataField[] = [];
  let at = head.length;
  for (const part of text.slice(at, end === -1 ? text.length : end).split(GS)) {
    const identifier = /^\d{0,3}[A-Z]/.exec(part)?.[0];
    if (identifier === undefined) return malformed(at, 'a data identifier: up to three digits and a capital letter');
    fields.push({ identifier, value: part.slice(identifier.length) });
    at += part.length + 1;
  }
  return { kind: 'parsed', fields };
}

/** Writes a message of format 06, trailer included. Values are written as they are, without control characters. */
export function writeMessage(fields: readonly DataField[]): string {
  const body = fields.map(({ identifier, value }) => `${GS}${identifier}${value}`).join('');
  return `${HEADER}06${body}${RS}${EOT}`;
}

function malformed(position: number, expected: string): ParsedMessage {
  return { kind: 'malformed', position, expected };
}
