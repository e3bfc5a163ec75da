import { XmlFault } from '#epcis-xml/xml-fault.ts';
import { unescapeXml } from '#epcis-xml/xml-text.ts';

/** What a scanner tells as it goes. Names are as they stand, with their prefix; comments and instructions are left out. */
export interface XmlHandler {
  readonly open: (name: string, attributes: readonly (readonly [string, string])[]) => void;
  readonly text: (text: string) => void;
  readonly close: (name: string) => void;
}

/** Takes a document piece by piece, wherever it was cut. Throws `XmlFault` at the first thing that is no XML. */
export interface XmlScanner {
  readonly write: (chunk: string) => void;
  /** No more comes: everything that was opened must be closed. */
  readonly end: () => void;
}

/** No piece of markup or text may be longer: it would have to be held whole. */
const LONGEST = 1_000_000;
const DEEPEST = 200;

const NAME = '[A-Za-z_][\\w.\\-]*(?::[A-Za-z_][\\w.\\-]*)?';
const TAG = new RegExp(`^(${NAME})((?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)$`);
const ATTRIBUTE = new RegExp(`(${NAME})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, 'g');
const CLOSING = new RegExp(`^(${NAME})\\s*$`);

/** Comments, instructions and character data: how they begin and end. */
const BLOCKS = [
  { begin: '<!--', end: '-->' },
  { begin: '<![CDATA[', end: ']]>' },
  { begin: '<?', end: '?>' },
  { begin: '<!DOCTYPE', end: '>' },
] as const;

/** Where a scan stands. */
interface Scan {
  readonly handler: XmlHandler;
  /** Names of elements that are open. */
  readonly open: string[];
  /** What came and is not read yet, and how many characters were read before it. */
  rest: string;
  passed: number;
  roots: number;
}

/**
 * Scans XML 1.0 with namespaces unresolved. Entities are the five of XML; a document type may be named, and must declare
 * nothing: no entity can then blow up or fetch anything.
 */
export function xmlScanner(handler: XmlHandler): XmlScanner {
  const scan: Scan = { handler, open: [], rest: '', passed: 0, roots: 0 };
  return { write: (chunk) => write(scan, chunk), end: () => end(scan) };
}

function write(scan: Scan, chunk: string): void {
  const isFirst = scan.passed === 0 && scan.rest === '';
  scan.rest += isFirst && chunk.startsWith('\ufeff') ? chunk.slice(1) : chunk;
  const at = readWhole(scan);
  scan.passed += at;
  scan.rest = scan.rest.slice(at);
  if (scan.rest.length > LONGEST) throw fault(scan, 'a piece of more than a million characters', 0);
}

function end(scan: Scan): void {
  const { rest, open, roots } = scan;
  if (rest.startsWith('<')) throw fault(scan, 'the document ends inside a tag', 0);
  if (rest.trim() !== '') throw fault(scan, 'text outside the root element', 0);
  if (open.length > 0) throw fault(scan, `the document ends before </${open.at(-1) ?? ''}>`, 0);
  if (roots === 0) throw fault(scan, 'there is no element', 0);
}

/** Reads what is whole; gives where the rest begins. */
function readWhole(scan: Scan): number {
  const { rest } = scan;
  let at = 0;
  for (let mark = rest.indexOf('<'); mark !== -1; mark = rest.indexOf('<', at)) {
    if (mark > at) readText(scan, rest.slice(at, mark), at, false);
    at = mark;
    const next = readMarkup(scan, mark);
    if (next === -1) break;
    at = next;
  }
  return at;
}

/** Text between tags. Outside the root element only white space may stand. */
function readText(scan: Scan, raw: string, at: number, isPlain: boolean): void {
  const plain = isPlain ? raw : unescapeXml(raw);
  if (plain === undefined) throw fault(scan, 'a reference that XML does not know', at);
  if (scan.open.length > 0) scan.handler.text(plain);
  else if (plain.trim() !== '') throw fault(scan, 'text outside the root element', at);
}

/** Reads the markup that begins at `at`; gives where it ends, or -1 while more must come. */
function readMarkup(scan: Scan, at: number): number {
  const { rest } = scan;
  const block = BLOCKS.find(({ begin }) => rest.startsWith(begin, at));
  if (block === undefined) return readTag(scan, at);
  const last = rest.indexOf(block.end, at + block.begin.length);
  if (last === -1) return -1;
  const body = rest.slice(at + block.begin.length, last);
  if (block.begin === '<![CDATA[') readText(scan, body, at, true);
  if (block.begin === '<!DOCTYPE' && body.includes('[')) {
    throw fault(scan, 'a document type with declarations is not read', at);
  }
  return last + block.end.length;
}

function readTag(scan: Scan, at: number): number {
  const { rest } = scan;
  if (rest[at + 1] === '!') {
    // Too short to know that no comment, character data or document type begins here.
    if (rest.length - at < '<!DOCTYPE'.length) return -1;
    throw fault(scan, 'a declaration is not read', at);
  }
  const last = tagEnd(rest, at);
  if (last === -1) return -1;
  const body = rest.slice(at + 1, last);
  if (body.startsWith('/')) readClosing(scan, body.slice(1), at);
  else readOpening(scan, body, at);
  return last + 1;
}

function readOpening(scan: Scan, body: string, at: number): void {
  const { open, handler } = scan;
  const tag = TAG.exec(body);
  if (tag === null) throw fault(scan, `"<${body.slice(0, 40)}" is no tag`, at);
  const [, name = '', attributes = '', slash] = tag;
  if (open.length === 0 && scan.roots > 0) throw fault(scan, 'a second root element', at);
  if (open.length >= DEEPEST) throw fault(scan, 'elements lie too deep in each other', at);
  if (open.length === 0) scan.roots += 1;
  handler.open(name, attributesOf(scan, attributes, at));
  if (slash === '/') handler.close(name);
  else open.push(name);
}

function attributesOf(scan: Scan, raw: string, at: number): [string, string][] {
  const list: [string, string][] = [];
  const names = new Set<string>();
  for (const [, name = '', double, single] of raw.matchAll(ATTRIBUTE)) {
    const value = unescapeXml(double ?? single ?? '');
    if (value === undefined) throw fault(scan, 'a reference that XML does not know', at);
    if (names.has(name)) throw fault(scan, `the attribute ${name} stands there twice`, at);
    names.add(name);
    list.push([name, value]);
  }
  return list;
}

function readClosing(scan: Scan, body: string, at: number): void {
  const name = CLOSING.exec(body)?.[1];
  const last = scan.open.pop();
  if (name === undefined || name !== last) {
    throw fault(scan, `</${body.slice(0, 40)}> where </${last ?? ''}> should stand`, at);
  }
  scan.handler.close(name);
}

function fault({ passed }: Scan, message: string, at: number): XmlFault {
  return new XmlFault(message, passed + at);
}

/** The `>` that ends a tag: one inside quotes does not. */
function tagEnd(text: string, from: number): number {
  let quote = '';
  for (let at = from; at < text.length; at += 1) {
    const mark = text[at] ?? '';
    if (quote === '' && mark === '>') return at;
    if (quote === '' && (mark === '"' || mark === "'")) quote = mark;
    else if (mark === quote) quote = '';
  }
  return -1;
}
