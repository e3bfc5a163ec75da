import { describe, expect, it } from 'vitest';
import type { Cause } from '#contract/inspection.ts';
import { abnormalOnly } from '#station/eye/abnormal.ts';
import { codeOf, inspectionOf, pcgOf } from './example-pcg.ts';

const PALE: Cause = { kind: 'low-contrast' };
const NOZZLE: Cause = { kind: 'dead-nozzle', row: 7 };

function causesOf(contrast: number, limit: number, causes: readonly Cause[] = [PALE]): readonly (readonly Cause[])[] {
  const seen = inspectionOf(1, [codeOf(pcgOf({ contrast, modulation: 4 }, { causes }))], { causes });
  const told = abnormalOnly(seen, limit);
  return [told.causes, told.codes[0]?.pcg?.causes ?? []];
}

describe('low contrast', () => {
  it.each([
    ['2 where 1.5 is asked for', 2, 1.5],
    ['1.5 where 1.5 is asked for', 1.5, 1.5],
    ['1.5 where nobody asks for anything', 1.5, 0],
    ['3 where 2.5 is asked for', 3, 2.5],
  ])('is not shown on every second item of a good print: grade %s', (_grade, contrast, limit) => {
    expect(causesOf(contrast, limit)).toEqual([[], []]);
    expect(causesOf(contrast, limit, [NOZZLE, PALE])).toEqual([[NOZZLE], [NOZZLE]]);
  });

  it.each([
    ['1 where 1.5 is asked for', 1, 1.5],
    ['2 where 2.5 is asked for', 2, 2.5],
    ['1 where nobody asks for anything', 1, 0],
  ])('is named where it fails the item: grade %s', (_grade, contrast, limit) => {
    expect(causesOf(contrast, limit)).toEqual([[PALE], [PALE]]);
  });

  it('is named where nothing could be read', () => {
    expect(abnormalOnly(inspectionOf(1, [], { causes: [PALE] }), 1.5).causes).toEqual([PALE]);
  });

  it('changes nothing else of what was seen', () => {
    const seen = inspectionOf(1, [codeOf(pcgOf({ contrast: 4 })), codeOf(undefined)]);
    expect(abnormalOnly(seen, 1.5)).toEqual(seen);
  });
});
