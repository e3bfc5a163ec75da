import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  DEFECT_SETS,
  type DefectSet,
  defectPicture,
  type Judgement,
  PICTURES,
} from '#virtual-line/camera/defect-sets.ts';
import { HAS_DMTX, HAS_ZXING_TOOLS, readByDmtx, readByZxing, readByZxingTool } from './strange-eyes.ts';

const FILE = fileURLToPath(new URL('../../src/virtual-line/camera/defect-sets.json', import.meta.url));
const NUMBERS = Array.from({ length: PICTURES }, (_, no) => no);

/** What Debian's readers say of a set now. */
function judge(set: DefectSet): Judgement {
  const pictures = NUMBERS.map((no) => defectPicture(set, no));
  const dmtxread = pictures.filter(({ content, image }) => readByDmtx(image) === content).length;
  const zxingReader = pictures.filter(({ content, image }) => readByZxingTool(image) === content).length;
  const read = dmtxread + zxingReader;
  const label = read === 0 ? 'must-not' : read === 2 * PICTURES ? 'must' : 'may';
  return { label, dmtxread, zxingReader };
}

const hasJudges = HAS_DMTX && HAS_ZXING_TOOLS;
if (!hasJudges) console.warn('skipped: dmtxread (dmtx-utils) or ZXingReader (zxing-cpp-tools) is missing');

describe('the sets of defects', () => {
  it('have names of their own, and labels that follow from their judges', () => {
    expect(new Set(DEFECT_SETS.map(({ name }) => name)).size).toBe(DEFECT_SETS.length);
    for (const { name, label, dmtxread, zxingReader } of DEFECT_SETS) {
      const read = dmtxread + zxingReader;
      expect([name, label]).toEqual([name, read === 0 ? 'must-not' : read === 2 * PICTURES ? 'must' : 'may']);
    }
  });

  it.each(DEFECT_SETS.map((set) => [set.name, set] as const))(
    'are never read as something else: %s',
    async (_name, set) => {
      const read = await Promise.all(
        NUMBERS.map(async (no) => {
          const { content, image } = defectPicture(set, no);
          const text = await readByZxing(image);
          return text === undefined ? 'nothing' : text === content ? 'what is printed' : text;
        }),
      );
      const allowed = set.label === 'must' ? ['what is printed'] : ['what is printed', 'nothing'];
      for (const text of read) expect(allowed).toContain(text);
    },
  );

  // A look-up of the machine's readers takes seconds: a few sets stand for all, unless everything is calibrated anew.
  it.skipIf(!hasJudges)('are what their judges said of them', { timeout: 60_000 }, () => {
    const few = ['a good print', 'dead nozzle 1 X wide', 'nothing printed'];
    for (const set of DEFECT_SETS.filter(({ name }) => few.includes(name))) {
      const { name, label, dmtxread, zxingReader } = set;
      expect({ name, ...judge(set) }).toEqual({ name, label, dmtxread, zxingReader });
    }
  });

  // LINEWRIGHT_CALIBRATE=all, or a part of a name, writes the file anew; its difference is what a reviewer looks at.
  const anew = process.env['LINEWRIGHT_CALIBRATE'];
  if (anew !== undefined) {
    it('are calibrated', { timeout: 600_000 }, () => {
      expect(hasJudges).toBe(true);
      const judged = DEFECT_SETS.map((set) =>
        anew === 'all' || set.name.includes(anew) ? { ...set, ...judge(set) } : set,
      );
      writeFileSync(FILE, `${JSON.stringify(judged, undefined, 2)}\n`);
    });
  }
});
