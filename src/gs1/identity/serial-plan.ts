import { isX20 } from '#gs1/character-set.ts';
import { type FairDraw, fairDraw } from '#gs1/identity/fair-draw.ts';
import {
  alphabetSize,
  distinctness,
  GUESS_LIMIT,
  LONGEST_SERIAL,
  makeSerials,
  type PackedSerials,
} from '#gs1/serial-pool.ts';

/** A range of numbers, written with the digits of an alphabet, as many for each. */
export interface NumberRange {
  readonly alphabet: string;
  readonly length: number;
  /** The first and the last number that belong to it. */
  readonly from: number;
  readonly to: number;
}

/** Where the serials of a product come from. */
export type SerialPlan =
  /** Any serial of this length: the form that the EU wants. */
  | { readonly kind: 'random'; readonly alphabet: string; readonly length: number }
  /** Numbers of a range, in an order that nobody can foretell. */
  | ({ readonly kind: 'shuffled' } & NumberRange)
  /** Numbers of a range in their order. Anybody can guess the next one, so a market must allow it. */
  | ({ readonly kind: 'sequential'; readonly next: number } & NumberRange);

export interface DrawWish {
  readonly count: number;
  /** That many random bytes; cryptographically strong in production. Serials depend on nothing else. */
  readonly random: (bytes: number) => Uint8Array;
  /** Whether the GTIN already has this serial. */
  readonly taken?: (serial: string) => boolean;
  /** How many serials of this GTIN were ever issued before these. */
  readonly everIssued: number;
  /** The market does not ask that serials cannot be guessed (US DSCSA, India). */
  readonly mayBeGuessed?: boolean;
}

export type Drawn =
  | { readonly kind: 'drawn'; readonly serials: PackedSerials }
  | { readonly kind: 'refused'; readonly why: 'guessable' | 'exhausted'; readonly detail: string };

/**
 * The chance that somebody guesses a serial of this plan, once `issued` of them exist: 1 for a sequence, whose next
 * number is known.
 */
export function guessChanceOf(plan: SerialPlan, issued: number): number {
  if (plan.kind === 'sequential') return 1;
  const all = plan.kind === 'random' ? alphabetSize(plan.alphabet) ** plan.length : plan.to - plan.from + 1;
  return Math.min(1, issued / all);
}

/**
 * Draws different serials by a plan. Refuses when they could be guessed too easily (Delegated Regulation (EU) 2016/161,
 * Art. 4), and when the range has not enough numbers left. Throws when the plan itself is wrong.
 */
export function drawSerials(plan: SerialPlan, wish: DrawWish): Drawn {
  const chance = guessChanceOf(plan, wish.everIssued + wish.count);
  if (chance * GUESS_LIMIT >= 1 && wish.mayBeGuessed !== true) {
    return {
      kind: 'refused',
      why: 'guessable',
      detail: `a guess would succeed once in ${Math.round(1 / chance)} times`,
    };
  }
  switch (plan.kind) {
    case 'random':
      return { kind: 'drawn', serials: makeSerials({ ...wish, alphabet: plan.alphabet, length: plan.length }) };
    case 'shuffled':
      return packNumbers(plan, wish, shuffledNumbers(plan, wish));
    case 'sequential':
      return packNumbers(plan, wish, inOrder(plan.next));
  }
}

export type Packed =
  | { readonly kind: 'packed'; readonly serials: PackedSerials }
  | {
      readonly kind: 'refused';
      readonly index: number;
      readonly serial: string;
      readonly why: 'form' | 'repeated' | 'taken';
    };

/**
 * Takes over serials that Level 4 delivers, in their order. Refuses the whole list at the first serial that AI 21 cannot
 * carry, that the list repeats, or that the GTIN already has.
 */
