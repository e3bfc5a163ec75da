import type { Figures } from '#line/figures.ts';
import { emptyFigures } from '#line/figures.ts';
import type { Ledger } from '#line/ledger.ts';
import type { Reading } from '#line/signal.ts';
import type { Millis } from '#line/time.ts';
import type { Verdict } from '#line/verdict.ts';

/** What every item of this run must say, and how it is to be printed. */
export interface Expected {
  readonly gtin: string;
  readonly lot: string;
  /** YYMMDD, as AI 17 encodes it. */
  readonly expiry: string;
  /** Tenths, 0..40. An item graded lower, or not at all, fails. */
  readonly minGrade: number;
  readonly quantity: number;
}

/** How this line is set up. */
export interface LineSettings {
  /** FAIL verdicts in a row that stop the line (IL-05). */
  readonly consecutiveFailures: number;
  /** Records kept waiting in the printer, and how many more than the quantity may ever be handed to it. */
  readonly queueDepth: number;
  readonly runOutReserve: number;
  /** Devices without which nothing runs, and which of them is the reader. */
  readonly devices: readonly string[];
  readonly reader: string;
  /** The reader counts pictures, not triggers: one that it missed does not show in its count. */
  readonly countsPicturesOnly?: boolean;
  /** From the trigger eye to the camera's field, in encoder counts; absent where nobody measured it. */
  readonly toCamera?: { readonly distance: number; readonly tolerance: number };
}

/** An item between the camera and the end of the line. */
export interface Tracked {
  readonly epoch: number;
  /** Unwrapped count of camera triggers in this epoch. */
  readonly item: number;
  readonly seq: number;
  /** Where the PLC's encoder stood when the trigger eye saw it; undefined after a restart, until the PLC says it again. */
  encoder?: number;
  flags: number;
  /** Index of the serial the verdict was given on; -1 for none. */
  serial: number;
  verdict: Verdict | undefined;
  late: boolean;
  /** It failed because the line stood, not because its picture was missed: that may still come, and then says nothing. */
  abandoned?: true;
}

/** How the reader's trigger numbers and the PLC's items belong together: item = trigger + offset. */
export interface Pairing {
  readonly epoch: number;
  readonly offset: number;
}

/** Where the PLC's rings were read up to. */
export interface PlcPosition {
  readonly epoch: number;
  /** Last item and event number known, unwrapped. -1 before the first. */
  readonly item: number;
  readonly event: number;
}

/**
 * All that the line knows of a run: one large value with one owner, who changes it in place through `advance` and
 * nothing else (decision 0002).
 */
export interface LineState {
  readonly ledger: Ledger;
  readonly expected: Expected;
  readonly settings: LineSettings;
  /** Added to a serial's index, this is its record number at the printer; unique for ever. */
  readonly recordBase: number;
  mode: 'idle' | 'producing' | 'suspended' | 'running-out';
  /** A person asked for the end: what is made is enough. */
  endWanted: boolean;
  /** When the signal came that is being dealt with, on a clock that nobody sets. */
  clock: Millis;
  plc: PlcPosition;
  pairing: Pairing | undefined;
  /** Oldest first. Items of one epoch; a new epoch empties it. */
  readonly items: Map<number, Tracked>;
  /** Readings that came before their trigger was seen. */
  readonly early: Reading[];
  lastTrigger: number;
  /** What its next reading has to prove, after the reader or this workstation was away, or after the belt stood. */
  toMeet: 'away' | 'stood' | undefined;
  /** Where the encoder stands while the belt does; undefined while it moves, or nothing is known of it. */
  rest: number | undefined;
  /** When the belt was last seen to have come to rest, by `clock`. A picture from before is late, and not the first after it. */
  restedAt: Millis;
  /** The item whose picture comes first, as the belt stood before it moved: one of two where it stood right under the camera. */
  awaited: { readonly from: number; readonly to: number } | undefined;
  /** Readings since the belt came to rest: late ones, or such as were quicker than the news that it moves. */
  readAtRest: number;
  /** The last item whose trigger row was lost: where it is, nobody knows. -1 for none. */
  unplaced: number;
  /** Index of the last serial read in order, and the item it was on; `isStart`: where the printer begins anew, none read yet. */
  lastRead: { readonly serial: number; readonly item: number; readonly isStart?: true } | undefined;
  /** The first serial that was sent since the printer was last armed: before it, numbers may have been voided. */
  armedFrom: number;
  /** Serials below this index were read, or passed without being read. */
  settled: number;
  consecutive: number;
  unreadInARow: number;
  lateVerdicts: number;
  lastPrinted: number;
  /** The record that the printer began last, by its own count; undefined before it said so. */
  printerAt: number | undefined;
  /** Where it stood before this run sent anything, behind all numbers of this run: the count of another record. */
  stoodAt: number | undefined;
  /** Up to which record a person was told that the printer is ahead. */
  toldAhead: number | undefined;
  /** The printer's queue was cleared: what was SENT and not seen has no known fate at the next release. */
  disarmed: boolean;
  machine: number;
  readonly offline: Set<string>;
  readonly faulty: Set<string>;
  readonly figures: Figures;
}

/** A line that waits for its release. Devices count as offline until they report. */
export function idleLine(ledger: Ledger, expected: Expected, settings: LineSettings, recordBase: number): LineState {
  return {
    ledger,
    expected,
    settings,
    recordBase,
    mode: 'idle',
    endWanted: false,
    clock: Number.NEGATIVE_INFINITY,
    plc: { epoch: -1, item: -1, event: -1 },
    pairing: undefined,
    items: new Map(),
    early: [],
    lastTrigger: 0,
    toMeet: undefined,
    rest: undefined,
    restedAt: Number.NEGATIVE_INFINITY,
    awaited: undefined,
    readAtRest: 0,
    unplaced: -1,
    lastRead: undefined,
    armedFrom: 0,
    settled: 0,
    consecutive: 0,
    unreadInARow: 0,
    lateVerdicts: 0,
    lastPrinted: -1,
    printerAt: undefined,
    stoodAt: undefined,
    toldAhead: undefined,
    disarmed: true,
    machine: 0,
    offline: new Set(settings.devices),
    faulty: new Set(),
    figures: emptyFigures(),
  };
}
