/**
 * Continues a 16-bit counter as a number that never wraps: the value congruent to `low` nearest to `reference`
 * (within ±32 768). The PLC's Seq and event counters wrap 65535 → 0 (devices.md §5.4).
 */
export function unwrap(low: number, reference: number): number {
  const difference = ((low - reference) << 16) >> 16;
  return reference + difference;
}

/** The same, never below `reference`: a count that went back is taken for one that went round, so that no number comes twice. */
export function unwrapOnward(low: number, reference: number): number {
  return reference + ((low - reference) & 0xffff);
}
