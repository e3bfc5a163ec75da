import { expect, it } from 'vitest';
import type { StoredFact } from '#contract/journal.ts';
import { FACT } from '#line/fact.ts';
import { acknowledgeAlarm, changeAlarm } from '#station/alarm-desk.ts';
import { closeRun, endRunByPerson, holdRun, resumeRun } from '#station/commands.ts';
import type { Floor } from '#station/floor.ts';
import { recall, unreadRuns } from '#station/recall.ts';
import { startRun } from '#station/start-run.ts';
import { by, type Example, emptyFloor, exampleDesk, imported } from './example-desk.ts';

/** The rare facts, as the record gives them back. */
const historyOf = ({ memory }: Example): readonly StoredFact[] =>
  memory.facts.map((fact, index) => ({ ...fact, seq: index + 1 })).filter(({ kind }) => kind < 20);

/** What a restart has to know again; `line` and the tiles come from elsewhere. */
const known = ({ runs, current, alarms, nextAlarm, serialsEver, runsEver }: Floor) => ({
  runs: [...runs.values()],
  current,
  alarms,
  nextAlarm,
  serialsEver,
  runsEver,
});

it('a restart knows orders, runs, alarms and serials as they were, at each point of a shift', async () => {
  const example = exampleDesk();
  const { desk, floor } = example;
  const isKnownAgain = (): void => {
    const other = emptyFloor();
    recall(other, historyOf(example));
    expect(known(other)).toEqual(known(floor));
  };
  isKnownAgain();
  const first = imported(example);
  imported(example, { order: 'PO-1002', lot: '2/0098' });
  isKnownAgain();
  await startRun(desk, first, by('SUP'));
  isKnownAgain();
  changeAlarm(desk, { kind: 'raise', code: 'device-offline', device: 'plc-1', detail: 'silence' });
  changeAlarm(desk, { kind: 'raise', code: 'duplicate-serial', detail: 'ABC' });
  isKnownAgain();
  acknowledgeAlarm(desk, 1, by('OPR'), 'seen');
  changeAlarm(desk, { kind: 'clear', code: 'device-offline', device: 'plc-1' });
  changeAlarm(desk, { kind: 'over' });
  isKnownAgain();
  holdRun(desk, first, by('OPR'), 'a carton is stuck');
  isKnownAgain();
  expect(first.run).toMatchObject({ state: 'HELD', heldFrom: 'RUNNING' });
  expect(await resumeRun(desk, first, by('SUP'), undefined)).toMatchObject({ kind: 'done' });
  isKnownAgain();
  endRunByPerson(desk, first, by('SUP'), 'enough for today');
  isKnownAgain();
  expect(closeRun(desk, first, by('SUP'), 'everything is accounted for')).toMatchObject({ kind: 'done' });
  isKnownAgain();
  const second = [...floor.runs.values()][1];
  if (second !== undefined) await startRun(desk, second, by('SUP'));
  expect([second?.run.state, second?.recordBase]).toEqual(['RUNNING', 41]);
  isKnownAgain();
});

it('a run whose order this version cannot read gives neither its number nor its record numbers to another', async () => {
  const before = exampleDesk();
  await startRun(before.desk, imported(before), by('SUP'));
  const after = exampleDesk();
  const history = historyOf(before).map((fact) =>
    fact.kind === FACT.orderImported ? { ...fact, body: '{"order":"of another version"}' } : fact,
  );
  recall(after.floor, history);
  expect([[...after.floor.runs.keys()], unreadRuns(after.floor)]).toEqual([[], [1]]);
  const next = imported(after, { order: 'PO-1002' });
  await startRun(after.desk, next, by('SUP'));
  expect([next.run.run, next.recordBase]).toEqual([2, 41]);
});
