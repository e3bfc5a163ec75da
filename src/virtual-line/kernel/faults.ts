import { FAULTS, type FaultRow, faultRow } from '#virtual-line/kernel/fault-table.ts';
import type { Kernel } from '#virtual-line/kernel/kernel.ts';

/** What the faults do to the line beyond single items. */
interface FaultEffects {
  /** Begins or ends what lies behind a `state` or `moment` fault. */
  apply(id: string, active: boolean): void;
  note(id: string, active: boolean, item: number): void;
}

interface FaultOrder {
  readonly fault: string;
  readonly item?: number;
  readonly seconds?: number;
}

/** The script of what goes wrong, and when. */
export interface Faults {
  /** Says why not, in a sentence; undefined when the fault is in the script. */
  inject(order: FaultOrder): string | undefined;
  /** Takes away the cause; undefined when there was one. */
  clear(id: string): string | undefined;
  /** Item `no` is about to enter the belt. */
  fed(no: number): void;
  /** Whether this one-item fault happens to item `no`; it is reported as begun and over. */
  happens(id: string, no: number): boolean;
  /** Whether the lasting fault is on and already concerns item `no`. */
  isOn(id: string, no: number): boolean;
  /** How many items before `no` it already concerned; undefined: it is not on, or does not concern this one. */
  age(id: string, no: number): number | undefined;
}

// Wall seconds a fault lasts when nobody says; others last until cleared.
const DEFAULT_SECONDS: Readonly<Record<string, number>> = {
  F11: 2,
  'F11-reader': 2,
  'F12-printer': 5,
  'F12-reader': 5,
  'F12-plc': 5,
  F20: 2,
  'F20-restart': 0.5,
};

interface Options {
  readonly kernel: Kernel;
  readonly isLockStep: boolean;
  readonly effects: FaultEffects;
}

export function createFaults({ kernel, isLockStep, effects }: Options): Faults {
  const waiting: { readonly row: FaultRow; readonly from: number; readonly seconds: number | undefined }[] = [];
  const aimed = new Map<string, Set<number>>();
  const on = new Map<string, { readonly from: number; readonly mark: object }>();
  let lastFed = 0;

  const end = (id: string): void => {
    const state = on.get(id);
    if (!state) return;
    on.delete(id);
    effects.apply(id, false);
    effects.note(id, false, lastFed);
  };
  const begin = ({ id, lasts, realTimeOnly }: FaultRow, from: number, seconds = DEFAULT_SECONDS[id]): void => {
    if (lasts === 'item') {
      aimed.set(id, (aimed.get(id) ?? new Set<number>()).add(from));
      return;
    }
    if (on.has(id)) return;
    const mark = {};
    on.set(id, { from, mark });
    effects.apply(id, true);
    effects.note(id, true, from);
    if (seconds === undefined) return;
    const over = (): void => {
      if (on.get(id)?.mark === mark) end(id);
    };
    // What the protocols see lasts wall time; what only physics sees lasts physics time.
    if (realTimeOnly || lasts === 'moment') setTimeout(() => kernel.post(over), seconds * 1000);
    else kernel.after(seconds * 1000, over);
  };

  return {
    inject({ fault, item, seconds }) {
      const row = faultRow(fault);
      if (!row) return `There is no fault ${fault}; there are ${FAULTS.map(({ id }) => id).join(', ')}.`;
      if (row.realTimeOnly && isLockStep) return `${row.id} needs real time: start the line with a speed of at most 1.`;
      if (item !== undefined && item <= lastFed) return `Item ${item} is already on the belt.`;
      if (item === undefined && row.lasts !== 'item') begin(row, lastFed, seconds);
      else waiting.push({ row, from: item ?? lastFed + 1, seconds });
      return undefined;
    },
    clear(fault) {
      const id = faultRow(fault)?.id ?? fault;
      const before = waiting.length;
      for (let i = waiting.length - 1; i >= 0; i--) if (waiting[i]?.row.id === id) waiting.splice(i, 1);
      if (!on.has(id) && !aimed.delete(id) && waiting.length === before) return `${id} is not active.`;
      end(id);
      return undefined;
    },
    fed(no) {
      lastFed = no;
      for (let i = 0; i < waiting.length; i++) {
        const order = waiting[i];
        if (!order || order.from > no) continue;
        waiting.splice(i--, 1);
        begin(order.row, no, order.seconds);
      }
    },
    happens(id, no) {
      if (!aimed.get(id)?.delete(no)) return false;
      effects.note(id, true, no);
      effects.note(id, false, no);
      return true;
    },
    age(id, no) {
      const state = on.get(id);
      return state !== undefined && no >= state.from ? no - state.from : undefined;
    },
    isOn(id, no) {
      const state = on.get(id);
      return state !== undefined && no >= state.from;
    },
  };
}
