import { addMonths, type CalendarDate, parseDate, writeDate, yymmdd } from '#gs1/calendar.ts';
import { isX20 } from '#gs1/character-set.ts';
import { checkDigit } from '#gs1/check-digit.ts';
import { GCP_LENGTHS, type Gtin, hasCompanyPrefix, parseGtin } from '#gs1/gtin.ts';
import type { Order } from '#order/order.ts';

/** An order file whose shape has been checked (`contract/order-file.ts`). */
export interface OrderInput {
  readonly order: string;
  readonly product: {
    readonly gtin: string;
    readonly gcpLength: number;
    readonly name: string;
    readonly minGrade: number;
  };
  readonly lot: string;
  readonly expiry: string;
  readonly quantity: number;
  readonly overagePercent: number;
  readonly market: string;
}

/** What keeps an order out: the field, and a sentence that says what, why and what to do. */
export interface OrderProblem {
  readonly field: string;
  readonly message: string;
}

export type ImportedOrder =
  | { readonly kind: 'order'; readonly order: Order }
  | { readonly kind: 'rejected'; readonly problems: readonly OrderProblem[] };

/** Serials one run can hold: its ledger lives in memory. */
export const MOST_SERIALS = 12_000_000;

/** Two-digit years in codes are read within 50 years of today. */
const MOST_MONTHS_AHEAD = 50 * 12;

/**
 * Judges an order by the guards of T01 that need no product master: check digit, prefix, lot, expiry, quantity, and
 * that `known` (ids of all orders ever imported) does not have it yet. `today` is the plant's date, `YYYY-MM-DD`.
 * Every problem is reported, not only the first.
 */
export function importOrder(file: OrderInput, today: string, known: ReadonlySet<string>): ImportedOrder {
  const now = parseDate(today);
  if (now === undefined) throw new RangeError(`today is ${today}, which is no date`);
  const gtin = parseGtin(file.product.gtin);
  const expiry = resolveExpiry(file.expiry, now);
  const allocate = serialsFor(file);
  const problems = [
    ...idProblems(file, known),
    ...productProblems(file, gtin),
    ...lotProblems(file),
    ...expiryProblems(file, expiry, now),
    ...quantityProblems(file, allocate),
  ];
  if (problems.length > 0 || gtin === undefined || expiry === undefined) return { kind: 'rejected', problems };
  return { kind: 'order', order: orderOf(file, gtin, expiry) };
}

/**
 * An order that was taken before, read back from the record (its expiry resolved): what `importOrder` made of it then.
 * The guards are not asked again, for an order does not become wrong by growing old. Undefined when it never was one.
 */
export function recordedOrder(file: OrderInput): Order | undefined {
  const gtin = parseGtin(file.product.gtin);
  const expiry = parseDate(file.expiry);
  return gtin === undefined || expiry === undefined ? undefined : orderOf(file, gtin, expiry);
}

function orderOf(file: OrderInput, gtin: Gtin, expiry: CalendarDate): Order {
  const { gcpLength, name, minGrade } = file.product;
  return {
    order: file.order,
    product: { gtin, gcpLength, name, minGrade: tenths(minGrade) },
    lot: file.lot,
    expiry: writeDate(expiry),
    expiryYymmdd: yymmdd(expiry),
    quantity: file.quantity,
    overagePercent: file.overagePercent,
    allocate: serialsFor(file),
    market: file.market,
  };
}

function idProblems({ order }: OrderInput, known: ReadonlySet<string>): OrderProblem[] {
  if (!known.has(order)) return [];
  const message = `Order ${order} has been imported before. An order is carried out once; give the new one its own number.`;
  return [{ field: 'order', message }];
}

