import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askBwip } from '#symbol/bwip.ts';
import { asciiWords, elementStringWords, padded } from '#vision/ecc200/ascii.ts';
import { blockOf, matrixOf, withChecks } from '#vision/ecc200/codewords.ts';
import { layoutOf, modulesOf, readWords, VARIABLE } from '#vision/ecc200/layout.ts';
import { ECC200_SIZES, ecc200Size, regionOf } from '#vision/ecc200/sizes.ts';
import { allowSlowPictures } from '../grading.ts';

allowSlowPictures();

const names = ECC200_SIZES.map((size) => [`${size.rows}x${size.columns}`, size] as const);

/** What bwip-js draws: an encoder that shares nothing with ours. */
function drawn(bcid: string, text: string, version: string): number[] {
  const answer = askBwip({ bcid, text, version, parse: bcid.startsWith('gs1') }, 1);
  if (answer.kind !== 'drawn') throw new Error(`${version}: ${JSON.stringify(answer)}`);
  return [...answer.picture.modules];
}

function ours(words: readonly number[] | undefined, rows: number, columns: number): number[] {
  const size = ecc200Size(rows, columns);
  const data = size && words && padded(words, size.data);
  return size === undefined || data === undefined ? [] : [...matrixOf(data, size)];
}

describe('a symbol of our own making', () => {
  it('has one of the thirty sizes of ECC 200', () => {
    expect(ECC200_SIZES).toHaveLength(30);
    expect(ecc200Size(22, 22)).toMatchObject({ data: 30, ec: 20, blocks: 1 });
    expect(ecc200Size(22, 24)).toBeUndefined();
    expect(ecc200Size(Number.NaN, 22)).toBeUndefined();
  });

  it.each(names)('is what another encoder draws in %s, full of digits', (version, { rows, columns, data }) => {
    const text = '1234567890'.repeat(400).slice(0, 2 * data);
    const bcid = rows === columns ? 'datamatrix' : 'datamatrixrectangular';
    expect(ours(asciiWords(text), rows, columns)).toEqual(drawn(bcid, text, version));
  });

  it.each(names)('is what another encoder draws in %s, nearly empty and padded', (version, { rows, columns }) => {
    const bcid = rows === columns ? 'datamatrix' : 'datamatrixrectangular';
    expect(ours(asciiWords('42'), rows, columns)).toEqual(drawn(bcid, '42', version));
  });

  it('carries a GS1 element string as another encoder draws it', () => {
    const elements = '01095212345432131726123110\u{31}23\u001D21456';
    const text = '(01)09521234543213(17)261231(10)123(21)456';
    expect(ours(elementStringWords(elements), 22, 22)).toEqual(drawn('gs1datamatrix', text, '22x22'));
  });

  it('writes digits in pairs, and ends in five check words in 10×10', () => {
    const size = ecc200Size(10, 10);
    expect(asciiWords('123456')).toEqual([142, 164, 186]);
    expect(size && [...withChecks(Uint8Array.of(142, 164, 186), size)]).toEqual([142, 164, 186, 114, 25, 5, 88, 102]);
  });

  it('writes what lies above ASCII with an upper shift, and nothing above Latin-1', () => {
    expect(asciiWords('Aé1')).toEqual([66, 235, 106, 50]);
    expect(asciiWords('€')).toBeUndefined();
    expect(elementStringWords('10€')).toBeUndefined();
  });

  it('does not take more words than it has room for', () => {
    expect(padded([1, 2, 3], 2)).toBeUndefined();
    expect(padded([1, 2], 2)).toEqual(Uint8Array.of(1, 2));
    expect(padded([92], 4)).toEqual(Uint8Array.of(92, 129, 70, 220));
  });
});

describe('the words of a symbol', () => {
  it('are read back from its modules as they were written, in every size', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ECC200_SIZES), fc.infiniteStream(fc.nat(255)), (size, stream) => {
        const words = Uint8Array.from({ length: size.data + size.ec }, () => stream.next().value ?? 0);
        const read = new Uint8Array(words.length);
        readWords(modulesOf(words, size), size, read);
        expect(read).toEqual(words);
      }),
      { numRuns: 60 },
    );
  });

  it.each(names)('stand in %s on modules of their own, each bit on one', (_name, size) => {
    const { pattern, modules } = layoutOf(size);
    expect(new Set(modules).size).toBe(modules.length);
    expect([...modules].every((module) => pattern[module] === VARIABLE)).toBe(true);
    expect(pattern.filter((colour) => colour === VARIABLE)).toHaveLength(modules.length);
  });

  it('leave a finder and a clock track around every data region', () => {
    const size = ecc200Size(32, 32);
    const { pattern } = size ? layoutOf(size) : { pattern: new Uint8Array() };
    const row = (y: number): string => Array.from({ length: 32 }, (_none, x) => pattern[32 * y + x]).join('');
    expect(size && regionOf(size)).toEqual({ rows: 16, columns: 16 });
    expect(row(0)).toBe('10'.repeat(16));
    expect(row(15)).toBe('1'.repeat(32));
    expect(row(1)).toBe('12222222222222211222222222222221');
    expect(row(2)).toBe('12222222222222201222222222222220');
  });

  it('are dealt to ten uneven blocks in 144×144, whose checks go on or start anew', () => {
    const size = ecc200Size(144, 144);
    const first = (how: 'continued' | 'restarted') => size && blockOf(size, 1558, how);
    expect([first('continued'), first('restarted')]).toEqual([8, 0]);
  });
});
