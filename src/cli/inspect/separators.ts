/** A text with real control characters, and where each of its characters stood before. */
export interface PlainText {
  readonly text: string;
  /** The place in the given text of the character at `at`; also of the end. */
  readonly given: (at: number) => number;
  /** Which conventions were taken for which control character, in plain sentences. */
  readonly assumed: readonly string[];
}

interface Convention {
  readonly pattern: RegExp;
  readonly control: string;
}

const [GS, RS, EOT] = ['\u001d', '\u001e', '\u0004'];

/** How people write control characters when they paste a scan. Those that no GS1 value may have come last. */
const CONVENTIONS: readonly Convention[] = [
  { pattern: /[<{[](?:GS|FNC1|F1|GS1_SEP|0x1D)[>}\]]/gi, control: GS },
  { pattern: /[<{[]RS[>}\]]/gi, control: RS },
  { pattern: /[<{[]EOT[>}\]]/gi, control: EOT },
  { pattern: /\\(?:x1d|u001d|u\{1d\}|0?35|GS)/gi, control: GS },
  { pattern: /\\(?:x1e|u001e|036)/gi, control: RS },
  { pattern: /\\(?:x04|u0004|004)/gi, control: EOT },
  { pattern: /␝/g, control: GS },
  { pattern: /␞/g, control: RS },
  { pattern: /␄/g, control: EOT },
  { pattern: /\^/g, control: GS },
];

const NAMES: Readonly<Record<string, string>> = { [GS]: 'the separator GS (FNC1)', [RS]: 'RS', [EOT]: 'EOT' };

/** Puts control characters where the text spells them out, and keeps count of places. Takes linear time. */
export function withControls(given: string): PlainText {
  const found = CONVENTIONS.flatMap(({ pattern, control }) =>
    [...given.matchAll(pattern)].map((match) => ({
      at: match.index,
      length: match[0].length,
      control,
      token: match[0],
    })),
  ).sort((a, b) => a.at - b.at);
  const assumed = [...new Map(found.map(({ token, control }) => [token, control]))].map(
    ([token, control]) => `"${token}" is taken for ${NAMES[control]}`,
  );
  return { ...replaced(given, found), assumed };
}

/** Whether a text begins with a control character that is spelt out, rather than with XML or JSON. */
export function beginsWithControl(text: string): boolean {
  return /^[<{[](?:GS|RS|EOT|FNC1|F1|GS1_SEP|0x1D)[>}\]]/i.test(text);
}

/** Leaves characters out, and keeps count of places. */
export function without(given: string, strangers: RegExp): Omit<PlainText, 'assumed'> {
  const found = [...given.matchAll(strangers)].map((match) => ({
    at: match.index,
    length: match[0].length,
    control: '',
  }));
  return replaced(given, found);
}

interface Replacement {
  readonly at: number;
  readonly length: number;
  readonly control: string;
}

function replaced(given: string, replacements: readonly Replacement[]): Omit<PlainText, 'assumed'> {
  if (replacements.length === 0) return { text: given, given: (at) => at };
  const pieces: string[] = [];
  const places: number[] = [];
  let from = 0;
  const keep = (to: number) => {
    pieces.push(given.slice(from, to));
    for (let at = from; at < to; at += 1) places.push(at);
  };
  for (const { at, length, control } of replacements) {
    keep(at);
    pieces.push(control);
    if (control !== '') places.push(at);
    from = at + length;
  }
  keep(given.length);
  return { text: pieces.join(''), given: (at) => places[at] ?? given.length };
}
