const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes as text (RFC 4648, 4), with padding. */
export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const digits = [18, 12, 6, 0].map((shift) => DIGITS.charAt((group >> shift) & 63)).join('');
    parts.push(left >= 3 ? digits : digits.slice(0, left + 1).padEnd(4, '='));
  }
  return parts.join('');
}

/** The bytes of a text; undefined when it is not base64. */
export function parseBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let at = 0; at * 4 < text.length; at += 1) {
    let group = 0;
    for (let digit = 0; digit < 4; digit += 1)
      group = (group << 6) | Math.max(0, DIGITS.indexOf(text.charAt(at * 4 + digit)));
    for (let byte = 0; byte < 3; byte += 1) bytes[at * 3 + byte] = (group >> (16 - 8 * byte)) & 255;
  }
  return bytes;
}
