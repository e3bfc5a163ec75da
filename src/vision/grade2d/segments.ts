import { type Ecc200Size, regionOf } from '#vision/ecc200/sizes.ts';
import { ringed } from '#vision/grade2d/samples.ts';

/** A clock track and the solid area beside it: quiet zone at the outside, or the solid bar of the next data region. */
export interface ClockSegment {
  readonly track: Int32Array;
  readonly solid: Int32Array;
}

/** Which modules make up the fixed pattern of a size, as places among modules and ring. */
export interface SegmentMap {
  readonly left: Int32Array;
  readonly bottom: Int32Array;
  readonly quietLeft: Int32Array;
  readonly quietBottom: Int32Array;
  /** Top and right track of each data region. */
  readonly clocks: readonly ClockSegment[];
  readonly source: string;
  /** One data region: stated by verifier manuals, but for the corner modules. More: two readings exist. */
  readonly verified: boolean;
}

const ONE_REGION = 'ISO/IEC 16022 annex M as verifier manuals state it; corner modules counted in both neighbours';
const REGIONS =
  'outer legs and quiet zones once, clock tracks per data region: as a published verifier report lists them';

const maps = new Map<Ecc200Size, SegmentMap>();

/** The segment map of a size, made once (vision.md §5.4). */
export function segmentsOf(size: Ecc200Size): SegmentMap {
  const known = maps.get(size);
  if (known !== undefined) return known;
  const made = makeMap(size);
  maps.set(size, made);
  return made;
}

function makeMap(size: Ecc200Size): SegmentMap {
  const { rows, columns } = size;
  const single = size.regionsDown * size.regionsAcross === 1;
  return {
    left: line(size, { row: 0, column: 0, count: rows, down: true }),
    bottom: line(size, { row: rows - 1, column: 0, count: columns, down: false }),
    // One module longer than the leg, round the corner that both legs share.
    quietLeft: line(size, { row: 0, column: -1, count: rows + 1, down: true }),
    quietBottom: line(size, { row: rows, column: -1, count: columns + 1, down: false }),
    clocks: clocksOf(size),
    source: single ? ONE_REGION : REGIONS,
    verified: single,
  };
}

function clocksOf(size: Ecc200Size): ClockSegment[] {
  const region = regionOf(size);
  const clocks: ClockSegment[] = [];
  for (let down = 0; down < size.regionsDown; down += 1) {
    for (let across = 0; across < size.regionsAcross; across += 1) {
      const row = down * region.rows;
      const column = across * region.columns;
      const right = column + region.columns - 1;
      clocks.push(
        {
          track: line(size, { row, column, count: region.columns, down: false }),
          solid: line(size, { row: row - 1, column, count: region.columns, down: false }),
        },
        {
          track: line(size, { row, column: right, count: region.rows, down: true }),
          solid: line(size, { row, column: right + 1, count: region.rows, down: true }),
        },
      );
    }
  }
  return clocks;
}

interface Run {
  readonly row: number;
  readonly column: number;
  readonly count: number;
  readonly down: boolean;
}

function line({ columns }: Ecc200Size, { row, column, count, down }: Run): Int32Array {
  return Int32Array.from({ length: count }, (_none, i) =>
    ringed(columns, row + (down ? i : 0), column + (down ? 0 : i)),
  );
}
