/** PackML states in which the machine stands (docs/devices/line-plc.md): Stopped, Idle, Aborted, Held, Complete. */
const STANDSTILL: ReadonlySet<number> = new Set([2, 4, 9, 11, 17]);
/** A standing encoder may flicker on an edge, in counts. */
const FLICKER = 2;
/** Images in a row with the same count: the machine says itself that it stands, this is only that it has coasted to its end. */
const IMAGES = 2;

/** Tells rest from motion by machine state and encoder. Answers what is new: at rest, with its count, or moving again. */
export interface BeltWatch {
  take(lineState: number, encoder: number): { readonly encoder: number | undefined } | undefined;
}

export function beltWatch(): BeltWatch {
  let anchor = 0;
  let images = 0;
  let isAtRest = false;
  return {
    take(lineState, encoder) {
      const isStill = Math.abs((encoder - anchor) | 0) <= FLICKER && images > 0;
      if (!isStill) anchor = encoder;
      images = isStill ? images + 1 : 1;
      if (isAtRest && !isStill) {
        isAtRest = false;
        return { encoder: undefined };
      }
      if (isAtRest || images < IMAGES || !STANDSTILL.has(lineState)) return undefined;
      isAtRest = true;
      return { encoder: anchor };
    },
  };
}
