import type { Edition } from '#contract/camera-job.ts';
import { byteAt, intAt } from '#vision/ecc200/at.ts';
import { realAt } from '#vision/grade2d/at.ts';
import { gradeOf, LIMITS, type Limits, levelsOf, REGULARITY } from '#vision/grade2d/limits.ts';
import type { ClockSegment, SegmentMap } from '#vision/grade2d/segments.ts';

/** What is known of every module and of the ring around them. */
export interface PatternModules {
  /** Reflectance margin: 0 on the wrong side of the threshold, or where nothing was seen. */
  readonly margin: Float64Array;
  /** 1: darker than the threshold. */
  readonly dark: Uint8Array;
}

/** Grades of the fixed pattern's segments, and the worst of them. */
export interface FixedPattern {
  readonly grade: number;
  /** Share of wrong modules in the segment that has most of them. */
  readonly value: number;
  readonly left: number;
  readonly bottom: number;
  readonly quietLeft: number;
  readonly quietBottom: number;
  /** The lowest sub-grade of all clock tracks, and the lowest of the quiet zone or bar beside them. */
  readonly clock: number;
  readonly solid: number;
  readonly average: number;
}

/** Grades finder, clock tracks and quiet zone (vision.md §5.4). */
export function gradeFixedPattern(modules: PatternModules, map: SegmentMap, edition: Edition): FixedPattern {
  const legGrade = (places: Int32Array): number => damageGrade(modules, places, { edition, limits: LIMITS.leg });
  const left = legGrade(map.left);
  const bottom = legGrade(map.bottom);
  const quietLeft = legGrade(map.quietLeft);
  const quietBottom = legGrade(map.quietBottom);
  let clock = 4;
  let solid = 4;
  let value = 0;
  for (const places of [map.left, map.bottom, map.quietLeft, map.quietBottom]) {
    value = Math.max(value, wrongShare(modules, places));
  }
  for (const segment of map.clocks) {
    const own = gradeClock(modules, segment, edition);
    clock = Math.min(clock, own.track, own.solid);
    solid = Math.min(solid, own.solid);
    value = Math.max(value, wrongShare(modules, segment.track), wrongShare(modules, segment.solid));
  }
  const mean = (left + bottom + quietLeft + quietBottom + clock) / 5;
  const average = gradeOf(edition, LIMITS.average, mean);
  const grade = Math.min(left, bottom, quietLeft, quietBottom, clock, average);
  return { grade, value, left, bottom, quietLeft, quietBottom, clock, solid, average };
}

/** A track: its damage, its regularity, and how much of its alternation also stands in the solid area. */
function gradeClock(
  modules: PatternModules,
  { track, solid }: ClockSegment,
  edition: Edition,
): { track: number; solid: number } {
  const damage = damageGrade(modules, track, { edition, limits: LIMITS.clock });
  const regular = isRegular(modules, track) ? 4 : 0;
  const beside = damageGrade(modules, solid, { edition, limits: LIMITS.clock });
  const ratio = transitionRatio(transitions(modules, solid), transitions(modules, track));
  return { track: Math.min(damage, regular), solid: Math.min(beside, gradeOf(edition, LIMITS.transition, ratio)) };
}

/** A track without transitions is no track. */
function transitionRatio(solid: number, track: number): number {
  return track === 0 ? 1 : Math.max(0, solid - 1) / track;
}

/**
 * At each grade the modules below it are damage; the best grade that its own damage allows is the segment's. The same
 * rule as for codewords, with a limit of damage in place of error correction.
 */
function damageGrade(
  { margin }: PatternModules,
  places: Int32Array,
  { edition, limits }: { edition: Edition; limits: Limits },
): number {
  const grades = Array.from(places, (place) => gradeOf(edition, LIMITS.modulation, realAt(margin, place)));
  let best = 0;
  for (const level of levelsOf(edition)) {
    if (level <= best) break;
    const damaged = grades.filter((grade) => grade < level).length;
    best = Math.max(best, Math.min(level, gradeOf(edition, limits, damaged / places.length)));
  }
  return best;
}

function wrongShare({ margin }: PatternModules, places: Int32Array): number {
  let wrong = 0;
  for (const place of places) if (realAt(margin, place) === 0) wrong += 1;
  return wrong / places.length;
}

function transitions({ dark }: PatternModules, places: Int32Array): number {
  let count = 0;
  for (let i = 1; i < places.length; i += 1) {
    if (byteAt(dark, intAt(places, i)) !== byteAt(dark, intAt(places, i - 1))) count += 1;
  }
  return count;
}

function isRegular({ margin }: PatternModules, places: Int32Array): boolean {
  let wrong = 0;
  for (let i = 0; i < places.length; i += 1) {
    if (realAt(margin, intAt(places, i)) === 0) wrong += 1;
    if (i >= REGULARITY.window && realAt(margin, intAt(places, i - REGULARITY.window)) === 0) wrong -= 1;
    if (wrong > REGULARITY.wrong) return false;
  }
  return true;
}
