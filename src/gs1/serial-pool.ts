import { isX20 } from '#gs1/character-set.ts';

/** 32 characters nobody mistakes for each other: no I, L, O (1 and 0), no U (V), no lower case. */
export const SERIAL_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Characters of a serial unless the pool of a GTIN has outgrown them. */
export const SERIAL_LENGTH = 12;

/** AI 21 is X..20. */
export const LONGEST_SERIAL = 20;

/** Delegated Regulation (EU) 2016/161, Art. 4: the chance to guess a serial stays below 1 in this many. */
export const GUESS_LIMIT = 10_000;

/** How many times better than the limit a length must be when it is chosen: serials are issued for years. */
const MARGIN = 1000;

/** How many serials may be discarded per serial that is wanted before the source of randomness is called broken. */
const MOST_DISCARDS = 0.01;

/** The chance that a guessed serial is one of the `everIssued` for this GTIN. */
export function guessChance(alphabetSize: number, length: number, everIssued: number): number {
  return everIssued / alphabetSize ** length;
}

/**
 * How long serials of a GTIN must be when `everIssued` of them, the new ones included, will exist: at least
 * `SERIAL_LENGTH`, and long enough to stay a thousand times below the guessing limit. Undefined when 20 are not enough.
 */
export function serialLength(alphabetSize: number, everIssued: number): number | undefined {
  for (let length = SERIAL_LENGTH; length <= LONGEST_SERIAL; length += 1) {
    if (everIssued * GUESS_LIMIT * MARGIN < alphabetSize ** length) return length;
  }
  return undefined;
}

export interface SerialWish {
  readonly count: number;
  readonly length: number;
  readonly alphabet: string;
  /** That many random bytes; must be cryptographically strong in production. The serials depend on nothing else. */
  readonly random: (bytes: number) => Uint8Array;
  /** Whether the GTIN already has this serial. Without it, only serials of this block are kept apart. */
  readonly taken?: (serial: string) => boolean;
}

/** Serials back to back: `stride` bytes of ASCII each, in allocation order. */
export interface PackedSerials {
  readonly stride: number;
  readonly count: number;
  readonly bytes: Uint8Array;
}

/**
 * Draws `count` different serials. Each character is uniformly distributed (bytes that would favour some are thrown
 * away). Throws when the wish is impossible (alphabet, length, guessing limit) and when `random` keeps repeating.
 */
export function makeSerials(wish: SerialWish): PackedSerials {
  checkWish(wish);
  const { count, length: stride } = wish;
  const bytes = new Uint8Array(count * stride);
  const draw = symbolSource(wish.alphabet, wish.random);
  const isNew = distinctness(bytes, stride, count);
  const mostDiscards = Math.ceil(count * MOST_DISCARDS) + 100;
  let discarded = 0;
  for (let index = 0; index < count; ) {
    for (let at = index * stride; at < (index + 1) * stride; at += 1) bytes[at] = draw();
    if (wish.taken?.(serialAt({ stride, bytes }, index)) !== true && isNew(index)) index += 1;
    else discarded += 1;
    if (discarded > mostDiscards) throw new Error('the source of random numbers repeats itself');
  }
  return { stride, count, bytes };
}

/** The serial at `index` of a packed block. A block with a wider stride pads its serials with zero bytes. */
export function serialAt(block: { readonly stride: number; readonly bytes: Uint8Array }, index: number): string {
  let serial = '';
  for (let at = index * block.stride; at < (index + 1) * block.stride; at += 1) {
    const byte = block.bytes[at];
    if (byte === undefined || byte === 0) break;
    serial += String.fromCharCode(byte);
  }
  return serial;
}

function checkWish({ count, length, alphabet }: SerialWish): void {
  const size = alphabetSize(alphabet);
  if (!Number.isInteger(length) || length < 1 || length > LONGEST_SERIAL) {
    throw new RangeError(`a serial has 1 to ${LONGEST_SERIAL} characters, not ${length}`);
  }
  if (!Number.isInteger(count) || count < 0 || count * GUESS_LIMIT >= size ** length) {
    throw new RangeError(`${count} serials of ${length} characters out of ${size} could be guessed too easily`);
  }
}

/** How many characters an alphabet has. Throws when it names one twice or holds one that no serial may have. */
export function alphabetSize(alphabet: string): number {
  const size = new Set(alphabet).size;
  if (size !== alphabet.length || size < 2 || ![...alphabet].every(isX20)) {
    throw new RangeError('an alphabet of serials is 2 to 82 different characters of GS1 character set 82');
  }
  return size;
}

/** Random characters of the alphabet, as ASCII. Bytes beyond the last full round of the alphabet are thrown away. */
function symbolSource(alphabet: string, random: (bytes: number) => Uint8Array): () => number {
  const symbols = Uint8Array.from(alphabet, (symbol) => symbol.charCodeAt(0));
  const fair = 256 - (256 % symbols.length);
  let pool = random(65_536);
  let next = 0;
  return function draw(): number {
    for (;;) {
      if (next === pool.length) {
        pool = random(65_536);
        next = 0;
      }
      const byte = pool[next] ?? 0;
      next += 1;
      if (byte < fair) return symbols[byte % symbols.length] ?? 0;
    }
  };
}

/**
 * Tells whether the serial at an index differs from those asked about before, and remembers it if so. Open addressing
 * over indices: 8 to 16 bytes per serial, where a set of strings would take a hundred.
 */
export function distinctness(bytes: Uint8Array, stride: number, count: number): (index: number) => boolean {
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(count * 2 + 2)));
  const mask = slots.length - 1;
  return function isNew(index: number): boolean {
    let slot = hash(bytes, index * stride, stride) & mask;
    for (let other = slots[slot] ?? 0; other !== 0; other = slots[slot] ?? 0) {
      if (isSame(bytes, stride, [other - 1, index])) return false;
      slot = (slot + 1) & mask;
    }
    slots[slot] = index + 1;
    return true;
  };
}

/** FNV-1a with a final mix, so that the low bits depend on every character. */
function hash(bytes: Uint8Array, from: number, length: number): number {
  let value = 0x811c9dc5;
  for (let at = from; at < from + length; at += 1) value = Math.imul(value ^ (bytes[at] ?? 0), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return value ^ (value >>> 13);
}

function isSame(bytes: Uint8Array, stride: number, [a, b]: readonly [number, number]): boolean {
  for (let at = 0; at < stride; at += 1) {
    if (bytes[a * stride + at] !== bytes[b * stride + at]) return false;
  }
  return true;
}
