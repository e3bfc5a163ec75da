import type { Geometry } from '#virtual-line/kernel/geometry.ts';
import { printOf } from '#virtual-line/kernel/print-quality.ts';
import type { PrintDefects } from '#virtual-line/print-defects.ts';
import { normal, randomStream } from '#virtual-line/random.ts';

/** One carton, and all that physics holds in store for it. Encoder positions in mm, of its leading edge. */
export interface Item {
  readonly no: number;
  /** Where the encoder stands when it comes to each place: slip and trigger jitter are in these figures. */
  readonly at: {
    readonly printTrigger: number;
    readonly cameraTrigger: number;
    readonly cameraAxis: number;
    readonly divertArming: number;
    readonly divertAxis: number;
    readonly goodExit: number;
    readonly casePacker: number;
  };
  /** Distance to the leading edge of the item behind it. */
  readonly pitch: number;
  /** How it prints, as the grade a perfect reader gives: 0 to 4. Below 0 nobody can read it. */
  quality: number;
  /** How that looks. */
  print: PrintDefects;
  /** From the blow to the eye in the chute, ms. */
  readonly fall: number;
  where: 'belt' | 'falling' | 'bin' | 'good' | 'removed';
  /** What is printed on it now. */
  content: string;
  /** A record printed over the content; '' where none was. */
  over: string;
}

/** Everything random about item `no` comes from streams of its own number: the same item at any speed, in any run. */
export function createItem(
  geometry: Geometry,
  seed: number,
  feed: { readonly no: number; readonly enc: number },
): Item {
  const { positions: p, belt, item, divert } = geometry;
  const stream = (name: string) => randomStream(seed, name, feed.no);
  const slip = stream('slip');
  const jitter = stream('jitter');
  const places = [
    p.printTrigger,
    p.cameraTrigger,
    p.cameraAxis,
    p.divertArming,
    p.divertAxis,
    p.goodExit,
    p.casePacker,
  ];
  let way = 0;
  let last = 0;
  const edges = places.map((place) => {
    way += (place - last) / (1 - normal(slip, 0, belt.slip));
    last = place;
    return feed.enc + way + (jitter() * 2 - 1) * belt.triggerJitter;
  });
  const [
    printTrigger = 0,
    cameraTrigger = 0,
    cameraAxis = 0,
    divertArming = 0,
    divertAxis = 0,
    goodExit = 0,
    casePacker = 0,
  ] = edges;
  const fall = stream('fall');
  const quality = printQuality(stream('print'));
  return {
    no: feed.no,
    at: { printTrigger, cameraTrigger, cameraAxis, divertArming, divertAxis, goodExit, casePacker },
    pitch: truncated(stream('pitch'), item),
    quality,
    print: printOf(quality, stream('print-defects')),
    fall: divert.chuteMin + fall() * (divert.chuteMax - divert.chuteMin),
    where: 'belt',
    content: '',
    over: '',
  };
}

function truncated(random: () => number, item: Geometry['item']): number {
  for (;;) {
    const pitch = normal(random, item.pitchMean, item.pitchDeviation);
    if (pitch >= item.pitchMin && pitch <= item.pitchMax) return pitch;
  }
}

// A healthy coder: nearly all A and B, some C, four items in a thousand too poor, two unreadable.
const QUALITY: readonly (readonly [share: number, low: number, high: number])[] = [
  [0.7, 3.5, 4],
  [0.28, 2.5, 3.4],
  [0.014, 1.7, 2.4],
  [0.004, 0.3, 1.3],
  [0.002, -1, -1],
];

function printQuality(random: () => number): number {
  let share = random();
  for (const [part, low, high] of QUALITY) {
    if (share < part) return Math.round((low + random() * (high - low)) * 10) / 10;
    share -= part;
  }
  return 4;
}
