import { expect, it } from 'vitest';
import { parsePpnCode, writePpnCode } from '#gs1/national/ppn.ts';
import { drawMessage } from '#symbol/draw-message.ts';
import { decode } from './decode.ts';

const code = { ppn: '110375286414', serial: '12345ABCDEF', lot: 'AB-C_1', expiry: '281130' };
const message = writePpnCode(code) ?? '';

it('a German pack is read by another engine as it was written, envelope included', async () => {
  const symbol = drawMessage('24x24', message);
  if (symbol.kind !== 'drawn') throw new Error(symbol.kind);
  expect([symbol.picture.width, symbol.picture.height]).toEqual([24, 24]);
  const scan = await decode(symbol.picture);
  expect(scan?.slice(0, 3)).toBe(']d1');
  expect(parsePpnCode(scan?.slice(3) ?? '')).toEqual({ kind: 'parsed', code });
});

it('a message that does not fit its size, and a text that is no message, are refused', () => {
  expect(drawMessage('16x16', message)).toEqual({ kind: 'does-not-fit' });
  expect(drawMessage('24x24', '0109521234543213')).toMatchObject({
    kind: 'refused',
    by: 'linewright',
    rule: 'not-a-message',
  });
});
