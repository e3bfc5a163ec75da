/** What the station writes its log to: events with fields (style.md §3.9). pino fits. */
export interface StationLog {
  info(event: string, fields: Readonly<Record<string, unknown>>): void;
  warn(event: string, fields: Readonly<Record<string, unknown>>): void;
  error(event: string, fields: Readonly<Record<string, unknown>>): void;
}

/** A log that is not kept. */
export const SILENT: StationLog = { info() {}, warn() {}, error() {} };