export function packDelivered(serials: readonly string[], taken?: (serial: string) => boolean): Packed {
  const stride = serials.reduce((most, serial) => Math.max(most, serial.length), 1);
  const seen = new Set<string>();
  for (const [index, serial] of serials.entries()) {
    if (!isX20(serial)) return { kind: 'refused', index, serial, why: 'form' };
    if (seen.has(serial)) return { kind: 'refused', index, serial, why: 'repeated' };
    if (taken?.(serial) === true) return { kind: 'refused', index, serial, why: 'taken' };
    seen.add(serial);
  }
  const bytes = new Uint8Array(serials.length * stride);
  for (const [index, serial] of serials.entries()) write(bytes, index * stride, serial);
  return { kind: 'packed', serials: { stride, count: serials.length, bytes } };
}

/** The number of a range as a serial. The caller has made sure that it belongs to the range. */
export function serialOfNumber({ alphabet, length }: NumberRange, number: number): string {
  let rest = number;
  let serial = '';
  while (serial.length < length) {
    serial = `${alphabet[rest % alphabet.length]}${serial}`;
    rest = Math.floor(rest / alphabet.length);
  }
  return serial;
}

/** Gives the next number of a plan; undefined at its end. */
type Numbers = () => number | undefined;

function packNumbers(range: NumberRange, wish: DrawWish, next: Numbers): Drawn {
  checkRange(range);
  const { length: stride } = range;
  const bytes = new Uint8Array(wish.count * stride);
  for (let index = 0; index < wish.count; ) {
    const number = next();
    if (number === undefined || number > range.to) {
      return { kind: 'refused', why: 'exhausted', detail: `${index} of ${wish.count} serials are left in the range` };
    }
    const serial = serialOfNumber(range, number);
    if (wish.taken?.(serial) === true) continue;
    write(bytes, index * stride, serial);
    index += 1;
  }
  return { kind: 'drawn', serials: { stride, count: wish.count, bytes } };
}

function inOrder(first: number): Numbers {
  let number = first - 1;
  return () => {
    number += 1;
    return number;
  };
}

/** Ranges up to this size are shuffled as a whole; of larger ones numbers are drawn and repeats thrown away. */
const LARGEST_DECK = 2 ** 25;

function shuffledNumbers(range: NumberRange, { random, count }: DrawWish): Numbers {
  checkRange(range);
  const size = range.to - range.from + 1;
  const draw = fairDraw(random);
  return size <= LARGEST_DECK ? fromDeck(range.from, size, draw) : fromSea(range, draw, count);
}

/** Fisher-Yates, one card at a time. */
function fromDeck(from: number, size: number, draw: FairDraw): Numbers {
  const deck = Uint32Array.from({ length: size }, (_none, place) => place);
  let left = size;
  return () => {
    if (left === 0) return undefined;
    const place = draw(left);
    const card = deck[place] ?? 0;
    left -= 1;
    deck[place] = deck[left] ?? 0;
    return from + card;
  };
}

/** Numbers of a range so large that repeats are rare. */
function fromSea(range: NumberRange, draw: FairDraw, count: number): Numbers {
  const size = range.to - range.from + 1;
  const most = Math.min(size, count * 2 + 1000);
  const numbers = new Float64Array(most);
  const isNew = distinctness(new Uint8Array(numbers.buffer), numbers.BYTES_PER_ELEMENT, most);
  let drawn = 0;
  return () => {
    for (let tries = 0; drawn < most && tries < most; tries += 1) {
      const number = range.from + draw(size);
      numbers[drawn] = number;
      if (!isNew(drawn)) continue;
      drawn += 1;
      return number;
    }
    return undefined;
  };
}

function checkRange({ alphabet, length, from, to }: NumberRange): void {
  const isRange = Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && from <= to;
  if (!isRange || to >= alphabetSize(alphabet) ** length || length > LONGEST_SERIAL) {
    throw new RangeError(
      `${from} to ${to} is no range of numbers of ${length} digits, ${alphabet.length} symbols each`,
    );
  }
}

function write(bytes: Uint8Array, at: number, text: string): void {
  for (let place = 0; place < text.length; place += 1) bytes[at + place] = text.charCodeAt(place);
}
