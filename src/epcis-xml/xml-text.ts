import { DocumentRefused } from '#epcis/checked.ts';

/** What XML 1.0 cannot hold at all, not even as a reference (§2.2). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that are meant
const IMPOSSIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** A text as it stands between tags or in an attribute. Throws `DocumentRefused` for what XML cannot say. */
export function escapeXml(text: string): string {
  if (IMPOSSIBLE.test(text)) {
    const message = `${JSON.stringify(text)} holds a character that XML cannot carry.`;
    throw new DocumentRefused({ rule: 'xml-character', path: '', message, severity: 'error' });
  }
  return /[&<>"'\r\n\t]/.test(text) ? text.replaceAll(/[&<>"'\r\n\t]/g, (mark) => ESCAPES[mark] ?? mark) : text;
}

/**
 * A text without its references: the five entities of XML and character numbers. No others exist here, for no document
 * type is read; undefined when one is named.
 */
export function unescapeXml(text: string): string | undefined {
  if (!text.includes('&')) return text;
  let isWhole = true;
  const plain = text.replaceAll(/&([^;&]{0,10};?)/g, (_all, body: string) => {
    const found = body.endsWith(';') ? reference(body.slice(0, -1)) : undefined;
    if (found === undefined) isWhole = false;
    return found ?? '';
  });
  return isWhole ? plain : undefined;
}

function reference(name: string): string | undefined {
  if (Object.hasOwn(ENTITIES, name)) return ENTITIES[name];
  const digits = /^#(?:x([0-9A-Fa-f]{1,6})|(\d{1,7}))$/.exec(name);
  if (digits === null) return undefined;
  const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16);
  const isHalf = code >= 0xd800 && code <= 0xdfff;
  if (code > 0x10ffff || isHalf) return undefined;
  const symbol = String.fromCodePoint(code);
  return IMPOSSIBLE.test(symbol) ? undefined : symbol;
}
