/** What a driver writes to: events with fields, never prose (style.md §3.9). */
export interface DeviceLog {
  info(event: string, fields: Readonly<Record<string, unknown>>): void;
  warn(event: string, fields: Readonly<Record<string, unknown>>): void;
}
