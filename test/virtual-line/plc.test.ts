import { describe, expect, it } from 'vitest';
import type { Act, Ask, Reply } from '#virtual-line/messages.ts';
import { crc16, DEPTH } from '#virtual-line/plc/rings.ts';
import { createStation, type Station } from '#virtual-line/plc/station.ts';
import { createTags, type StationTags } from '#virtual-line/plc/tags.ts';
import { SETTINGS } from './emulator-settings.ts';
import { crc } from './scripted-workstation.ts';

const [RESET, START, STOP, HOLD, UNHOLD, ABORT, CLEAR, COMPLETE] = [1, 2, 3, 4, 5, 8, 9, 10];
const [STOPPED, IDLE, EXECUTE, ABORTED, HELD, COMPLETED] = [2, 4, 6, 9, 11, 17];

/** The PLC program on a belt that does what it is told at once. */
interface Bench {
  readonly tags: StationTags;
  readonly station: Station;
  readonly blows: number[];
  readonly states: number[];
  enc: number;
  watched: boolean;
  press(command: number): string | undefined;
  /** Moves the belt on, waking the program where it wants to be woken. */
  move(to: number): void;
  edge(sensor: 'PE2' | 'PE2-off' | 'PE3' | 'PE4' | 'PE5'): void;
  verdict(seq: number, pass: boolean): void;
  outs(): readonly (readonly [number, number])[];
}

function createBench(): Bench {
  const tags = createTags(1);
  let t = 0;
  let isRunning = false;
  let wakes: { readonly id: string; readonly enc: number }[] = [];
  let verdictHead = 65_535;
  const verdicts = new Uint16Array(1 + 4 * DEPTH);
  const now = () => ({ t, enc: bench.enc, v: isRunning ? 1000 : 0 });
  const ask = (question: Ask): Reply => {
    const reply = station.answer(question);
    if (reply instanceof Promise) throw new Error('real time never waits');
    perform(reply.acts ?? []);
    return reply;
  };
  const perform = (acts: readonly Act[]): void => acts.forEach(performOne);
  const performOne = (act: Act): void => {
    if (act.act === 'state') bench.states.push(act.state);
    if (act.act === 'blow') bench.blows.push(bench.enc);
    if (act.act === 'wake') wake(act);
    if (act.act !== 'belt') return;
    isRunning = act.motion === 'run';
    if (!isRunning) ask({ ask: 'stopped', now: now() });
  };
  const wake = ({ id, enc, after = 0 }: Extract<Act, { act: 'wake' }>): void => {
    // Times pass at once, but for the chute: that is the belt's business.
    if (enc !== undefined) wakes.push({ id, enc });
    else if (id.startsWith('confirm')) wakes.push({ id, enc: bench.enc + after });
    else ask({ ask: 'wake', id, now: now() });
  };
  const station = createStation({
    settings: SETTINGS.plc,
    tags,
    isLockStep: false,
    act: perform,
    isWatched: () => bench.watched,
  });
  const bench: Bench = {
    tags,
    station,
    blows: [],
    states: [],
    enc: 0,
    watched: true,
    press: (command) => ask({ ask: 'button', command, now: now() }).refused,
    move(to) {
      for (;;) {
        wakes = wakes.toSorted((a, b) => a.enc - b.enc);
        const [first] = wakes;
        if (!isRunning || !first || first.enc > to) break;
        wakes.shift();
        bench.enc = Math.max(bench.enc, first.enc);
        ask({ ask: 'wake', id: first.id, now: now() });
      }
      if (isRunning) bench.enc = to;
      t += 1;
    },
    edge: (sensor) => void ask({ ask: 'edge', sensor, now: now() }),
    verdict(seq, pass) {
      verdictHead = (verdictHead + 1) & 0xffff;
      const row = [seq, pass ? 1 : 2, 0];
      verdicts.set([...row, crc(row)], 1 + 4 * (verdictHead % DEPTH));
      verdicts[0] = verdictHead;
      station.verdicts(verdicts);
    },
    outs() {
      const head = tags.out.words[0] ?? 0;
      if (head === 65_535) return [];
      return Array.from({ length: head + 1 }, (_, e) => [
        tags.out.words[1 + 4 * e] ?? -1,
        tags.out.words[2 + 4 * e] ?? -1,
      ]);
    },
  };
  return bench;
}

function running(): Bench {
  const bench = createBench();
  bench.tags.linePermit = 1;
  bench.station.refresh();
  bench.press(RESET);
  bench.press(START);
  return bench;
}

/** Lets one item pass by itself from eye to eye, with the verdict on its way. */
function pass(bench: Bench, verdict: boolean | undefined): void {
  const start = bench.enc + 200;
  bench.move(start);
  bench.edge('PE2');
  bench.move(start + 120);
  bench.edge('PE2-off');
  if (verdict !== undefined) bench.verdict(bench.tags.trig.words[0] ?? 0, verdict);
  bench.move(start + 550);
  if (bench.enc < start + 550) return; // The line stopped on the way.
  bench.edge('PE3');
  const blows = bench.blows.length;
  bench.move(start + 840);
  if (bench.blows.length > blows) bench.edge('PE4');
  else {
    bench.move(start + 950);
    bench.edge('PE5');
  }
}

