import { describe, expect, it } from 'vitest';
import { printFault } from '#renderer/parts/eye/print-cause.ts';

const NOZZLE = { kind: 'dead-nozzle', row: 7 } as const;
const PALE = { kind: 'low-contrast' } as const;

describe('what is told of the print', () => {
  it('is nothing while nothing is known', () => {
    expect(printFault([], [])).toBeUndefined();
  });

  it('is the cause that many of the last items show', () => {
    const counted = { cause: NOZZLE, items: 10, of: 50 };
    expect(printFault([counted, { cause: PALE, items: 3, of: 50 }], [])).toEqual({
      cause: NOZZLE,
      counted,
      isProbable: true,
    });
  });

  it('is no reason to act when a few items only show it', () => {
    const counted = { cause: PALE, items: 4, of: 37 };
    expect(printFault([counted], [])).toEqual({ cause: PALE, counted, isProbable: false });
  });

  it('is first of all what the last item shows, with how often it was seen', () => {
    const counted = { cause: NOZZLE, items: 1, of: 50 };
    expect(printFault([{ cause: PALE, items: 30, of: 50 }, counted], [NOZZLE])).toEqual({
      cause: NOZZLE,
      counted,
      isProbable: true,
    });
    expect(printFault([], [{ ...NOZZLE, row: 3 }])).toMatchObject({ counted: undefined, isProbable: true });
  });

  it.each([
    [NOZZLE, { ...NOZZLE, row: 8 }, false],
    [{ kind: 'dead-column', column: 1 }, { kind: 'dead-column', column: 1 }, true],
    [{ kind: 'print-growth', axis: 'x', growth: 0.2 }, { kind: 'print-growth', axis: 'x', growth: 0.3 }, true],
    [{ kind: 'print-growth', axis: 'x', growth: 0.2 }, { kind: 'print-growth', axis: 'y', growth: 0.2 }, false],
    [PALE, { kind: 'blur' }, false],
  ] as const)('counts %j and %j as the same: %s', (one, other, isSame) => {
    const counted = { cause: other, items: 9, of: 10 };
    expect(printFault([counted], [one])?.counted).toEqual(isSame ? counted : undefined);
  });
});
