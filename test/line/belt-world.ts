import { advance, type LineSignal } from '#line/advance.ts';
import type { Effect } from '#line/effect.ts';
import { serialAt } from '#line/ledger.ts';
import { codeOf, EXECUTE, freshLine, PLC, PRINTER, READER, readingOf } from './example-line.ts';

/** Where things stand along the belt, in encoder counts from the trigger eye. */
const HEAD = -60;
const CAMERA = 50;
const DEADLINE = 150;
const EXIT = 250;
const HELD = 11;
const PURGE = 0b01000;
const HOUR = 3_600_000;
/** Ticks for which news of a device may be on their way. */
const SLOWEST = 2;

export const BELT_FAULTS = [
  ...(['no-print', 'record-skipped', 'trigger-missed', 'poor-print', 'taken-before-camera'] as const),
  ...(['taken-behind-camera', 'reader-power', 'reader-cable', 'printer-away', 'held'] as const),
  ...(['clock-back', 'clock-forward'] as const),
];
export type BeltFault = (typeof BELT_FAULTS)[number];

interface Carton {
  x: number;
  seq: number;
  serial: number;
  poor: boolean;
  purged: boolean;
  taken: boolean;
  fate: 'pass' | 'divert' | undefined;
  verdict: { readonly pass: boolean; readonly serial: number } | undefined;
}

interface News {
  readonly due: number;
  readonly signal: LineSignal;
}

