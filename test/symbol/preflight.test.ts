import { describe, expect, it } from 'vitest';
import { makeSerials, SERIAL_ALPHABET, serialAt } from '#gs1/serial-pool.ts';
import { drawSymbol } from '#symbol/draw-symbol.ts';
import type { SymbolLayout } from '#symbol/layout.ts';
import { labelElements, preflight } from '#symbol/preflight.ts';
import { roomFor } from '#symbol/room.ts';
import { seeded } from '../gs1/seeded.ts';

const label = {
  elements: [
    { ai: '01', value: '09521234543213' },
    { ai: '17', value: '281130' },
    { ai: '10', value: 'LOT12345' },
  ],
  serialAt: 3,
};
const layout = (size: '20x20' | '22x22' | '24x24' | '26x26'): SymbolLayout => ({ kind: 'gs1-data-matrix', size });

function* pool(count: number): Generator<string> {
  const block = makeSerials({ count, length: 12, alphabet: SERIAL_ALPHABET, random: seeded('order') });
  for (let index = 0; index < count; index += 1) yield serialAt(block, index);
}

describe('before an order is printed', () => {
  it('a size with room for the worst serial fits all, and one label is drawn to hear the encoder', () => {
    expect(preflight(layout('24x24'), label, pool(5000))).toEqual({ kind: 'fits', drawn: 1 });
  });

  it('a size that only tight packing could meet is not promised, and a larger one is named', () => {
    expect(preflight(layout('22x22'), label, pool(5000))).toEqual({
      kind: 'not-proven',
      doubtful: expect.any(Number),
      surely: layout('24x24'),
    });
  });

  it('few doubtful serials are drawn, and the first that does not fit is named', () => {
    expect(preflight(layout('20x20'), label, ['A1B2C3D4E5F6'])).toEqual({
      kind: 'fails',
      serial: 'A1B2C3D4E5F6',
      why: { kind: 'does-not-fit' },
    });
    // Twenty capitals in a row pack tightly: the bound says no, the drawing says yes.
    const capitals = 'ABCDEFGHJKMNPQRSTVWX';
    const [atMost, has] = [roomFor(layout('24x24'), contentFor(capitals)).atMost, 36];
    expect(atMost).toBeGreaterThan(has);
    expect(preflight(layout('26x26'), label, [capitals])).toEqual({ kind: 'fits', drawn: 1 });
  });

  it.each([
    ['a serial that AI 21 cannot carry', ['GOOD', 'BAD ONE'], 'BAD ONE', 'invalid-cset82-character'],
    ['a serial that is too long', ['1'.repeat(21)], '1'.repeat(21), 'too-long'],
  ])('%s is named', (_name, serials, serial, rule) => {
    expect(preflight(layout('26x26'), label, serials)).toMatchObject({
      kind: 'fails',
      serial,
      why: { by: 'linewright', rule },
    });
  });

  it('the same holds for QR codes and linear symbols', () => {
    const serials = [...pool(50)];
    const qr: SymbolLayout = { kind: 'gs1-qr', version: 4, level: 'M' };
    const link: SymbolLayout = { kind: 'link-qr', version: 8, level: 'L', stem: 'https://id.gs1.org' };
    expect(preflight(qr, label, serials)).toEqual({ kind: 'fits', drawn: 1 });
    expect(preflight(link, label, serials)).toEqual({ kind: 'fits', drawn: 1 });
    expect(preflight({ kind: 'gs1-128', widest: 300, height: 20 }, label, serials)).toMatchObject({ kind: 'fails' });
  });

  it('an order without serials fits anything', () => {
    expect(preflight(layout('20x20'), label, [])).toEqual({ kind: 'fits', drawn: 0 });
  });
});

it('the bound is one: whatever has room by it can be drawn', () => {
  for (const size of ['20x20', '22x22', '24x24', '26x26'] as const) {
    const serials = ['1', 'A', 'a1', '12345678901234567890', 'AAAAAAAAAAAA', 'a-b_c/d', 'Zz9!'];
    const roomy = serials.filter((serial) => {
      const { atMost, has } = roomFor(layout(size), contentFor(serial));
      return atMost <= has;
    });
    expect(roomy.map((serial) => drawSymbol(layout(size), labelElements(label, serial)).kind)).toEqual(
      roomy.map(() => 'drawn'),
    );
  }
});

function contentFor(serial: string): string {
  return `01095212345432131728113010LOT12345\u001d21${serial}`;
}
