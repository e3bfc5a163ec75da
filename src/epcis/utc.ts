import type { Instant } from '#line/time.ts';

const DAY = 86_400_000;

/**
 * An instant as `YYYY-MM-DDThh:mm:ss.sssZ`: UTC with exactly three decimals, so that no rounding rule of the event hash
 * can bite (gs1-epcis.md §12.2). Years 1970 to 9999.
 */
export function utc(at: Instant): string {
  const whole = Math.floor(at);
  const days = Math.floor(whole / DAY);
  const rest = whole - days * DAY;
  const time = [rest / 3_600_000, (rest / 60_000) % 60, (rest / 1000) % 60].map((part) => digits(part, 2)).join(':');
  return `${dateOf(days)}T${time}.${digits(rest % 1000, 3)}Z`;
}

/**
 * The Gregorian date of a day counted from 1970-01-01. Years run from March, so that the leap day is their last, and
 * 400 of them are an era of 146 097 days (Hinnant, "chrono-compatible low-level date algorithms").
 */
function dateOf(days: number): string {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leaps = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const march = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * march + 2) / 5) + 1;
  const month = march < 10 ? march + 3 : march - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
}

function digits(value: number, length: number): string {
  return String(Math.floor(value)).padStart(length, '0');
}
