/** What the pool writes to: events with fields, never prose. */
export interface VisionLog {
  info(event: string, fields: Readonly<Record<string, unknown>>): void;
  warn(event: string, fields: Readonly<Record<string, unknown>>): void;
}
