import { TARGETS, type Target } from '#virtual-line/camera/targets.ts';
import type { Button } from '#virtual-line/kernel/operator.ts';

/** What whoever started the line may order, one JSON object a line. `press`: the machine's buttons, without an operator. */
export type Order =
  | { readonly do: 'inject'; readonly fault: string; readonly item?: number; readonly seconds?: number }
  | { readonly do: 'clear'; readonly fault: string }
  | { readonly do: 'press'; readonly button: Button }
  /** To be seen by a camera that is asked for a picture, not by one that the photo-eye triggers. */
  | { readonly do: 'show'; readonly target: Target }
  | { readonly do: 'pause' | 'go' | 'stop' };

/** What the line tells, one JSON object a line. */
export type Note =
  | { readonly note: 'fault'; readonly fault: string; readonly active: boolean; readonly item: number }
  | { readonly note: 'refused'; readonly message: string }
  | { readonly note: 'paused' }
  /** The camera sees it from its next picture on. */
  | { readonly note: 'shown'; readonly target: Target };

export const BUTTONS: Readonly<Record<Button, number>> = {
  Reset: 1,
  Start: 2,
  Stop: 3,
  Hold: 4,
  Unhold: 5,
  Abort: 8,
  Clear: 9,
};

/** The order in a line, or a sentence about why it is none. */
export function readOrder(line: string): Order | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'An order is one JSON object on a line.';
  }
  if (typeof value !== 'object' || value === null || !('do' in value)) return 'An order says what to "do".';
  const order = value as Readonly<Record<string, unknown>>;
  switch (order['do']) {
    case 'pause':
    case 'go':
    case 'stop':
      return { do: order['do'] };
    case 'clear':
      return typeof order['fault'] === 'string' ? { do: 'clear', fault: order['fault'] } : 'clear names a fault.';
    case 'press':
      return isButton(order['button']) ? { do: 'press', button: order['button'] } : 'press names a button.';
    case 'show':
      return readTarget(order['target']);
    case 'inject':
      return readInjection(order);
    default:
      return `There is no order ${JSON.stringify(order['do'])}.`;
  }
}

function readInjection({ fault, item, seconds }: Readonly<Record<string, unknown>>): Order | string {
  if (typeof fault !== 'string') return 'inject names a fault.';
  if (item !== undefined && !(typeof item === 'number' && Number.isInteger(item) && item > 0))
    return 'item is a number from 1.';
  if (seconds !== undefined && !(typeof seconds === 'number' && seconds > 0)) return 'seconds is a duration.';
  return {
    do: 'inject',
    fault,
    ...(item === undefined ? {} : { item }),
    ...(seconds === undefined ? {} : { seconds }),
  };
}

function readTarget(wanted: unknown): Order | string {
  const target = TARGETS.find((one) => one === wanted);
  return target === undefined ? `show names one of ${TARGETS.join(', ')}.` : { do: 'show', target };
}

function isButton(value: unknown): value is Button {
  return typeof value === 'string' && Object.hasOwn(BUTTONS, value);
}
