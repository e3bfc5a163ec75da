import type { Inspection } from '#contract/inspection.ts';

/** An inspection that waits for the verdict on its item; with the slot of the ring in which its picture still lies. */
export interface Look {
  readonly inspection: Inspection;
  readonly slot: number | undefined;
}

/** Pictures that may wait, lest the camera finds no free slot; and inspections, should the PLC stay silent. */
const MOST_SLOTS = 3;
const MOST_LOOKS = 64;

/** Inspections by their trigger, until the line has judged the item. */
export interface Looks {
  add(look: Look): void;
  take(trigger: number): Look | undefined;
  /** Gives back every slot. */
  clear(): void;
}

export function openLooks(release: (slot: number) => void): Looks {
  const looks = new Map<number, Look>();
  const strip = (trigger: number): void => {
    const look = looks.get(trigger);
    if (look?.slot === undefined) return;
    release(look.slot);
    looks.set(trigger, { inspection: look.inspection, slot: undefined });
  };
  return {
    add(look) {
      const { trigger } = look.inspection;
      strip(trigger);
      looks.set(trigger, look);
      const holding = [...looks].filter(([, { slot }]) => slot !== undefined);
      for (const [oldest] of holding.slice(0, -MOST_SLOTS)) strip(oldest);
      for (const oldest of [...looks.keys()].slice(0, -MOST_LOOKS)) looks.delete(oldest);
    },
    take(trigger) {
      const look = looks.get(trigger);
      looks.delete(trigger);
      // What is older was judged before, or never will be: items come past the camera one after the other.
      for (const older of [...looks.keys()].filter((one) => one < trigger - MOST_SLOTS)) {
        strip(older);
        looks.delete(older);
      }
      return look;
    },
    clear() {
      for (const trigger of [...looks.keys()]) strip(trigger);
      looks.clear();
    },
  };
}
