import { byteAt, intAt } from '#vision/ecc200/at.ts';
import { formatBits, type QrFormat, versionBits } from '#vision/grade-qr/information.ts';
import { DATA, type QrLayout, qrLayout } from '#vision/grade-qr/layout.ts';
import type { QrBlocks } from '#vision/grade-qr/sizes.ts';
import type { BlockCorrector } from '#vision/reed-solomon/correct.ts';

/** A symbol's words after correction, and what that took. */
export interface QrWords {
  /** All words as they stand in the symbol, corrected. */
  readonly words: Uint8Array;
  /** Wrong words of each block. */
  readonly errors: readonly number[];
}

/** Whether a mask turns the module at a place over (ISO/IEC 18004, table 10). */
export function isMasked(mask: number, row: number, column: number): boolean {
  const product = row * column;
  switch (mask) {
    case 0:
      return (row + column) % 2 === 0;
    case 1:
      return row % 2 === 0;
    case 2:
      return column % 3 === 0;
    case 3:
      return (row + column) % 3 === 0;
    case 4:
      return ((row >> 1) + Math.floor(column / 3)) % 2 === 0;
    case 5:
      return (product % 2) + (product % 3) === 0;
    case 6:
      return ((product % 2) + (product % 3)) % 2 === 0;
    default:
      return (((row + column) % 2) + (product % 3)) % 2 === 0;
  }
}

/** The words of a matrix as they stand in it, the mask taken off. */
export function readWords(
  modules: Uint8Array,
  { side, bits }: QrLayout,
  { mask, count }: { readonly mask: number; readonly count: number },
): Uint8Array {
  const words = new Uint8Array(count);
  for (let bit = 0; bit < count * 8; bit += 1) {
    const place = intAt(bits, bit);
    const turned = isMasked(mask, Math.floor(place / side), place % side) ? 1 : 0;
    words[bit >> 3] = byteAt(words, bit >> 3) | ((byteAt(modules, place) ^ turned) << (7 - (bit & 7)));
  }
  return words;
}

/** Places of each block's words in the symbol: data words first come from all blocks in turn, then correction words. */
export function wordPlaces(blocks: QrBlocks): readonly Int32Array[] {
  const { checks, shortBlocks, shortLength } = blocks;
  const shortData = shortLength - checks;
  const dataWords = blocks.words - checks * blocks.blocks;
  return Array.from({ length: blocks.blocks }, (_none, block) => {
    const isLong = block >= shortBlocks;
    const places = new Int32Array(shortLength + (isLong ? 1 : 0));
    for (let at = 0; at < shortData; at += 1) places[at] = at * blocks.blocks + block;
    if (isLong) places[shortData] = shortData * blocks.blocks + block - shortBlocks;
    const first = shortData + (isLong ? 1 : 0);
    for (let at = 0; at < checks; at += 1) places[first + at] = dataWords + at * blocks.blocks + block;
    return places;
  });
}

/** Corrects a symbol's words; undefined when one block cannot be repaired. */
export function correctWords(words: Uint8Array, blocks: QrBlocks, correct: BlockCorrector): QrWords | undefined {
  const corrected = words.slice();
  const errors: number[] = [];
  for (const places of wordPlaces(blocks)) {
    const block = Uint8Array.from(places, (place) => byteAt(words, place));
    const count = correct(block, blocks);
    if (count === undefined) return undefined;
    errors.push(count);
    for (const [at, place] of places.entries()) corrected[place] = byteAt(block, at);
  }
  return { words: corrected, errors };
}

/** The right colour of every module: 1 dark, 0 light; `DATA` where the remainder bits stand, which no rule fixes. */
export function qrModules(words: Uint8Array, version: number, format: QrFormat): Uint8Array {
  const layout = qrLayout(version);
  const { side, bits } = layout;
  const modules = fixedModules(layout, format);
  for (let bit = 0; bit < words.length * 8; bit += 1) {
    const place = intAt(bits, bit);
    const turned = isMasked(format.mask, Math.floor(place / side), place % side) ? 1 : 0;
    modules[place] = ((byteAt(words, bit >> 3) >> (7 - (bit & 7))) & 1) ^ turned;
  }
  return modules;
}

/** The right colours of what is known without the words; `DATA` elsewhere. */
export function fixedModules(layout: QrLayout, format: QrFormat | undefined): Uint8Array {
  const modules = layout.pattern.map((kind) => Math.min(kind, DATA));
  if (format !== undefined)
    for (const places of layout.format) write(modules, places, formatBits(format.level, format.mask));
  for (const places of layout.information) write(modules, places, versionBits(layout.version));
  return modules;
}

function write(modules: Uint8Array, places: Int32Array, bits: number): void {
  for (const [bit, place] of places.entries()) modules[place] = (bits >> bit) & 1;
}
