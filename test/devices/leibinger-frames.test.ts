import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OverlongFrame } from '#devices/conversation.ts';
import { parseMailing, queueRecords, selectJob } from '#devices/printer/leibinger/commands.ts';
import {
  encodeFrame,
  escapeParameter,
  FRAME_LIMIT,
  frameReader,
  isRepresentable,
  unescapeParameter,
} from '#devices/printer/leibinger/frames.ts';
import { cut } from './cut.ts';

const parameter = fc.string({ unit: fc.constantFrom(...'AZ09 ^\\?=!|é'), maxLength: 20 });
const message = fc.record({
  sort: fc.constantFrom('?', '=', '!'),
  tag: fc.constantFrom('RS', 'SM', 'ET', 'MR'),
  parameters: fc.array(parameter, { maxLength: 5 }).filter((list) => list.length !== 1 || list[0] !== ''),
});
const messages = fc.array(message, { maxLength: 8 });

describe('the stream of a Leibinger printer', () => {
  it('reads the same frames however the bytes arrive', () => {
    fc.assert(
      fc.property(messages, fc.array(fc.nat()), (sent, cuts) => {
        const bytes = Buffer.concat(sent.map(({ sort, tag, parameters }) => encodeFrame(sort, tag, parameters)));
        const reader = frameReader();
        const read = cut(bytes, cuts).flatMap((piece) => reader.feed(piece, 7));
        expect(read).toEqual(sent.map((frame) => ({ ...frame, at: 7 })));
      }),
    );
  });

  it('finds the frame behind any garbage, and tolerates LF after CR', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), message, (garbage, { sort, tag, parameters }) => {
        const noise = Uint8Array.from(garbage, (byte) => (byte === 0x5e || byte === 0x0d ? 0x20 : byte));
        const reader = frameReader();
        const bytes = Buffer.concat([noise, encodeFrame(sort, tag, parameters), Buffer.from('\n')]);
        expect(reader.feed(bytes, 1)).toEqual([{ sort, tag, parameters, at: 1 }]);
      }),
    );
  });

  it('begins anew when a frame lost its end', () => {
    expect(frameReader().feed(Buffer.from('^0=SM256\t3^0=SM256\t2\r'), 1)).toEqual([
      { sort: '=', tag: 'SM', parameters: ['256', '2'], at: 1 },
    ]);
  });

  it('gives a frame the time of its first byte', () => {
    const reader = frameReader();
    reader.feed(Buffer.from('^0=ET'), 10);
    expect(reader.feed(Buffer.from('x\r'), 20)).toEqual([{ sort: '=', tag: 'ET', parameters: ['x'], at: 10 }]);
  });

  it('gives up on a frame over its limit', () => {
    const reader = frameReader();
    const longest = Buffer.from(`^0=ET${'x'.repeat(FRAME_LIMIT - 6)}\r`);
    expect(reader.feed(longest, 1)).toHaveLength(1);
    expect(() => reader.feed(Buffer.from(`^0=ET${'x'.repeat(FRAME_LIMIT)}`), 1)).toThrow(OverlongFrame);
  });
});

describe('what is written to a Leibinger printer', () => {
  it('escapes and unescapes any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(unescapeParameter(escapeParameter(text))).toBe(text);
      }),
    );
  });

  it('writes records with rising numbers and jobs with escaped backslashes', () => {
    expect(Buffer.from(queueRecords(9, ['A', 'B^'])).toString('latin1')).toBe('^0=MR9\tA\r^0=MR10\tB\\^\r');
    expect(Buffer.from(selectJob('X')).toString('latin1')).toBe('^0=JL\\\\FFSDISK\\\\JOBS\\\\X\r');
  });

  it.each([
    ['ABC^é', true],
    ['a\tb', false],
    ['a\rb', false],
    ['€', false],
  ])('knows whether %j can be sent', (text, can) => {
    expect(isRepresentable(text)).toBe(can);
  });

  it('does not take a status for one that it is not', () => {
    expect(parseMailing(['256', '3', '7', '0', '1', '12'])).toEqual({
      depth: 256,
      entries: 3,
      started: 7,
      isFinished: true,
      printGos: 12,
    });
    expect(parseMailing(['256', '3', '-7', '0', '1', '12'])).toBeUndefined();
    expect(parseMailing(['256', '3'])).toBeUndefined();
  });
});
