import { hasCheckDigit, withCheckDigit } from '#gs1/check-digit.ts';

declare const brand: unique symbol;

/** An 18-digit Serial Shipping Container Code whose check digit has been verified. */
export type Sscc = string & { readonly [brand]: 'Sscc' };

/** Digits of an SSCC in front of its check digit. */
const BODY = 17;

/** The SSCC in `text`: 18 digits with the right check digit. */
export function parseSscc(text: string): Sscc | undefined {
  return isSscc(text) ? text : undefined;
}

/** Serial references that a line may use under one company prefix and extension digit, the first and the last included. */
export interface SsccRange {
  /** The GS1 Company Prefix: 4 to 12 digits. */
  readonly prefix: string;
  /** 0 to 9; means nothing, and adds capacity. */
  readonly extension: number;
  readonly from: number;
  readonly to: number;
}

/** How many serial references there are per extension digit of a company prefix of that length. */
export function ssccCapacity(prefixLength: number): number {
  return 10 ** (BODY - 1 - prefixLength);
}

/** Why a range is none, for people; undefined when it is one. */
export function rangeFault({ prefix, extension, from, to }: SsccRange): string | undefined {
  if (!/^\d{4,12}$/.test(prefix)) return 'a company prefix has 4 to 12 digits';
  if (!Number.isInteger(extension) || extension < 0 || extension > 9) return 'an extension digit is 0 to 9';
  const most = ssccCapacity(prefix.length) - 1;
  const isRange = Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= most;
  return isRange ? undefined : `references of this prefix go from 0 to ${most}`;
}

/** Whether two ranges could yield the same SSCC. */
export function overlap(a: SsccRange, b: SsccRange): boolean {
  const [short, long] = a.prefix.length <= b.prefix.length ? [a, b] : [b, a];
  if (a.extension !== b.extension || !long.prefix.startsWith(short.prefix)) return false;
  // The longer prefix takes digits of the shorter one's references: its own are a part of theirs.
  const offset = Number(long.prefix.slice(short.prefix.length) || '0') * ssccCapacity(long.prefix.length);
  return long.from + offset <= short.to && long.to + offset >= short.from;
}

/** The SSCC with this serial reference. The caller has made sure that it belongs to a sound range. */
export function ssccOf({ prefix, extension }: SsccRange, reference: number): Sscc {
  const digits = BODY - 1 - prefix.length;
  const sscc = withCheckDigit(`${extension}${prefix}${String(reference).padStart(digits, '0')}`);
  if (!isSscc(sscc)) throw new RangeError(`${reference} is no serial reference of ${digits} digits`);
  return sscc;
}

export type SsccAllocation =
  | { readonly kind: 'allocated'; readonly ssccs: readonly Sscc[]; readonly used: number; readonly level: RangeLevel }
  | { readonly kind: 'exhausted'; readonly left: number };

/** How full a range is: an alarm at 80 %, a stop at 100 %. */
export type RangeLevel = 'free' | 'running-out' | 'used-up';

const ALARM = 0.8;

/**
 * The next SSCCs of a range of which `used` references are gone, in order and without gaps. The caller records the new
 * `used` before the first of them is printed, so that no crash repeats one. An SSCC is never used again.
 */
export function nextSsccs(range: SsccRange, used: number, count: number): SsccAllocation {
  const left = range.to - range.from + 1 - used;
  if (count > left) return { kind: 'exhausted', left };
  const ssccs = Array.from({ length: count }, (_none, place) => ssccOf(range, range.from + used + place));
  return { kind: 'allocated', ssccs, used: used + count, level: rangeLevel(range, used + count) };
}

/** How full a range is once `used` of its references are gone. */
export function rangeLevel({ from, to }: SsccRange, used: number): RangeLevel {
  const size = to - from + 1;
  if (used >= size) return 'used-up';
  return used >= size * ALARM ? 'running-out' : 'free';
}

function isSscc(text: string): text is Sscc {
  return /^\d{18}$/.test(text) && hasCheckDigit(text);
}
