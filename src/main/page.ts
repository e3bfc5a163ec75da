import { randomBytes } from 'node:crypto';

/** Fresh for each page: whoever has seen one page cannot write a style into the next. */
export function newNonce(): string {
  return randomBytes(16).toString('base64');
}

/** The headers of every answer: nothing is cached, sniffed, framed or told to others. */
export const HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** What the page may do: own scripts, own styles, own fonts, own wire; pictures it made itself. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** A picture of an item, promised to a page and fetched once. It may do nothing, even opened by itself. */
export function pictureHeaders(type: string): Readonly<Record<string, string>> {
  return { ...HEADERS, 'content-type': type, 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" };
}

/** The built page with its nonce in place (`html.cspNonce` of the build leaves the placeholder). */
export function pageWith(html: string, nonce: string): string {
  return html.replaceAll('__CSP_NONCE__', nonce);
}
