import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OverlongFrame } from '#devices/conversation.ts';
import { parseResult } from '#devices/reader/dataman/commands.ts';
import { encodeCommand, frameReader, LINE_LIMIT, quote, unquote } from '#devices/reader/dataman/frames.ts';
import { cut } from './cut.ts';

const reply = fc.record({
  id: fc.nat(99_999),
  status: fc.constantFrom(0, 1, 100, 104),
  data: fc.string({ unit: fc.constantFrom(...'AZaz09 <>/="'), maxLength: 30 }),
  isChecked: fc.boolean(),
});

/** XOR of all bytes before it, as the last byte of the line. */
function line({
  id,
  status,
  data,
  isChecked,
}: {
  id: number;
  status: number;
  data: string;
  isChecked: boolean;
}): Buffer {
  const text = Buffer.from(`||${isChecked ? 1 : 0}:${id}[${status}]${data}`, 'latin1');
  const check = isChecked ? [text.reduce((sum, byte) => sum ^ byte, 0)] : [];
  return Buffer.concat([text, Buffer.from(check), Buffer.from('\r\n')]);
}

const xml = (inside: string) =>
  `<result id="57" image_id="58" version="1"><general>${inside}<trigger_index>59</trigger_index></general></result>`;
const code = ']d201095212345432132112AB\x1d17281122101234';

describe('the stream of a DataMan reader', () => {
  it('reads the same replies however the bytes arrive', () => {
    fc.assert(
      fc.property(fc.array(reply, { maxLength: 8 }), fc.array(fc.nat()), (sent, cuts) => {
        const reader = frameReader();
        const read = cut(Buffer.concat(sent.map(line)), cuts).flatMap((piece) => reader.feed(piece, 3));
        expect(read).toEqual(sent.map(({ id, status, data }) => ({ kind: 'reply', id, status, data, at: 3 })));
      }),
    );
  });

  it('finds the reply behind garbage, even behind a reply that lost its end', () => {
    const noise = '\x00x||0:5[1]<result id="1"';
    expect(frameReader().feed(Buffer.from(`${noise}||0:6[0]ok\r\n`), 1)).toEqual([
      { kind: 'reply', id: 6, status: 0, data: 'ok', at: 1 },
    ]);
  });

  it('gives out what is no reply as noise', () => {
    expect(frameReader().feed(Buffer.from('hello\r\n'), 1)).toEqual([{ kind: 'noise', text: 'hello', at: 1 }]);
  });

  it('takes a reply with a wrong check byte for noise', () => {
    expect(frameReader().feed(Buffer.from('||1:6[0]okX\r\n'), 1)).toMatchObject([{ kind: 'noise' }]);
  });

  it('gives up on a line over its limit', () => {
    expect(() => frameReader().feed(Buffer.alloc(LINE_LIMIT + 1, 0x41), 1)).toThrow(OverlongFrame);
  });

  it('quotes and unquotes any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(unquote(quote(text))).toBe(text);
      }),
    );
  });

  it('asks with an id', () => {
    expect(Buffer.from(encodeCommand(17, 'GET DEVICE.NAME')).toString()).toBe('||0:17>GET DEVICE.NAME\r\n');
  });
});

describe('a result of a DataMan reader', () => {
  const full = `<full_string encoding="base64">${Buffer.from(code, 'latin1').toString('base64')}</full_string>`;

  it('keeps counts, identifier, payload with its separators and the grade', () => {
    const text = xml(`<status>GOOD READ</status>${full}`).replace(
      '</result>',
      '<trucheck_verificaiton_result><overall_grade>3.6</overall_grade></trucheck_verificaiton_result></result>',
    );
    expect(parseResult(text, 5)).toEqual({
      trigger: 59,
      image: 58,
      kind: 'read',
      aim: ']d2',
      text: code.slice(3),
      grade: 36,
      at: 5,
    });
  });

  it('is a no-read without code and grade', () => {
    const text = xml('<status>NO READ</status><full_string encoding="base64"></full_string>');
    expect(parseResult(text, 5)).toEqual({ trigger: 59, image: 58, kind: 'no-read', aim: '', text: '', at: 5 });
  });

  it.each([
    ['without a trigger index', xml('<status>GOOD READ</status>').replace(/<trigger_index>.*<\/trigger_index>/, '')],
    ['without an image number', xml('<status>GOOD READ</status>').replace(' image_id="58"', '')],
    ['cut off', xml('<status>GOOD READ</status>').slice(0, -3)],
    ['of another kind', 'something'],
  ])('belongs to no trigger when it is %s', (_how, text) => {
    expect(parseResult(text, 5)).toBeUndefined();
  });
});
