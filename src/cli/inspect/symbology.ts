/** Names of symbologies by the letter of their AIM identifier (ISO/IEC 15424). */
const SYMBOLOGIES: Readonly<Record<string, string>> = {
  A: 'Code 39',
  C: 'Code 128',
  d: 'Data Matrix',
  e: 'GS1 DataBar',
  E: 'EAN/UPC',
  F: 'Codabar',
  G: 'Code 93',
  I: 'Interleaved 2 of 5',
  J: 'DotCode',
  L: 'PDF417',
  Q: 'QR Code',
  U: 'MaxiCode',
  X: 'other symbology',
  z: 'Aztec Code',
};

/** What a modifier adds, where it matters here. */
const KNOWN: Readonly<Record<string, string>> = {
  ']d2': 'GS1 DataMatrix',
  ']Q3': 'GS1 QR Code',
  ']C1': 'GS1-128',
  ']e0': 'GS1 DataBar or a composite symbol',
  ']J1': 'GS1 DotCode',
  ']d1': 'Data Matrix without GS1 content',
  ']Q1': 'QR Code without GS1 content',
  ']J0': 'DotCode without GS1 content',
  ']C0': 'Code 128 without GS1 content',
  ']E0': 'EAN-13, UPC-A or UPC-E',
  ']E3': 'EAN/UPC with add-on',
  ']E4': 'EAN-8',
  ']I1': 'ITF with check digit, such as ITF-14',
};

/** A symbology identifier in words, or undefined when the text does not begin with one. */
export function symbologyOf(text: string): string | undefined {
  if (!/^\][A-Za-z][0-9A-Za-z]/.test(text)) return undefined;
  const aim = text.slice(0, 3);
  return KNOWN[aim] ?? SYMBOLOGIES[aim.slice(1, 2)] ?? 'unknown symbology';
}
