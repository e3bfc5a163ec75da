import pino from 'pino';

/** What the station writes its log to: events with fields (style.md §3.9). */
export interface StationLog {
  info(event: string, fields: Readonly<Record<string, unknown>>): void;
  warn(event: string, fields: Readonly<Record<string, unknown>>): void;
  error(event: string, fields: Readonly<Record<string, unknown>>): void;
  flush(): void;
}

/** Opens the log file; lines are written by another turn of the event loop than the one that made them. */
export function openLog(file: string): StationLog {
  const destination = pino.destination({ dest: file, sync: false, mkdir: true });
  const log = pino({ base: null }, destination);
  return {
    info: (event, fields) => log.info(fields, event),
    warn: (event, fields) => log.warn(fields, event),
    error: (event, fields) => log.error(fields, event),
    flush: () => destination.flushSync(),
  };
}
