import {
  associationProblems,
  type PlacedElement,
  partsOf,
  valueProblem,
  type Walk,
  walkBracketed,
  walkElementString,
} from '#cli/inspect/elements.ts';
import { formsOf } from '#cli/inspect/forms.ts';
import { linkReport } from '#cli/inspect/link.ts';
import { messageReport } from '#cli/inspect/message.ts';
import { inspectNumber } from '#cli/inspect/number.ts';
import { type Context, type Finding, type Found, type Report, reportOf } from '#cli/inspect/report.ts';
import { type PlainText, withControls, without } from '#cli/inspect/separators.ts';
import { symbologyOf } from '#cli/inspect/symbology.ts';
import { aiEntry } from '#gs1/ai-table.ts';
import { GS, parseElementString } from '#gs1/element-string.ts';
import { isMessage } from '#gs1/national/iso15434.ts';
import { parseScan } from '#gs1/scan.ts';

/** Symbology identifiers of symbols that declare GS1 content. */
const GS1_AIMS = [']d2', ']Q3', ']C1', ']e0', ']J1'];

/** A reading of the input, or why it is none, for the list of what was tried. */
export type Attempt = Report | string;

/** Scan data that begin with a symbology identifier. */
export function inspectScan(given: string, context: Context): Attempt {
  const symbology = symbologyOf(given);
  if (symbology === undefined) return 'it does not begin with a symbology identifier such as ]d2';
  const aim = given.slice(0, 3);
  const what = `Scan of ${symbology} (${aim})`;
  const plain = withControls(given);
  if (!GS1_AIMS.includes(aim)) return foreignScan(given, aim, what, plain, context);
  const walk = placed(walkElementString(plain.text, 3), plain);
  return elementsReport(given, walk, { kind: 'scan', what }, plain, context);
}

