/**
 * The ring in which a capture thread hands frames to the inspect threads: one `SharedArrayBuffer` per camera, laid out
 * here because both ends, and the main thread between them, read it. A slot is owned by whoever moved it into its
 * state, and nobody overwrites what another still needs: no free slot is a missed inspection, never an older frame lost.
 */

/** States of a slot, stored as Int32. FREE → WRITING → READY → BUSY → DONE → FREE; PINNED while evidence is written. */
export const SLOT = { free: 0, writing: 1, ready: 2, busy: 3, done: 4, pinned: 5 } as const;
export type SlotState = (typeof SLOT)[keyof typeof SLOT];

/** What stands before the pixels of a slot. `trigger`: the camera's frame count since it was armed, unwrapped. */
export interface FrameHead {
  readonly trigger: number;
  /** Wall clock at the first packet, in milliseconds since 1970. */
  readonly at: number;
  readonly width: number;
  readonly height: number;
  /** Bytes from one row to the next. */
  readonly stride: number;
}

/** A frame's pixels, 8-bit grey, without a copy: they are gone when the slot is freed. */
export interface Frame extends FrameHead {
  readonly slot: number;
  readonly pixels: Uint8Array;
}

const RING_INTS = 16;
const HEAD_INTS = 16;
const INT = 4;
/** Ring header: slots, bytes per slot, next slot to try. Slot header: state, then the numbers of `FrameHead`. */
const AT = { slots: 0, bytes: 1, next: 2 } as const;
const HEAD = { state: 0, trigger: 1, seconds: 2, millis: 3, width: 4, height: 5, stride: 6 } as const;

/** Memory for so many frames of at most so many bytes each. 8 to 16 slots are usual. */
export function createFrameRing(slots: number, frameBytes: number): SharedArrayBuffer {
  const bytes = Math.ceil(frameBytes / 64) * 64;
  const memory = new SharedArrayBuffer((RING_INTS + slots * HEAD_INTS) * INT + slots * bytes);
  const ints = new Int32Array(memory, 0, RING_INTS);
  ints[AT.slots] = slots;
  ints[AT.bytes] = bytes;
  return memory;
}

/** One end's hold on a ring. Every move answers whether it was made: a slot in another state is somebody else's. */
export interface FrameRing {
  readonly slots: number;
  /** The largest frame a slot holds. */
  readonly frameBytes: number;
  /** FREE → WRITING, or undefined when no slot is free. */
  claim(): number | undefined;
  /** Where the pixels of a slot lie; whole slot, whatever the frame's size. */
  memory(slot: number): Uint8Array;
  /** WRITING → READY. */
  publish(slot: number, head: FrameHead): boolean;
  /** READY → BUSY, and the frame. */
  take(slot: number): Frame | undefined;
  /** The frame in a slot that the caller owns (BUSY, DONE or PINNED). */
  look(slot: number): Frame;
  /** `from` → `to`. */
  move(slot: number, from: SlotState, to: SlotState): boolean;
  /** Whatever it was → FREE: by its owner, or by whoever buried the owner. */
  free(slot: number): void;
  state(slot: number): SlotState;
}

/** Opens a ring made by `createFrameRing`, on either side of a thread. */
export function openFrameRing(shared: SharedArrayBuffer): FrameRing {
  const ring = new Int32Array(shared, 0, RING_INTS);
  const slots = ring[AT.slots] ?? 0;
  const frameBytes = ring[AT.bytes] ?? 0;
  const heads = new Int32Array(shared, RING_INTS * INT, slots * HEAD_INTS);
  const first = (RING_INTS + slots * HEAD_INTS) * INT;
  const whole = Array.from(
    { length: slots },
    (_, slot) => new Uint8Array(shared, first + slot * frameBytes, frameBytes),
  );
  const stateAt = (slot: number): number => slot * HEAD_INTS + HEAD.state;
  const move = (slot: number, from: SlotState, to: SlotState): boolean =>
    Atomics.compareExchange(heads, stateAt(slot), from, to) === from;
  const memory = (slot: number): Uint8Array => {
    const bytes = whole[slot];
    if (bytes === undefined) throw new RangeError(`the ring has ${slots} slots, and no slot ${slot}`);
    return bytes;
  };
  const look = (slot: number): Frame => {
    const int = (field: number): number => heads[slot * HEAD_INTS + field] ?? 0;
    const [height, stride] = [int(HEAD.height), int(HEAD.stride)];
    return {
      slot,
      trigger: int(HEAD.trigger) >>> 0,
      at: (int(HEAD.seconds) >>> 0) * 1000 + int(HEAD.millis),
      width: int(HEAD.width),
      height,
      stride,
      pixels: memory(slot).subarray(0, height * stride),
    };
  };
  return {
    slots,
    frameBytes,
    memory,
    move,
    look,
    claim() {
      const from = Atomics.add(ring, AT.next, 1) >>> 0;
      for (let i = 0; i < slots; i++) {
        const slot = (from + i) % slots;
        if (move(slot, SLOT.free, SLOT.writing)) return slot;
      }
      return undefined;
    },
    publish(slot, head) {
      const base = slot * HEAD_INTS;
      heads[base + HEAD.trigger] = head.trigger;
      heads[base + HEAD.seconds] = Math.floor(head.at / 1000);
      heads[base + HEAD.millis] = Math.floor(head.at % 1000);
      heads[base + HEAD.width] = head.width;
      heads[base + HEAD.height] = head.height;
      heads[base + HEAD.stride] = head.stride;
      return move(slot, SLOT.writing, SLOT.ready);
    },
    take: (slot) => (move(slot, SLOT.ready, SLOT.busy) ? look(slot) : undefined),
    free(slot) {
      Atomics.store(heads, stateAt(slot), SLOT.free);
    },
    state(slot) {
      return Atomics.load(heads, stateAt(slot)) as SlotState;
    },
  };
}