/** A small generator of numbers 0..1 that the same seed repeats. */
function dice(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** A belt with cartons on it, a head that prints, a reader that counts and a divert: what a line is paired with. */
export function beltWorld(seed: number, { isAnewTold }: { readonly isAnewTold: boolean }) {
  const chance = dice(seed);
  const line = freshLine({
    serials: 4000,
    expected: { quantity: 3500 },
    settings: { toCamera: { distance: CAMERA, tolerance: 3 }, consecutiveFailures: 30 },
  });
  const cartons: Carton[] = [];
  const queue: number[] = [];
  const plcNews: News[] = [];
  const readerNews: News[] = [];
  const wrong: string[] = [];
  const pending = new Set<BeltFault>();
  let [tick, encoder, seq, event, count, coast, good, stops] = [0, 0, -1, -1, 0, 0, 0, 0];
  let belt: 'runs' | 'stopping' | 'stands' = 'stands';
  let nextFeed = 0;
  let isOpen = false;
  let isPurging = false;
  let isCounting = true;
  let isReaderHeard = true;
  let beganAnew = false;
  let handled = false;
  let coded = 0;
  let clockSet = 0;

  /** The time on the wall, which anybody may set. */
  const now = (): number => tick + clockSet;
  const tell = (signal: LineSignal): void => obey(advance(line, signal, tick));
  function obey(effects: readonly Effect[]): void {
    for (const [index, effect] of effects.entries()) {
      if (effect.kind === 'send-verdict') hear(effect, effects[index - 1]);
      else act(effect);
    }
  }
  function act(effect: Effect): void {
    switch (effect.kind) {
      case 'print':
        for (let n = 0; n < effect.count; n += 1) queue.push(effect.first + n);
        return;
      case 'disarm-printer':
        queue.length = 0;
        return;
      case 'permit':
        isOpen = effect.open;
        return;
      case 'machine':
        if (belt === 'runs') stop();
        return;
      case 'suspend-run':
        stops += 1;
        return;
      default:
    }
  }
  function hear({ seq: about, pass }: Extract<Effect, { kind: 'send-verdict' }>, before: Effect | undefined): void {
    const carton = cartons.find((one) => one.seq === about);
    if (carton === undefined) return;
    const serial = before?.kind === 'record' ? (before.fact.serial ?? -1) : -1;
    carton.verdict = { pass, serial };
    if (pass && serial !== carton.serial && !handled) wrong.push(`PASS of item ${about} on the code of another`);
  }
  function stop(): void {
    belt = 'stopping';
    isOpen = false;
    coast = Math.floor(chance() * 70);
  }
  const later = (news: News[], signal: LineSignal, slowest = SLOWEST): void => {
    const last = news.at(-1)?.due ?? 0;
    news.push({ due: Math.max(last, tick + Math.floor(chance() * (slowest + 1))), signal });
  };
  const take = (fault: BeltFault): boolean => pending.delete(fault);

  function print(carton: Carton): void {
    if (take('no-print') || queue.length === 0) return;
    if (take('record-skipped')) queue.shift();
    carton.serial = queue.shift() ?? -1;
    carton.poor = take('poor-print');
  }
  function trigger(carton: Carton): void {
    carton.seq = ++seq;
    const row = { epoch: 1, seq: seq & 0xffff, encoder: encoder >>> 0, flags: carton.purged ? PURGE : 0 };
    later(plcNews, { kind: 'item-triggered', at: now(), device: PLC, trigger: row });
  }
  function picture(carton: Carton): void {
    if (carton.taken || !isCounting) return;
    // Beside an item without a code, or just after a start, nothing but the place of the pictures would tell.
    if (coded >= 2 && carton.serial >= 0 && take('trigger-missed')) return;
    coded = carton.serial >= 0 && isReaderHeard && !isPurging ? coded + 1 : 0;
    count += 1;
    if (isReaderHeard) read(carton);
  }
  function read({ serial, poor }: Carton): void {
    const text = serial < 0 ? '' : codeOf(serialAt(line.ledger, serial));
    const kind = text === '' ? 'no-read' : 'read';
    const anew = beganAnew && isAnewTold ? { anew: true as const } : {};
    beganAnew = false;
    const reading = readingOf(text, { trigger: count, image: count, kind, grade: poor ? 3 : 35, at: now(), ...anew });
    // Now and then a picture is looked at for longer than a person takes to let the line go on.
    later(readerNews, { kind: 'item-read', at: now(), device: READER, reading }, chance() < 0.05 ? 12 : SLOWEST);
  }
  function leave(carton: Carton): void {
    const outcome = carton.taken ? 'lost' : carton.fate === 'pass' && !carton.purged ? 'good-exit' : 'diverted';
    if (carton.taken) purge();
    if (outcome === 'good-exit') {
      good += 1;
      if (carton.verdict?.serial !== carton.serial) wrong.push(`item ${carton.seq} left good on the code of another`);
    }
    const about = {
      at: now(),
      device: PLC,
      epoch: 1,
      event: ++event & 0xffff,
      seq: carton.seq & 0xffff,
      outcome,
    } as const;
    later(plcNews, { kind: 'outcome-reported', ...about });
  }
  function purge(): void {
    isPurging = true;
    for (const carton of cartons) carton.purged = true;
  }
  function pass(carton: Carton, from: number): void {
    const crosses = (place: number): boolean => from < place && carton.x >= place;
    if (crosses(HEAD)) print(carton);
    if (crosses(0)) trigger(carton);
    if (crosses(CAMERA)) picture(carton);
    if (crosses(DEADLINE)) carton.fate = carton.verdict?.pass === true ? 'pass' : 'divert';
    if (crosses(EXIT)) leave(carton);
  }
  function feed(): void {
    nextFeed -= 1;
    if (!isOpen || isPurging || nextFeed > 0) return;
    nextFeed = 80 + Math.floor(chance() * 80);
    const fresh = { x: -100, seq: -1, serial: -1, poor: false, purged: false, taken: false };
    cartons.push({ ...fresh, fate: undefined, verdict: undefined });
  }
  /** One count at a time: news of cartons come in the order in which they move. */
  function move(counts: number): void {
    for (let n = 0; n < counts; n += 1) {
      encoder += 1;
      feed();
      for (const carton of cartons) {
        carton.x += 1;
        pass(carton, carton.x - 1);
      }
      while ((cartons[0]?.x ?? 0) >= EXIT) cartons.shift();
      if (cartons.every(({ purged }) => !purged)) isPurging = false;
    }
  }
  function deliver(news: News[]): void {
    for (let next = news[0]; next !== undefined && next.due <= tick; next = news[0]) {
      news.shift();
      tell({ ...next.signal, at: now() });
    }
  }
  function come(): void {
    // What is due at one time may come in either order; news of one device never overtake each other.
    for (const news of chance() < 0.5 ? [plcNews, readerNews] : [readerNews, plcNews]) deliver(news);
  }
  function stand(): void {
    belt = 'stands';
    later(plcNews, { kind: 'machine-changed', at: now(), device: PLC, state: HELD, permits: 63 });
    later(plcNews, { kind: 'belt-changed', at: now(), device: PLC, encoder: encoder >>> 0 });
  }
  /** A standstill is longer than any news takes. */
  function wait(): void {
    for (let n = 0; n <= SLOWEST; n += 1) {
      tick += 1;
      come();
    }
  }
  function takeOff(from: number, to: number): void {
    const carton = cartons.find(({ x }) => x >= from && x < to);
    if (carton === undefined) return;
    carton.taken = true;
    handled = true;
  }
  /** It is noticed a while later, while the belt goes on. */
  function loseReader(): void {
    isReaderHeard = false;
    readerNews.length = 0;
    for (let n = Math.floor(chance() * 6); n > 0; n -= 1) world.run();
    tell({ kind: 'device-lost', at: now(), device: READER, detail: 'silence' });
  }
  function readerBack(): void {
    isCounting = true;
    isReaderHeard = true;
    tell({ kind: 'device-connected', at: now(), device: READER });
  }

  /** The others wait for the next item that they can happen to. */
  const CAUSES: Readonly<Partial<Record<BeltFault, () => void>>> = {
    held: () => tell({ kind: 'withdrawn', at: now() }),
    'printer-away': () => tell({ kind: 'device-lost', at: now(), device: PRINTER, detail: 'silence' }),
    'reader-power': () => {
      isCounting = false;
      beganAnew = true;
      count = 0;
      loseReader();
    },
    'reader-cable': loseReader,
    'clock-back': () => {
      clockSet -= HOUR;
    },
    'clock-forward': () => {
      clockSet += HOUR;
    },
    'taken-before-camera': () => takeOff(0, CAMERA),
    'taken-behind-camera': () => takeOff(CAMERA, EXIT),
  };

  const world = {
    line,
    wrong,
    get good() {
      return good;
    },
    get stops() {
      return stops;
    },
    get stands() {
      return belt === 'stands';
    },
    /** The belt moves for a while; whoever has news gives them. */
    run(): void {
      tick += 1;
      if (belt === 'runs') move(5 + Math.floor(chance() * 20));
      else if (belt === 'stopping') {
        const counts = Math.min(coast, 8);
        coast -= counts;
        move(counts);
        if (coast === 0) stand();
      }
      come();
    },
    cause(fault: BeltFault): void {
      const cause = CAUSES[fault];
      if (cause === undefined) pending.add(fault);
      else cause();
    },
    /** A person lets the line go on, once it stands: devices are back, the machine is started, and purges its zone. */
    resume(): void {
      if (belt !== 'stands') return;
      wait();
      readerBack();
      tell({ kind: 'device-connected', at: now(), device: PRINTER });
      tell({ kind: 'released', at: now() });
      if (!isOpen) return;
      belt = 'runs';
      coded = 0;
      purge();
      for (const state of [12, EXECUTE]) {
        later(plcNews, { kind: 'machine-changed', at: now(), device: PLC, state, permits: 63 });
      }
      later(plcNews, { kind: 'belt-changed', at: now(), device: PLC, encoder: undefined });
    },
  };
  for (const device of [PRINTER, READER, PLC]) tell({ kind: 'device-connected', at: 0, device });
  tell({ kind: 'epoch-seen', at: 0, device: PLC, epoch: 1, seq: 0xffff, event: 0xffff, fresh: true });
  stand();
  world.resume();
  return world;
}