/** A symbol that declares no GS1 content may still carry a link, a message, or the digits of a key. */
function foreignScan(given: string, aim: string, what: string, plain: PlainText, context: Context): Report {
  const content = plain.text.slice(3);
  if (isMessage(content)) return titled(envelopeReport(given, 3, plain, context), what);
  if (/^https?:\/\//i.test(content)) return titled(linkReport(given, content, 3, context), what);
  const scan = parseScan(plain.text);
  if (scan.kind === 'trade-item') {
    const walk: Walk = { elements: scan.elements.map((one) => ({ ...one, at: 3, length: 0 })), problems: [] };
    return elementsReport(given, walk, { kind: 'scan', what }, plain, context);
  }
  const isShort = scan.kind === 'malformed' && scan.error.rule === 'linear-key';
  if (isShort && [']E0', ']E4'].includes(aim)) {
    const problems = [shift(valueProblem(scan.error.ai, scan.error, plain.text), plain)];
    return reportOf(given, { kind: 'scan', what, notes: plain.assumed, problems });
  }
  const number = inspectNumber(given.slice(3), context);
  if (typeof number === 'string') return plainScan(given, what, plain, context);
  const problems = number.problems.map((one) => ({ ...one, position: (one.position ?? 0) + 3 }));
  return titled({ ...number, input: given, problems }, what);
}

/** What stands in an ISO/IEC 15434 envelope of format 05 in front of the elements. */
const FORMAT_05 = '[)>\u001e05\u001d';

/** A message in an ISO/IEC 15434 envelope at `from` of the plain text: format 05 holds elements, 06 data identifiers. */
export function envelopeReport(given: string, from: number, plain: PlainText, context: Context): Report {
  if (!plain.text.startsWith(FORMAT_05, from)) {
    return messageReport(given, plain.text.slice(from), from, plain, context);
  }
  const start = from + FORMAT_05.length;
  const trailer = plain.text.indexOf('\u001e', start);
  const body = trailer === -1 ? plain.text : plain.text.slice(0, trailer);
  const found = { kind: 'message', what: 'ISO/IEC 15434 message, format 05' };
  return elementsReport(given, placed(walkElementString(body, start), plain), found, plain, context);
}

/** A symbol that declares no GS1 content: what its text would be if it did. */
function plainScan(given: string, what: string, plain: PlainText, context: Context): Report {
  const walk = placed(walkElementString(plain.text, 3), plain);
  if (parseElementString(plain.text.slice(3)).kind === 'malformed') {
    return reportOf(given, { kind: 'scan', what: `${what}: plain text`, notes: [...plain.assumed, ...NO_GS1] });
  }
  const report = elementsReport(given, walk, { kind: 'scan', what }, plain, context);
  const lacking: Finding = {
    severity: 'error',
    rule: 'fnc1-missing',
    position: 0,
    length: 3,
    message: `expected a GS1 symbol (${GS1_AIMS.join(' ')}), found ${given.slice(0, 3)}: FNC1 in first position is missing in the symbol`,
  };
  const notes = [...report.notes, 'The parts are what the text would say in a GS1 symbol.'];
  return reportOf(given, { ...report, notes, problems: [lacking, ...report.problems] });
}

const NO_GS1 = ['The symbol declares no GS1 content, and its text is no element string.'];

/** A text that begins with an AI, without a symbology identifier in front. */
export function inspectElementString(given: string, context: Context): Attempt {
  const plain = withControls(given);
  const lead = plain.text.length - withoutLead(plain.text).length;
  const walk = walkElementString(plain.text, lead);
  const [first] = walk.problems;
  const [element] = walk.elements;
  if (element === undefined) return `no Application Identifier stands at its beginning`;
  const isBroken = element.expected !== undefined;
  const isLikely = plain.text.includes(GS) || /^0[0-3]\d{8}/.test(plain.text.slice(lead));
  if (isBroken && !isLikely)
    return `(${element.ai}) is wrong at ${(first?.position ?? 0) + 1}: ${first?.message ?? ''}`;
  const leads = lead === 0 ? [] : ['A separator in front stands for FNC1 in first position; it is left out.'];
  const hint = hasEndless(walk) && !plain.text.includes(GS) ? [NO_SEPARATOR] : [];
  const found = {
    kind: 'element-string',
    what: 'GS1 element string',
    notes: [...leads, ...hint, ...blankNotes(plain.text)],
  };
  return elementsReport(given, placed(walk, plain), found, plain, context);
}

function withoutLead(text: string): string {
  let at = 0;
  while (text[at] === GS) at += 1;
  return text.slice(at);
}

const NO_SEPARATOR =
  'There is no separator in the text, so the last value takes all that is left. Was the reader set to drop GS (FNC1)?';

/** Whether blanks are all that is wrong; they come from documents and mails. */
function blankNotes(text: string): string[] {
  const tight = text.replaceAll(' ', '');
  if (tight === text || parseElementString(tight).kind === 'malformed') return [];
  return [`No value has blanks. Without them the text would be sound: ${tight}`];
}

function hasEndless({ problems, elements }: Walk): boolean {
  const isVariable = aiEntry(elements.at(-1)?.ai ?? '')?.predefined === false;
  return isVariable && problems.some(({ rule }) => rule === 'too-long');
}

/** No value has blanks; a label shows them between AI and value. */
const BLANKS = /(?<=\)) +| +(?=\()/g;

/** The notation for people: each AI in brackets. */
export function inspectBracketed(given: string, context: Context): Attempt {
  if (!given.startsWith('(')) return 'it does not begin with an AI in brackets';
  const tight = without(given, BLANKS);
  const walk = walkBracketed(tight.text);
  if (walk.elements.length === 0) return 'no Application Identifier stands in its brackets';
  const assumed = tight.text === given ? [] : ['Blanks around brackets are left out, as in human readable text.'];
  const plain: PlainText = { ...tight, assumed };
  return elementsReport(
    given,
    placed(walk, plain),
    { kind: 'bracketed', what: 'GS1 elements in brackets' },
    plain,
    context,
  );
}

/** The report on elements: parts, and forms where nothing is wrong with them. */
function elementsReport(given: string, walk: Walk, found: Found, { assumed }: PlainText, context: Context): Report {
  const { elements, problems } = walk;
  const isSound = problems.length === 0;
  const together = isSound ? associationProblems(elements) : [];
  const count = elements.length === 1 ? '1 element' : `${elements.length} elements`;
  return reportOf(given, {
    ...found,
    what: `${found.what}, ${count}${titlesOf(elements)}`,
    notes: [...assumed, ...(found.notes ?? [])],
    parts: partsOf(elements, context),
    forms: isSound ? formsOf(elements, context) : [],
    problems: [...problems, ...together],
  });
}

function titlesOf(elements: readonly PlacedElement[]): string {
  const titles = elements.slice(0, 6).map(({ ai }) => aiEntry(ai)?.title || `(${ai})`);
  return titles.length === 0 ? '' : `: ${titles.join(', ')}${elements.length > 6 ? ' …' : ''}`;
}

/** Places of a walk, counted in the input as it was given. */
function placed({ elements, problems }: Walk, plain: PlainText): Walk {
  const moved = elements.map((one) => {
    const at = plain.given(one.at);
    return { ...one, at, length: plain.given(one.at + one.length) - at };
  });
  return { elements: moved, problems: problems.map((problem) => shift(problem, plain)) };
}

function shift(problem: Finding, { given }: PlainText): Finding {
  if (problem.position === undefined) return problem;
  const position = given(problem.position);
  return { ...problem, position, length: given(problem.position + (problem.length ?? 0)) - position };
}

function titled(report: Report, carrier: string): Report {
  return { ...report, kind: 'scan', what: `${carrier}: ${report.what}` };
}
