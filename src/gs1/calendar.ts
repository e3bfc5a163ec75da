/** A day of the Gregorian calendar; no time, no zone. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The day in `YYYY-MM-DD`, or undefined when the text has another form or names a day that does not exist. */
export function parseDate(text: string): CalendarDate | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (found === null) return undefined;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  return day >= 1 && day <= daysInMonth(year, month) ? { year, month, day } : undefined;
}

/** `YYYY-MM-DD`. */
export function writeDate(date: CalendarDate): string {
  return `${digits(date.year, 4)}-${digits(date.month, 2)}-${digits(date.day, 2)}`;
}

/** The same day of the month, `months` later; the last day where that month is shorter (31 January + 1 = 28 February). */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const count = date.year * 12 + date.month - 1 + months;
  const year = Math.floor(count / 12);
  const month = (count % 12) + 1;
  return { year, month, day: Math.min(date.day, daysInMonth(year, month)) };
}

/** `YYMMDD`, as AIs 11 to 17 carry it. */
export function yymmdd(date: CalendarDate): string {
  return `${digits(date.year % 100, 2)}${digits(date.month, 2)}${digits(date.day, 2)}`;
}

/**
 * The full date behind `YYMMDD`. Day 00 means the last day of the month. The century slides with the present year:
 * a year that would lie 51 or more ahead belongs to the past century, one 50 or more behind to the next
 * (GS1 General Specifications §7.12). Undefined when there is no such day.
 */
export function resolveYymmdd(text: string, presentYear: number): CalendarDate | undefined {
  if (!isYymmdd(text, 0, text.length)) return undefined;
  const difference = Number(text.slice(0, 2)) - (presentYear % 100);
  const century = Math.floor(presentYear / 100) + (difference >= 51 ? -1 : 0) + (difference <= -50 ? 1 : 0);
  const year = century * 100 + Number(text.slice(0, 2));
  const month = Number(text.slice(2, 4));
  return { year, month, day: Number(text.slice(4, 6)) || daysInMonth(year, month) };
}

/**
 * Whether six digits at `text[from, to)` are a `YYMMDD` with day 00 allowed (linter yymmd0). Two-digit years that are
 * divisible by four are leap years: the window of `resolveYymmdd` never reaches 1900 or 2100 before 2050.
 */
export function isYymmdd(text: string, from: number, to: number): boolean {
  if (to - from !== 6) return false;
  const year = pair(text, from);
  const day = pair(text, from + 4);
  return day >= 0 && day <= daysInMonth(2000 + year, pair(text, from + 2));
}

/** How many days the month 1 to 12 of the year has; -1 where there is no such month. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  if (month === 4 || month === 6 || month === 9 || month === 11) return 30;
  return month >= 1 && month <= 12 ? 31 : -1;
}

/** Two digits as a number; NaN-free, because the caller has checked that they are digits or wants false for others. */
function pair(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
