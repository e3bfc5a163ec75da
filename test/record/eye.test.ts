import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EyeLimits } from '#contract/eye.ts';
import type { InspectedBody } from '#contract/inspected.ts';
import { FACT, type Fact, PICTURE_KEPT, PICTURE_REMOVED } from '#line/fact.ts';
import { REASON_CODES } from '#line/verdict.ts';
import { pictureSql } from '#record/query/pictures.ts';
import { openReader, type RecordReader } from '#record/reader.ts';
import { allocated, block, ORDER, openAt, READER, recordFolder, rowsOf, serialNumber } from './record-file.ts';

let at = recordFolder();
beforeEach(() => {
  at = recordFolder();
});
afterEach(() => at.remove());

/** Grades of decode, contrast and modulation in tenths; `serial` is absent where nothing was read. */
function inspected(
  item: number,
  code: number,
  grades: readonly number[] | undefined,
  serial?: number,
  more: Partial<InspectedBody> = {},
): Fact {
  const values = grades?.map((grade) => grade / 40);
  return {
    kind: FACT.inspected,
    at: 100 + item,
    run: 1,
    epoch: 1,
    item,
    code,
    readAt: 90 + item,
    ref: 500 + item,
    ...(serial === undefined ? {} : { serial }),
    ...(grades === undefined ? {} : { grade: Math.min(...grades) }),
    body: JSON.stringify({ profile: 'p-1', readBy: 'zxing', reference: true, values, grades, ...more }),
  };
}

function kept(item: number, code: number, serial?: number): Fact {
  const body = { file: `000001/1-${item}.png`, sha256: 'ab'.repeat(32), width: 640, height: 480 };
  return {
    kind: FACT.pictureKept,
    at: 200 + item,
    run: 1,
    epoch: 1,
    item,
    code,
    count: 20_000,
    ref: 500 + item,
    ...(serial === undefined ? {} : { serial }),
    body: JSON.stringify(body),
  };
}

const LOW_GRADE = REASON_CODES['low-grade'];
const WRONG_LOT = REASON_CODES['wrong-lot'];
const NO_READ = REASON_CODES['no-read'];

const DRAWN: Partial<InspectedBody> = {
  causes: [{ kind: 'dead-nozzle', row: 7 }],
  below: { contrast: 15 },
  drawn: {
    v: 1,
    search: [0, 0, 6400, 4800],
    codes: [
      {
        readBy: 'zxing',
        symbology: 'DataMatrix',
        corners: [10, 10, 110, 10, 110, 110, 10, 110],
        size: [10, 10],
        wrong: [73],
      },
    ],
  },
};

/** The order asks for 1.5. One wrong lot, one unread, one below 1.5, and prints whose modulation falls. */
const SHIFT: readonly Fact[] = [
  { kind: FACT.orderImported, at: 2, run: 1, body: JSON.stringify(ORDER) },
  inspected(1, 0, [40, 40, 40], 0),
  inspected(2, 0, [40, 40, 30], 1),
  inspected(3, WRONG_LOT, [40, 40, 40], 2),
  inspected(4, NO_READ, undefined),
  inspected(5, 0, [40, 40, 20], 3),
  inspected(6, LOW_GRADE, [40, 10, 20], 4, DRAWN),
  inspected(7, REASON_CODES['low-parameter'], [40, 35, 25], 5),
  kept(1, PICTURE_KEPT['first-article'], 0),
  kept(3, PICTURE_KEPT.fail, 2),
  kept(4, PICTURE_KEPT.fail),
  kept(6, PICTURE_KEPT.fail, 4),
  { kind: FACT.pictureRemoved, at: 300, run: 1, epoch: 1, item: 3, code: PICTURE_REMOVED.age },
];

async function withShift(look: (reader: RecordReader) => Promise<void>): Promise<void> {
  const journal = await openAt(at.file);
  const serials = block(1, 10);
  await journal.allocate(serials, [allocated(serials)]);
  for (const fact of SHIFT) journal.append(fact);
  await journal.close();
  const reader = await openReader({ file: at.file, thread: READER });
  await look(reader);
  await reader.close();
}

