import { aiEntry } from '#gs1/ai-table.ts';
import { faultIn } from '#gs1/element-rules.ts';
import { type Element, elementString } from '#gs1/element-string.ts';

/** An element that a market wants behind the identification, byte for byte as its operator delivered it. */
export interface TailPart {
  readonly ai: string;
  readonly length: number;
}

/** How a market wants a code to be made up. Configuration, not law: each row names where it comes from. */
export interface NationalForm {
  readonly id: string;
  readonly market: string;
  /** AIs in print order; the tail comes behind them. */
  readonly ais: readonly string[];
  /** How many characters a serial has, where the market says so. */
  readonly serialLength?: number;
  /** Secret parts: printed, stored and compared byte for byte, and never published. */
  readonly tail: readonly TailPart[];
  /** Serials must not be guessable. */
  readonly needsRandomSerials: boolean;
  readonly source: string;
}

/** The forms that the product knows. A site adds its own in the same shape. */
export const NATIONAL_FORMS: readonly NationalForm[] = [
  {
    id: 'eu-fmd',
    market: 'European Union, prescription medicines',
    ais: ['01', '17', '10', '21'],
    tail: [],
    needsRandomSerials: true,
    source: 'Delegated Regulation (EU) 2016/161, Art. 4 and 5',
  },
  {
    id: 'us-dscsa',
    market: 'United States, prescription medicines',
    ais: ['01', '21', '17', '10'],
    tail: [],
    needsRandomSerials: false,
    source: 'Drug Supply Chain Security Act, §582; GS1 US guideline R1.3',
  },
  {
    id: 'ru-medicine',
    market: 'Russia, medicines',
    ais: ['01', '21'],
    serialLength: 13,
    tail: [
      { ai: '91', length: 4 },
      { ai: '92', length: 44 },
    ],
    needsRandomSerials: false,
    source: 'Rules of the state marking operator; serials and tail are delivered by it',
  },
  {
    id: 'ru-long-tail',
    market: 'Russia, other goods with a signature of 88 characters',
    ais: ['01', '21'],
    serialLength: 13,
    tail: [
      { ai: '91', length: 4 },
      { ai: '92', length: 88 },
    ],
    needsRandomSerials: false,
    source: 'Rules of the state marking operator; serials and tail are delivered by it',
  },
  {
    id: 'ru-short-tail',
    market: 'Russia, other goods with a check code of 4 characters',
    ais: ['01', '21'],
    serialLength: 13,
    tail: [{ ai: '93', length: 4 }],
    needsRandomSerials: false,
    source: 'Rules of the state marking operator; serials and tail are delivered by it',
  },
  {
    id: 'in-export',
    market: 'India, medicines for export',
    ais: ['01', '17', '10', '21'],
    tail: [],
    needsRandomSerials: false,
    source: 'DGFT public notices on drug export packages',
  },
  {
    id: 'br',
    market: 'Brazil, medicines',
    ais: ['01', '713', '21', '17', '10'],
    tail: [],
    needsRandomSerials: false,
    source: 'ANVISA identifier set; the national system is suspended',
  },
];

/** The form of that id, or undefined. */
export function nationalForm(id: string, forms: readonly NationalForm[] = NATIONAL_FORMS): NationalForm | undefined {
  return forms.find((form) => form.id === id);
}

export type Composed =
  | { readonly kind: 'composed'; readonly text: string }
  | { readonly kind: 'refused'; readonly ai: string; readonly expected: string };

/**
 * The element string of a code in this form, GS as separator, tail included. Values are taken as they are, byte for byte:
 * a tail is never trimmed, re-encoded or completed.
 */
export function composeCode(form: NationalForm, values: Readonly<Record<string, string>>): Composed {
  const ais = [...form.ais, ...form.tail.map(({ ai }) => ai)];
  for (const ai of ais) {
    const expected = valueFault(form, ai, values[ai]);
    if (expected !== undefined) return { kind: 'refused', ai, expected };
  }
  return { kind: 'composed', text: elementString(ais.map((ai) => ({ ai, value: values[ai] ?? '' }))) };
}

/** The elements that may leave the plant: all but the secret tail. EPCIS gets these and no others. */
export function publicElements(form: NationalForm, elements: readonly Element[]): Element[] {
  return elements.filter(({ ai }) => !form.tail.some((part) => part.ai === ai));
}

/**
 * The identification of an item as the Russian operator counts it: AI 01, GTIN, AI 21, serial, without tail and without
 * separators. Undefined when either is missing.
 */
export function identificationCode(elements: readonly Element[]): string | undefined {
  const [gtin, serial] = ['01', '21'].map((ai) => elements.find((element) => element.ai === ai)?.value);
  return gtin === undefined || serial === undefined ? undefined : `01${gtin}21${serial}`;
}

function valueFault(form: NationalForm, ai: string, value: string | undefined): string | undefined {
  if (value === undefined) return `a value for (${ai})`;
  const length = ai === '21' ? form.serialLength : form.tail.find((part) => part.ai === ai)?.length;
  if (length !== undefined && value.length !== length) return `${length} characters for (${ai})`;
  const entry = aiEntry(ai);
  return entry === undefined ? `an AI in place of (${ai})` : faultIn(entry, value, 0, value.length)?.expected;
}
