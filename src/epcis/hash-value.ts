import { readEpcLink } from '#epcis/epc-link.ts';
import { readEpcUrn } from '#epcis/epc-urn.ts';
import { readMoment } from '#epcis/moment.ts';
import { utc } from '#epcis/utc.ts';
import { CBV_ROLES, GS1_VOC } from '#epcis/vocabulary.ts';

/** Decimals as Python reads them, since the reference implementation does: sign, exponent, single underscores. */
const DECIMAL = /^[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?$/;

/** A time as the event hash wants it: UTC, three decimals. What is no time stays as it is. */
export function hashTime(text: string): string {
  const moment = readMoment(text);
  return moment === undefined ? text : utc(moment.at);
}

/**
 * Any other value as the event hash wants it (CBV 2.0 §8.9): CBV URNs as web URIs, numbers in one notation, GS1 keys as
 * canonical Digital Links. Text that reads as a number is taken for one: lot `007` hashes like lot `7`.
 */
export function hashValue(text: string): string {
  const value = number(webVocabulary(text.trim()));
  // The reference implementation leaves the apostrophe of a URN as it is; the standard would have it escaped (measured).
  return readEpcUrn(value)?.uri.replaceAll('%27', "'") ?? readEpcLink(value)?.uri ?? value;
}

function webVocabulary(text: string): string {
  if (text.startsWith('gs1:')) return `${GS1_VOC}${text.slice('gs1:'.length)}`;
  if (text.startsWith('cbv:')) return `https://ref.gs1.org/cbv/${text.slice('cbv:'.length)}`;
  if (!text.includes('urn:epcglobal:cbv:')) return text;
  return Object.values(CBV_ROLES).reduce((all, { urn, web }) => all.replaceAll(urn, web), text);
}

/** Double precision on purpose: a lot of 20 digits loses its last ones, as it does in the reference implementation. */
function number(text: string): string {
  if (!DECIMAL.test(text)) return text;
  const value = Number(text.replaceAll('_', ''));
  if (!Number.isFinite(value)) return text;
  if (Number.isInteger(value)) return BigInt(value).toString();
  if (Math.abs(value) >= 1e-4) return String(value);
  const [digits = '', exponent = ''] = value.toExponential().split('e-');
  return `${digits}e-${exponent.padStart(2, '0')}`;
}
