import type { Edition } from '#contract/camera-job.ts';
import { byteAt } from '#vision/ecc200/at.ts';
import { QUIET, withQuiet } from '#vision/grade-qr/grid.ts';
import { alignmentMiddles, qrLayout } from '#vision/grade-qr/layout.ts';
import { QR_LIMITS } from '#vision/grade-qr/limits.ts';
import { modulationOf, type QrSamples } from '#vision/grade-qr/samples.ts';
import { alignmentAt, sideOf } from '#vision/grade-qr/sizes.ts';
import { gradeOf, LIMITS, type Limits, levelsOf } from '#vision/grade2d/limits.ts';

/** One part of the fixed pattern: its modules as places of the grid, and which of them are dark. */
interface Segment {
  readonly places: Int32Array;
  readonly dark: Uint8Array;
  readonly limits: Limits;
  /** Whether its limits count modules, or name a share of them. */
  readonly unit: 'modules' | 'share';
}

/** What is known of every module. */
export interface QrModules {
  readonly side: number;
  readonly samples: QrSamples;
  /** Right colours of the symbol's modules, row by row. */
  readonly colours: Uint8Array;
}

/** Grades of the fixed pattern: finders A1 to A3, timing B1 and B2, alignment C (none in version 1), and their mean. */
export interface QrPattern {
  readonly grade: number;
  /** Largest share of wrong modules in one segment. */
  readonly value: number;
  readonly segments: readonly number[];
}

/** Grades finders with their quiet zone, timing and alignment patterns (vision.md §5.10). */
export function gradeQrPattern(modules: QrModules, version: number, edition: Edition): QrPattern {
  const map = segmentsOf(version);
  const segments = map.map((segment) => segmentGrade(modules.samples, segment, edition));
  const mean = segments.reduce((sum, grade) => sum + grade, 0) / segments.length;
  const grade = Math.min(...segments, gradeOf(edition, LIMITS.average, mean));
  return { grade, value: Math.max(...map.map((segment) => wrongShare(modules.samples, segment))), segments };
}

/** Grade of both copies of an information: the mean, cut down to what the edition knows. `places` in the symbol. */
export function gradeInformation(modules: QrModules, copies: readonly Int32Array[], edition: Edition): number {
  const grades = copies.map((places) => segmentGrade(modules.samples, informationSegment(modules, places), edition));
  const mean = grades.reduce((sum, grade) => sum + grade, 0) / Math.max(1, grades.length);
  return levelsOf(edition).find((level) => level <= mean + 1e-9) ?? 0;
}

function informationSegment({ side, colours }: QrModules, places: Int32Array): Segment {
  return {
    places: places.map((place) => withQuiet(side, Math.floor(place / side), place % side)),
    dark: Uint8Array.from(places, (place) => byteAt(colours, place)),
    limits: QR_LIMITS.information,
    unit: 'modules',
  };
}

const maps = new Map<number, readonly Segment[]>();

/** The segments of a version, made once: what they should look like depends on nothing else. */
function segmentsOf(version: number): readonly Segment[] {
  const known = maps.get(version);
  if (known !== undefined) return known;
  const made = makeSegments(version);
  maps.set(version, made);
  return made;
}

function makeSegments(version: number): readonly Segment[] {
  const side = sideOf(version);
  const { pattern } = qrLayout(version);
  const segment = (area: Area, limits: Limits, unit: Segment['unit']): Segment => {
    const places = placesOf(area);
    return {
      places: Int32Array.from(places, ([row, column]) => withQuiet(side, row, column)),
      dark: Uint8Array.from(places, ([row, column]) =>
        isInside(side, row, column) ? byteAt(pattern, row * side + column) : 0,
      ),
      limits,
      unit,
    };
  };
  const corner = (top: number, left: number) =>
    segment([{ top, left, height: FINDER, width: FINDER }], QR_LIMITS.finder, 'modules');
  const track = { height: 1, width: side - 16, top: 6, left: 8 };
  const down = { height: side - 16, width: 1, top: 8, left: 6 };
  const patterns = alignmentMiddles(alignmentAt(version)).map(([row, column]) => ({
    top: row - 2,
    left: column - 2,
    height: 5,
    width: 5,
  }));
  return [
    corner(-QUIET, -QUIET),
    corner(-QUIET, side - 8),
    corner(side - 8, -QUIET),
    segment([track], QR_LIMITS.timing, 'share'),
    segment([down], QR_LIMITS.timing, 'share'),
    ...(patterns.length > 0 ? [segment(patterns, QR_LIMITS.alignment, 'share')] : []),
  ];
}

/** A finder pattern, its separator, and the quiet zone at its corner. */
const FINDER = 8 + QUIET;

type Area = readonly { readonly top: number; readonly left: number; readonly height: number; readonly width: number }[];

function placesOf(area: Area): readonly (readonly [number, number])[] {
  return area.flatMap(({ top, left, height, width }) =>
    Array.from({ length: height * width }, (_none, at) => [top + Math.floor(at / width), left + (at % width)] as const),
  );
}

function isInside(side: number, row: number, column: number): boolean {
  return row >= 0 && column >= 0 && row < side && column < side;
}

/** At each grade the modules below it are damage; the best grade that its own damage allows is the segment's. */
function segmentGrade(samples: QrSamples, { places, dark, limits, unit }: Segment, edition: Edition): number {
  const grades = Array.from(places, (place, at) =>
    gradeOf(edition, LIMITS.modulation, marginAt(samples, place, dark[at] === 1)),
  );
  let best = 0;
  for (const level of levelsOf(edition)) {
    if (level <= best) break;
    const damaged = grades.filter((grade) => grade < level).length;
    best = Math.max(
      best,
      Math.min(level, gradeOf(edition, limits, unit === 'share' ? damaged / places.length : damaged)),
    );
  }
  return best;
}

/** Reflectance margin: nothing on the wrong side of the threshold, or where nothing was seen. */
export function marginAt(samples: QrSamples, place: number, isDark: boolean): number {
  return byteAt(samples.seen, place) === 1 ? Math.max(0, modulationOf(samples, place, isDark)) : 0;
}

function wrongShare(samples: QrSamples, { places, dark }: Segment): number {
  let wrong = 0;
  for (const [at, place] of places.entries()) if (marginAt(samples, place, dark[at] === 1) === 0) wrong += 1;
  return wrong / places.length;
}
