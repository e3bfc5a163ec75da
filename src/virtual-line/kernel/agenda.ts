/** Something that happens at an encoder position or at a physics time, and what is then done about it. */
export interface Happening {
  readonly key: number;
  readonly order: number;
  readonly what: () => void | Promise<void>;
}

/** Happenings in the order of their key, and of their entry where keys are equal. */
export interface Agenda {
  add(key: number, what: Happening['what']): void;
  first(): Happening | undefined;
  take(): Happening | undefined;
  clear(): void;
}

/** A binary heap: a line has some fifty happenings ahead of it at any time. */
export function createAgenda(): Agenda {
  const heap: Happening[] = [];
  let entries = 0;
  return {
    add(key, what) {
      heap.push({ key, order: entries++, what });
      rise(heap, heap.length - 1);
    },
    first: () => heap[0],
    take() {
      const first = heap[0];
      const last = heap.pop();
      if (first === undefined || last === undefined || first === last) return first;
      heap[0] = last;
      sink(heap, 0);
      return first;
    },
    clear: () => heap.splice(0),
  };
}

function isBefore(a: Happening | undefined, b: Happening | undefined): boolean {
  if (!a || !b) return false;
  return a.key < b.key || (a.key === b.key && a.order < b.order);
}

function swap(heap: Happening[], i: number, j: number): void {
  const [a, b] = [heap[i], heap[j]];
  if (a && b) [heap[i], heap[j]] = [b, a];
}

function rise(heap: Happening[], from: number): void {
  for (let i = from; i > 0; ) {
    const parent = (i - 1) >> 1;
    if (!isBefore(heap[i], heap[parent])) return;
    swap(heap, i, parent);
    i = parent;
  }
}

function sink(heap: Happening[], from: number): void {
  for (let i = from; ; ) {
    const left = 2 * i + 1;
    const child = isBefore(heap[left + 1], heap[left]) ? left + 1 : left;
    if (!isBefore(heap[child], heap[i])) return;
    swap(heap, i, child);
    i = child;
  }
}
