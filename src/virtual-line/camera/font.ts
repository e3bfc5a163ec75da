import type { Grid } from '#virtual-line/camera/scene.ts';

/** The coder's dot font: seven rows of five dots, `#` takes ink. */
const GLYPHS: Readonly<Record<string, string>> = {
  '0': ' ### #   ##  ### # ###  ##   # ### ',
  '1': '  #   ##    #    #    #    #   ### ',
  '2': ' ### #   #    #   #   #   #   #####',
  '3': ' ### #   #    #  ##     ##   # ### ',
  '4': '   #   ##  # # #  # #####   #    # ',
  '5': '######    ####     #    ##   # ### ',
  '6': '  ##  #   #    #### #   ##   # ### ',
  '7': '#####    #   #   #   #    #    #   ',
  '8': ' ### #   ##   # ### #   ##   # ### ',
  '9': ' ### #   ##   # ####    #   #  ##  ',
  A: '  #   # # #   ##   #######   ##   #',
  B: '#### #   ##   ##### #   ##   ##### ',
  C: ' ### #   ##    #    #    #   # ### ',
  D: '###  #  # #   ##   ##   ##  # ###  ',
  E: '######    #    #### #    #    #####',
  F: '######    #    #### #    #    #    ',
  G: ' ### #   ##    # ####   ##   # ####',
  H: '#   ##   ##   #######   ##   ##   #',
  I: ' ###   #    #    #    #    #   ### ',
  J: '  ###   #    #    #    # #  #  ##  ',
  K: '#   ##  # # #  ##   # #  #  # #   #',
  L: '#    #    #    #    #    #    #####',
  M: '#   ### ### # ## # ##   ##   ##   #',
  N: '#   ##   ###  ## # ##  ###   ##   #',
  O: ' ### #   ##   ##   ##   ##   # ### ',
  P: '#### #   ##   ##### #    #    #    ',
  Q: ' ### #   ##   ##   ## # ##  #  ## #',
  R: '#### #   ##   ##### # #  #  # #   #',
  S: ' #####    #     ###     #    ##### ',
  T: '#####  #    #    #    #    #    #  ',
  U: '#   ##   ##   ##   ##   ##   # ### ',
  V: '#   ##   ##   ##   ##   # # #   #  ',
  W: '#   ##   ##   ## # ## # ## # # # # ',
  X: '#   ##   # # #   #   # # #   ##   #',
  Y: '#   ##   # # #   #    #    #    #  ',
  Z: '#####    #   #   #   #   #    #####',
  '(': '   #   #   #    #    #     #     # ',
  ')': ' #     #     #    #    #   #   #   ',
  '.': '                          ##   ##  ',
  '-': '               #####               ',
  '/': '         #   #   #   #   #         ',
  ':': '      ##   ##        ##   ##       ',
};

const WIDE = 5;
const TALL = 7;
const UNKNOWN = '######   ##   ##   ##   ##   ######';

/** A line of text as a pattern of dots, a dot's width between the characters. What the font lacks becomes a box. */
export function textGrid(text: string): Grid {
  const characters = [...text.toUpperCase()];
  const width = Math.max(1, characters.length * (WIDE + 1) - 1);
  const modules = new Uint8Array(width * TALL);
  characters.forEach((character, place) => {
    const glyph = character === ' ' ? '' : (GLYPHS[character] ?? UNKNOWN);
    for (let dot = 0; dot < glyph.length; dot++) {
      const at = Math.floor(dot / WIDE) * width + place * (WIDE + 1) + (dot % WIDE);
      if (glyph[dot] === '#') modules[at] = 1;
    }
  });
  return { width, height: TALL, modules };
}
