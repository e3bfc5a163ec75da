/** One element of a camera's description. Text is the element's own, trimmed; namespaces mean nothing here. */
export interface XmlElement {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** A text that is not well-formed, or asks for what a description has no business to ask for. */
export class XmlError extends Error {}

const DEPTH_LIMIT = 32;
const NAMED: ReadonlyMap<string, string> = new Map(
  Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }),
);
const TAG_LIMIT = 4_096;
/** A comment, a CDATA section, an instruction, an end tag, or a start tag up to its `>`. No two ways to match one text. */
const MARKUP =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<\/([^\s<>/]+)\s*>|<([^\s<>/!?]+)(?=[\s/>])((?:[^<>"']|"[^"]*"|'[^']*')*)>/y;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

interface Open {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/**
 * Reads a description: elements, attributes, text, CDATA, the five named and the numeric entities. A DOCTYPE is refused,
 * so nothing can be defined and nothing fetched. Throws an XmlError.
 */
export function readXml(text: string): XmlElement {
  const open: Open[] = [{ tag: '', attributes: new Map(), children: [], text: '' }];
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const end = next < 0 ? text.length : next;
    if (end > at) write(open, entities(text.slice(at, end)));
    if (next < 0) break;
    at = markup(text, next, open);
  }
  const [document] = open;
  const [root] = document?.children ?? [];
  if (open.length !== 1 || root === undefined) throw new XmlError('the description ends in the middle');
  return root;
}

/** Takes one piece of markup; answers where the next begins. */
function markup(text: string, at: number, open: Open[]): number {
  MARKUP.lastIndex = at;
  const match = MARKUP.exec(text);
  if (match === null) throw new XmlError(`not well-formed at "${text.slice(at, at + 40)}"`);
  const [, data, endTag, startTag, rest] = match;
  if (data !== undefined) write(open, data);
  else if (endTag !== undefined) close(open, endTag);
  else if (startTag !== undefined) start(open, startTag, rest ?? '');
  return MARKUP.lastIndex;
}

function start(open: Open[], tag: string, rest: string): void {
  if (open.length > DEPTH_LIMIT) throw new XmlError('elements are nested too deeply');
  if (rest.length > TAG_LIMIT) throw new XmlError('a tag is too long');
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single] of rest.matchAll(ATTRIBUTE)) {
    attributes.set(name, entities(double ?? single ?? ''));
  }
  open.push({ tag: localName(tag), attributes, children: [], text: '' });
  if (rest.endsWith('/')) close(open, tag);
}

function close(open: Open[], tag: string): void {
  const element = open.length > 1 ? open.pop() : undefined;
  if (element === undefined || element.tag !== localName(tag)) throw new XmlError(`</${tag}> closes nothing`);
  open.at(-1)?.children.push({ ...element, text: element.text.trim() });
}

function write(open: readonly Open[], text: string): void {
  const element = open.at(-1);
  if (element !== undefined) element.text += text;
}

function localName(tag: string): string {
  return tag.slice(tag.indexOf(':') + 1);
}

function entities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&]{1,12});/g, (whole, name: string) => {
    const code = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name);
    if (code === null) return NAMED.get(name) ?? whole;
    const point = code[1] === undefined ? Number(code[2]) : Number.parseInt(code[1], 16);
    return point <= 0x10_ffff ? String.fromCodePoint(point) : whole;
  });
}
