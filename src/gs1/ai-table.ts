import { CSET82, NUMERIC } from '#gs1/character-set.ts';

/** Rules on content, named as in the GS1 Barcode Syntax Dictionary. */
export type Linter = 'csum' | 'yymmd0';

/** One component of a value: `min` to `max` characters of one set. Only the last component may vary in length. */
export interface AiPart {
  readonly set: number;
  readonly min: number;
  readonly max: number;
  readonly linter?: Linter;
}

/** What an Application Identifier may carry (GS1 Barcode Syntax Dictionary 2026-01-27). */
export interface AiEntry {
  readonly ai: string;
  readonly title: string;
  /** The length is pre-defined by the first two digits of the AI: no separator is needed behind the value. */
  readonly predefined: boolean;
  readonly parts: readonly AiPart[];
  readonly min: number;
  readonly max: number;
}

/** Longest run of AIs in one message (GS1 Syntax Engine). */
export const MOST_ELEMENTS = 64;

/** The AIs an item's code may carry on this line, and those of its case; a code with another one is refused. */
export const AI_TABLE: readonly AiEntry[] = [
  predefined('00', 'SSCC', digits(18, 'csum')),
  predefined('01', 'GTIN', digits(14, 'csum')),
  predefined('02', 'CONTENT', digits(14, 'csum')),
  separated('10', 'BATCH/LOT', upTo(20, CSET82)),
  predefined('11', 'PROD DATE', digits(6, 'yymmd0')),
  predefined('12', 'DUE DATE', digits(6, 'yymmd0')),
  predefined('13', 'PACK DATE', digits(6, 'yymmd0')),
  predefined('15', 'BEST BEFORE or BEST BY', digits(6, 'yymmd0')),
  predefined('16', 'SELL BY', digits(6, 'yymmd0')),
  predefined('17', 'USE BY or EXPIRY', digits(6, 'yymmd0')),
  predefined('20', 'VARIANT', digits(2)),
  separated('21', 'SERIAL', upTo(20, CSET82)),
  separated('22', 'CPV', upTo(20, CSET82)),
  separated('30', 'VAR. COUNT', upTo(8, NUMERIC)),
  separated('37', 'COUNT', upTo(8, NUMERIC)),
  separated('240', 'ADDITIONAL ID', upTo(30, CSET82)),
  separated('241', 'CUST. PART No.', upTo(30, CSET82)),
  separated('250', 'SECONDARY SERIAL', upTo(30, CSET82)),
  separated('710', 'NHRN PZN', upTo(20, CSET82)),
  separated('711', 'NHRN CIP', upTo(20, CSET82)),
  separated('712', 'NHRN CN', upTo(20, CSET82)),
  separated('713', 'NHRN DRN', upTo(20, CSET82)),
  separated('714', 'NHRN AIM', upTo(20, CSET82)),
  separated('715', 'NHRN NDC', upTo(20, CSET82)),
  separated('716', 'NHRN AIC', upTo(20, CSET82)),
  separated('717', 'NHRN SRN', upTo(20, CSET82)),
  separated('90', 'INTERNAL', upTo(30, CSET82)),
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => separated(`9${n}`, 'INTERNAL', upTo(90, CSET82))),
];

const byAi = new Map(AI_TABLE.map((entry) => [entry.ai, entry]));

/** Entries of two-digit AIs by number; entries of longer AIs by their first two digits. */
const short: (AiEntry | undefined)[] = [];
const long: AiEntry[][] = [];
for (const entry of AI_TABLE) {
  const head = Number(entry.ai.slice(0, 2));
  if (entry.ai.length === 2) short[head] = entry;
  else long[head] = [...(long[head] ?? []), entry];
}

/** The entry of an AI, or undefined when this line does not know it. */
export function aiEntry(ai: string): AiEntry | undefined {
  return byAi.get(ai);
}

/** The entry of the AI that begins at `text[at]`. The first two digits decide how many digits an AI has. */
export function aiEntryAt(text: string, at: number): AiEntry | undefined {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  // The comparison is written so that the NaN behind the end of the text fails it.
  if (!(tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9)) return undefined;
  const head = tens * 10 + ones;
  return short[head] ?? long[head]?.find((entry) => text.startsWith(entry.ai, at));
}

function predefined(ai: string, title: string, ...parts: AiPart[]): AiEntry {
  return entry(ai, title, true, parts);
}

function separated(ai: string, title: string, ...parts: AiPart[]): AiEntry {
  return entry(ai, title, false, parts);
}

function entry(ai: string, title: string, isPredefined: boolean, parts: readonly AiPart[]): AiEntry {
  const min = parts.reduce((sum, part) => sum + part.min, 0);
  const max = parts.reduce((sum, part) => sum + part.max, 0);
  return { ai, title, predefined: isPredefined, parts, min, max };
}

function digits(length: number, linter?: Linter): AiPart {
  return { set: NUMERIC, min: length, max: length, ...(linter === undefined ? {} : { linter }) };
}

function upTo(max: number, set: number): AiPart {
  return { set, min: 1, max };
}
