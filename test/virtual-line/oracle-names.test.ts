import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { judgeRun } from '#virtual-line/oracle.ts';
import { complaints, type OracleReport } from '#virtual-line/oracle-report.ts';
import { codeOf, finishedRun, lineOf, type Row, rowOf, serialOf, type World, writeWorld } from './oracle-world.ts';

async function judged(world: World): Promise<OracleReport> {
  const folder = await mkdtemp(join(tmpdir(), 'oracle-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { ledgerFile, databaseFile, epcisFile } = await writeWorld(world, folder);
  return await judgeRun({ ledgerFile, databaseFile, epcisFile, run: 1 });
}

const found = async (world: World): Promise<readonly string[]> => complaints(await judged(world));

/** Items 52 and 53, the second and third since the PLC's second start, end in the reject bin with serials REJECTED. */
function twoDiverted(): World {
  const world = finishedRun();
  for (const item of [52, 53]) {
    lineOf(world, 'good', item)['ev'] = 'diverted';
    const { idx } = { idx: item - 3 };
    Object.assign(rowOf(world, 'v_serial', 'idx', idx), { state: 'REJECTED', reason: 'low-grade' });
    for (const row of about(world, idx)) row['verdict'] = 'FAIL';
  }
  rowOf(world, 'v_account', 'state', 'GOOD')['count'] = 50;
  rowOf(world, 'v_account', 'state', 'REJECTED')['count'] = 5;
  world.events = world.events.filter(({ eventID }) => ![49, 50].some((idx) => eventID === `urn:uuid:${serialOf(idx)}`));
  world.views['v_outcome'] = (world.views['v_outcome'] ?? []).filter(({ idx }) => idx !== 49 && idx !== 50);
  return world;
}

/** Of item 8: item 7 is blank. */
const serialAfterBlank = 6;

const about = (world: World, idx: number): readonly Row[] =>
  (world.views['v_verdict'] ?? []).filter((row) => row['idx'] === idx);

const name = (row: Row | undefined, idx: number): void => void Object.assign(row ?? {}, { idx, serial: serialOf(idx) });

describe('A serial that the record names for an item', () => {
  it('is not the neighbour’s, even where both were diverted and nothing else is wrong', async () => {
    const world = twoDiverted();
    expect(await found(world)).toEqual([]);
    const [second] = about(world, 49);
    const [third] = about(world, 50);
    name(second, 50);
    name(third, 49);
    expect(await found(world)).toEqual([
      'O11: The verdict on item 52, which carries K0049, names K0050.',
      'O11: The verdict on item 53, which carries K0050, names K0049.',
    ]);
  });

  it('is found on the wrong item when the whole record lags by one', async () => {
    const world = finishedRun();
    for (const view of ['v_verdict', 'v_outcome']) {
      for (const row of world.views[view] ?? []) if (row['epoch'] === 2) row['item'] = Number(row['item']) + 1;
    }
    const report = await judged(world);
    expect(report.checks.filter(({ held }) => !held).map(({ id }) => id)).toEqual(['O11']);
    expect(complaints(report)).toContain('O11: The verdict on item 52, which carries K0049, names K0048.');
    expect(complaints(report)).toHaveLength(10);
    expect(report.statistics.firstDifferingItem).toBe(52);
  });

  it('is not one of an item that never came to the camera eye', async () => {
    const world = finishedRun();
    const last = world.views['v_verdict']?.at(-1);
    Object.assign(last ?? {}, { item: 10 });
    expect(await found(world)).toEqual([
      'O11: The verdict on item 10 of epoch 2 names K0057, but no such item came to the camera eye.',
    ]);
  });

  it('is not on a blank item', async () => {
    const world = finishedRun();
    name(rowOf(world, 'v_verdict', 'item', 6), 58);
    expect(await found(world)).toEqual(['O11: The verdict on item 7, which carries no code, names K0058.']);
  });

  it('may be a neighbour’s where the verdict says so itself, and the report says how often', async () => {
    const world = finishedRun();
    const doubt = (idx: number): void => {
      const row = rowOf(world, 'v_verdict', 'item', 6);
      Object.assign(row, { verdict: 'FAIL', reason: 'out-of-sequence' });
      name(row, idx);
    };
    doubt(serialAfterBlank);
    const report = await judged(world);
    expect(complaints(report)).toEqual([]);
    expect(report.checks.at(-1)?.note).toBe("Rows that say themselves that the code may be a neighbour's: 1.");
    doubt(40);
    expect(await found(world)).toEqual(['O11: The verdict on item 7, which carries no code, names K0040.']);
  });

  it('may be another item’s where the sensor was frozen and the item was stopped, and only there', async () => {
    const world = finishedRun();
    name(rowOf(world, 'v_verdict', 'item', 6), 5);
    lineOf(world, 'fault', 7)['fault'] = 'F15-frozen';
    expect(await found(world)).toEqual([]);
    name(about(world, 8)[0], 7);
    expect(await found(world)).toContain('O11: The verdict on item 10, which carries K0008, names K0007.');
  });

  it('may be on an earlier item too: a copy is named by the code it carries', async () => {
    const world = finishedRun();
    name(rowOf(world, 'v_verdict', 'item', 12), 10);
    expect(await found(world)).toEqual([]);
  });

  it('may be either of two that are printed over each other', async () => {
    const world = finishedRun();
    lineOf(world, 'printed', 46)['content'] = codeOf(serialOf(59));
    const row = (world.views['v_verdict'] ?? []).find(({ idx }) => idx === 43);
    Object.assign(row ?? {}, { serial: 'OVER' });
    const names = (await judged(world)).checks.find(({ id }) => id === 'O11');
    expect(names?.found).toEqual(['The outcome of item 46, which carries K0059 and OVER, names K0043.']);
  });

  it.each([
    ['v_outcome', 'The outcome of item 5, which carries K0004, names K0005.'],
    ['v_inspection', 'The inspection of item 5, which carries K0004, names K0005.'],
    ['v_picture', 'The picture of item 5, which carries K0004, names K0005.'],
  ])('is compared in %s as well', async (view, sentence) => {
    const world = finishedRun();
    const row: Row = { run: 1, epoch: 1, item: 4, idx: 5, serial: serialOf(5), outcome: 'diverted' };
    world.views[view]?.push(row);
    expect(await found(world)).toEqual([`O11: ${sentence}`]);
  });

  it('is compared beyond the 65536th item of a start of the PLC, whoever counts on or anew', async () => {
    const world = finishedRun();
    const before = world.ledger.findIndex(({ ev, item }) => ev === 'eye' && item === 51);
    const passed = Array.from({ length: 65_536 }, () => ({ t: 0, wall: 0, enc: 0, ev: 'eye', item: 50 }));
    world.ledger.splice(before, 0, ...passed);
    const [first] = about(world, 48);
    Object.assign(first ?? {}, { item: 65_536 });
    expect(await found(world)).toEqual([]);
  });

  it('is left alone in a ledger older than its `eye` lines, and the report says so', async () => {
    const world = finishedRun();
    for (const line of world.ledger) if (line['ev'] === 'start') line['version'] = '1';
    world.ledger = world.ledger.filter(({ ev }) => ev !== 'eye');
    const report = await judged(world);
    expect(complaints(report)).toEqual([]);
    expect(report.checks.find(({ id }) => id === 'O11')?.note).toMatch(/^The ledger is too old/);
  });
});
