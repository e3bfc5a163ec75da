import { SERIAL_MOVES, SERIAL_STATES, type SerialState, STATE_CODE } from '#line/serial-state.ts';

/** Serials as they were allocated: `stride` bytes of ASCII each, zero-padded, in allocation order. */
export interface PackedSerials {
  readonly count: number;
  readonly stride: number;
  readonly bytes: Uint8Array;
}

/**
 * Every serial of one run, each in exactly one account. A serial is known by its index, its place in the allocation.
 * One owner changes it in place: copying a million states per item would cost the line its speed. About
 * stride + 6.4 bytes per serial, all outside the garbage collector's reach.
 */
export interface Ledger {
  readonly run: number;
  readonly size: number;
  readonly stride: number;
  readonly bytes: Uint8Array;
  /** Open addressing, index + 1, 0 = empty. */
  readonly slots: Uint32Array;
  /** State code in the low bits, SEEN when a verdict was given on it. */
  readonly states: Uint8Array;
  /** Items per account, by state code: kept beside the states, so that the balance costs nothing to read. */
  readonly accounts: Uint32Array;
  /** The first index that was never sent. Serials leave the allocation in order, once. */
  nextToSend: number;
}

const SEEN = 0x80;
const CODE = 0x0f;
const LOAD = 0.75;

/**
 * Opens the ledger of a run with everything ALLOCATED. Linear in the number of serials; 1 M in about 0.1 s. A single
 * block's bytes become the ledger's own, uncopied.
 */
export function openLedger(run: number, blocks: readonly PackedSerials[]): Ledger {
  const size = blocks.reduce((sum, block) => sum + block.count, 0);
  const stride = blocks.reduce((widest, block) => Math.max(widest, block.stride), 1);
  const [only] = blocks;
  const isWhole = blocks.length === 1 && only?.bytes.length === size * stride;
  const bytes = isWhole ? only.bytes : joined(blocks, size, stride);
  const slots = new Uint32Array(Math.floor(size / LOAD) + 2);
  const ledger = {
    run,
    size,
    stride,
    bytes,
    slots,
    states: new Uint8Array(size),
    accounts: noAccounts(),
    nextToSend: 0,
  };
  ledger.accounts[STATE_CODE.ALLOCATED] = size;
  for (let index = 0; index < size; index += 1) insert(ledger, index);
  return ledger;
}

function joined(blocks: readonly PackedSerials[], size: number, stride: number): Uint8Array {
  const bytes = new Uint8Array(size * stride);
  let at = 0;
  for (const block of blocks) {
    if (block.stride === stride) bytes.set(block.bytes.subarray(0, block.count * stride), at);
    else widen(block, bytes, at, stride);
    at += block.count * stride;
  }
  return bytes;
}

function noAccounts(): Uint32Array {
  return new Uint32Array(SERIAL_STATES.length);
}

function widen(block: PackedSerials, into: Uint8Array, at: number, stride: number): void {
  for (let index = 0; index < block.count; index += 1) {
    into.set(block.bytes.subarray(index * block.stride, (index + 1) * block.stride), at + index * stride);
  }
}

