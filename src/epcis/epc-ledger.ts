/** No entry: no parent, no child, no sibling. */
export const NONE = -1;

const FIRST_ROOM = 1024;

/**
 * What is known of every thing a stream of events speaks of, at 29 bytes a thing instead of its name. Things are told
 * apart by a 64-bit fingerprint of their canonical URI: among a million the chance that two are confused is below
 * 1 : 30 million.
 */
export interface EpcLedger {
  readonly size: number;
  /** The entry of a thing; made if it is new, then in state 0 at time −∞, nowhere. */
  readonly entryOf: (uri: string) => number;
  readonly state: (entry: number) => number;
  readonly setState: (entry: number, state: number) => void;
  readonly time: (entry: number) => number;
  readonly setTime: (entry: number, at: number) => void;
  readonly parent: (entry: number) => number;
  readonly children: (entry: number) => number[];
  /** Puts a thing into a parent, or with `NONE` out of the one it is in. */
  readonly move: (entry: number, parent: number) => void;
}

export function epcLedger(): EpcLedger {
  let room = FIRST_ROOM;
  let count = 0;
  let high = new Uint32Array(room);
  let low = new Uint32Array(room);
  let states = new Uint8Array(room);
  let times = new Float64Array(room);
  let parents = new Int32Array(room);
  let firstChild = new Int32Array(room);
  let nextSibling = new Int32Array(room);
  let table = new Int32Array(room * 2).fill(NONE);

  function grow(): void {
    room = Math.ceil(room * 1.5);
    [high, low, states, times] = [
      grown(high, new Uint32Array(room)),
      grown(low, new Uint32Array(room)),
      grown(states, new Uint8Array(room)),
      grown(times, new Float64Array(room)),
    ];
    [parents, firstChild, nextSibling] = [parents, firstChild, nextSibling].map((old) =>
      grown(old, new Int32Array(room)),
    ) as [typeof parents, typeof parents, typeof parents];
    table = new Int32Array(room * 2).fill(NONE);
    for (let entry = 0; entry < count; entry += 1) table[freeSlot(high[entry] ?? 0, low[entry] ?? 0)] = entry;
  }

  /** The slot of a fingerprint, or the free one where it belongs. */
  function freeSlot(upper: number, lower: number): number {
    let slot = lower % table.length;
    for (;;) {
      const entry = table[slot] ?? NONE;
      if (entry === NONE || (high[entry] === upper && low[entry] === lower)) return slot;
      slot = slot + 1 === table.length ? 0 : slot + 1;
    }
  }

  function entryOf(uri: string): number {
    const [upper, lower] = fingerprint(uri);
    const slot = freeSlot(upper, lower);
    const known = table[slot] ?? NONE;
    if (known !== NONE) return known;
    if (count === room) {
      grow();
      return add(upper, lower, freeSlot(upper, lower));
    }
    return add(upper, lower, slot);
  }

  function add(upper: number, lower: number, slot: number): number {
    const entry = count;
    count += 1;
    high[entry] = upper;
    low[entry] = lower;
    times[entry] = Number.NEGATIVE_INFINITY;
    parents[entry] = NONE;
    firstChild[entry] = NONE;
    nextSibling[entry] = NONE;
    table[slot] = entry;
    return entry;
  }

  function move(entry: number, parent: number): void {
    const old = parents[entry] ?? NONE;
    if (old !== NONE) unlink(entry, old);
    parents[entry] = parent;
    nextSibling[entry] = parent === NONE ? NONE : (firstChild[parent] ?? NONE);
    if (parent !== NONE) firstChild[parent] = entry;
  }

  function unlink(entry: number, parent: number): void {
    const next = nextSibling[entry] ?? NONE;
    if (firstChild[parent] === entry) {
      firstChild[parent] = next;
      return;
    }
    let before = firstChild[parent] ?? NONE;
    while (before !== NONE && nextSibling[before] !== entry) before = nextSibling[before] ?? NONE;
    if (before !== NONE) nextSibling[before] = next;
  }

  function children(entry: number): number[] {
    const list: number[] = [];
    for (let child = firstChild[entry] ?? NONE; child !== NONE; child = nextSibling[child] ?? NONE) list.push(child);
    return list;
  }

  return {
    get size() {
      return count;
    },
    entryOf,
    state: (entry) => states[entry] ?? 0,
    setState: (entry, state) => {
      states[entry] = state;
    },
    time: (entry) => times[entry] ?? 0,
    setTime: (entry, at) => {
      times[entry] = at;
    },
    parent: (entry) => parents[entry] ?? NONE,
    children,
    move,
  };
}

function grown<A extends { set: (from: A) => void }>(old: A, larger: A): A {
  larger.set(old);
  return larger;
}

/** Two independent multiplicative hashes of the UTF-16 code units, each finished by an avalanche (Murmur3's). */
function fingerprint(text: string): [number, number] {
  let upper = 0x9e3779b9;
  let lower = 0x85ebca6b;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    upper = Math.imul(upper ^ code, 0x01000193);
    lower = Math.imul(lower ^ code, 0x5bd1e995);
    lower ^= lower >>> 15;
  }
  return [finish(upper ^ text.length), finish(lower)];
}

function finish(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
