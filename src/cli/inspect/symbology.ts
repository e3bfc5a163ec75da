/** Names of symbologies by the letter of their AIM identifier (ISO/IEC 15424). */
const SYMBOLOGIES: Readonly<Record<string, string>> = {
  A: 'a Code 39',
  C: 'a Code 128',
  d: 'a Data Matrix',
  e: 'a GS1 DataBar',
  E: 'an EAN/UPC',
  F: 'a Codabar',
  G: 'a Code 93',
  I: 'an Interleaved 2 of 5',
  J: 'a DotCode',
  L: 'a PDF417',
  Q: 'a QR Code',
  U: 'a MaxiCode',
  X: 'another symbology',
  z: 'an Aztec Code',
};

/** What a modifier adds, where it matters here. */
const KNOWN: Readonly<Record<string, string>> = {
  ']d2': 'a GS1 DataMatrix',
  ']Q3': 'a GS1 QR Code',
  ']C1': 'a GS1-128',
  ']e0': 'a GS1 DataBar or composite symbol',
  ']J1': 'a GS1 DotCode',
  ']d1': 'a Data Matrix without GS1 content',
  ']Q1': 'a QR Code without GS1 content',
  ']J0': 'a DotCode without GS1 content',
  ']C0': 'a Code 128 without GS1 content',
  ']E0': 'an EAN-13, UPC-A or UPC-E',
  ']E3': 'an EAN/UPC with add-on',
  ']E4': 'an EAN-8',
  ']I1': 'an ITF with check digit, such as ITF-14',
};

/** A symbology identifier in words, or undefined when the text does not begin with one. */
export function symbologyOf(text: string): string | undefined {
  if (!/^\][A-Za-z][0-9A-Za-z]/.test(text)) return undefined;
  const aim = text.slice(0, 3);
  return KNOWN[aim] ?? SYMBOLOGIES[aim.slice(1, 2)] ?? 'an unknown symbology';
}
