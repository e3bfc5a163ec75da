import { daysInMonth } from '#gs1/calendar.ts';
import { csetnumeric } from '#gs1/linter/character-linters.ts';
import { fault, type LintFault, type LintRule } from '#gs1/linter/lint-fault.ts';

/** A day that exists, as YYMMDD. */
export function yymmdd(text: string, from: number, to: number): LintFault | undefined {
  return dateFault(text, from, to, DAY_OF_TWO);
}

/** A day that exists, as YYMMDD; day 00 is the last of the month. */
export function yymmd0(text: string, from: number, to: number): LintFault | undefined {
  return dateFault(text, from, to, MONTH_OF_TWO);
}

/** A day that exists, as YYYYMMDD. */
export function yyyymmdd(text: string, from: number, to: number): LintFault | undefined {
  return dateFault(text, from, to, DAY_OF_FOUR);
}

/** A day that exists, as YYYYMMDD; day 00 is the last of the month. */
export function yyyymmd0(text: string, from: number, to: number): LintFault | undefined {
  return dateFault(text, from, to, MONTH_OF_FOUR);
}

export function hh(text: string, from: number, to: number): LintFault | undefined {
  return lengthFault(from, to, HOUR) ?? csetnumeric(text, from, to) ?? hourFault(text, from);
}

export function mi(text: string, from: number, to: number): LintFault | undefined {
  return lengthFault(from, to, MINUTE) ?? csetnumeric(text, from, to) ?? minuteFault(text, from);
}

export function ss(text: string, from: number, to: number): LintFault | undefined {
  const wrong = lengthFault(from, to, SECOND) ?? csetnumeric(text, from, to);
  if (wrong !== undefined) return wrong;
  return pairAt(text, from) > 59 ? fault('illegal-second', from, to) : undefined;
}

/** A time of day as HHMI. */
export function hhmi(text: string, from: number, to: number): LintFault | undefined {
  const wrong = lengthFault(from, to, HOUR_AND_MINUTE) ?? csetnumeric(text, from, to);
  return wrong ?? hourFault(text, from) ?? minuteFault(text, from + 2);
}

interface DateForm {
  readonly yearDigits: number;
  readonly firstDay: 0 | 1;
}

const DAY_OF_TWO: DateForm = { yearDigits: 2, firstDay: 1 };
const MONTH_OF_TWO: DateForm = { yearDigits: 2, firstDay: 0 };
const DAY_OF_FOUR: DateForm = { yearDigits: 4, firstDay: 1 };
const MONTH_OF_FOUR: DateForm = { yearDigits: 4, firstDay: 0 };

/**
 * Two-digit years are taken as 20YY: of the years the sliding window can mean until 2049, the same ones are leap years.
 */
function dateFault(text: string, from: number, to: number, form: DateForm): LintFault | undefined {
  const length = form.yearDigits + 4;
  if (to - from < length) return fault('date-too-short', from, to);
  if (to - from > length) return fault('date-too-long', from, to);
  const stranger = csetnumeric(text, from, to);
  if (stranger !== undefined) return stranger;
  const month = pairAt(text, to - 4);
  if (month < 1 || month > 12) return fault('illegal-month', to - 4, to - 2);
  const century = form.yearDigits === 4 ? pairAt(text, from) : 20;
  const year = century * 100 + pairAt(text, to - 6);
  const day = pairAt(text, to - 2);
  return day < form.firstDay || day > daysInMonth(year, month) ? fault('illegal-day', to - 2, to) : undefined;
}

interface TimeForm {
  readonly length: number;
  readonly tooShort: Exclude<LintRule, `coupon-${string}`>;
  readonly tooLong: Exclude<LintRule, `coupon-${string}`>;
}

const HOUR: TimeForm = { length: 2, tooShort: 'hour-too-short', tooLong: 'hour-too-long' };
const MINUTE: TimeForm = { length: 2, tooShort: 'minute-too-short', tooLong: 'minute-too-long' };
const SECOND: TimeForm = { length: 2, tooShort: 'second-too-short', tooLong: 'second-too-long' };
const HOUR_AND_MINUTE: TimeForm = {
  length: 4,
  tooShort: 'hour-with-minute-too-short',
  tooLong: 'hour-with-minute-too-long',
};

function lengthFault(from: number, to: number, form: TimeForm): LintFault | undefined {
  if (to - from < form.length) return fault(form.tooShort, from, to);
  return to - from > form.length ? fault(form.tooLong, from, to) : undefined;
}

function hourFault(text: string, from: number): LintFault | undefined {
  return pairAt(text, from) > 23 ? fault('illegal-hour', from, from + 2) : undefined;
}

function minuteFault(text: string, from: number): LintFault | undefined {
  return pairAt(text, from) > 59 ? fault('illegal-minute', from, from + 2) : undefined;
}

/** Two characters that are known to be digits, as a number. */
function pairAt(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
}
