import { SERIAL_ALPHABET, SERIAL_LENGTH } from '#gs1/serial-pool.ts';
import type { PackedSerials } from '#line/ledger.ts';
import type { Expected } from '#line/line-state.ts';
import type { Reading } from '#line/signal.ts';

/** The order that every round makes. Company prefix 952 is GS1's own for examples. */
export const GTIN = '09521234543213';
export const LOT = 'BENCH24A';
export const EXPIRY = { date: '2031-12-31', code: '311231' } as const;
export const RUN = 1;

/** The order as Level 4 would hand it over. */
export function orderFile(order: string, quantity: number, overagePercent: number) {
  return {
    order,
    product: { gtin: GTIN, gcpLength: 7, name: 'Example Tablets 20 mg, 30 tablets', minGrade: 1.5 },
    lot: LOT,
    expiry: EXPIRY.date,
    quantity,
    overagePercent,
    market: 'DE',
  };
}

const GS = '\u001d';
const PLACE_BITS = 25;

/** What every item of an order of this size must say. A little is left over, so that the order is never made. */
export function expectedOf(serials: number): Expected {
  return { gtin: GTIN, lot: LOT, expiry: EXPIRY.code, minGrade: 15, quantity: serials - 100 };
}

/**
 * Serials that generator and station both know without talking: five characters are the index, scrambled by an odd
 * factor (so all differ), seven look random. Up to 2^25 of them.
 */
export function packSerials(count: number): PackedSerials {
  const bytes = new Uint8Array(count * SERIAL_LENGTH);
  const symbols = Uint8Array.from(SERIAL_ALPHABET, (symbol) => symbol.charCodeAt(0));
  for (let index = 0; index < count; index += 1) {
    let place = Math.imul(index, 0x1e3779b1) & (2 ** PLACE_BITS - 1);
    let noise = Math.imul(index ^ (index >>> 11), 0x85ebca6b) ^ 0x2545f491;
    for (let at = 0; at < SERIAL_LENGTH; at += 1) {
      const isPlace = at < PLACE_BITS / 5;
      bytes[index * SERIAL_LENGTH + at] = symbols[(isPlace ? place : noise >>> 3) & 31] ?? 0;
      if (isPlace) place >>>= 5;
      else noise = Math.imul(noise ^ (noise >>> 13), 0xc2b2ae35);
    }
  }
  return { count, stride: SERIAL_LENGTH, bytes };
}

/** Every so many items the camera reads nothing, and every so many the print is poor. Never three in a row. */
const NO_READ_EVERY = 50;
const POOR_EVERY = 97;

/** The result a Cognex DataMan sends for item `trigger` (docs/devices/cognex-dataman.md), with CR LF. */
export function resultFrame(trigger: number, serial: string): string {
  const isRead = trigger % NO_READ_EVERY !== 0;
  const code = Buffer.from(`]d201${GTIN}21${serial}${GS}17${EXPIRY.code}10${LOT}`, 'latin1').toString('base64');
  const grade = trigger % POOR_EVERY === 0 ? '1.0' : '3.6';
  const verification = isRead
    ? `<trucheck_verificaiton_result><overall_grade>${grade}</overall_grade></trucheck_verificaiton_result>`
    : '';
  return (
    `||0:0[1]<result id="${trigger}" image_id="${trigger}" version="1"><general>` +
    `<status>${isRead ? 'GOOD READ' : 'NO READ'}</status>` +
    `<full_string encoding="base64">${isRead ? code : ''}</full_string>` +
    `<symbology>Data Matrix</symbology><decode_time>12</decode_time><trigger_index>${trigger}</trigger_index>` +
    `</general>${verification}</result>\r\n`
  );
}

/** The same result as the reader's driver gives it to the line. */
export function readingOf(trigger: number, serial: string, at: number): Reading {
  if (trigger % NO_READ_EVERY === 0) return { trigger, image: trigger, kind: 'no-read', text: '', aim: '', at };
  const text = `01${GTIN}21${serial}${GS}17${EXPIRY.code}10${LOT}`;
  return { trigger, image: trigger, kind: 'read', text, aim: ']d2', grade: trigger % POOR_EVERY === 0 ? 10 : 36, at };
}

/** Whether item `trigger` is one that passes. */
export function isGood(trigger: number): boolean {
  return trigger % NO_READ_EVERY !== 0 && trigger % POOR_EVERY !== 0;
}
