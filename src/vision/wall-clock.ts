/**
 * Milliseconds since 1970 with fractions, which the system's clock lacks. The fine clock alone would drift away from it
 * over days; two milliseconds apart, the system's is right.
 */
export function wallClock(): () => number {
  let offset = Date.now() - performance.now();
  return () => {
    const before = performance.now();
    const coarse = Date.now();
    const after = performance.now();
    // Read far apart, the two say nothing about each other: the thread stood still in between.
    if (after - before < 1 && Math.abs(coarse - offset - after) > 2) offset = coarse - after;
    return after + offset;
  };
}
