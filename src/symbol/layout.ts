/** Sizes of Data Matrix ECC 200 that labels use, and how many data codewords each carries (ISO/IEC 16022, table 7). */
export const DATA_MATRIX_SIZES = {
  '16x16': 12,
  '18x18': 18,
  '20x20': 22,
  '22x22': 30,
  '24x24': 36,
  '26x26': 44,
  '32x32': 62,
  '36x36': 86,
  '40x40': 114,
  '44x44': 144,
  '48x48': 174,
  '12x36': 22,
  '16x36': 32,
  '16x48': 49,
} as const satisfies Readonly<Record<string, number>>;

export type DataMatrixSize = keyof typeof DATA_MATRIX_SIZES;

/** Data codewords of QR codes, versions 1 to 10, by error correction level (ISO/IEC 18004, table 7). */
export const QR_CODEWORDS = {
  L: [19, 34, 55, 80, 108, 136, 156, 194, 232, 274],
  M: [16, 28, 44, 64, 86, 108, 124, 154, 182, 216],
  Q: [13, 22, 34, 48, 62, 76, 88, 110, 132, 154],
  H: [9, 16, 26, 36, 46, 60, 66, 86, 100, 122],
} as const satisfies Readonly<Record<string, readonly number[]>>;

export type QrLevel = keyof typeof QR_CODEWORDS;

/** A symbol on a label. Its size is part of the layout and never depends on the serial. */
export type SymbolLayout =
  | { readonly kind: 'gs1-data-matrix'; readonly size: DataMatrixSize }
  | { readonly kind: 'gs1-qr'; readonly version: number; readonly level: QrLevel }
  /** A plain QR code with a Digital Link. `stem`: scheme, domain and path in front of the key. */
  | { readonly kind: 'link-qr'; readonly version: number; readonly level: QrLevel; readonly stem: string }
  /** A linear symbol; `widest`: how many modules its bars may take, without quiet zones. */
  | { readonly kind: 'gs1-128'; readonly widest: number; readonly height: number };
