import { type FrameReader, OverlongFrame } from '#devices/conversation.ts';
import type { Instant } from '#line/time.ts';

/** docs/devices/leibinger-jet.md, Wire. */
export const FRAME_LIMIT = 4_096;

const CARET = 0x5e;
const BACKSLASH = 0x5c;
const CR = 0x0d;

/** One frame without `^0` and CR: `?` asks, `=` sets or answers, `!` acts. Parameters are unescaped. */
export interface Frame {
  readonly sort: '?' | '=' | '!';
  readonly tag: string;
  readonly parameters: readonly string[];
  readonly at: Instant;
}

/**
 * Cuts the stream at CR. Bytes before a `^` are skipped; an unescaped `^` inside a frame begins a new one, because a
 * frame whose end was lost must not swallow its successor.
 */
export function frameReader(): FrameReader<Frame> {
  let open: number[] | undefined;
  let since: Instant = 0;
  let isEscaped = false;

  function take(byte: number, at: Instant): Frame | undefined {
    if (byte === CARET && !isEscaped) {
      open = [];
      since = at;
      return undefined;
    }
    if (open === undefined) return undefined;
    if (byte === CR) {
      const frame = parse(open, since);
      open = undefined;
      isEscaped = false;
      return frame;
    }
    isEscaped = byte === BACKSLASH && !isEscaped;
    if (open.push(byte) + 2 > FRAME_LIMIT) throw new OverlongFrame(FRAME_LIMIT);
    return undefined;
  }

  return {
    feed(bytes, at) {
      const frames: Frame[] = [];
      for (const byte of bytes) {
        const frame = take(byte, at);
        if (frame !== undefined) frames.push(frame);
      }
      return frames;
    },
  };
}

function parse(bytes: readonly number[], at: Instant): Frame | undefined {
  const text = String.fromCharCode(...bytes);
  const head = /^0([?=!])([A-Z]{2})/.exec(text);
  const sort = head?.[1];
  const tag = head?.[2];
  if (tag === undefined || (sort !== '?' && sort !== '=' && sort !== '!')) return undefined;
  const rest = text.slice(4);
  return { sort, tag, parameters: rest === '' ? [] : rest.split('\t').map(unescapeParameter), at };
}

/** `^` and `\` as they stand in a parameter on the wire. */
export function escapeParameter(text: string): string {
  return text.replace(/[\\^]/g, '\\$&');
}

export function unescapeParameter(text: string): string {
  return text.replace(/\\([\\^])/g, '$1');
}

/** The bytes of a frame. The parameters must be representable: see `isRepresentable`. */
export function encodeFrame(sort: Frame['sort'], tag: string, parameters: readonly string[] = []): Uint8Array {
  return Buffer.from(`^0${sort}${tag}${parameters.map(escapeParameter).join('\t')}\r`, 'latin1');
}

/** Latin-1 without control characters. What cannot be sent is refused before it is framed (devices.md §2.8). */
export function isRepresentable(text: string): boolean {
  return /^[\x20-\x7e\xa0-\xff]*$/.test(text);
}
