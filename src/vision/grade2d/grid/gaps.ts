import { realAt } from '#vision/grade2d/at.ts';

/** Replaces what is not a number by a straight line between its neighbours; before the first and after the last: by those. */
export function fillGaps(values: Float64Array, count: number): void {
  let last = -1;
  for (let i = 0; i < count; i += 1) {
    if (Number.isNaN(realAt(values, i))) continue;
    fillBetween(values, last, i);
    last = i;
  }
  values.fill(last < 0 ? 0 : realAt(values, last), last + 1, count);
}

function fillBetween(values: Float64Array, last: number, next: number): void {
  const end = realAt(values, next);
  const start = last < 0 ? end : realAt(values, last);
  for (let i = last + 1; i < next; i += 1) values[i] = start + ((end - start) * (i - last)) / (next - last);
}
