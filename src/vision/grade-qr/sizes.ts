import tables from '#vision/grade-qr/blocks.json' with { type: 'json' };

/** Error correction levels of QR codes, weakest first. */
export const QR_LEVELS = ['L', 'M', 'Q', 'H'] as const;
export type QrLevel = (typeof QR_LEVELS)[number];

/** How the words of a version and level are dealt to blocks (ISO/IEC 18004, table 9). */
export interface QrBlocks {
  readonly version: number;
  readonly level: QrLevel;
  /** All codewords, and how many of each block are for correction. */
  readonly words: number;
  readonly checks: number;
  readonly blocks: number;
  /** Words of the first `shortBlocks` blocks; the others have one data word more. */
  readonly shortLength: number;
  readonly shortBlocks: number;
  /** Words kept back against a wrong correction: they repair nothing. */
  readonly reserved: number;
}

export const QR_VERSIONS = 40;

/** Modules along a side. */
export function sideOf(version: number): number {
  return 17 + 4 * version;
}

/** The version of a matrix with so many modules along a side; undefined when there is none. */
export function versionOf(side: number): number | undefined {
  const version = (side - 17) / 4;
  return Number.isInteger(version) && version >= 1 && version <= QR_VERSIONS ? version : undefined;
}

/** Rows and columns of the alignment patterns' middles: all crossings but the three that finders cover. */
export function alignmentAt(version: number): readonly number[] {
  return tables.alignment[version - 1] ?? [];
}

/** Bits that carry words: what finders, timing, alignment, format and version information leave over. */
export function dataBits(version: number): number {
  const side = sideOf(version);
  const along = alignmentAt(version).length;
  const patterns = along === 0 ? 0 : along * along - 3;
  const onTiming = along === 0 ? 0 : 2 * (along - 2);
  // Finders with separators, timing between them, the alignment patterns that cross it counted once, format, version.
  const fixed = 3 * 64 + 2 * (side - 16) + 25 * patterns - 5 * onTiming + 31 + (version >= 7 ? 36 : 0);
  return side * side - fixed;
}

/** How a version and level are divided into blocks. */
export function blocksOf(version: number, level: QrLevel): QrBlocks {
  const words = Math.floor(dataBits(version) / 8);
  const checks = tables.checks[level][version - 1] ?? 0;
  const blocks = tables.blocks[level][version - 1] ?? 1;
  const shortLength = Math.floor(words / blocks);
  const shortBlocks = blocks - (words % blocks);
  const reserved = version <= 3 ? (tables.reserved[level][version - 1] ?? 0) : 0;
  return { version, level, words, checks, blocks, shortLength, shortBlocks, reserved };
}
