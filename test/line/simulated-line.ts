import { advance, type LineSignal } from '#line/advance.ts';
import type { Effect } from '#line/effect.ts';
import { serialAt } from '#line/ledger.ts';
import type { LineState } from '#line/line-state.ts';
import type { Outcome, Reading } from '#line/signal.ts';
import { codeOf, freshLine, PLC, PRINTER, READER, RECORD_BASE, readingOf } from './example-line.ts';

/** What happens on a good day; each word is one turn of the small world around the line. */
export const CALM = ['cycle', 'cycle', 'cycle', 'cycle', 'cycle', 'item', 'leave', 'progress', 'empty'] as const;

/** What goes wrong, at the devices, on the belt and on the wires. */
export const TROUBLE = [
  ...['blank', 'unread', 'poor', 'wrong-lot', 'foreign', 'again', 'no-picture', 'skipped', 'wrong-picture', 'flagged'],
  ...['purged', 'early-reading', 'late-verdict', 'diverted', 'divert-failed', 'lost', 'unexpected-divert', 'good-exit'],
  ...['hold', 'end', 'lose-printer', 'lose-reader', 'lose-plc', 'fault', 'reset', 'epoch', 'trigger-rows'],
  ...[
    'outcome-rows',
    'record-failed',
    'unsolicited',
    'stray-outcome',
    'stray-trigger',
    'stray-reading',
    'machine-held',
    'printed-elsewhere',
    'out-of-step',
  ],
] as const;

export type Action = (typeof CALM)[number] | (typeof TROUBLE)[number] | 'recover';

interface Leaving {
  readonly item: number;
  readonly pass: boolean;
}

/**
 * A printer with a queue, a camera and a divert, small enough to check after every step. Physical truth is kept here;
 * the line only hears of it by signals.
 */