const limits = (overall: number | undefined, parameters: EyeLimits['parameters'] = {}): EyeLimits => ({
  ...(overall === undefined ? {} : { overall }),
  parameters,
});

describe('the threshold laboratory', () => {
  it('counts what limits would have done, by hand: five graded items, the order asking for 1.5', async () => {
    await withShift(async (reader) => {
      expect(await reader.tryLimits(limits(undefined, { modulation: 2.5 }))).toMatchObject({
        images: 7,
        failed: 4,
        wouldFail: 4,
        newlyFailed: 1,
        newlyPassed: 1,
        below: [{ series: 'modulation', items: 2 }],
      });
      expect(await reader.tryLimits(limits(3.1))).toMatchObject({
        wouldFail: 6,
        newlyFailed: 2,
        newlyPassed: 0,
        below: [{ series: 'overall', items: 4 }],
      });
      expect(await reader.tryLimits(limits(undefined))).toMatchObject({ wouldFail: 3, newlyFailed: 0, newlyPassed: 1 });
    });
  });

  it('names the items that would change, newest first, with the picture that was kept', async () => {
    await withShift(async (reader) => {
      const { changes } = await reader.tryLimits(limits(undefined, { decode: 4, modulation: 4 }));
      expect(changes).toEqual([
        {
          run: 1,
          at: 105,
          item: 5,
          serial: serialNumber(3),
          was: 'PASS',
          would: 'FAIL',
          because: 'modulation',
          overall: 2,
        },
        {
          run: 1,
          at: 102,
          item: 2,
          serial: serialNumber(1),
          was: 'PASS',
          would: 'FAIL',
          because: 'modulation',
          overall: 3,
        },
      ]);
      const loose = await reader.tryLimits(limits(undefined));
      expect(loose.changes).toMatchObject([{ item: 7, was: 'FAIL', would: 'PASS' }]);
    });
  });

  it('answers with zeros on a record without inspections', async () => {
    await (await openAt(at.file)).close();
    const reader = await openReader({ file: at.file, thread: READER });
    expect(await reader.tryLimits(limits(2))).toEqual({
      images: 0,
      failed: 0,
      wouldFail: 0,
      newlyFailed: 0,
      newlyPassed: 0,
      below: [{ series: 'overall', items: 0 }],
      changes: [],
    });
    await reader.close();
  });
});

