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

/**
 * Scans XML 1.0 with namespaces unresolved. Entities are the five of XML; a document type may be named, and must declare
 * nothing: no entity can then blow up or fetch anything.
 */
export function xmlScanner(handler: XmlHandler): XmlScanner {
  const open: string[] = [];
  let rest = '';
  let passed = 0;
  let roots = 0;

  function fault(message: string, at: number): XmlFault {
    return new XmlFault(message, passed + at);
  }

  /** Text between tags. Outside the root element only white space may stand. */
  function text(raw: string, at: number, isPlain: boolean): void {
    const plain = isPlain ? raw : unescapeXml(raw);
    if (plain === undefined) throw fault('a reference that XML does not know', at);
    if (open.length > 0) handler.text(plain);
    else if (plain.trim() !== '') throw fault('text outside the root element', at);
  }

  function opening(body: string, at: number): void {
    const tag = TAG.exec(body);
    if (tag === null) throw fault(`"<${body.slice(0, 40)}" is no tag`, at);
    const [, name = '', attributes = '', slash] = tag;
    if (open.length === 0 && roots > 0) throw fault('a second root element', at);
    if (open.length >= DEEPEST) throw fault('elements lie too deep in each other', at);
    if (open.length === 0) roots += 1;
    handler.open(name, attributesOf(attributes, at));
    if (slash === '/') handler.close(name);
    else open.push(name);
  }

  function attributesOf(raw: string, at: number): [string, string][] {
    const list: [string, string][] = [];
    for (const [, name = '', double, single] of raw.matchAll(ATTRIBUTE)) {
      const value = unescapeXml(double ?? single ?? '');
      if (value === undefined) throw fault('a reference that XML does not know', at);
      if (list.some(([other]) => other === name)) throw fault(`the attribute ${name} stands there twice`, at);
      list.push([name, value]);
    }
    return list;
  }

  function closing(body: string, at: number): void {
    const name = CLOSING.exec(body)?.[1];
    const last = open.pop();
    if (name === undefined || name !== last)
      throw fault(`</${body.slice(0, 40)}> where </${last ?? ''}> should stand`, at);
    handler.close(name);
  }

  /** Reads the markup that begins at `at`; gives where it ends, or -1 while more must come. */
  function markup(at: number): number {
    const block = BLOCKS.find(({ begin }) => rest.startsWith(begin, at));
    if (block === undefined) return tag(at);
    const end = rest.indexOf(block.end, at + block.begin.length);
    if (end === -1) return -1;
    const body = rest.slice(at + block.begin.length, end);
    if (block.begin === '<![CDATA[') text(body, at, true);
    if (block.begin === '<!DOCTYPE' && body.includes('['))
      throw fault('a document type with declarations is not read', at);
    return end + block.end.length;
  }

  function tag(at: number): number {
    // Long enough to know that no block begins here.
    if (rest.length - at < 9 && rest[at + 1] === '!') return -1;
    if (rest[at + 1] === '!') throw fault('a declaration is not read', at);
    const end = tagEnd(rest, at);
    if (end === -1) return -1;
    const body = rest.slice(at + 1, end);
    if (body.startsWith('/')) closing(body.slice(1), at);
    else opening(body, at);
    return end + 1;
  }

  function write(chunk: string): void {
    rest += passed === 0 && rest === '' && chunk.startsWith('\ufeff') ? chunk.slice(1) : chunk;
    const at = scan();
    passed += at;
    rest = rest.slice(at);
    if (rest.length > LONGEST) throw fault('a piece of more than a million characters', 0);
  }

  /** Reads what is whole; gives where the rest begins. */
  function scan(): number {
    let at = 0;
    for (let mark = rest.indexOf('<'); mark !== -1; mark = rest.indexOf('<', at)) {
      if (mark > at) text(rest.slice(at, mark), at, false);
      at = mark;
      const next = markup(mark);
      if (next === -1) break;
      at = next;
    }
    return at;
  }

  function end(): void {
    if (rest.trim() !== '')
      throw fault(rest.startsWith('<') ? 'the document ends inside a tag' : 'text outside the root element', 0);
    if (open.length > 0) throw fault(`the document ends before </${open.at(-1) ?? ''}>`, 0);
    if (roots === 0) throw fault('there is no element', 0);
  }

  return { write, end };
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