export function simulatedLine(serials: number, quantity: number) {
  const line = freshLine({ serials, expected: { quantity } });
  let at = 1_000;
  let epoch = 1;
  let items = -1;
  let events = -1;
  let triggers = 0;
  let lastPrinted = -1;
  let ended = false;
  /** Indexes in the printer's queue, on the belt before the camera, and seen by it before. */
  let queue: number[] = [];
  let leaving: Leaving[] = [];
  let pending: Effect[] = [];
  const seen: number[] = [];
  /** What the printer has begun by itself, and what of it was handed over all the same. */
  const begun = new Set<number>();
  const doubled: number[] = [];

  function tell(signal: LineSignal): void {
    const effects = advance(line, signal);
    pending.push(...effects);
    for (const effect of effects) obey(effect);
  }

  function obey(effect: Effect): void {
    if (effect.kind === 'print') {
      for (let index = effect.first; index < effect.first + effect.count; index += 1) {
        queue.push(index);
        if (begun.has(index)) doubled.push(index);
      }
    }
    if (effect.kind === 'disarm-printer') queue = [];
    if (effect.kind === 'end-run') ended = true;
    if (effect.kind === 'send-verdict') leaving.push({ item: effect.seq, pass: effect.pass });
  }

  const now = (): number => {
    at += 50;
    return at;
  };
  const trigger = (flags = 0): void => {
    items += 1;
    tell({
      kind: 'item-triggered',
      at: now(),
      device: PLC,
      trigger: { epoch, seq: items & 0xffff, encoder: 0, flags },
    });
  };
  const answer = (text: string | undefined, part: Partial<Reading> = {}): void => {
    triggers += 1;
    const kind = text === undefined ? 'no-read' : 'read';
    const reading = readingOf(text ?? '', { trigger: triggers, image: triggers, kind, at, ...part });
    tell({ kind: 'item-read', at: now(), device: READER, reading });
  };
  const text = (index: number | undefined): string | undefined =>
    index === undefined ? undefined : codeOf(serialAt(line.ledger, index));
  /** The next item comes from the head to the camera with what was printed on it. */
  const next = (): number | undefined => {
    const index = queue.shift();
    if (index === undefined) return undefined;
    lastPrinted = Math.max(lastPrinted, index);
    seen.push(index);
    return index;
  };
  const item = (part: Partial<Reading> = {}, flags = 0): void => {
    const index = next();
    trigger(flags);
    answer(text(index), part);
  };
  const leave = (outcome?: Outcome): void => {
    const first = leaving.shift();
    if (first === undefined) return;
    report(outcome ?? (first.pass ? 'good-exit' : 'diverted'), first.item);
    if (outcome === 'late-verdict' || outcome === 'unexpected-divert') leaving.unshift(first);
  };
  const report = (outcome: Outcome, seq: number): void => {
    events += 1;
    tell({ kind: 'outcome-reported', at: now(), device: PLC, epoch, event: events & 0xffff, seq, outcome });
  };
  const machine = (state: number): void =>
    tell({ kind: 'machine-changed', at: now(), device: PLC, state, permits: 63 });
  const lose = (device: string): void => tell({ kind: 'device-lost', at: now(), device, detail: 'silence' });
  const startEpoch = (): void => {
    epoch += 1;
    items = -1;
    events = -1;
    leaving = [];
    tell({ kind: 'epoch-seen', at: now(), device: PLC, epoch, seq: 0xffff, event: 0xffff, fresh: true });
  };
  const lostRows = (ring: 'trigger' | 'outcome'): void => {
    if (ring === 'trigger') items += 2;
    else events += 2;
    tell({ kind: 'rows-lost', at: now(), device: PLC, ring, count: 2 });
  };
  const outcome = (kind: Outcome) => (): void => leave(kind);

  const turns: Readonly<Record<Action, () => void>> = {
    cycle: () => {
      item();
      turns.progress();
      leave();
    },
    item: () => item(),
    leave: () => leave(),
    blank: () => {
      trigger();
      answer(undefined);
    },
    unread: () => {
      next();
      trigger();
      answer(undefined);
    },
    poor: () => item({ grade: 3 }),
    'wrong-lot': () => {
      const index = next();
      trigger();
      answer(index === undefined ? undefined : codeOf(serialAt(line.ledger, index), { lot: 'OTHER' }));
    },
    foreign: () => {
      trigger();
      answer(codeOf('FOREIGN', { gtin: '09521234000174' }));
    },
    again: () => {
      trigger();
      answer(text(seen.at(-3)));
    },
    'no-picture': () => {
      next();
      trigger();
      triggers += 1;
    },
    skipped: () => {
      queue.shift();
      item();
    },
    'wrong-picture': () => item({ image: triggers }),
    flagged: () => item({}, 0b00100),
    purged: () => item({}, 0b01000),
    'early-reading': () => {
      answer(text(next()));
      trigger();
    },
    'late-verdict': outcome('late-verdict'),
    diverted: outcome('diverted'),
    'divert-failed': outcome('divert-failed'),
    lost: outcome('lost'),
    'unexpected-divert': outcome('unexpected-divert'),
    'good-exit': outcome('good-exit'),
    progress: () => {
      const printed = RECORD_BASE + lastPrinted;
      const entries = queue.length;
      tell({ kind: 'print-progress', at: now(), device: PRINTER, printed, started: printed, entries, printGos: 0 });
    },
    recover: () => {
      for (const device of [...line.offline]) {
        if (device === READER) triggers = 0;
        tell({ kind: 'device-connected', at: now(), device });
      }
      for (const device of [...line.faulty]) tell({ kind: 'device-fault-cleared', at: now(), device });
      tell({ kind: 'record-restored', at: now() });
      if (!ended) tell({ kind: 'released', at: now() });
      machine(6);
    },
    hold: () => tell({ kind: 'withdrawn', at: now() }),
    end: () => {
      if (seen.length > quantity / 2 && !ended) tell({ kind: 'end-wanted', at: now() });
    },
    empty: () => {
      if (line.mode !== 'running-out') return;
      while (leaving.length > 0) leave();
      machine(16);
      machine(17);
      machine(6);
    },
    'lose-printer': () => lose(PRINTER),
    'lose-reader': () => lose(READER),
    'lose-plc': () => lose(PLC),
    fault: () =>
      tell({ kind: 'device-fault', at: now(), fault: { code: '2007', device: PRINTER, detail: 'head cover open' } }),
    reset: () => {
      queue = [];
      tell({ kind: 'device-fault', at: now(), fault: { code: 'reset', device: PRINTER, detail: 'switched off' } });
    },
    epoch: startEpoch,
    'trigger-rows': () => lostRows('trigger'),
    'outcome-rows': () => lostRows('outcome'),
    'record-failed': () => tell({ kind: 'record-failed', at: now(), cause: 'disk-full', detail: 'no room' }),
    unsolicited: () => tell({ kind: 'unsolicited', at: now(), device: READER, detail: '?' }),
    'stray-outcome': () => report('diverted', (items + 5) & 0xffff),
    'stray-trigger': () =>
      tell({
        kind: 'item-triggered',
        at: now(),
        device: PLC,
        trigger: { epoch, seq: items & 0xffff, encoder: 0, flags: 0 },
      }),
    'stray-reading': () => answer(text(seen.at(-1)), { trigger: Math.max(triggers - 1, 0) }),
    'machine-held': () => machine(11),
    'printed-elsewhere': () => {
      const last = Math.min(line.ledger.nextToSend + 2, line.ledger.size - 1);
      for (let index = line.ledger.nextToSend; index <= last; index += 1) begun.add(index);
      lastPrinted = Math.max(lastPrinted, last);
      turns.progress();
    },
    'out-of-step': () => {
      items += 40_000;
      events += 40_000;
      leaving = [];
      const counts = { epoch, seq: items & 0xffff, event: events & 0xffff };
      tell({ kind: 'epoch-seen', at: now(), device: PLC, ...counts, fresh: true });
    },
  };

  startEpoch();
  turns.recover();

  return {
    line: line as LineState,
    doubled: doubled as readonly number[],
    /** One turn; what the line asked for in it. */
    turn(action: Action): readonly Effect[] {
      pending = [];
      turns[action]();
      return pending;
    },
    /** What the line asked for while the world was being set up. */
    start: pending as readonly Effect[],
    now,
  };
}
