/**
 * The accounts of the serial ledger (process.md §4.7; the OPEN-SCS state each refines stands in the GLOSSARY).
 * Every serial of an order is in exactly one. The numbers are stored: append only, never renumber.
 */
export const SERIAL_STATES = [
  'ALLOCATED',
  'SENT',
  'PRINTED',
  'GOOD',
  'REJECTED',
  'UNKNOWN_FATE',
  'MISSING',
  'SCRAPPED',
  'INVALID',
  'DESTROYED',
] as const;

export type SerialState = (typeof SERIAL_STATES)[number];

/** The stored number of a state: its place in SERIAL_STATES. */
export const STATE_CODE = Object.fromEntries(SERIAL_STATES.map((state, code) => [state, code])) as Readonly<
  Record<SerialState, number>
>;

/**
 * Which account a serial may move to; everything else is refused. A serial once SENT never becomes ALLOCATED again,
 * so that no number is ever printed twice.
 */
export const SERIAL_MOVES: Readonly<Record<SerialState, readonly SerialState[]>> = {
  ALLOCATED: ['SENT', 'INVALID'],
  SENT: ['PRINTED', 'UNKNOWN_FATE'],
  PRINTED: ['GOOD', 'REJECTED', 'MISSING', 'UNKNOWN_FATE'],
  GOOD: [],
  REJECTED: ['DESTROYED'],
  UNKNOWN_FATE: ['SCRAPPED', 'INVALID'],
  MISSING: ['SCRAPPED'],
  SCRAPPED: [],
  INVALID: [],
  DESTROYED: [],
};
