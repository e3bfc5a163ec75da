import { randomStream } from '#virtual-line/random.ts';

const GROUP = '\u001d';
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The same print with another lot: its last character is the next of the alphabet. */
export function anotherLot(content: string): string {
  const last = content.at(-1) ?? '';
  const next = ALPHABET[(ALPHABET.indexOf(last) + 1) % ALPHABET.length] ?? '0';
  return content.slice(0, -1) + next;
}

/** What a carton of an earlier run carries: the same product, another serial, lot 0815. */
export function foreignCode(like: string, seed: number, no: number): string {
  const random = randomStream(seed, 'foreign', no);
  const serial = Array.from({ length: 12 }, () => ALPHABET[Math.floor(random() * ALPHABET.length)] ?? '0').join('');
  const product = like.slice(0, 16) || '0109521234543213';
  return `${product}21${serial}${GROUP}17281231100815`;
}