function insert(ledger: Ledger, index: number): void {
  let hash = 0x811c9dc5;
  for (let at = index * ledger.stride, end = at + ledger.stride; at < end; at += 1) {
    const byte = ledger.bytes[at] ?? 0;
    if (byte === 0) break;
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  let slot = slotOf(ledger, hash);
  while (ledger.slots[slot] !== 0) slot = slot + 1 === ledger.slots.length ? 0 : slot + 1;
  ledger.slots[slot] = index + 1;
}

/** Spreads an FNV-1a hash over the table; the multiplication alone leaves neighbours together. */
function slotOf(ledger: Ledger, hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return Math.floor((((mixed ^ (mixed >>> 16)) >>> 0) / 0x1_0000_0000) * ledger.slots.length);
}

/** The index of a serial of this run, or -1. Case matters, as GS1 says. */
export function indexOf(ledger: Ledger, serial: string): number {
  if (serial.length === 0 || serial.length > ledger.stride) return -1;
  let hash = 0x811c9dc5;
  for (let at = 0; at < serial.length; at += 1) {
    const code = serial.charCodeAt(at);
    if (code > 0x7f || code === 0) return -1;
    hash = Math.imul(hash ^ code, 0x01000193);
  }
  let slot = slotOf(ledger, hash);
  for (let found = ledger.slots[slot] ?? 0; found !== 0; found = ledger.slots[slot] ?? 0) {
    if (holds(ledger, found - 1, serial)) return found - 1;
    slot = slot + 1 === ledger.slots.length ? 0 : slot + 1;
  }
  return -1;
}

function holds(ledger: Ledger, index: number, serial: string): boolean {
  const at = index * ledger.stride;
  for (let offset = 0; offset < serial.length; offset += 1) {
    if (ledger.bytes[at + offset] !== serial.charCodeAt(offset)) return false;
  }
  return serial.length === ledger.stride || ledger.bytes[at + serial.length] === 0;
}

/** The serial at an index; '' behind the end. */
export function serialAt(ledger: Ledger, index: number): string {
  let text = '';
  for (let at = index * ledger.stride, end = at + ledger.stride; at < end; at += 1) {
    const byte = ledger.bytes[at] ?? 0;
    if (byte === 0) break;
    text += String.fromCharCode(byte);
  }
  return text;
}

export function stateOf(ledger: Ledger, index: number): SerialState {
  return SERIAL_STATES[(ledger.states[index] ?? 0) & CODE] ?? 'ALLOCATED';
}

/** Whether a verdict was ever given on this serial: reading it again is a duplicate. */
export function wasSeen(ledger: Ledger, index: number): boolean {
  return ((ledger.states[index] ?? 0) & SEEN) !== 0;
}

export function markSeen(ledger: Ledger, index: number): void {
  ledger.states[index] = (ledger.states[index] ?? 0) | SEEN;
}

/** Posts one serial from its account to another; false, and nothing changed, where the rule book has no such move. */
export function moveSerial(ledger: Ledger, index: number, to: SerialState): boolean {
  const packed = ledger.states[index];
  if (packed === undefined) return false;
  const from = packed & CODE;
  const state = SERIAL_STATES[from];
  if (state === undefined || !SERIAL_MOVES[state].includes(to)) return false;
  post(ledger, index, packed, to);
  return true;
}

function post(ledger: Ledger, index: number, packed: number, to: SerialState): void {
  const code = STATE_CODE[to];
  const { accounts } = ledger;
  accounts[packed & CODE] = (accounts[packed & CODE] ?? 0) - 1;
  accounts[code] = (accounts[code] ?? 0) + 1;
  ledger.states[index] = (packed & ~CODE) | code;
  if (to === 'SENT' && index >= ledger.nextToSend) ledger.nextToSend = index + 1;
}

export function accountOf(ledger: Ledger, state: SerialState): number {
  return ledger.accounts[STATE_CODE[state]] ?? 0;
}

/** The balance of the ledger, by name. */
export function accountsOf(ledger: Ledger): Record<SerialState, number> {
  return Object.fromEntries(SERIAL_STATES.map((state) => [state, accountOf(ledger, state)])) as Record<
    SerialState,
    number
  >;
}

/** A contiguous stretch of serials, for facts about ranges. */
export interface Range {
  readonly first: number;
  readonly count: number;
}

function* rangesWhere(from: number, to: number, holds: (index: number) => boolean): Generator<Range> {
  let first = -1;
  for (let index = from; index <= to; index += 1) {
    const isIn = index < to && holds(index);
    if (isIn && first < 0) first = index;
    if (!isIn && first >= 0) {
      yield { first, count: index - first };
      first = -1;
    }
  }
}

/** Stretches of one state between two indexes. */
export function rangesOf(ledger: Ledger, state: SerialState, from = 0, to = ledger.size): Generator<Range> {
  const code = STATE_CODE[state];
  return rangesWhere(from, to, (index) => ((ledger.states[index] ?? 0) & CODE) === code);
}

/** Stretches of serials that were not voided: what a printer that counts this far must have printed. */
export function printedRangesOf(ledger: Ledger, from: number, to: number): Generator<Range> {
  return rangesWhere(from, to, (index) => stateOf(ledger, index) !== 'UNKNOWN_FATE');
}

/** Stretches of PRINTED serials on which no verdict was given. */
export function unseenRangesOf(ledger: Ledger, from: number, to: number): Generator<Range> {
  return rangesWhere(from, to, (index) => stateOf(ledger, index) === 'PRINTED' && !wasSeen(ledger, index));
}

/** A copy of the states for a snapshot on disk; `restoreStates` is its inverse. */
export function dumpStates(ledger: Ledger): Uint8Array {
  return ledger.states.slice();
}

/** Puts the states of a dump back; false when it does not fit this ledger, which is then unchanged. */
export function restoreStates(ledger: Ledger, states: Uint8Array): boolean {
  if (states.length !== ledger.size) return false;
  ledger.states.set(states);
  ledger.accounts.fill(0);
  ledger.nextToSend = 0;
  for (let index = 0; index < ledger.size; index += 1) {
    const code = (states[index] ?? 0) & CODE;
    ledger.accounts[code] = (ledger.accounts[code] ?? 0) + 1;
    if (code !== STATE_CODE.ALLOCATED) ledger.nextToSend = index + 1;
  }
  return true;
}

/** What has to be accounted for before a run may close (process.md §4.6): all of these must be 0. */
export function openAccounts(ledger: Ledger): number {
  return (
    accountOf(ledger, 'ALLOCATED') +
    accountOf(ledger, 'SENT') +
    accountOf(ledger, 'PRINTED') +
    accountOf(ledger, 'UNKNOWN_FATE')
  );
}
