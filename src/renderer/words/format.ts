/**
 * Figures as everybody in the plant reads them alike, whatever the PC's region: ISO 80000 groups digits by a narrow
 * space and writes a point, dates are ISO 8601, clocks have 24 hours.
 */

const GROUP = '\u202f';
const NBSP = '\u00a0';

/** 12480 → "12 480". */
export function figure(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, GROUP);
}

/** A share of 0..1 as "99.8 %". It never rounds up to 100 % while something is missing, nor down to 0 % while something is there. */
export function percent(share: number, digits = 1): string {
  const step = 10 ** -digits;
  const exact = share * 100;
  if (share > 0 && exact < step) return `<${step}${NBSP}%`;
  const shown = share < 1 ? Math.min(exact, 100 - step) : exact;
  return `${shown.toFixed(digits)}${NBSP}%`;
}

/** A process-control grade of 0.0..4.0 with its letter, ISO/IEC 15415. */
export function grade(value: number): string {
  return `${value.toFixed(1)} (${gradeLetter(value)})`;
}

/** The letter of a numeric grade: A from 3.5, B from 2.5, C from 1.5, D from 0.5. */
export function gradeLetter(value: number): 'A' | 'B' | 'C' | 'D' | 'F' {
  if (value >= 3.5) return 'A';
  if (value >= 2.5) return 'B';
  if (value >= 1.5) return 'C';
  return value >= 0.5 ? 'D' : 'F';
}

/** A duration in milliseconds, in the two largest units that matter: "45 s", "12 min", "1 h 24 min", "3 d 2 h". */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds}${NBSP}s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes}${NBSP}min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours}${NBSP}h ${minutes % 60}${NBSP}min`;
  return `${Math.floor(hours / 24)}${NBSP}d ${hours % 24}${NBSP}h`;
}

/** How old a value is, in whole seconds below a minute: "4 s". */
export function age(ms: number): string {
  return ms < 60_000 ? `${Math.floor(Math.max(0, ms) / 1000)}${NBSP}s` : duration(ms);
}

/** The time of day in the zone of the line's PC: "14:32". */
export function clock(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** When something will be: the time of day, with its date unless it is within the next 20 hours. */
export function moment(at: number, now: number): string {
  return at - now < 20 * 3_600_000 ? clock(at) : dateAndTime(at).slice(0, 16);
}

/** The time of day with seconds: "14:32:07". */
export function clockWithSeconds(at: number): string {
  return `${clock(at)}:${two(new Date(at).getSeconds())}`;
}

/** Date and time of day: "2026-11-22 14:32:07". */
export function dateAndTime(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clockWithSeconds(at)}`;
}

/** An identifier in groups of four, so that two people can compare it aloud. */
export function groupsOfFour(identifier: string): string {
  return identifier.replace(/(.{4})(?=.)/g, `$1${GROUP}`);
}

/** A size of a file: "812 B", "1.4 MB". */
export function bytes(size: number): string {
  if (size < 1000) return `${size}${NBSP}B`;
  if (size < 1_000_000) return `${(size / 1000).toFixed(1)}${NBSP}kB`;
  return `${(size / 1_000_000).toFixed(1)}${NBSP}MB`;
}

/** A code that has no words yet, made readable: "belt-slipped" → "Belt slipped". */
export function readableCode(code: string): string {
  const spaced = code.replace(/[-_]+/g, ' ').trim();
  return spaced === '' ? 'Unnamed' : spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