describe('the emulated PLC', () => {
  it('reaches Execute by Reset and Start, through its acting states', () => {
    expect(running().states).toEqual([15, IDLE, 3, EXECUTE]);
  });

  it.each([
    ['Start in Stopped', START, STOPPED],
    ['Unhold in Stopped', UNHOLD, STOPPED],
    ['Hold in Stopped', HOLD, STOPPED],
    ['Clear in Stopped', CLEAR, STOPPED],
    ['Stop in Stopped', STOP, STOPPED],
    ['Complete in Stopped', COMPLETE, STOPPED],
    ['a command that does not exist', 77, STOPPED],
  ])('refuses %s', (_says, command, state) => {
    const bench = createBench();
    bench.tags.linePermit = 1;
    bench.station.refresh();
    expect([bench.press(command ?? 0), bench.tags.lineState]).toEqual(['not in this state', state]);
  });

  it('refuses Start without the permit, and without a watched workstation', () => {
    const bench = createBench();
    bench.press(RESET);
    expect(bench.press(START)).toBe('no permit');
    bench.tags.linePermit = 1;
    bench.watched = false;
    expect(bench.press(START)).toBe('no permit');
    bench.watched = true;
    expect(bench.press(START)).toBeUndefined();
  });

  it('lets a PASS through, and diverts a FAIL and an item without verdict', () => {
    const bench = running();
    pass(bench, true);
    pass(bench, false);
    pass(bench, undefined);
    expect(bench.outs()).toEqual([
      [0, 1],
      [1, 2],
      [2, 2],
    ]);
  });

  it('opens the jet so that its middle meets the middle of the item', () => {
    const bench = running();
    bench.move(1000);
    const start = bench.enc;
    bench.edge('PE2');
    bench.move(start + 550);
    bench.edge('PE3');
    bench.move(start + 800);
    expect(bench.blows).toEqual([start + 650 + 60 - 25.5]);
  });

  it('reports a verdict after the deadline as late and diverts all the same', () => {
    const bench = running();
    bench.move(1000);
    const start = bench.enc;
    bench.edge('PE2');
    bench.move(start + 360);
    bench.verdict(0, true);
    bench.verdict(9, true);
    bench.move(start + 550);
    bench.edge('PE3');
    bench.move(start + 760);
    bench.edge('PE4');
    expect(bench.outs()).toEqual([
      [0, 6],
      [9, 6],
      [0, 2],
    ]);
  });

  it('uses no verdict whose CRC does not fit', () => {
    const bench = running();
    bench.edge('PE2');
    const words = new Uint16Array(1 + 4 * DEPTH);
    words.set([0, 0, 1, 0, 12_345]);
    bench.station.verdicts(words);
    bench.move(bench.enc + 400);
    expect(bench.outs()).toEqual([]);
  });

  it('stops at once when a divert is not confirmed, and loses what it tracked on Clear', () => {
    const bench = running();
    bench.move(1000);
    const start = bench.enc;
    bench.edge('PE2');
    bench.move(start + 120);
    bench.edge('PE2-off');
    bench.move(start + 400);
    bench.edge('PE2');
    bench.move(start + 550);
    bench.edge('PE3');
    bench.move(start + 1100);
    expect([bench.outs(), bench.tags.lineState]).toEqual([[[0, 3]], ABORTED]);
    bench.press(CLEAR);
    expect([bench.outs(), bench.tags.lineState]).toEqual([
      [
        [0, 3],
        [1, 4],
      ],
      STOPPED,
    ]);
  });

  it('stops at once when an item marked for divert leaves by the good exit', () => {
    const bench = running();
    bench.move(1000);
    const start = bench.enc;
    bench.edge('PE2');
    bench.move(start + 550);
    bench.edge('PE3');
    bench.move(start + 940);
    bench.edge('PE5');
    expect([bench.outs(), bench.tags.lineState]).toEqual([[[0, 3]], ABORTED]);
  });

  it('stops at once when something falls into the chute unasked', () => {
    const bench = running();
    bench.edge('PE4');
    expect([bench.outs(), bench.tags.lineState]).toEqual([[[65_535, 5]], ABORTED]);
  });

  it('holds after three failures in a row, and after as many as the limits say', () => {
    const byDefault = running();
    for (let n = 0; n < 3; n++) pass(byDefault, false);
    const bench = createBench();
    bench.tags.limits = [2, 0, 0, 0];
    bench.tags.linePermit = 1;
    bench.station.refresh();
    bench.press(RESET);
    bench.press(START);
    pass(bench, false);
    expect(bench.tags.lineState).toBe(EXECUTE);
    pass(bench, false);
    expect([byDefault.tags.lineState, bench.tags.lineState]).toEqual([HELD, HELD]);
  });

  it('purges the zone on Unhold: what was in it is diverted whatever its verdict, and flagged b3 behind the eye', () => {
    const bench = running();
    bench.move(1000);
    const start = bench.enc;
    bench.edge('PE2');
    bench.move(start + 120);
    bench.edge('PE2-off');
    bench.verdict(0, true);
    bench.station.command(HOLD ?? 0);
    expect(bench.tags.lineState).toBe(HELD);
    expect(bench.press(UNHOLD ?? 0)).toBeUndefined();
    expect(bench.tags.permits() & 0b100000).toBe(0);
    bench.move(start + 300);
    bench.edge('PE2');
    bench.move(start + 550);
    bench.edge('PE3');
    bench.move(start + 780);
    bench.edge('PE4');
    const flags = bench.tags.trig.words[1 + 4 + 3] ?? 0;
    expect([bench.outs(), flags & 0x8008]).toEqual([[[0, 2]], 0x8008]);
    bench.move(start + 850);
    bench.edge('PE3');
    bench.move(start + 1080);
    bench.edge('PE4');
    bench.move(start + 1500);
    expect([bench.tags.lineState, bench.tags.permits() & 0b100000]).toEqual([EXECUTE, 0b100000]);
  });

  it('runs the zone empty with its verdicts on Complete', () => {
    const bench = running();
    bench.move(1000);
    bench.station.command(COMPLETE ?? 0);
    expect([bench.tags.lineState, bench.tags.permits() & 0b100000]).toEqual([16, 0]);
    pass(bench, true);
    bench.move(bench.enc + 3000);
    expect([bench.outs(), bench.tags.lineState]).toEqual([[[0, 1]], COMPLETED]);
  });

  it('just closes the infeed when the permit goes', () => {
    const bench = running();
    bench.tags.linePermit = 0;
    bench.station.refresh();
    expect([bench.tags.lineState, bench.tags.permits() & 0b100000]).toEqual([EXECUTE, 0]);
  });

  it('diverts the zone and holds when the workstation is no longer alive', () => {
    const bench = running();
    bench.move(1000);
    const start = bench.enc;
    bench.edge('PE2');
    bench.move(start + 120);
    bench.edge('PE2-off');
    bench.verdict(0, true);
    bench.watched = false;
    bench.station.refresh();
    bench.move(start + 550);
    bench.edge('PE3');
    bench.move(start + 780);
    bench.edge('PE4');
    expect([bench.outs(), bench.tags.lineState]).toEqual([[[0, 2]], EXECUTE]);
    bench.move(start + 4000);
    expect(bench.tags.lineState).toBe(HELD);
  });

  it('diverts an item that follows too closely, and both its neighbours', () => {
    const bench = running();
    bench.move(1000);
    const start = bench.enc;
    for (const [at, sensor] of [
      [0, 'PE2'],
      [120, 'PE2-off'],
      [130, 'PE2'],
      [250, 'PE2-off'],
      [330, 'PE2'],
    ] as const) {
      bench.move(start + at);
      bench.edge(sensor);
    }
    const flags = [0, 1, 2].map((row) => bench.tags.trig.words[1 + 4 * row + 3]);
    expect(flags).toEqual([0x8010, 0x8014, 0x8010]);
  });

  it('knows nothing after a restart but a new epoch, and diverts strangers without rows', () => {
    const bench = running();
    bench.move(1000);
    bench.edge('PE2');
    const start = bench.enc;
    const reply = bench.station.answer({ ask: 'restart', now: { t: 0, enc: bench.enc, v: 1000 } });
    if (reply instanceof Promise) throw new Error('a restart waits for nobody');
    expect([bench.tags.epoch, bench.tags.trig.words[0], bench.tags.lineState]).toEqual([2, 65_535, STOPPED]);
    bench.tags.linePermit = 1;
    bench.station.refresh();
    bench.press(RESET);
    bench.press(START);
    bench.move(start + 550);
    bench.edge('PE3');
    bench.move(start + 780);
    bench.edge('PE4');
    bench.move(start + 2000);
    expect([bench.outs(), bench.blows.length, bench.tags.lineState]).toEqual([[], 1, EXECUTE]);
  });

  it('aborts from everywhere and is cleared by hand', () => {
    const bench = running();
    bench.press(ABORT ?? 0);
    expect(bench.tags.lineState).toBe(ABORTED);
    expect(bench.press(RESET ?? 0)).toBe('not in this state');
  });

  it('computes the CRC of the page', () => {
    const rows = [
      [0, 1, 0],
      [65_535, 2, 17],
      [4711, 1, 300],
    ];
    expect(rows.map(crc16)).toEqual(rows.map(crc));
    // The request 01 03 00 00 00 0A of many a Modbus manual ends in C5 CD, low byte first.
    expect(crc16([0x0103, 0x0000, 0x000a])).toBe(0xcdc5);
  });
});
