import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, parseDate, resolveYymmdd, writeDate, yymmdd } from '#gs1/calendar.ts';

const anyDate = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('a date', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(anyDate, (text) => {
        const date = parseDate(text);
        expect(date === undefined ? undefined : writeDate(date)).toBe(text);
      }),
    );
  });

  it.each(['2027-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-4-3', '20260403', '', '2026-01-00'])(
    'is not %j',
    (text) => {
      expect(parseDate(text)).toBeUndefined();
    },
  );

  it.each([
    ['2026-11-22', 24, '2028-11-22'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2027-12-31', 2, '2028-02-29'],
    ['2026-08-31', 18, '2028-02-29'],
    ['2026-12-15', 0, '2026-12-15'],
    ['2026-12-15', 1, '2027-01-15'],
  ])('%s and %i months is %s', (from, months, to) => {
    const date = parseDate(from);
    expect(date === undefined ? undefined : writeDate(addMonths(date, months))).toBe(to);
  });
});

describe('six digits in a code', () => {
  it.each([
    ['281130', 2026, '2028-11-30'],
    ['280200', 2026, '2028-02-29'],
    ['270200', 2026, '2027-02-28'],
    ['760131', 2026, '2076-01-31'],
    ['770131', 2026, '1977-01-31'],
    ['000131', 2099, '2100-01-31'],
    ['490131', 2099, '2149-01-31'],
    ['500131', 2099, '2050-01-31'],
  ])('%s read in %i are %s', (text, year, date) => {
    const resolved = resolveYymmdd(text, year);
    expect(resolved === undefined ? undefined : writeDate(resolved)).toBe(date);
  });

  it.each(['270229', '261301', '260001', '260132', '2601', '26010', '2601011', 'ABCDEF', '26 101', ''])(
    '%j are no date',
    (text) => {
      expect(resolveYymmdd(text, 2026)).toBeUndefined();
    },
  );

  it('come back as the day they were written from, within fifty years', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -49, max: 50 }), (text, distance) => {
        const date = parseDate(text);
        if (date === undefined) throw new Error(text);
        expect(resolveYymmdd(yymmdd(date), date.year - distance)).toEqual(date);
      }),
    );
  });
});
