const CARET = 0x5e;
const BACKSLASH = 0x5c;
const CR = 0x0d;

/** One frame as received: its kind (`?`, `=`, `!`), its two letters, its parameters unescaped. */
export interface JetFrame {
  readonly kind: string;
  readonly name: string;
  readonly parameters: readonly string[];
}

export interface JetParser {
  /** Frames completed by these bytes, or undefined when a frame grew beyond its limit: close the connection. */
  feed(bytes: Uint8Array): readonly JetFrame[] | undefined;
}

/** The printer's end of the wire. An unescaped `^` begins a frame, wherever it stands; anything before one is noise. */
export function createJetParser(limit = 4096): JetParser {
  let body: number[] | undefined;
  let isEscaped = false;
  const take = (byte: number): readonly number[] | undefined => {
    if (byte === CARET && !isEscaped) {
      body = [];
      return undefined;
    }
    if (!body) return undefined;
    if (byte === CR) {
      const whole = body;
      body = undefined;
      isEscaped = false;
      return whole;
    }
    isEscaped = byte === BACKSLASH && !isEscaped;
    body.push(byte);
    return undefined;
  };
  return {
    feed(bytes) {
      const frames: JetFrame[] = [];
      for (const byte of bytes) {
        const whole = take(byte);
        const frame = whole && readFrame(Buffer.from(whole).toString('latin1'));
        if (frame) frames.push(frame);
        if (body && body.length > limit) return undefined;
      }
      return frames;
    },
  };
}

function readFrame(text: string): JetFrame | undefined {
  // Another address than ours is another printer on the same line.
  const [, kind, name, rest] = /^0([?=!])([A-Z]{2})(.*)$/s.exec(text) ?? [];
  if (!kind || !name || rest === undefined) return undefined;
  return { kind, name, parameters: rest === '' ? [] : rest.split('\t').map(withoutEscapes) };
}

const withoutEscapes = (text: string): string => text.replace(/\\([\\^])/g, '$1');
const withEscapes = (text: string): string => text.replace(/[\\^]/g, '\\$&');

/** A reply of the printer, as bytes. */
export function jetReply(name: string, parameters: readonly (string | number)[]): Buffer {
  return Buffer.from(`^0=${name}${parameters.map((value) => withEscapes(String(value))).join('\t')}\r`, 'latin1');
}
