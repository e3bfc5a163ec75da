import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Effect } from '#line/effect.ts';
import type { Fact } from '#line/fact.ts';
import { accountOf, accountsOf, dumpStates, openAccounts } from '#line/ledger.ts';
import { dumpLine, restoreLine } from '#line/line-dump.ts';
import type { LineState } from '#line/line-state.ts';
import { replayFact } from '#line/recover.ts';
import { reconcileLine, settleLine } from '#line/run-control.ts';
import { factsOf, freshLine } from './example-line.ts';
import { type Action, CALM, simulatedLine, TROUBLE } from './simulated-line.ts';
import { witness } from './witness.ts';

const SERIALS = 120;
const QUANTITY = 50;
/** Mostly calm; what stopped the line is soon put right, as on a real shift. */
const walk = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom<Action>(...CALM) },
    { weight: 4, arbitrary: fc.constant<Action>('recover') },
    { weight: 2, arbitrary: fc.constantFrom<Action>(...TROUBLE) },
  ),
  { minLength: 1, maxLength: 400, size: 'max' },
);

/** All of a line that its record must be able to bring back. */
function recallable({ ledger, figures, items, plc, lateVerdicts }: LineState) {
  const { passed, failed, diverted, notices, grades, rejects, seen, reads, rejectSeq } = figures;
  const judged = [...items.values()].filter(({ verdict }) => verdict !== undefined).sort((a, b) => a.item - b.item);
  return {
    states: [...dumpStates(ledger)],
    accounts: accountsOf(ledger),
    nextToSend: ledger.nextToSend,
    figures: { passed, failed, diverted, notices, grades, seen, rejectSeq, reads: [...reads] },
    rejects: Object.fromEntries([...rejects].sort()),
    items: judged.map(({ item, seq, epoch, serial, late, verdict }) => ({
      ...{ item, seq, epoch, serial, late },
      verdict: verdict?.kind === 'FAIL' ? verdict.reason : verdict?.kind,
    })),
    counted: { epoch: plc.epoch, event: plc.event },
    lateVerdicts,
  };
}

const replayed = (onto: LineState, facts: readonly Fact[]): LineState => {
  for (const fact of facts) replayFact(onto, fact);
  return onto;
};

it('holds what it promises, whatever its devices and its people do, and is the same after a restart', () => {
  fc.assert(
    fc.property(walk, fc.nat(400), (actions, copyAt) => {
      const { line, start, turn, now, doubled } = simulatedLine(SERIALS, QUANTITY);
      const watching = witness(line);
      watching.take(start, true);
      const facts = [...factsOf(start)];
      let copy: { readonly bytes: Uint8Array; readonly facts: number } = { bytes: dumpLine(line), facts: facts.length };
      actions.forEach((action, step) => {
        const wasReleased = line.mode === 'producing' || line.mode === 'running-out';
        const effects = turn(action);
        watching.take(effects, wasReleased);
        facts.push(...factsOf(effects));
        if (step === copyAt) copy = { bytes: dumpLine(line), facts: facts.length };
      });
      expect([watching.found(), doubled]).toEqual([[], []]);

      const live = recallable(line);
      expect(recallable(replayed(fresh(), facts))).toEqual(live);
      const restored = fresh();
      expect(restoreLine(restored, copy.bytes)).toBe(true);
      expect(recallable(replayed(restored, facts.slice(copy.facts)))).toEqual(live);

      const end: Effect[] = [];
      settleLine(line, now(), end);
      reconcileLine(line, now(), end);
      expect([openAccounts(line.ledger), line.items.size]).toEqual([0, 0]);
      expect(recallable(replayed(fresh(), [...facts, ...factsOf(end)]))).toEqual(recallable(line));
    }),
    { numRuns: 200 },
  );
});

it('makes its quantity when nothing goes wrong', () => {
  const { line, turn } = simulatedLine(SERIALS, QUANTITY);
  for (let item = 0; item < 2 * QUANTITY && line.mode !== 'idle'; item += 1) {
    for (const action of ['item', 'progress', 'leave', 'empty'] as const) turn(action);
  }
  expect([line.mode, accountOf(line.ledger, 'GOOD'), line.figures.failed]).toEqual(['idle', QUANTITY, 0]);
});

it('does not take a copy of another allocation, or one that was torn, for its own', () => {
  const { line } = simulatedLine(SERIALS, QUANTITY);
  const bytes = dumpLine(line);
  const before = recallable(fresh());
  const torn = [bytes.subarray(0, SERIALS), bytes.subarray(0, bytes.length - 4), new Uint8Array(0)];
  for (const copy of torn) {
    const other = fresh();
    expect(restoreLine(other, copy)).toBe(false);
    expect(recallable(other)).toEqual(before);
  }
});

function fresh(): LineState {
  return freshLine({ serials: SERIALS, expected: { quantity: QUANTITY } });
}
