/** A point in time: milliseconds since 1970-01-01T00:00:00Z. The wall clock; never used to measure a duration. */
export type Instant = number;

/** A duration in milliseconds, or a point on a monotonic clock: what is measured is measured on that. */
export type Millis = number;