describe('a kept picture', () => {
  it('is found by serial, by item and among the newest rejects', async () => {
    await withShift(async (reader) => {
      const items = async (query: Parameters<typeof reader.pictures>[0]) =>
        (await reader.pictures(query)).map(({ item, state }) => [item, state]);
      expect({
        serial: await items({ by: 'serial', serial: serialNumber(4) }),
        serialOfRun: await items({ by: 'serial', serial: serialNumber(0), run: 1 }),
        serialOfAnotherRun: await items({ by: 'serial', serial: serialNumber(0), run: 2 }),
        item: await items({ by: 'item', run: 1, epoch: 1, item: 4 }),
        fails: await items({ by: 'newest-fails' }),
        failsOfAnotherRun: await items({ by: 'newest-fails', run: 9 }),
      }).toEqual({
        serial: [[6, 'kept']],
        serialOfRun: [[1, 'kept']],
        serialOfAnotherRun: [],
        item: [[4, 'kept']],
        fails: [
          [6, 'kept'],
          [4, 'kept'],
          [3, 'removed'],
        ],
        failsOfAnotherRun: [],
      });
    });
  });

  it('tells of what it is, and stays on record when its file was removed', async () => {
    await withShift(async (reader) => {
      const [row] = await reader.pictures({ by: 'item', run: 1, epoch: 1, item: 3 });
      expect(await reader.picture(row?.id ?? -1)).toEqual(row);
      expect(row).toMatchObject({
        at: 203,
        run: 1,
        order: 'O-1',
        epoch: 1,
        item: 3,
        serial: serialNumber(2),
        kept: 'fail',
        state: 'removed',
        verdict: 'FAIL',
        reason: 'wrong-lot',
        parameters: [
          { parameter: 'decode', grade: 4 },
          { parameter: 'contrast', grade: 4 },
          { parameter: 'modulation', grade: 4 },
        ],
        width: 640,
        height: 480,
        bytes: 20_000,
        sha256: 'ab'.repeat(32),
        file: '000001/1-3.png',
      });
      expect(await reader.picture(1)).toBeUndefined();
    });
  });

  it('tells which limits were missed, the causes, and what is drawn over it; of an older body, what there is', async () => {
    await withShift(async (reader) => {
      const drawnOf = async (item: number) => {
        const [row] = await reader.pictures({ by: 'item', run: 1, epoch: 1, item });
        return { parameters: row?.parameters, causes: row?.causes, drawing: row?.drawing };
      };
      expect(await drawnOf(6)).toEqual({
        parameters: [
          { parameter: 'decode', grade: 4 },
          { parameter: 'contrast', grade: 1, limit: 1.5 },
          { parameter: 'modulation', grade: 2 },
        ],
        causes: [{ kind: 'dead-nozzle', row: 7 }],
        drawing: {
          window: { x: 0, y: 0, width: 640, height: 480 },
          codes: [
            {
              readBy: 'zxing',
              symbology: 'DataMatrix',
              corners: [
                [1, 1],
                [11, 1],
                [11, 11],
                [1, 11],
              ],
              size: { rows: 10, columns: 10 },
              wrongModules: [73],
            },
          ],
          checks: [],
        },
      });
      expect(await drawnOf(4)).toEqual({ parameters: undefined, causes: undefined, drawing: undefined });
    });
  });

  it.each(['one', 'serial', 'serialInRun', 'item', 'newestFails', 'newestFailsOfRun'] as const)(
    'is looked up by an index, never by a scan of the facts: %s',
    async (ids) => {
      await withShift(async () => {});
      const plan = rowsOf(at.file, `EXPLAIN QUERY PLAN ${pictureSql(ids).replaceAll('?', '1')}`);
      const steps = plan.map((row) => (row as { detail: string }).detail);
      expect(
        steps.filter((step) => /^SCAN (?!tally|CONSTANT|.*USING)/.test(step) && /fact|\b[fijoxy]\b/.test(step)),
      ).toEqual([]);
      expect(steps.join('\n')).toMatch(/SEARCH (f|fact) USING (COVERING )?(INDEX fact_eye|INTEGER PRIMARY KEY)/);
    },
  );
});

it('shows inspections and limits to whoever reads the file', async () => {
  const journal = await openAt(at.file);
  const body = JSON.stringify({ user: 'sup', role: 'SUP', reason: 'drift', limits: { parameters: { axial: 2 } } });
  for (const fact of SHIFT) journal.append(fact);
  journal.append({ kind: FACT.limitsSet, at: 400, body });
  await journal.close();
  expect(
    rowsOf(
      at.file,
      'SELECT item, verdict, reason, pcg, read_by, profile, contrast, contrast_grade, axial_grade FROM v_inspection WHERE item IN (4, 6) ORDER BY item',
    ),
  ).toEqual([
    {
      item: 4,
      verdict: 'FAIL',
      reason: 'no-read',
      pcg: null,
      read_by: 'zxing',
      profile: 'p-1',
      contrast: null,
      contrast_grade: null,
      axial_grade: null,
    },
    {
      item: 6,
      verdict: 'FAIL',
      reason: 'low-grade',
      pcg: 1,
      read_by: 'zxing',
      profile: 'p-1',
      contrast: 0.25,
      contrast_grade: 1,
      axial_grade: null,
    },
  ]);
  expect(rowsOf(at.file, 'SELECT user_id, role, reason, limits FROM v_limits')).toEqual([
    { user_id: 'sup', role: 'SUP', reason: 'drift', limits: '{"parameters":{"axial":2}}' },
  ]);
});
