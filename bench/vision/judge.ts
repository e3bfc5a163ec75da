import { type Line, ms, stated, verdictOf } from '../line-of-table.ts';
import type { Native } from './native.ts';
import type { Reads } from './reads.ts';
import type { Stream } from './stream.ts';
import type { Times } from './times.ts';

export interface FormatMeasured {
  readonly format: 'VGA' | '1.2 MP';
  readonly times: Times;
  readonly reads: Reads;
  readonly native: readonly Native[];
}

export interface VisionMeasured {
  readonly formats: readonly FormatMeasured[];
  readonly stream: Stream;
  readonly layers: { readonly two: Stream; readonly one: Stream };
}

/** Noise may cost so many times a clean picture (vision.md §11, check 2). */
const NOISE = 3;
/** A region's time as a share of the frame's (check 3). */
const REGION = { VGA: 0.6, '1.2 MP': 0.3 } as const;
/** Grading: milliseconds, and times the decoding of a frame (check 7, VGA). */
const GRADE = { ms: 3, ratio: 2.5 } as const;
/** Milliseconds from picture to verdict at the 99th place (check 8), and for a layer of forty (performance.md P16). */
const VERDICT = 50;
const LAYER = 60;

/** The figures with their goals. Milliseconds are stated; ratios, counts and reads are judged. */
export function judgeVision({ formats, stream, layers }: VisionMeasured): readonly Line[] {
  return [
    ...formats.flatMap(judgeFormat),
    {
      goal: '8',
      what: `missed of ${stream.verdict.count} at 20/s, 1.2 MP`,
      value: String(stream.counters.missed),
      must: '0',
      result: verdictOf(stream.counters.missed === 0),
    },
    stated(
      '8',
      'picture → verdict p50 · p99',
      `${ms(stream.verdict.p50)} · ${ms(stream.verdict.p99)} ms`,
      `p99 ≤ ${VERDICT}`,
    ),
    stated('', 'message hop p50 · p99', `${ms(stream.hop.p50)} · ${ms(stream.hop.p99)} ms`, ''),
    stated('', 'decode · grade p50', `${ms(stream.decode.p50)} · ${ms(stream.grade.p50)} ms`, ''),
    stated('', 'main thread timers late, p99', `${ms(stream.lateP99)} ms`, '≤ 5'),
    stated('', 'warm-up of a thread', `${ms(stream.warmUp)} ms`, ''),
    ...judgeLayer('two threads', layers.two),
    ...judgeLayer('one thread', layers.one),
  ];
}

function judgeFormat({ format, times, reads, native }: FormatMeasured): readonly Line[] {
  const [noise, region, grade] = [times.noisy / times.full, times.region / times.full, times.grade / times.full];
  const gradeLines: readonly Line[] =
    format === 'VGA'
      ? [
          {
            goal: '7',
            what: 'grade ÷ frame decode',
            value: grade.toFixed(2),
            must: `≤ ${GRADE.ratio}`,
            result: verdictOf(grade <= GRADE.ratio),
          },
          stated('7', 'grade', `${ms(times.grade)} ms`, `≤ ${GRADE.ms}`),
        ]
      : [];
  return [
    stated('', `${format}: decode, frame · region`, `${ms(times.full)} · ${ms(times.region)} ms`, ''),
    {
      goal: '2',
      what: `${format}: noise σ 16 ÷ clean`,
      value: noise.toFixed(2),
      must: `≤ ${NOISE}`,
      result: verdictOf(noise <= NOISE),
    },
    {
      goal: '3',
      what: `${format}: region ÷ frame`,
      value: region.toFixed(2),
      must: `≤ ${REGION[format]}`,
      result: verdictOf(region <= REGION[format]),
    },
    ...gradeLines,
    stated(
      '',
      `${format}: reads, first pass · product`,
      `${reads.first} · ${reads.zxing + reads.retry} (+ ${reads.assisted} assisted) of ${reads.pictures}`,
      '',
    ),
    {
      goal: '',
      what: `${format}: misreads`,
      value: String(reads.misreads),
      must: '0',
      result: verdictOf(reads.misreads === 0),
    },
    ...native.map((each) => judgeNative(format, each, reads)),
  ];
}

function judgeNative(format: string, { name, package: needs, reads, ms: time }: Native, ours: Reads): Line {
  const what = `${format}: ${name} reads · its time ÷ ours`;
  if (reads === undefined) return stated('', what, `not installed (Debian: ${needs})`, '');
  const own = ours.zxing + ours.retry;
  const value = `${reads} · ${(time / ours.firstMs).toFixed(2)}`;
  return { goal: '', what, value, must: `reads ≤ ${own}`, result: verdictOf(reads <= own) };
}

function judgeLayer(by: string, { verdict, counters, unread }: Stream): readonly Line[] {
  return [
    stated('P16', `layer of 40, ${by}: p50 · p99`, `${ms(verdict.p50)} · ${ms(verdict.p99)} ms`, `≤ ${LAYER}`),
    {
      goal: 'P16',
      what: `layer of 40, ${by}: missed · not whole`,
      value: `${counters.missed} · ${unread}`,
      must: '0 · 0',
      result: verdictOf(counters.missed === 0 && unread === 0),
    },
  ];
}