function productProblems({ product }: OrderInput, gtin: Gtin | undefined): OrderProblem[] {
  const problems: OrderProblem[] = [];
  if (gtin === undefined) problems.push({ field: 'product.gtin', message: gtinMessage(product.gtin) });
  else if (!hasCompanyPrefix(gtin, product.gcpLength)) {
    const message =
      `A company prefix of ${product.gcpLength} digits does not fit GTIN ${gtin}: it has ${GCP_LENGTHS.min} to ` +
      `${GCP_LENGTHS.max} digits and is not all zeros. Take the length from the GS1 licence of the product's owner.`;
    problems.push({ field: 'product.gcpLength', message });
  }
  if (
    product.minGrade < 0 ||
    product.minGrade > 4 ||
    Math.abs(tenths(product.minGrade) - product.minGrade * 10) > 1e-6
  ) {
    const message = `The lowest grade is ${product.minGrade}, but grades run from 0.0 to 4.0 in steps of 0.1.`;
    problems.push({ field: 'product.minGrade', message: `${message} Enter such a number, usually 1.5.` });
  }
  return problems;
}

function gtinMessage(gtin: string): string {
  if (!/^\d{14}$/.test(gtin)) return `GTIN ${gtin} is not 14 digits. Fill a shorter one with zeros from the left.`;
  const right = checkDigit(gtin.slice(0, 13));
  return `GTIN ${gtin} ends in ${gtin[13]}, but its check digit is ${right}. One of its digits is wrong; compare it with the product master.`;
}

function lotProblems({ lot }: OrderInput): OrderProblem[] {
  if (isX20(lot)) return [];
  const message = `Lot ${lot} cannot be printed: AI (10) carries 1 to 20 letters, digits and marks of GS1 character set 82, no spaces.`;
  return [{ field: 'lot', message: `${message} Correct the lot in the order.` }];
}

function expiryProblems(
  { expiry: text }: OrderInput,
  expiry: CalendarDate | undefined,
  now: CalendarDate,
): OrderProblem[] {
  const today = writeDate(now);
  if (expiry === undefined) {
    return [{ field: 'expiry', message: `Expiry ${text} is no day of the calendar. Enter it as YYYY-MM-DD.` }];
  }
  const date = writeDate(expiry);
  if (date <= today) {
    const message = `Expiry ${date} is not after today (${today}), so nothing of this lot could be sold. Correct the date or the lot.`;
    return [{ field: 'expiry', message }];
  }
  if (date > writeDate(addMonths(now, MOST_MONTHS_AHEAD))) {
    const message = `Expiry ${date} is more than 50 years ahead: the two-digit year in the code would be read as the past. Correct the date.`;
    return [{ field: 'expiry', message }];
  }
  return [];
}

function quantityProblems({ quantity, overagePercent }: OrderInput, allocate: number): OrderProblem[] {
  if (!Number.isInteger(quantity) || quantity <= 0) {
    return [{ field: 'quantity', message: `A quantity of ${quantity} cannot be packed. Enter a whole number from 1.` }];
  }
  if (!(overagePercent >= 0)) {
    return [
      { field: 'overagePercent', message: `An overage of ${overagePercent} % is less than nothing. Enter 0 or more.` },
    ];
  }
  if (allocate > MOST_SERIALS) {
    const message = `Quantity and overage need ${allocate} serials, and a run holds ${MOST_SERIALS}. Split the order or lower the overage.`;
    return [{ field: 'quantity', message }];
  }
  return [];
}

/** A date, or `+24m`: the same day of the month that many months after `now`, clamped to the month. */
function resolveExpiry(text: string, now: CalendarDate): CalendarDate | undefined {
  const months = /^\+(\d{1,3})m$/.exec(text)?.[1];
  return months === undefined ? parseDate(text) : addMonths(now, Number(months));
}

/** Rounds up, but not for the last bits of a float: 300 and 10 % are 330, not 331. */
function serialsFor({ quantity, overagePercent }: OrderInput): number {
  return quantity + Math.ceil((quantity * overagePercent) / 100 - 1e-9);
}

function tenths(grade: number): number {
  return Math.round(grade * 10);
}
