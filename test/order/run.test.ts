import { describe, expect, it } from 'vitest';
import type { Unmet } from '#order/guards.ts';
import { move } from '#order/run.ts';
import { ROLES, type Role, RUN_STATES, type RunState } from '#order/run-state.ts';
import { TRANSITIONS } from '#order/transitions.ts';
import { BAD, by, GOOD, runIn } from './example-run.ts';

type Name = keyof typeof TRANSITIONS;

interface Row {
  readonly id: string;
  readonly from: readonly RunState[];
  readonly to: RunState;
  readonly by: readonly Role[];
  /** Every guard that has something to say when nothing is as it should be. */
  readonly unmet: readonly Unmet[];
}

const noOtherRun = { guard: 'no-other-run', detail: 'PO-0999' };
const devices = { guard: 'devices-online', detail: 'printer-1, plc-1' };
const camera = { guard: 'camera-ready', detail: 'camera-1' };
const cause = { guard: 'cause-cleared', detail: 'printer-1' };
const job = { guard: 'job-verified' };
const record = { guard: 'record-writable' };
const expiry = { guard: 'expiry-valid', detail: '2028-11-22' };
const serials = { guard: 'serials-allocated', detail: '1' };
const reason = { guard: 'reason-given' };

/** The rule book of process.md §4.2 as far as this version has it, written a second time. */
const RULES: Readonly<Record<Name, Row>> = {
  prepare: { id: 'T02', from: ['RECEIVED'], to: 'PREPARED', by: ['SUP'], unmet: [noOtherRun, expiry, record, serials] },
  cancel: {
    id: 'T03',
    from: ['RECEIVED', 'PREPARED', 'CLEARING', 'SETUP'],
    to: 'CANCELLED',
    by: ['SUP'],
    unmet: [reason],
  },
  clear: { id: 'T04', from: ['PREPARED'], to: 'CLEARING', by: ['OPR', 'SUP'], unmet: [noOtherRun] },
  setUp: { id: 'T05', from: ['CLEARING'], to: 'SETUP', by: ['OPR', 'SUP'], unmet: [] },
  verify: { id: 'T07', from: ['SETUP'], to: 'VERIFYING', by: ['OPR', 'SUP'], unmet: [devices, job, serials, record] },
  approve: { id: 'T08', from: ['VERIFYING'], to: 'READY', by: ['QA', 'SUP'], unmet: [] },
  start: {
    id: 'T10',
    from: ['READY'],
    to: 'RUNNING',
    by: ['SUP'],
    unmet: [devices, camera, cause, job, record, expiry],
  },
  suspend: { id: 'T11', from: ['RUNNING'], to: 'SUSPENDED', by: ['SYS'], unmet: [] },
  resume: {
    id: 'T12',
    from: ['SUSPENDED'],
    to: 'RUNNING',
    by: ['OPR', 'SUP'],
    unmet: [devices, camera, cause, job, record],
  },
  hold: {
    id: 'T13',
    from: ['READY', 'RUNNING', 'SUSPENDED', 'ENDING'],
    to: 'HELD',
    by: ['OPR', 'SUP', 'QA'],
    unmet: [reason],
  },
  unhold: { id: 'T14', from: ['HELD'], to: 'RUNNING', by: ['SUP'], unmet: [devices, camera, cause, job, record] },
  end: {
    id: 'T16',
    from: ['RUNNING', 'SUSPENDED', 'HELD'],
    to: 'ENDING',
    by: ['OPR', 'SUP', 'SYS'],
    unmet: [{ guard: 'reason-short', detail: '284 / 300' }],
  },
  reconcile: { id: 'T17', from: ['ENDING'], to: 'RECONCILING', by: ['OPR', 'SUP'], unmet: [record] },
  close: {
    id: 'T18',
    from: ['RECONCILING'],
    to: 'CLOSED',
    by: ['SUP'],
    unmet: [reason, { guard: 'line-empty', detail: '5' }],
  },
};
const ROWS = Object.entries(RULES) as readonly [Name, Row][];

it('the rule book has exactly these transitions', () => {
  expect(Object.keys(TRANSITIONS)).toEqual(Object.keys(RULES));
  expect(Object.values(TRANSITIONS).map(({ id }) => id)).toEqual(Object.values(RULES).map(({ id }) => id));
});

