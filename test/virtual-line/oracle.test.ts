import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { judgeRun } from '#virtual-line/oracle.ts';
import { complaints, type OracleReport } from '#virtual-line/oracle-report.ts';
import {
  codeOf,
  commissioning,
  finishedRun,
  GTIN,
  lineOf,
  rowOf,
  serialOf,
  type World,
  writeWorld,
} from './oracle-world.ts';

async function judged(world: World, withFile = true): Promise<OracleReport> {
  const folder = await mkdtemp(join(tmpdir(), 'oracle-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { ledgerFile, databaseFile, epcisFile } = await writeWorld(world, folder);
  return await judgeRun({ ledgerFile, databaseFile, run: 1, ...(withFile ? { epcisFile } : {}) });
}

/** Spoils a finished run and returns what the oracle complains about. */
async function complaintsAfter(spoil: (world: World) => void): Promise<readonly string[]> {
  const world = finishedRun();
  spoil(world);
  const report = await judged(world);
  expect(report.agrees).toBe(report.checks.every((check) => check.held));
  return complaints(report);
}

describe('A run in which everything was caught', () => {
  it('is agreed on by ledger, record and EPCIS file', async () => {
    const report = await judged(finishedRun());
    expect(complaints(report)).toEqual([]);
    expect(report).toMatchObject({
      agrees: true,
      physical: { fed: 60, inserted: 1, good: 52, rejectBin: 6, removed: 3, inBelt: 0 },
      record: {
        order: 'O-1',
        state: 'CLOSED',
        allocated: 63,
        sent: 61,
        passed: 52,
        failed: 5,
        accounts: { GOOD: 52, REJECTED: 3, MISSING: 1, SCRAPPED: 5, INVALID: 2 },
      },
      falseAccepts: [],
      statistics: { seeds: [1, 2], sections: 2, blankItems: 1, overPrinted: 1, commissioned: 52, lateVerdicts: 0 },
    });
    expect(report.statistics.verdictLatency).toEqual({ p50: 42, p95: 44, p99: 44, max: 44 });
  });

  it('says which invariants it looked at, and which it did not', async () => {
    const report = await judged(finishedRun());
    expect(report.checks.map((check) => check.id)).toEqual([
      'O1',
      'O2',
      'O3',
      'O4',
      'O5',
      'O6',
      'O8',
      'O9',
      'O10',
      'O11',
    ]);
    expect(report.notJudged).toHaveLength(2);
  });

  it('counts the faultless carton in the reject bin that nothing explains as a false reject', async () => {
    const { falseRejects } = await judged(finishedRun());
    expect(falseRejects).toEqual([{ item: 45, serial: serialOf(42), cause: 'verdict', reason: 'no-read' }]);
  });

  it('is judged without an EPCIS file as well, and the report says so', async () => {
    const report = await judged(finishedRun(), false);
    expect(complaints(report)).toEqual([]);
    expect(report.checks.find((check) => check.id === 'O9')?.note).toMatch(/No EPCIS file/);
  });

  it('leaves what is undecided open until the run is closed', async () => {
    const world = finishedRun();
    rowOf(world, 'v_run', 'run', 1)['state'] = 'RECONCILING';
    const serial = rowOf(world, 'v_serial', 'idx', 58);
    serial['state'] = 'UNKNOWN_FATE';
    world.views['v_account']?.push({ run: 1, state: 'UNKNOWN_FATE', count: 1 });
    rowOf(world, 'v_account', 'state', 'SCRAPPED')['count'] = 4;
    const report = await judged(world);
    expect(complaints(report)).toEqual([]);
    expect(report.checks.find((check) => check.id === 'O6')?.open).toEqual(['Serial K0058 is UNKNOWN_FATE.']);
  });
});

const spoiled: readonly (readonly [string, (world: World) => void, string])[] = [
  [
    'two good cartons with one serial',
    (world) => {
      lineOf(world, 'printed', 4)['content'] = codeOf(serialOf(2));
    },
    'O1: Serial K0002 is GOOD and in the good output 2 times: items 3, 4.',
  ],
  [
    'a duplicate print nobody ordered',
    (world) => {
      lineOf(world, 'printed', 4)['content'] = codeOf(serialOf(2));
    },
    'O3: Serial K0002 is on item 3 and on item 4, which lies in the good output.',
  ],
  [
    'a duplicate of a scripted fault that was let through',
    (world) => {
      lineOf(world, 'diverted', 13)['ev'] = 'good';
    },
    'O2: Item 13 is in the good output, but its serial K0010 is on an earlier item.',
  ],
  [
    'a serial that is in the record twice',
    (world) => {
      rowOf(world, 'v_serial', 'idx', 62)['serial'] = serialOf(5);
    },
    'O3: Serial K0005 stands twice in the record, as index 5 and 62.',
  ],
  [
    'a serial that got lost from the record',
    (world) => {
      world.views['v_serial'] = (world.views['v_serial'] ?? []).filter((row) => row['idx'] !== 21);
    },
    'O5: The accounts add up to 63, but 62 serials are allocated.',
  ],
  [
    'a serial that got lost, by its carton',
    (world) => {
      world.views['v_serial'] = (world.views['v_serial'] ?? []).filter((row) => row['idx'] !== 21);
    },
    'O2: Item 24 is in the good output, but its serial K0021 is not one of this run.',
  ],
  [
    'a serial that was sent again',
    (world) => {
      world.views['v_sent']?.push({ seq: 999, at: 0, run: 1, record_no: 99, idx: 8, serial: serialOf(8) });
    },
    'O3: Serial K0008 was sent to a printer 2 times.',
  ],
  [
    'a serial that is ALLOCATED again after it was sent',
    (world) => {
      rowOf(world, 'v_serial', 'idx', 58)['state'] = 'ALLOCATED';
    },
    'O5: Serial K0058 was sent but is ALLOCATED again.',
  ],
  [
    'a serial printed without ever having been sent',
    (world) => {
      world.views['v_sent'] = (world.views['v_sent'] ?? []).filter((row) => row['idx'] !== 30);
    },
    'O5: Item 33 carries serial K0030, which was never sent to a printer.',
  ],
  [
    'a serial that another run holds too',
    (world) => {
      world.views['v_run']?.push({ run: 2, gtin: GTIN, lot: 'L9', state: 'CLOSED' });
      world.views['v_serial']?.push({ run: 2, idx: 0, serial: serialOf(9), gtin: GTIN, state: 'GOOD' });
    },
    'O3: Serial K0009 belongs to run 2 as well.',
  ],
  [
    'a GOOD carton in the reject bin',
    (world) => {
      lineOf(world, 'good', 5)['ev'] = 'diverted';
    },
    'O1: Serial K0004 is GOOD, but item 5, which carries it, lies in the reject bin.',
  ],
  [
    'a GOOD serial on no carton at all',
    (world) => {
      lineOf(world, 'printed', 5)['content'] = '';
    },
    'O1: Serial K0004 is GOOD, but no item carries it.',
  ],
  [
    'a blank carton in the good output',
    (world) => {
      lineOf(world, 'diverted', 7)['ev'] = 'good';
    },
    'O2: Item 7 is in the good output, but it is blank.',
  ],
  [
    'a carton with the wrong lot in the good output',
    (world) => {
      lineOf(world, 'diverted', 20)['ev'] = 'good';
    },
    'O2: Item 20 is in the good output, but its lot is L2025Z, not L2026A.',
  ],
  [
    'a foreign carton that passed',
    (world) => {
      lineOf(world, 'diverted', 100_031)['ev'] = 'good';
    },
    'O2: Item 100031 is in the good output, but its serial OLD1 is not one of this run.',
  ],
  [
    'a carton that is in the good output while its serial is REJECTED',
    (world) => {
      lineOf(world, 'diverted', 45)['ev'] = 'good';
    },
    'O2: Item 45 is in the good output, but its serial K0042 is REJECTED in the record.',
  ],
  [
    'a carton that passed without a PASS',
    (world) => {
      rowOf(world, 'v_verdict', 'item', 5)['verdict'] = 'FAIL';
    },
    'O8: Item 6 is in the good output, but serial K0005 never had a PASS.',
  ],
  [
    'a diverted carton that came back',
    (world) => {
      world.ledger.push({ t: 1, wall: 1, enc: 1, ev: 'good', item: 45 });
    },
    'O8: Item 45 was diverted and is in the good output all the same.',
  ],
  [
    'an account that is one too high',
    (world) => {
      rowOf(world, 'v_account', 'state', 'GOOD')['count'] = 53;
    },
    'O5: The account GOOD says 53, but 52 serials are GOOD.',
  ],
  [
    'a carton that vanished in a crash',
    (world) => {
      world.ledger = world.ledger.filter((line) => line['item'] !== 49 || line['ev'] !== 'removed');
    },
    'O5: Item 49 was on the belt when the process ended and is never heard of again.',
  ],
  [
    'a carton that is counted twice',
    (world) => {
      world.ledger.push({ t: 1, wall: 1, enc: 1, ev: 'good', item: 40 });
    },
    'O5: Item 40 is counted twice: first removed, then good output.',
  ],
  [
    'a serial whose fate is unknown when the run is closed',
    (world) => {
      rowOf(world, 'v_serial', 'idx', 58)['state'] = 'UNKNOWN_FATE';
    },
    'O6: The run is CLOSED, but serial K0058 is UNKNOWN_FATE.',
  ],
  [
    'an event dropped from the EPCIS file',
    (world) => {
      world.events.splice(11, 1);
    },
    'O9: Serial K0011 is GOOD but commissioned 0 times in the EPCIS file.',
  ],
  [
    'an item commissioned twice',
    (world) => {
      world.events.push({ ...commissioning(serialOf(3)), eventID: 'urn:uuid:again' });
    },
    'O3: Serial K0003 is commissioned 2 times in the EPCIS file.',
  ],
  [
    'an event that is in the file twice',
    (world) => {
      world.events.push(commissioning(serialOf(3)));
    },
    'O9: The event urn:uuid:K0003 is in the file twice.',
  ],
  [
    'a rejected item that was commissioned',
    (world) => {
      world.events.push(commissioning(serialOf(42)));
    },
    'O9: The EPCIS file commissions K0042, which is not GOOD in this run.',
  ],
  [
    'a published lot that is not the order',
    (world) => {
      world.events[0] = { ...world.events[0], ilmd: { 'cbvmda:lotNumber': 'L2025Z' } };
    },
    'O9: The EPCIS file says lot L2025Z, not L2026A.',
  ],
  [
    'a case nobody packed',
    (world) => {
      world.events.push({ type: 'AggregationEvent', action: 'ADD', bizStep: 'packing' });
    },
    'O4: The EPCIS file packs items 1 times, and the record knows of no case.',
  ],
  [
    'a file that is not the one the record wrote',
    (world) => {
      world.views['v_export']?.push({
        run: 1,
        file: 'out/run.json',
        format: 'epcis-json',
        items: 52,
        events: 52,
        sha256: 'aa',
      });
    },
    'O9: The EPCIS file is not the one the record wrote: its SHA-256 differs.',
  ],
  [
    'a hold without its audit entry',
    (world) => {
      world.views['v_audit'] = (world.views['v_audit'] ?? []).filter((row) => row['seq'] !== 41);
    },
    'O10: The step from RUNNING to HELD (row 40) by supervisor has no audit entry.',
  ],
  [
    'a close without a reason',
    (world) => {
      rowOf(world, 'v_audit', 'seq', 71)['reason'] = ' ';
    },
    'O10: The audit entry of the step from RECONCILING to CLOSED (row 70) by supervisor gives no reason.',
  ],
  [
    'a step nobody stands behind',
    (world) => {
      rowOf(world, 'v_run_step', 'seq', 30)['user_id'] = null;
    },
    'O10: Nobody stands behind the step from SUSPENDED to RUNNING (row 30).',
  ],
];

describe('The oracle finds', () => {
  it.each(spoiled)('%s', async (_what, spoil, sentence) => {
    expect(await complaintsAfter(spoil)).toContain(sentence);
  });

  it('a good carton that the record does not hold GOOD, by its place and by its event', async () => {
    const found = await complaintsAfter((world) => {
      rowOf(world, 'v_serial', 'idx', 2)['state'] = 'MISSING';
    });
    expect(found).toEqual(
      expect.arrayContaining([
        'O2: Item 3 is in the good output, but its serial K0002 is MISSING in the record.',
        'O9: The EPCIS file commissions K0002, which is not GOOD in this run.',
      ]),
    );
  });

  it('a carton of an earlier run of the same database between the items of this one', async () => {
    const world = finishedRun();
    world.views['v_run']?.push({ run: 2, gtin: GTIN, lot: 'L2025Z', state: 'CLOSED' });
    world.views['v_serial']?.push({ run: 2, idx: 0, serial: 'OLD1', gtin: GTIN, state: 'GOOD' });
    lineOf(world, 'diverted', 20)['ev'] = 'good';
    lineOf(world, 'printed', 20)['content'] = codeOf('OLD1', 'L2025Z');
    const report = await judged(world);
    expect(report.falseAccepts).toEqual([
      { item: 20, defect: 'its serial OLD1 is not one of this run', content: codeOf('OLD1', 'L2025Z') },
    ]);
  });
});

describe('A ledger and a database of several runs', () => {
  it('are judged run by run: the good cartons of another order are its own affair', async () => {
    const world = finishedRun();
    world.views['v_run']?.push({ run: 2, gtin: GTIN, lot: 'L2', state: 'CLOSED' });
    world.views['v_serial']?.push({ run: 2, idx: 0, serial: 'NEXT', gtin: GTIN, state: 'GOOD' });
    world.ledger.push(
      { t: 1, wall: 1, enc: 1, ev: 'fed', item: 200_000 },
      { t: 1, wall: 1, enc: 1, ev: 'printed', item: 200_000, content: codeOf('NEXT', 'L2') },
      { t: 1, wall: 1, enc: 1, ev: 'good', item: 200_000 },
    );
    expect(complaints(await judged(world))).toEqual([]);
  });

  it('may hold a carton that was taken out of the good output again: then it is not good', async () => {
    const world = finishedRun();
    world.ledger.push({ t: 1, wall: 1, enc: 1, ev: 'removed', item: 60, cause: 'hand' });
    const report = await judged(world);
    expect(report.physical).toMatchObject({ good: 51, removed: 4 });
    expect(complaints(report)).toEqual([
      'O1: Serial K0057 is GOOD, but item 60, which carries it, was taken off by hand.',
      'O9: Serial K0057 is commissioned in the EPCIS file but not in the good output.',
    ]);
  });

  it('cannot be judged for a run the database does not know', async () => {
    const world = finishedRun();
    rowOf(world, 'v_run', 'run', 1)['run'] = 5;
    await expect(judged(world)).rejects.toThrow('The database does not know run 1.');
  });
});
