/** How much longer the large case may take than the small one, which is `FACTOR` times smaller. Quadratic: 256. */
const FACTOR = 16;
const MOST = 48;
/** What takes less than this, in milliseconds of the processor, is not told apart from nothing. */
const NOTHING = 2;
const TRIES = 5;

/**
 * Whether work grows no faster than its size: compares the processor time of a large case with that of a small one, and
 * gives the ratio of both if it is out of proportion in every one of several tries. No clock on the wall, no absolute time.
 */
export function outOfProportion(work: (size: number) => () => unknown, large: number): number | undefined {
  const small = work(Math.ceil(large / FACTOR));
  const big = work(large);
  let least = Number.POSITIVE_INFINITY;
  for (let tried = 0; tried < TRIES; tried += 1) {
    const before = Math.max(NOTHING, processorTime(small));
    least = Math.min(least, processorTime(big) / before);
    if (least <= MOST) return undefined;
  }
  return Math.round(least);
}

function processorTime(act: () => unknown): number {
  const began = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}
