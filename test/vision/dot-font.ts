import type { Picture } from '#symbol/picture.ts';

/** A dot-matrix font of five by seven, as small ink-jet printers have it. Rows from the top. */
const GLYPHS: Readonly<Record<string, string>> = {
  0: '01110 10001 10011 10101 11001 10001 01110',
  1: '00100 01100 00100 00100 00100 00100 01110',
  2: '01110 10001 00001 00110 01000 10000 11111',
  3: '11111 00010 00100 00010 00001 10001 01110',
  4: '00010 00110 01010 10010 11111 00010 00010',
  5: '11111 10000 11110 00001 00001 10001 01110',
  6: '00110 01000 10000 11110 10001 10001 01110',
  7: '11111 00001 00010 00100 01000 01000 01000',
  8: '01110 10001 10001 01110 10001 10001 01110',
  9: '01110 10001 10001 01111 00001 00010 01100',
  A: '01110 10001 10001 11111 10001 10001 10001',
  B: '11110 10001 10001 11110 10001 10001 11110',
  D: '11110 10001 10001 10001 10001 10001 11110',
  E: '11111 10000 10000 11110 10000 10000 11111',
  I: '01110 00100 00100 00100 00100 00100 01110',
  L: '10000 10000 10000 10000 10000 10000 11111',
  O: '01110 10001 10001 10001 10001 10001 01110',
  P: '11110 10001 10001 11110 10000 10000 10000',
  S: '01111 10000 10000 01110 00001 00001 11110',
  T: '11111 00100 00100 00100 00100 00100 00100',
  X: '10001 10001 01010 00100 01010 10001 10001',
};

export const GLYPH_CHARACTERS = Object.keys(GLYPHS).join('');

/** A line of text as modules: six columns for each character. `gap`: columns between characters, one unless said. */
export function textPicture(text: string, gap = 1): Picture {
  const pitch = 5 + gap;
  const width = Math.max(0, text.length * pitch - gap);
  const modules = new Uint8Array(width * 7);
  for (const [place, character] of [...text].entries()) {
    for (const [row, line] of (GLYPHS[character] ?? '').split(' ').entries()) {
      for (const [column, dot] of [...line].entries())
        if (dot === '1') modules[row * width + place * pitch + column] = 1;
    }
  }
  return { width, height: 7, modules };
}

/** The same font with every character as wide as its ink, and two columns for a space. */
export function proportionalPicture(text: string): Picture {
  const columns: number[][] = [];
  for (const character of text) {
    const glyph = (GLYPHS[character] ?? '').split(' ');
    for (let column = 0; column < 5; column += 1) {
      const dots = glyph.map((line) => (line[column] === '1' ? 1 : 0));
      if (dots.includes(1)) columns.push(dots);
    }
    columns.push(new Array<number>(7).fill(0));
    if (character === ' ') columns.push(new Array<number>(7).fill(0));
  }
  const width = columns.length - 1;
  const modules = new Uint8Array(width * 7);
  for (let at = 0; at < modules.length; at += 1) modules[at] = columns[at % width]?.[Math.floor(at / width)] ?? 0;
  return { width, height: 7, modules };
}
