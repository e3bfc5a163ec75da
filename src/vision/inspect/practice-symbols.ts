import type { CameraJob, Symbology } from '#contract/camera-job.ts';
import { elementStringWords, padded } from '#vision/ecc200/ascii.ts';
import { matrixOf } from '#vision/ecc200/codewords.ts';
import { type Ecc200Size, ecc200Size } from '#vision/ecc200/sizes.ts';
import { STOP, widthsOf } from '#vision/grade1d/code128.ts';

/** A symbol to practise on: 1 is dark, row by row, no quiet zone. */
export interface PracticeSymbol {
  readonly rows: number;
  readonly columns: number;
  readonly modules: Uint8Array;
}

/** A symbol of the kind and, of a DataMatrix, the size that the job expects. */
export function practiceSymbol(symbology: Symbology, { code }: CameraJob): PracticeSymbol {
  switch (symbology) {
    case 'DataMatrix':
      return practiceMatrix(ecc200Size(code.rows ?? 0, code.columns ?? 0) ?? ecc200Size(22, 22));
    case 'QRCode':
      return {
        rows: QR.length,
        columns: QR.length,
        modules: Uint8Array.from(QR.join(''), (mark) => (mark === '#' ? 1 : 0)),
      };
    case 'Code128':
      return practiceBars();
  }
}

/** The longest that fits is printed: (01) and (21) of a practice item, or less. */
const ELEMENTS = ['010952000000000421PRACTICE', '21PRACTICE', '21P'];

function practiceMatrix(size: Ecc200Size | undefined): PracticeSymbol {
  if (size === undefined) throw new Error('the table of sizes has lost 22 × 22');
  const data = ELEMENTS.map((elements) => padded(elementStringWords(elements) ?? [], size.data)).find(
    (words) => words !== undefined,
  );
  const modules = matrixOf(data ?? new Uint8Array(size.data).fill(PAD), size);
  return { rows: size.rows, columns: size.columns, modules };
}

/** End of message, for the size that holds three words. */
const PAD = 129;

/** Start B, then "PRACTICE" by its places in code set B; check character and stop. */
const START_B = 104;
const SPACE = 32;
const HEIGHT = 30;
/** The stop character's last bar. */
const LAST_BAR = 2;

function practiceBars(): PracticeSymbol {
  const text = [...'PRACTICE'].map((character) => (character.codePointAt(0) ?? SPACE) - SPACE);
  const check = text.reduce((sum, value, place) => sum + value * (place + 1), START_B) % 103;
  const widths = [...[START_B, ...text, check, STOP].flatMap((value) => widthsOf(value)), LAST_BAR];
  const row = widths.flatMap((width, place) => Array<number>(width).fill(place % 2 === 0 ? 1 : 0));
  const columns = row.length;
  const modules = new Uint8Array(columns * HEIGHT);
  for (let y = 0; y < HEIGHT; y += 1) modules.set(row, y * columns);
  return { rows: HEIGHT, columns, modules };
}

/** A version 3 symbol with a Digital Link of an example company prefix, level M. */
const QR = [
  '#######.#.#.#..#.###..#######',
  '#.....#.#...##....#...#.....#',
  '#.###.#...#..##.#.##..#.###.#',
  '#.###.#.#..#.#.##.#.#.#.###.#',
  '#.###.#......#...####.#.###.#',
  '#.....#........##..#..#.....#',
  '#######.#.#.#.#.#.#.#.#######',
  '........####.##..#..#........',
  '#.##.###.##..#.#.#.##.#..#.##',
  '.##....##..#..####.#..###...#',
  '#.##..#...#.#....#........##.',
  '....##.####...#.#...#.###...#',
  '####.###.###.#.....#.....##..',
  '...##...#.##..#...###.#...###',
  '#########.###..#######.#..###',
  '#.#.#....##.##.##...##..#..#.',
  '#..##.#..#.######..###.###.#.',
  '.#..#....#.#.#.##.#.#..#.###.',
  '#.#.####..##...####.#...#.#..',
  '.....#...#.##.##.#.#.#.##.#..',
  '.###..####..##..#...#######..',
  '........#...##.#..#.#...#####',
  '#######.#....#..##.##.#.##.#.',
  '#.....#.#...#...#...#...##.#.',
  '#.###.#..###..##..#.#####.#..',
  '#.###.#.#.###.##.#.#....##.#.',
  '#.###.#.##..###.#..#...#..#.#',
  '#.....#..##...##..#.#.####.#.',
  '#######.##.#.#...#.##.#....#.',
];
