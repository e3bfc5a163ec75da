import { csetnumeric } from '#gs1/linter/character-linters.ts';
import { yymmdd } from '#gs1/linter/date-linters.ts';
import type { LintFault, LintRule } from '#gs1/linter/lint-fault.ts';

/** One field of a North American coupon code. All fields are digits. */
type Field =
  /** Digits whose number a digit in front announces: `base` plus that digit. The digit `none` announces none. */
  | {
      readonly kind: 'announced';
      readonly name: string;
      readonly digits: string;
      readonly base: number;
      readonly none: string | undefined;
    }
  /** A digit that means something. */
  | { readonly kind: 'code'; readonly name: string; readonly digits: string }
  | { readonly kind: 'fixed'; readonly name: string; readonly length: number }
  | { readonly kind: 'date'; readonly name: string };

/** Fields that stand together, introduced by a digit of their own. */
interface Group {
  readonly tag: string;
  readonly fields: readonly Field[];
}

interface Cursor {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  at: number;
}

const REQUIREMENT_CODES = '012349';
const OFFER_CODE: Field = { kind: 'fixed', name: 'offer-code', length: 6 };
const SERIAL: Field = announced('serial-number', '0123456789', 6);

const COUPON_HEAD: readonly Field[] = [
  announced('gcp', '0123456', 6),
  OFFER_CODE,
  announced('save-value', '12345', 0),
  ...purchase('1st'),
];

const COUPON_OPTIONS: readonly Group[] = [
  {
    tag: '1',
    fields: [
      { kind: 'code', name: 'additional-purchase-rules-code', digits: '0123' },
      ...purchase('2nd'),
      announced('2nd-purchase-gcp', '01234569', 6, '9'),
    ],
  },
  { tag: '2', fields: [...purchase('3rd'), announced('3rd-purchase-gcp', '01234569', 6, '9')] },
  { tag: '3', fields: [{ kind: 'date', name: 'expiration-date' }] },
  { tag: '4', fields: [{ kind: 'date', name: 'start-date' }] },
  { tag: '5', fields: [SERIAL] },
  { tag: '6', fields: [announced('retailer-gcp-or-gln', '1234567', 6)] },
  {
    tag: '9',
    fields: [
      { kind: 'code', name: 'save-value-code', digits: '01256' },
      { kind: 'code', name: 'save-value-applies-to-item', digits: '012' },
      { kind: 'code', name: 'store-coupon-flag', digits: '0123456789' },
      { kind: 'code', name: 'dont-multiply-flag', digits: '01' },
    ],
  },
];

const OFFER_FIELDS: readonly Field[] = [
  { kind: 'code', name: 'format-code', digits: '01' },
  announced('funder', '0123456', 6),
  OFFER_CODE,
  SERIAL,
];

/** A North American coupon code (AI 8110): GS1 AI (8110) North American Coupon Application Guideline. */
export function couponcode(text: string, from: number, to: number): LintFault | undefined {
  const stranger = csetnumeric(text, from, to);
  if (stranger !== undefined) return stranger;
  const cursor: Cursor = { text, from, to, at: from };
  const inHead = readAll(cursor, COUPON_HEAD);
  if (inHead !== undefined) return inHead;
  const groups = new Map<string, number>();
  for (const { tag, fields } of COUPON_OPTIONS) {
    if (cursor.at === to || text[cursor.at] !== tag) continue;
    groups.set(tag, cursor.at);
    cursor.at += 1;
    const wrong = readAll(cursor, fields) ?? orderFault(cursor, groups);
    if (wrong !== undefined) return wrong;
  }
  return excess(cursor);
}

/** A positive offer file coupon (AI 8112). */
export function couponposoffer(text: string, from: number, to: number): LintFault | undefined {
  const stranger = csetnumeric(text, from, to);
  if (stranger !== undefined) return stranger;
  const cursor: Cursor = { text, from, to, at: from };
  return readAll(cursor, OFFER_FIELDS) ?? excess(cursor);
}

function announced(name: string, digits: string, base: number, none?: string): Field {
  return { kind: 'announced', name, digits, base, none };
}

function purchase(nth: string): readonly Field[] {
  return [
    announced(`${nth}-purchase-requirement`, '12345', 0),
    { kind: 'code', name: `${nth}-purchase-requirement-code`, digits: REQUIREMENT_CODES },
    { kind: 'fixed', name: `${nth}-purchase-family-code`, length: 3 },
  ];
}

function readAll(cursor: Cursor, fields: readonly Field[]): LintFault | undefined {
  for (const field of fields) {
    const wrong = read(cursor, field);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function read(cursor: Cursor, field: Field): LintFault | undefined {
  switch (field.kind) {
    case 'announced': {
      const wrong = readCode(cursor, `missing-${field.name}-vli`, `invalid-${field.name}-length`, field.digits);
      const digit = cursor.text[cursor.at - 1];
      if (wrong !== undefined || digit === field.none) return wrong;
      return take(cursor, field.base + Number(digit), `truncated-${field.name}`);
    }
    case 'code':
      return readCode(cursor, `missing-${field.name}`, `invalid-${field.name}`, field.digits);
    case 'fixed':
      return take(cursor, field.length, `truncated-${field.name}`);
    case 'date': {
      const short = take(cursor, 6, `too-short-for-${field.name}`);
      if (short !== undefined) return short;
      const wrong = yymmdd(cursor.text, cursor.at - 6, cursor.at);
      return wrong === undefined ? undefined : broken(`invalid-${field.name}`, cursor.at - 6, cursor.at, 'YYMMDD');
    }
  }
}

function readCode(cursor: Cursor, missing: string, invalid: string, digits: string): LintFault | undefined {
  if (cursor.at === cursor.to) return broken(missing, cursor.from, cursor.to, `one of ${digits} behind it`);
  cursor.at += 1;
  if (digits.includes(cursor.text[cursor.at - 1] ?? ' ')) return undefined;
  return broken(invalid, cursor.at - 1, cursor.at, `one of ${digits}`);
}

/** Moves on by `length` digits. Where nothing at all is left, the whole component is at fault. */
function take(cursor: Cursor, length: number, truncated: string): LintFault | undefined {
  const { from, to, at } = cursor;
  if (to - at < length) return broken(truncated, at === to ? from : at, to, `${length} digits`);
  cursor.at += length;
  return undefined;
}

/** A coupon does not expire before it starts. */
function orderFault({ text, at }: Cursor, groups: ReadonlyMap<string, number>): LintFault | undefined {
  const [end, start] = [groups.get('3'), groups.get('4')];
  if (end === undefined || start === undefined) return undefined;
  if (text.slice(end + 1, end + 7) >= text.slice(start + 1, start + 7)) return undefined;
  return broken('expiration-before-start', end, at, 'an expiration date after the start date');
}

function excess({ at, to }: Cursor): LintFault | undefined {
  return at === to ? undefined : broken('excess-data', at, to, 'nothing more');
}

function broken(what: string, from: number, to: number, expected: string): LintFault {
  const rule: LintRule = `coupon-${what}`;
  return { position: from, length: to - from, rule, expected };
}
