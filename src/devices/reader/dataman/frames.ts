import { type FrameReader, OverlongFrame } from '#devices/conversation.ts';
import type { Instant } from '#line/time.ts';

/** docs/devices/cognex-dataman.md, Wire. */
export const LINE_LIMIT = 16_384;

const CR = 0x0d;
const LF = 0x0a;

/** `||0:17[0]data`; or text that is no reply, for whoever counts such things. */
export type Frame =
  | {
      readonly kind: 'reply';
      readonly id: number;
      readonly status: number;
      readonly data: string;
      readonly at: Instant;
    }
  | { readonly kind: 'noise'; readonly text: string; readonly at: Instant };

/** Cuts the stream at CR LF. */
export function frameReader(): FrameReader<Frame> {
  let open: number[] = [];
  let since: Instant = 0;

  return {
    feed(bytes, at) {
      const frames: Frame[] = [];
      for (const byte of bytes) {
        if (open.length === 0) since = at;
        open.push(byte);
        if (byte === LF && open.at(-2) === CR) {
          frames.push(parse(open.slice(0, -2), since));
          open = [];
        } else if (open.length >= LINE_LIMIT) throw new OverlongFrame(LINE_LIMIT);
      }
      return frames;
    },
  };
}

const HEADER = /\|\|([01]?):(\d{1,9})\[(\d{1,3})\]/g;

/** The last header on the line counts: what stands before it is garbage, or a line whose end was lost. */
function parse(bytes: readonly number[], at: Instant): Frame {
  const text = Buffer.from(bytes).toString('latin1');
  const header = [...text.matchAll(HEADER)].at(-1);
  const noise: Frame = { kind: 'noise', text, at };
  if (header === undefined) return noise;
  const isChecked = header[1] === '1';
  if (isChecked && !isIntact(bytes.slice(header.index))) return noise;
  const data = text.slice(header.index + header[0].length, isChecked ? -1 : undefined);
  return { kind: 'reply', id: Number(header[2]), status: Number(header[3]), data, at };
}

/** The last byte is the XOR of all before it. */
function isIntact(bytes: readonly number[]): boolean {
  return bytes.reduce((sum, byte) => sum ^ byte, 0) === 0;
}

/** A command that asks for an answer with this id. */
export function encodeCommand(id: number, command: string): Uint8Array {
  return Buffer.from(`||0:${id}>${command}\r\n`, 'latin1');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '|': '\\|',
  '\t': '\\t',
  '\r': '\\r',
  '\n': '\\n',
};
const MEANT: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n' };

/** A string argument, in quotes. */
export function quote(text: string): string {
  return `"${text.replace(/["\\|\t\r\n]/g, (character) => ESCAPES[character] ?? character)}"`;
}

/** The text of a quoted string; what is not quoted is taken as it stands. */
export function unquote(text: string): string {
  const inside = /^"(.*)"$/s.exec(text)?.[1];
  return inside === undefined ? text : inside.replace(/\\(.)/gs, (_pair, letter: string) => MEANT[letter] ?? letter);
}
