import {
  type Attempt,
  envelopeReport,
  inspectBracketed,
  inspectElementString,
  inspectScan,
} from '#cli/inspect/code.ts';
import { documentReport, refusedReport } from '#cli/inspect/epcis.ts';
import { inspectJson } from '#cli/inspect/json.ts';
import { inspectLink } from '#cli/inspect/link.ts';
import { inspectNumber } from '#cli/inspect/number.ts';
import { type Context, type Report, unusable } from '#cli/inspect/report.ts';
import { beginsWithControl, withControls } from '#cli/inspect/separators.ts';
import { inspectUrn } from '#cli/inspect/urn.ts';
import { readXmlDocument } from '#epcis-xml/read-xml.ts';
import { isMessage } from '#gs1/national/iso15434.ts';

/** More than any symbol holds: a QR code has room for 7089 digits. */
const LONGEST_CODE = 8000;

/** A reading of a code, or why it is none. */
type Recogniser = readonly [name: string, read: (given: string, context: Context) => Attempt];

/** In this order, the surest mark first; the first that fits is taken. */
const RECOGNISERS: readonly Recogniser[] = [
  ['scan data', inspectScan],
  ['ISO/IEC 15434 message', inspectMessage],
  ['EPC URN', inspectUrn],
  ['Digital Link URI', inspectLink],
  ['elements in brackets', inspectBracketed],
  ['bare number', inspectNumber],
  ['element string', inspectElementString],
];

/**
 * Says what a text is: a document if it looks like one, otherwise a code. `name` stands for the text where that is a
 * file. Never throws; takes time in proportion to the text.
 */
export function inspectText(text: string, context: Context, name?: string): Report {
  const given = text.trim();
  const input = name ?? given.slice(0, LONGEST_CODE);
  if (given === '') return unusable(input, 'empty', 'Nothing', ['The input is empty.']);
  const json = inspectJson(name ?? shortened(given), given, context);
  if (typeof json !== 'string') return json;
  if (isXml(given)) return xmlReport(name ?? shortened(given), given, context);
  if (given.length > LONGEST_CODE) return tooLong(shortened(given), given.length, json);
  return inspectCode(given, context, json);
}

function inspectCode(given: string, context: Context, json: string): Report {
  const reasons: string[] = [];
  for (const [name, read] of RECOGNISERS) {
    const found = read(given, context);
    if (typeof found !== 'string') return found;
    reasons.push(`not ${name}: ${found}`);
  }
  return unusable(given, 'unknown', 'Not recognised', [...reasons, `not JSON: ${json}`]);
}

function inspectMessage(given: string, context: Context): Attempt {
  const plain = withControls(given);
  if (!isMessage(plain.text)) return 'it does not begin with [)> and RS';
  return envelopeReport(given, 0, plain, context);
}

/** `<GS>` and its like stand in scans that were pasted; an element of XML is another thing. */
function isXml(given: string): boolean {
  if (beginsWithControl(given)) return false;
  return /^<(?:\?xml\b|!--|!DOCTYPE|[A-Za-z_][\w.-]*:?[\w.-]*(?:\s[^<]*)?\/?>\s*<)/.test(given.slice(0, 4000));
}

function xmlReport(input: string, given: string, context: Context): Report {
  const read = readXmlDocument(given);
  if (read.kind === 'read') return documentReport(input, read.document, 'document', 'XML', context);
  const isEpcis = /EPCIS(?:Query)?Document|urn:epcglobal:epcis/.test(given.slice(0, 4000));
  return isEpcis
    ? refusedReport(input, read.problems, 'document (XML)')
    : unusable(input, 'xml', 'XML, but not EPCIS', ['The beginning names no EPCIS document.']);
}

function tooLong(input: string, length: number, json: string): Report {
  return unusable(input, 'unknown', 'Not recognised', [
    `not a code: it has ${length} characters in one line, and no symbol holds more than ${LONGEST_CODE}`,
    'not XML: it does not begin with an element',
    `not JSON: ${json}`,
  ]);
}

function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)} …`;
}
