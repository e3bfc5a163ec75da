import type { Context } from '#cli/inspect/report.ts';
import { type AiEntry, aiEntry } from '#gs1/ai-table.ts';
import { resolveYymmdd, writeDate } from '#gs1/calendar.ts';
import { GCP_LENGTHS } from '#gs1/gtin.ts';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** Keys of GTIN shape: an indicator digit stands in front of the company prefix. */
const TURNED = ['00', '01', '02', '03', '8006', '8026'];

/** AIs whose day is over once it has passed. */
const ENDING = ['15', '16', '17', '7003'];

const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  yesno: { '0': 'no', '1': 'yes' },
  iso5218: { '0': 'not known', '1': 'male', '2': 'female', '9': 'not applicable' },
  winding: { '0': 'wound face out', '1': 'wound face in', '9': 'winding undefined' },
};

/** What a sound value says, for people; empty where it speaks for itself. */
export function meaningOf(ai: string, value: string, context: Context): string {
  const entry = aiEntry(ai);
  if (entry === undefined) return '';
  const number = numberOf(entry, value);
  if (number !== undefined) return number;
  const parts = cut(entry, value).map(({ text, linters }) => partMeaning(ai, text, linters, context));
  const said = parts.filter((text) => text !== '').join(', ');
  const isOver = ENDING.includes(ai) && /^\d{6}/.test(value) && isPast(value.slice(0, 6), context);
  return isOver ? `${said}: in the past` : said;
}

/** `31 December 2026`, from YYMMDD; `end of December 2026` where the day is 00. Undefined when there is no such day. */
export function dateInWords(text: string, today: string): string | undefined {
  const date = resolveYymmdd(text, Number(today.slice(0, 4)));
  if (date === undefined) return undefined;
  const month = `${MONTHS[date.month - 1]} ${date.year}`;
  return text.endsWith('00') ? `end of ${month} (${date.day})` : `${date.day} ${month}`;
}

/** What shows in the digits of a key: its short form, and the company prefix if its length is known. */
export function keyMeaning(ai: string, digits: string, { gcpLength }: Context): string {
  const told = [`check digit ${digits.at(-1)} is right`];
  if (['01', '02', '03'].includes(ai)) told.unshift(gtinForm(digits));
  const start = TURNED.includes(ai) ? 1 : ai === '8003' ? 1 : 0;
  if (gcpLength !== undefined) told.push(`company prefix ${digits.slice(start, start + gcpLength)}`);
  return told.join(', ');
}

function gtinForm(gtin: string): string {
  if (/^0{6}/.test(gtin)) return `GTIN-8 ${gtin.slice(6)}`;
  if (gtin.startsWith('00')) return `GTIN-12 ${gtin.slice(2)}`;
  if (gtin.startsWith('0')) return `GTIN-13 ${gtin.slice(1)}`;
  return gtin.startsWith('9') ? 'GTIN-14, variable measure' : `GTIN-14, packaging level ${gtin[0]}`;
}

interface Cut {
  readonly text: string;
  readonly linters: readonly string[];
}

function cut({ parts }: AiEntry, value: string): Cut[] {
  let at = 0;
  return parts.map(({ max, linters }) => {
    const text = value.slice(at, at + max);
    at += max;
    return { text, linters };
  });
}

function partMeaning(ai: string, text: string, linters: readonly string[], context: Context): string {
  const [linter = ''] = linters;
  if (text === '') return '';
  switch (linter) {
    case 'yymmd0':
    case 'yymmdd':
      return dateInWords(text, context.today) ?? '';
    case 'yyyymmdd':
      return `${Number(text.slice(6))} ${MONTHS[Number(text.slice(4, 6)) - 1]} ${text.slice(0, 4)}`;
    case 'hhmi':
      return `${text.slice(0, 2)}:${text.slice(2)}`;
    case 'hh':
      return `${text} h`;
    case 'mi':
      return `${text} min`;
    case 'ss':
      return `${text} s`;
    case 'csum':
      return keyMeaning(ai, text, context);
    case 'pieceoftotal':
      return `piece ${Number(text.slice(0, 2))} of ${Number(text.slice(2))}`;
    case 'latitude':
      return `latitude ${degrees(text, 90)}`;
    case 'longitude':
      return `longitude ${degrees(text, 180)}`;
    case 'iso3166':
    case 'iso3166999':
      return text === '999' ? 'more than one country' : `country ${text} (ISO 3166)`;
    case 'iso3166alpha2':
      return new Intl.DisplayNames('en', { type: 'region' }).of(text) ?? '';
    case 'gcppos1':
      return context.gcpLength === undefined ? '' : `company prefix ${text.slice(0, context.gcpLength)}`;
    default:
      return WORDS[linter]?.[text] ?? '';
  }
}

/** GS1 General Specifications §3.8.18: degrees north of the pole or east of 180° W, times ten million. */
function degrees(text: string, offset: number): string {
  return `${(Number(text) / 1e7 - offset).toFixed(5)}°`;
}

/** Measures and amounts: the last digit of the AI says where the decimal point stands. */
function numberOf({ ai, title }: AiEntry, value: string): string | undefined {
  if (!/^3[1-69]\d\d$/.test(ai)) return ['30', '37'].includes(ai) ? `${Number(value)} pieces` : undefined;
  const decimals = Number(ai[3]);
  const isForeign = ai.startsWith('391') || ai.startsWith('393');
  const number = pointed(isForeign ? value.slice(3) : value, decimals);
  if (isForeign) return `${number} in currency ${value.slice(0, 3)} (ISO 4217)`;
  if (ai.startsWith('394')) return `${number} %`;
  const unit = /\((.+)\)(?:, log)?$/.exec(title)?.[1] ?? (title.startsWith('KG') ? 'kg per m²' : '');
  return unit === '' ? number : `${number} ${unit}`;
}

function pointed(digits: string, decimals: number): string {
  const filled = digits.padStart(decimals + 1, '0');
  const whole = filled.slice(0, filled.length - decimals).replace(/^0+(?=\d)/, '');
  return decimals === 0 ? whole : `${whole}.${filled.slice(-decimals)}`;
}

function isPast(text: string, { today }: Context): boolean {
  const date = resolveYymmdd(text, Number(today.slice(0, 4)));
  return date !== undefined && writeDate(date) < today;
}

/** Company prefixes shorter than six digits exist, but no EPC can carry them. */
export function canBeEpcPrefix(length: number): boolean {
  return length >= GCP_LENGTHS.min && length <= GCP_LENGTHS.max;
}
