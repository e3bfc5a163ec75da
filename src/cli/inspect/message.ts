import { dateInWords } from '#cli/inspect/meaning.ts';
import { type Context, type Finding, type Report, reportOf } from '#cli/inspect/report.ts';
import type { PlainText } from '#cli/inspect/separators.ts';
import { parseMessage } from '#gs1/national/iso15434.ts';
import { isPpn, parsePpnCode } from '#gs1/national/ppn.ts';

/** Data identifiers of ANSI MH10.8.2 that packs carry. */
const TITLES: Readonly<Record<string, string>> = {
  '9N': 'PPN (Pharmacy Product Number)',
  '1T': 'LOT',
  D: 'EXPIRY',
  '16D': 'PRODUCTION DATE',
  S: 'SERIAL',
  '8P': 'GTIN',
  '27Q': 'PRICE',
  '33L': 'URL',
};

/** A message in the envelope of ISO/IEC 15434, format 06, which stands at `from` of the plain text. */
export function messageReport(
  given: string,
  content: string,
  from: number,
  plain: PlainText,
  context: Context,
): Report {
  const message = parseMessage(content);
  if (message.kind === 'malformed') {
    const position = plain.given(from + message.position);
    const length = Math.min(1, given.length - position);
    const problem: Finding = {
      severity: 'error',
      rule: 'message',
      position,
      length,
      message: `expected ${message.expected}`,
    };
    const what = 'ISO/IEC 15434 message';
    return reportOf(given, { kind: 'message', what, notes: plain.assumed, problems: [problem] });
  }
  const parts = message.fields.map(({ identifier, value }) => ({
    name: identifier,
    title: TITLES[identifier] ?? '',
    value,
    meaning: fieldMeaning(identifier, value, context),
  }));
  const hasPpn = message.fields.some(({ identifier }) => identifier === '9N');
  const ppn = hasPpn ? parsePpnCode(content) : undefined;
  const problems: Finding[] =
    ppn?.kind === 'malformed' ? [{ severity: 'error', rule: 'ppn', message: `expected ${ppn.expected}` }] : [];
  const what = hasPpn ? 'German pack with PPN (ISO/IEC 15434)' : 'ISO/IEC 15434 message, format 06';
  const notes = [...plain.assumed, 'This is no GS1 code: it uses data identifiers of ANSI MH10.8.2.'];
  return reportOf(given, { kind: 'message', what, notes, parts, problems });
}

function fieldMeaning(identifier: string, value: string, { today }: Context): string {
  if (identifier === '9N')
    return isPpn(value) ? `PZN ${value.slice(2, 10)}, check digits ${value.slice(10)} are right` : '';
  if (identifier === 'D') return dateInWords(value, today) ?? '';
  return '';
}
