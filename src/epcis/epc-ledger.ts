/** No entry: no parent, no child, no sibling. */
export const NONE = -1;

const FIRST_ROOM = 1024;

/**
 * What is known of every thing a stream of events speaks of, at 33 bytes a thing instead of its name. Things are told
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
  const fingerprint = fingerprints();
  let room = FIRST_ROOM;
  let count = 0;
  let high = new Int32Array(room);
  let low = new Int32Array(room);
  let states = new Uint8Array(room);
  let times = new Float64Array(room);
  let parents = new Int32Array(room);
  let firstChild = new Int32Array(room);
  let nextSibling = new Int32Array(room);
  let lastSibling = new Int32Array(room);
  // A power of two, at least twice the room: a slot is then a few bits of the fingerprint.
  let table = new Int32Array(room * 2).fill(NONE);

  function grow(): void {
    room = Math.ceil(room * 1.5);
    [high, low, states, times] = [
      grown(high, new Int32Array(room)),
      grown(low, new Int32Array(room)),
      grown(states, new Uint8Array(room)),
      grown(times, new Float64Array(room)),
    ];
    [parents, firstChild, nextSibling, lastSibling] = [parents, firstChild, nextSibling, lastSibling].map((old) =>
      grown(old, new Int32Array(room)),
    ) as [typeof parents, typeof parents, typeof parents, typeof parents];
    if (room * 2 > table.length) table = new Int32Array(table.length * 2);
    table.fill(NONE);
    for (let entry = 0; entry < count; entry += 1) table[freeSlot(high[entry] ?? 0, low[entry] ?? 0)] = entry;
  }

  /** The slot of a fingerprint, or the free one where it belongs. */
  function freeSlot(upper: number, lower: number): number {
    const mask = table.length - 1;
    let slot = lower & mask;
    for (;;) {
      const entry = table[slot] ?? NONE;
      if (entry === NONE || (high[entry] === upper && low[entry] === lower)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  function entryOf(uri: string): number {
    const { high: upper, low: lower } = fingerprint(uri);
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
    lastSibling[entry] = NONE;
    table[slot] = entry;
    return entry;
  }

  function move(entry: number, parent: number): void {
    const old = parents[entry] ?? NONE;
    if (old !== NONE) unlink(entry, old);
    parents[entry] = parent;
    const next = parent === NONE ? NONE : (firstChild[parent] ?? NONE);
    nextSibling[entry] = next;
    lastSibling[entry] = NONE;
    if (next !== NONE) lastSibling[next] = entry;
    if (parent !== NONE) firstChild[parent] = entry;
  }

  function unlink(entry: number, parent: number): void {
    const next = nextSibling[entry] ?? NONE;
    const last = lastSibling[entry] ?? NONE;
    if (last === NONE) firstChild[parent] = next;
    else nextSibling[last] = next;
    if (next !== NONE) lastSibling[next] = last;
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

/** Two halves of 32 bits, told apart by how they are mixed. */
interface Fingerprint {
  high: number;
  low: number;
}

/**
 * Two independent multiplicative hashes of the UTF-16 code units, each finished by an avalanche (Murmur3's). What the
 * serials of a product have in common is hashed once; the answer is the same object each time.
 */
function fingerprints(): (text: string) => Readonly<Fingerprint> {
  const answer: Fingerprint = { high: 0, low: 0 };
  const common: Fingerprint = { high: 0, low: 0 };
  let prefix = '';

  function mix(text: string, from: number, state: Readonly<Fingerprint>): void {
    let { high, low } = state;
    for (let at = from; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      high = Math.imul(high ^ code, 0x01000193);
      low = Math.imul(low ^ code, 0x5bd1e995);
      low ^= low >>> 15;
    }
    answer.high = high;
    answer.low = low;
  }

  return (text) => {
    if (prefix === '' || !text.startsWith(prefix)) {
      prefix = text.slice(0, text.lastIndexOf('/') + 1);
      mix(prefix, 0, { high: 0x9e3779b9 | 0, low: 0x85ebca6b | 0 });
      common.high = answer.high;
      common.low = answer.low;
    }
    mix(text, prefix.length, common);
    answer.high = finish(answer.high ^ text.length);
    answer.low = finish(answer.low);
    return answer;
  };
}

function finish(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
