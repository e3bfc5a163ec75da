import type { LineState } from '#line/line-state.ts';
import type { PlcSignal } from '#line/signal.ts';
import { unwrap } from '#line/wrap.ts';

type Places = NonNullable<Extract<PlcSignal, { kind: 'epoch-seen' }>['places']>;

/**
 * The belt came to rest at an encoder count, or moves again. Standing, it shows without doubt which items are still in
 * front of the camera: the first of them, failed or not, is the first that will be pictured.
 */
export function beltChanged(line: LineState, encoder: number | undefined): void {
  if (encoder === undefined && line.rest !== undefined) {
    line.awaited = firstBeforeCamera(line, line.rest);
    // A count that has slipped unnoticed is found out here.
    if (line.awaited !== undefined) line.toMeet ??= 'stood';
  }
  if (encoder !== undefined) {
    line.readAtRest = 0;
    line.restedAt = line.clock;
  }
  line.rest = encoder;
}

/** The first item that the camera has not seen yet, up to the next one to come; undefined where nothing is known of it. */
function firstBeforeCamera(line: LineState, rest: number): LineState['awaited'] {
  const { toCamera } = line.settings;
  if (toCamera === undefined) return undefined;
  let first = line.plc.item + 1;
  for (let item = line.plc.item; item >= 0; item -= 1) {
    const tracked = line.items.get(item);
    if (tracked === undefined) return item > line.unplaced ? { from: first, to: first } : undefined;
    if (tracked.encoder === undefined) return undefined;
    // The encoder is 32 bits wide and wraps.
    const still = (tracked.encoder + toCamera.distance - rest) | 0;
    if (Math.abs(still) <= toCamera.tolerance) return { from: item, to: first };
    if (still < 0) return { from: first, to: first };
    first = item;
  }
  return { from: first, to: first };
}

/** After a restart: the PLC says once more where the items were triggered that it still has in its ring. */
export function takePlaces(line: LineState, places: Places): void {
  for (const { seq, encoder } of places) {
    const tracked = line.items.get(unwrap(seq, line.plc.item));
    if (tracked !== undefined) tracked.encoder = encoder;
  }
}

/** Readings and items no longer count alike: the next reading after a standstill makes a new beginning. */
export function forgetPairing(line: LineState): void {
  line.pairing = undefined;
  line.toMeet = 'away';
  line.awaited = undefined;
}
