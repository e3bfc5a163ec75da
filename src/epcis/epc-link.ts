import type { Identifier, IdKind } from '#epcis/epc-urn.ts';
import { CSET39, CSET82, strangerIn } from '#gs1/character-set.ts';
import { hasCheckDigit } from '#gs1/check-digit.ts';

/** Names that stood for AIs in Digital Links before 2020; the event hash still has to understand them. */
const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    gtin: '01',
    itip: '8006',
    cpid: '8010',
    gln: '414',
    party: '417',
    gsrnp: '8017',
    gsrn: '8018',
    gcn: '255',
    sscc: '00',
    gdti: '253',
    ginc: '401',
    gsin: '402',
    grai: '8003',
    giai: '8004',
    cpv: '22',
    lot: '10',
    ser: '21',
    tpx: '235',
    cpsn: '8011',
    glnx: '254',
    srin: '8019',
  }),
);

/** A key that may stand in EPCIS, and what of the rest of its path stays in the constrained form (gs1-epcis.md §7.4). */
interface Key {
  readonly form: RegExp;
  readonly kind: IdKind;
  /** Where the part ends that carries a check digit, from its beginning; 0 for none. */
  readonly checked: readonly [number, number];
  /** Qualifiers that make it more specific, the first that is there wins; with the kind of what it then names. */
  readonly kept: readonly (readonly [string, IdKind])[];
  /** Qualifiers that may stand there and say nothing about identity. */
  readonly dropped: readonly string[];
}

const KEYS: ReadonlyMap<string, Key> = new Map(
  Object.entries({
    '00': key(/^\d{18}$/, 'instance', [0, 18]),
    '01': key(
      /^(\d{8}|\d{12,14})$/,
      'class',
      [0, 14],
      [
        ['21', 'instance'],
        ['10', 'class'],
        ['235', 'instance'],
      ],
      ['22'],
    ),
    '253': key(/^\d{13}.{0,17}$/, 'instance', [0, 13]),
    '255': key(/^\d{13}\d{0,12}$/, 'instance', [0, 13]),
    '401': key(/^.{1,30}$/, 'other', [0, 0]),
    '402': key(/^\d{17}$/, 'other', [0, 17]),
    '414': key(/^\d{13}$/, 'place', [0, 13], [['254', 'place']], ['7040']),
    '417': key(/^\d{13}$/, 'party', [0, 13], [], ['7040']),
    '8003': key(/^0\d{13}.{0,16}$/, 'instance', [1, 14]),
    '8004': key(/^.{1,30}$/, 'instance', [0, 0], [], ['7040']),
    '8006': key(
      /^\d{18}$/,
      'class',
      [0, 14],
      [
        ['21', 'instance'],
        ['10', 'class'],
      ],
      ['22'],
    ),
    '8010': key(/^.{1,30}$/, 'class', [0, 0], [['8011', 'instance']]),
    '8017': key(/^\d{18}$/, 'other', [0, 18], [], ['8019']),
    '8018': key(/^\d{18}$/, 'other', [0, 18], [], ['8019']),
  }),
);

const LONGEST: ReadonlyMap<string, number> = new Map(
  Object.entries({
    '21': 20,
    '10': 20,
    '235': 28,
    '254': 20,
    '22': 20,
    '8011': 12,
    '8019': 10,
    '7040': 4,
  }),
);

/** A Digital Link as read: the canonical form, and what an exacting reader would hold against it. */
export interface ReadLink extends Identifier {
  /** Undefined when nothing is wrong; otherwise what, in a few words. */
  readonly fault: string | undefined;
}

/**
 * Reads a Digital Link of any domain into the constrained canonical form, as the event hash wants it: percent-escapes
 * stay as they are, and a wrong check digit is told but does not stop it. Undefined when it is no Digital Link.
 */
export function readEpcLink(uri: string): ReadLink | undefined {
  const found = /^(?:https?|HTTPS?):\/\/[^/?#]+\/([^?#]*)([?#].*)?$/.exec(uri);
  if (found === null) return undefined;
  const segments = (found[1] ?? '').split('/');
  // The key is found from the right: a stem may look like a key (gs1-epcis.md §7.3).
  for (let at = segments.length - 2; at >= 0; at -= 2) {
    const ai = aiOf(segments[at]);
    const entry = KEYS.get(ai);
    if (entry !== undefined) return readPath(ai, entry, segments.slice(at + 1), found[2] ?? '');
    if (!LONGEST.has(ai)) return undefined;
  }
  return undefined;
}

function readPath(ai: string, entry: Key, rest: readonly string[], query: string): ReadLink | undefined {
  const raw = rest[0] ?? '';
  const value = decoded(raw);
  if (!entry.form.test(value)) return undefined;
  const qualifiers = new Map<string, string>();
  for (let at = 1; at < rest.length; at += 2) {
    const name = aiOf(rest[at]);
    const text = rest[at + 1] ?? '';
    const length = decoded(text).length;
    if (!allows(entry, name) || length < 1 || length > (LONGEST.get(name) ?? 0)) return undefined;
    qualifiers.set(name, text);
  }
  const full = ai === '01' ? raw.padStart(14, '0') : raw;
  const kept = entry.kept.find(([name]) => qualifiers.has(name));
  const tail = kept === undefined ? '' : `/${kept[0]}/${qualifiers.get(kept[0])}`;
  return {
    kind: kept?.[1] ?? bareKind(ai, entry, value),
    uri: `https://id.gs1.org/${ai}/${full}${tail}`,
    fault: faultOf(entry, ai, full, qualifiers) ?? (query === '' ? undefined : 'it has a query or a fragment'),
  };
}

/** Keys whose serial part is missing name a class. */
function bareKind(ai: string, entry: Key, value: string): IdKind {
  if (ai === '253' || ai === '255') return value.length > 13 ? 'instance' : 'class';
  if (ai === '8003') return value.length > 14 ? 'instance' : 'class';
  return entry.kind;
}

function faultOf(entry: Key, ai: string, raw: string, qualifiers: ReadonlyMap<string, string>): string | undefined {
  const [from, to] = entry.checked;
  if (to > 0 && !hasCheckDigit(raw.slice(from, to))) return `the check digit of its key (${ai}) is wrong`;
  for (const [name, text] of [[ai, raw] as const, ...qualifiers]) {
    const value = decoded(text);
    const set = name === '8010' ? CSET39 : CSET82;
    const at = strangerIn(value, set, 0, value.length);
    if (at !== -1) return `"${value[at]}" may not stand in a value of (${name})`;
  }
  return undefined;
}

function allows(entry: Key, name: string): boolean {
  return entry.dropped.includes(name) || entry.kept.some(([kept]) => kept === name);
}

function aiOf(segment: string | undefined): string {
  return NAMES.get(segment ?? '') ?? segment ?? '';
}

function decoded(text: string): string {
  return text.replaceAll(/%([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function key(
  form: RegExp,
  kind: IdKind,
  checked: readonly [number, number],
  kept: readonly (readonly [string, IdKind])[] = [],
  dropped: readonly string[] = [],
): Key {
  return { form, kind, checked, kept, dropped };
}
