import { advance, type LineSignal } from '#line/advance.ts';
import type { Effect } from '#line/effect.ts';
import type { Fact } from '#line/fact.ts';
import { openLedger, type PackedSerials } from '#line/ledger.ts';
import { type Expected, idleLine, type LineSettings, type LineState } from '#line/line-state.ts';
import type { Outcome, Reading } from '#line/signal.ts';

export const EXPECTED: Expected = {
  gtin: '09521234543213',
  lot: 'EX24A01',
  expiry: '281122',
  minGrade: 15,
  quantity: 40,
};

export const PRINTER = 'printer-1';
export const READER = 'reader-1';
export const PLC = 'plc-1';

export const SETTINGS: LineSettings = {
  consecutiveFailures: 3,
  queueDepth: 8,
  runOutReserve: 4,
  devices: [PRINTER, READER, PLC],
  reader: READER,
};

export const EXECUTE = 6;
export const RECORD_BASE = 1001;

/** The serial at an index of the example allocation. */
export const serial = (index: number): string => `S${String(index).padStart(5, '0')}`;

/** Serials as an allocation packs them; `stride` may be wider than the longest. */
export function pack(
  texts: readonly string[],
  stride = Math.max(1, ...texts.map((text) => text.length)),
): PackedSerials {
  const bytes = new Uint8Array(texts.length * stride);
  texts.forEach((text, index) => {
    bytes.set(Buffer.from(text, 'latin1'), index * stride);
  });
  return { count: texts.length, stride, bytes };
}

export const serials = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => serial(index));

export interface Code {
  readonly gtin?: string;
  readonly lot?: string;
  readonly expiry?: string;
}

/** What the printed code of a serial reads. */
export function codeOf(text: string, { gtin, lot, expiry }: Code = {}): string {
  return `01${gtin ?? EXPECTED.gtin}21${text}\u001d17${expiry ?? EXPECTED.expiry}10${lot ?? EXPECTED.lot}`;
}

export function readingOf(text: string, part: Partial<Reading> = {}): Reading {
  return { trigger: 1, image: 1, kind: 'read', text, aim: ']d2', grade: 35, at: 5, ...part };
}

export interface Setting {
  readonly serials?: number;
  readonly expected?: Partial<Expected>;
  readonly settings?: Partial<LineSettings>;
}

export function freshLine({ serials: count = 60, expected, settings }: Setting = {}): LineState {
  return idleLine(
    openLedger(7, [pack(serials(count))]),
    { ...EXPECTED, ...expected },
    { ...SETTINGS, ...settings },
    RECORD_BASE,
  );
}

