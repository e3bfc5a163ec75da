import { describe, expect, it } from 'vitest';
import { FACT } from '#line/fact.ts';
import { accountOf, stateOf, wasSeen } from '#line/ledger.ts';
import { replayFact } from '#line/recover.ts';
import { type Code, codeOf, factsOf, freshLine, producing, raisedBy, serial, verdictsOf } from './example-line.ts';

/** The first number that is not sent before the line stops. */
const UNSENT = 8;

describe('a carton that bears a number of this run which was not sent yet', () => {
  it.each<[string, Code]>([
    ['another lot', { lot: 'OTHER' }],
    ['another expiry', { expiry: '270101' }],
    ['another product', { gtin: '09521234000174' }],
  ])('with %s: it is rejected and stops the line, and the carton that is printed with it later is good', (_, code) => {
    const story = producing();
    story.good(0);
    story.trigger();
    const stranger = story.answer(codeOf(serial(UNSENT), code));
    expect([verdictsOf(stranger), raisedBy(stranger)]).toMatchObject([
      [{ pass: false, reason: 8 }],
      ['out-of-sequence'],
    ]);
    story.outcome('diverted');
    story.release();
    expect(story.line.armedFrom).toBe(UNSENT);
    expect(verdictsOf(story.item(UNSENT))).toMatchObject([{ pass: true }]);
    story.outcome('good-exit');
    expect(stateOf(story.line.ledger, UNSENT)).toBe('GOOD');
  });

  it('is no sight of that number in a record of before either', () => {
    const line = freshLine();
    replayFact(line, { kind: FACT.verdict, at: 1, run: 7, epoch: 1, item: 0, code: 5, serial: UNSENT });
    for (const kind of [FACT.sent, FACT.printed]) replayFact(line, { kind, at: 2, run: 7, serial: UNSENT, count: 1 });
    expect([wasSeen(line.ledger, UNSENT), stateOf(line.ledger, UNSENT)]).toEqual([false, 'PRINTED']);
  });

  it('leaves every number in an account from which the run can be closed', () => {
    const story = producing();
    story.good(0);
    story.trigger();
    story.answer(codeOf(serial(UNSENT), { lot: 'OTHER' }));
    story.outcome('diverted');
    story.release();
    story.good(UNSENT);
    expect(accountOf(story.line.ledger, 'PRINTED')).toBe(0);
    expect(factsOf(story.effects).filter(({ code, kind }) => kind === FACT.verdict && code === 9)).toEqual([]);
  });
});
