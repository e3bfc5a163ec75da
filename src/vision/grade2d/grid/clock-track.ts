import { realAt } from '#vision/grade2d/at.ts';
import { fillGaps } from '#vision/grade2d/grid/gaps.ts';
import { type SidePoints, sidePoints } from '#vision/grade2d/grid/line-fit.ts';
import { addRay } from '#vision/grade2d/grid/ray.ts';
import type { Scene } from '#vision/grade2d/grid/side-edges.ts';

/** What a clock track tells: where its modules are, and how wide they came out. */
export interface Track {
  /** Per module: how far its centre is from its nominal place, in modules. Bridged where it has not both edges. */
  readonly shift: Float64Array;
  /** The same as points of a line, not a number where it has not both edges. */
  readonly centres: SidePoints;
  /** (Mean dark width − mean light width) / 2, in modules; 0 when nothing was found. */
  growth: number;
  readonly edges: Float64Array;
  readonly profile: Float64Array;
}

/** The largest symbol has 144 modules; a profile takes so many samples of one at the most. */
const MOST_MODULES = 144;
const MOST_SAMPLES = 32;
/** A profile is the mean of three parallel lines through the track, in modules from its outer edge. */
const LINES = [0.35, 0.5, 0.65] as const;
/** It starts and ends so far outside. */
const OUTSIDE = 0.9;
/** An edge is looked for so far from where it is expected: farther off, a spot's edge is taken for it. */
const NEAR = 0.5;
/** How much of an edge's own shift the next one is expected to share: belts drift, heads jitter. */
const FOLLOW = 0.3;

export function emptyTrack(): Track {
  return {
    shift: new Float64Array(MOST_MODULES),
    centres: sidePoints(MOST_MODULES),
    growth: 0,
    edges: new Float64Array(MOST_MODULES + 1),
    profile: new Float64Array((MOST_MODULES + 3) * MOST_SAMPLES),
  };
}

/** Measures the top or the right clock track. */
export function measureTrack(scene: Scene, which: 'top' | 'right', track: Track): void {
  const modules = which === 'top' ? scene.extent.columns : scene.extent.rows;
  const fine = Math.min(MOST_SAMPLES, scene.fine);
  const samples = Math.ceil((modules + 2 * OUTSIDE) * fine) + 1;
  track.profile.fill(0, 0, samples);
  for (const line of LINES) {
    const ray = { count: samples, share: 1 / LINES.length };
    if (which === 'top')
      addRay(scene.plate, scene.pose, { u: -OUTSIDE, v: line, du: 1 / fine, dv: 0, ...ray }, track.profile);
    else
      addRay(
        scene.plate,
        scene.pose,
        { u: scene.extent.columns - line, v: -OUTSIDE, du: 0, dv: 1 / fine, ...ray },
        track.profile,
      );
  }
  findEdges(track, which, { modules, fine, samples, threshold: scene.threshold });
  measureWidths(track, modules, which);
  measureShifts(track, modules, which);
}

interface Sampled {
  readonly modules: number;
  readonly fine: number;
  readonly samples: number;
  readonly threshold: number;
}

/** Edges from the first to the last, each near where it belongs and near where those before it were. */
function findEdges({ edges, profile }: Track, which: 'top' | 'right', sampled: Sampled): void {
  let drift = 0;
  for (let boundary = 0; boundary <= sampled.modules; boundary += 1) {
    // The top track begins dark, the right track light: a dark module starts at even or at odd boundaries.
    const darkens = (boundary % 2 === 0) === (which === 'top');
    const edge = edgeNear(profile, { ...sampled, expected: boundary + drift, darkens });
    edges[boundary] = edge;
    if (!Number.isNaN(edge)) drift += FOLLOW * (edge - boundary - drift);
  }
}

interface Wanted extends Sampled {
  readonly expected: number;
  readonly darkens: boolean;
}

/** The crossing of the right direction that is nearest to a place; not a number when none is near. */
function edgeNear(profile: Float64Array, { expected, darkens, fine, samples, threshold }: Wanted): number {
  const from = Math.max(1, Math.floor((expected - NEAR + OUTSIDE) * fine));
  const to = Math.min(samples - 1, Math.ceil((expected + NEAR + OUTSIDE) * fine));
  let best = Number.NaN;
  for (let i = from; i <= to; i += 1) {
    const before = realAt(profile, i - 1) - threshold;
    const after = realAt(profile, i) - threshold;
    if (before > 0 === after > 0 || before > 0 !== darkens) continue;
    const edge = (i - after / (after - before)) / fine - OUTSIDE;
    if (!(Math.abs(edge - expected) >= Math.abs(best - expected))) best = edge;
  }
  return best;
}

function measureWidths(track: Track, modules: number, which: 'top' | 'right'): void {
  const sums = [0, 0];
  const counts = [0, 0];
  for (let module = 0; module < modules; module += 1) {
    const width = realAt(track.edges, module + 1) - realAt(track.edges, module);
    if (Number.isNaN(width)) continue;
    const isDark = (module % 2 === 0) === (which === 'top') ? 1 : 0;
    sums[isDark] = (sums[isDark] ?? 0) + width;
    counts[isDark] = (counts[isDark] ?? 0) + 1;
  }
  const [light = 0, dark = 0] = counts;
  track.growth = light > 0 && dark > 0 ? ((sums[1] ?? 0) / dark - (sums[0] ?? 0) / light) / 2 : 0;
}

/**
 * Centres lie between two edges. The light corner has one edge by nature, and is as wide as its colour is; others that
 * lack one take their place between their neighbours.
 */
function measureShifts({ edges, shift, centres, growth }: Track, modules: number, which: 'top' | 'right'): void {
  centres.count = modules;
  for (let module = 0; module < modules; module += 1) {
    const centre = (realAt(edges, module) + realAt(edges, module + 1)) / 2;
    shift[module] = centre - module - 0.5;
    centres.along[module] = module + 0.5;
    centres.off[module] = realAt(shift, module);
  }
  if (which === 'top') shift[modules - 1] = realAt(edges, modules - 1) - (modules - 1) - growth / 2;
  else shift[0] = realAt(edges, 1) - 1 + growth / 2;
  fillGaps(shift, modules);
}