it('the stored numbers of the states never change: new ones are appended', () => {
  expect(RUN_STATES).toEqual([
    'RECEIVED',
    'PREPARED',
    'CLEARING',
    'SETUP',
    'VERIFYING',
    'READY',
    'RUNNING',
    'SUSPENDED',
    'HELD',
    'ENDING',
    'RECONCILING',
    'CLOSED',
    'CANCELLED',
  ]);
});

describe.each(ROWS)('%s', (name, row) => {
  const transition = TRANSITIONS[name];

  it(`leads from ${row.from.join(', ')} to ${row.to}, for ${row.by.join(', ')} and nobody else`, () => {
    const allowed = RUN_STATES.flatMap((state) =>
      ROLES.filter((role) => move(runIn(state), transition, by(role), GOOD).kind === 'moved').map(
        (role) => `${state} ${role}`,
      ),
    );
    const expected = RUN_STATES.flatMap((state) =>
      row.from.includes(state) ? ROLES.filter((role) => row.by.includes(role)).map((role) => `${state} ${role}`) : [],
    );
    expect(allowed).toEqual(expected);
  });

  it('says where it came from and where it led', () => {
    const [from = 'RECEIVED'] = row.from;
    const [role = 'SUP'] = row.by;
    expect(move(runIn(from), transition, by(role), GOOD)).toEqual({
      kind: 'moved',
      run: { ...runIn(row.to), ...(row.to === 'HELD' ? { heldFrom: from } : {}) },
      from,
      transition: row.id,
    });
  });

  it('names everything that is missing, not only the first', () => {
    const state = RUN_STATES.find((one) => !row.from.includes(one)) ?? 'CLOSED';
    const people = row.by.filter((role) => role !== 'SYS').join(' ');
    expect(move(runIn(state), transition, by('AUD'), BAD)).toEqual({
      kind: 'refused',
      unmet: [
        { guard: 'run-state', detail: state },
        { guard: 'role', ...(people === '' ? {} : { detail: people }) },
        ...row.unmet,
      ],
    });
  });

  it('needs each of its guards by itself', () => {
    const [from = 'RECEIVED'] = row.from;
    const [role = 'SUP'] = row.by;
    expect(move(runIn(from), transition, by(role), BAD)).toEqual(
      row.unmet.length === 0
        ? { kind: 'moved', run: runIn(row.to), from, transition: row.id }
        : { kind: 'refused', unmet: row.unmet },
    );
  });
});

describe('a hold that is released', () => {
  it.each(['READY', 'RUNNING', 'SUSPENDED', 'ENDING'] as const)('goes back to %s, and the run forgets it', (before) => {
    const held = move(runIn(before), TRANSITIONS.hold, by('OPR'), GOOD);
    const run = held.kind === 'moved' ? held.run : runIn('CLOSED');
    expect(run).toEqual(runIn('HELD', before));
    expect(move(run, TRANSITIONS.unhold, by('SUP'), GOOD)).toEqual({
      kind: 'moved',
      run: runIn(before),
      from: 'HELD',
      transition: 'T14',
    });
  });

  it('by its end does not remember where it was held', () => {
    expect(move(runIn('HELD', 'RUNNING'), TRANSITIONS.end, by('SUP'), GOOD)).toMatchObject({ run: runIn('ENDING') });
  });
});

describe('a reason', () => {
  it.each([undefined, '', '  ', 'ok', ' no '])('is more than %j', (words) => {
    expect(move(runIn('RUNNING'), TRANSITIONS.hold, by('OPR'), { ...GOOD, reason: words })).toEqual({
      kind: 'refused',
      unmet: [{ guard: 'reason-given' }],
    });
  });

  it.each([
    [285, undefined, 'moved'],
    [284, undefined, 'refused'],
    [284, 'no', 'refused'],
    [0, 'wrong lot on the line', 'moved'],
  ])('is asked for an end short of 95 %% of the quantity: %i good and the words %j is %s', (good, words, kind) => {
    expect(move(runIn('RUNNING'), TRANSITIONS.end, by('SUP'), { ...GOOD, good, reason: words }).kind).toBe(kind);
  });
});
