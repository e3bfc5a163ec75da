import pino from 'pino';
import { LOG_LIMITS, openLogFile } from '#station/log-file.ts';

/** What the station writes its log to: events with fields (style.md §3.9). */
export interface StationLog {
  info(event: string, fields: Readonly<Record<string, unknown>>): void;
  warn(event: string, fields: Readonly<Record<string, unknown>>): void;
  error(event: string, fields: Readonly<Record<string, unknown>>): void;
}

/** A log with its file, for whoever opened it. */
export interface OpenLog extends StationLog {
  /** Tries to write all that waits; false when there was no room for it. */
  flush(): Promise<boolean>;
  close(): Promise<void>;
}

/** Opens the log file; lines are written by another turn of the event loop than the one that made them. */
export function openLog(path: string, limits = LOG_LIMITS): OpenLog {
  const file = openLogFile(path, limits, (lines, why) => log.warn({ lines, why }, 'log.dropped'));
  const log = pino({ base: null }, file);
  return {
    info: (event, fields) => log.info(fields, event),
    warn: (event, fields) => log.warn(fields, event),
    error: (event, fields) => log.error(fields, event),
    flush: () => file.flush(),
    close: () => file.close(),
  };
}