/** A line, what it was told to do so far, and the short ways in which a story tells it what happened. */
export function openStory(setting: Setting = {}) {
  const line = freshLine(setting);
  const effects: Effect[] = [];
  let at = 1_000;
  let ahead = 0;
  let triggers = 0;
  let items = -1;
  let events = -1;
  let epoch = 1;

  function tell(signal: LineSignal): readonly Effect[] {
    const next = advance(line, signal, at);
    effects.push(...next);
    return next;
  }
  const now = (): number => {
    at += 100;
    return at + ahead;
  };
  const story = {
    line,
    effects,
    tell,
    now,
    /** Somebody sets the wall clock: everything bears other times from here on, and nothing else has happened. */
    setClock(by: number): void {
      ahead += by;
    },
    connect(): void {
      for (const device of SETTINGS.devices) tell({ kind: 'device-connected', at: now(), device });
      tell({ kind: 'epoch-seen', at: now(), device: PLC, epoch, seq: 0xffff, event: 0xffff, fresh: true });
    },
    release(): readonly Effect[] {
      const next = tell({ kind: 'released', at: now() });
      tell({ kind: 'machine-changed', at: now(), device: PLC, state: EXECUTE, permits: 63 });
      return next;
    },
    /** The belt comes to rest with the encoder there; items are triggered every 100 counts. */
    rest: (encoder: number) => tell({ kind: 'belt-changed', at: now(), device: PLC, encoder }),
    /** A person resumes: the run is released, and the belt moves on. */
    resume(): readonly Effect[] {
      const next = story.release();
      return [...next, ...tell({ kind: 'belt-changed', at: now(), device: PLC, encoder: undefined })];
    },
    machine: (state: number) => tell({ kind: 'machine-changed', at: now(), device: PLC, state, permits: 63 }),
    /** An item crosses the camera trigger; items count from 0. */
    trigger(flags = 0): readonly Effect[] {
      items += 1;
      return tell({
        kind: 'item-triggered',
        at: now(),
        device: PLC,
        trigger: { epoch, seq: items & 0xffff, encoder: items * 100, flags },
      });
    },
    /** The reader's answer to its next trigger. */
    answer(text: string | undefined, part: Partial<Reading> = {}): readonly Effect[] {
      triggers += 1;
      const reading = readingOf(text ?? '', {
        trigger: triggers,
        image: triggers,
        kind: text === undefined ? 'no-read' : 'read',
        at: at + ahead + 1,
        ...part,
      });
      return tell({ kind: 'item-read', at: now(), device: READER, reading });
    },
    /** The reader's trigger wire missed an item: nothing comes for it, and its count goes on without it. */
    missReading(): void {
      triggers += 1;
    },
    item(index: number, flags = 0): readonly Effect[] {
      return [...story.trigger(flags), ...story.answer(codeOf(serial(index)))];
    },
    blank(): readonly Effect[] {
      return [...story.trigger(), ...story.answer(undefined)];
    },
    outcome(outcome: Outcome, item = items, rows = 1): readonly Effect[] {
      events += rows;
      return tell({
        kind: 'outcome-reported',
        at: now(),
        device: PLC,
        epoch,
        event: events & 0xffff,
        seq: item & 0xffff,
        outcome,
      });
    },
    good(index: number): readonly Effect[] {
      return [...story.item(index), ...story.outcome('good-exit')];
    },
    printed: (index: number, entries = 3) =>
      tell({
        kind: 'print-progress',
        at: now(),
        device: PRINTER,
        printed: RECORD_BASE + index,
        started: RECORD_BASE + index,
        entries,
        printGos: index + 1,
      }),
    /** A PLC whose counts no longer follow on those that were read: the next item is the one after `seq`. */
    countFrom(seq: number, event: number): readonly Effect[] {
      items = seq;
      events = event;
      return tell({ kind: 'epoch-seen', at: now(), device: PLC, epoch, seq, event, fresh: true });
    },
    newEpoch(): readonly Effect[] {
      epoch += 1;
      items = -1;
      events = -1;
      return tell({ kind: 'epoch-seen', at: now(), device: PLC, epoch, seq: 0xffff, event: 0xffff, fresh: true });
    },
    /** The reader came back and counts from the start. */
    readerRestarted(): readonly Effect[] {
      triggers = 0;
      return [
        ...tell({ kind: 'device-lost', at: now(), device: READER, detail: 'silence' }),
        ...tell({ kind: 'device-connected', at: now(), device: READER }),
      ];
    },
    lose: (device: string) => tell({ kind: 'device-lost', at: now(), device, detail: 'silence' }),
    back: (device: string) => tell({ kind: 'device-connected', at: now(), device }),
  };
  return story;
}

export type Story = ReturnType<typeof openStory>;

/** A story of a line whose devices answer and whose run was released. */
export function producing(setting: Setting = {}): Story {
  const story = openStory(setting);
  story.connect();
  story.release();
  return story;
}

export const factsOf = (effects: readonly Effect[]): readonly Fact[] =>
  effects.flatMap((effect) => (effect.kind === 'record' ? [effect.fact] : []));

export const verdictsOf = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.kind === 'send-verdict' ? [effect] : []));

export const alarmsOf = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.kind === 'alarm' ? [effect.change] : []));

/** Codes of the alarms that were raised. */
export const raisedBy = (effects: readonly Effect[]): readonly string[] =>
  alarmsOf(effects).flatMap((change) => (change.kind === 'raise' ? [change.code] : []));

export const kindsOf = (effects: readonly Effect[]): readonly string[] => effects.map(({ kind }) => kind);

/** What leaves a line that stops: in this order. */
export const STOP = ['alarm', 'permit', 'machine', 'disarm-printer', 'suspend-run'];
