import { describe, expect, it } from 'vitest';
import { CameraJob, type Window } from '#contract/camera-job.ts';
import { createFrameDecoder, type DecodeWish, type FrameDecoder } from '#vision/decode/decode-frame.ts';
import type { PassWish } from '#vision/decode/passes.ts';
import type { Place } from '#vision/decode/place.ts';
import type { Reader } from '#vision/decode/reader.ts';
import type { Reading } from '#vision/decode/reading.ts';
import type { GreyImage } from '#vision/image.ts';
import { dataMatrix, paper, print } from './picture.ts';

const FRAME = { width: 640, height: 480 };

function placeAt(x: number, y: number): Place {
  return {
    corners: [
      [x, y],
      [x + 100, y],
      [x + 100, y + 100],
      [x, y + 100],
    ],
  };
}

function readingAt(x: number, y: number): Reading {
  const { corners } = placeAt(x, y);
  return {
    symbology: 'DataMatrix',
    text: 'A',
    aim: ']d2',
    corners,
    rows: 22,
    columns: 22,
    sampled: new Uint8ClampedArray(),
    isMirrored: false,
    isInverted: false,
  };
}

interface Bench {
  readonly decoder: FrameDecoder;
  /** What was asked for: pass, most symbols, and the window. */
  readonly asked: string[];
}

/** A reader that reads what `reads` says, and writes down what it was asked. */
function benchOf(reads: (window: Window, wish: PassWish) => readonly Reading[], count = 1, cost = 0): Bench {
  const asked: string[] = [];
  let clock = 0;
  const reader: Reader = {
    memory: 0,
    read(_image, window, wish) {
      clock += cost;
      asked.push(`${wish.pass} ${wish.most} ${window.x},${window.y} ${window.width}×${window.height}`);
      return reads(window, wish);
    },
  };
  const code = { window: { x: 270, y: 190, width: 100, height: 100 }, rows: 22, columns: 22, count };
  const job = CameraJob.parse({ name: 'x', frame: FRAME, trigger: 'line', symbologies: ['DataMatrix'], code });
  return { decoder: createFrameDecoder(reader, job, () => clock), asked };
}

/** Something to look at everywhere, so that no window counts as empty. */
function busyFrame(): GreyImage {
  const image = paper(FRAME.width, FRAME.height);
  for (let x = 10; x < 600; x += 150)
    for (let y = 10; y < 400; y += 150) print(image, dataMatrix(), { module: 6, x, y });
  return image;
}

const WISH: DecodeWish = { last: [], known: [], isPart: false, timeLeft: () => 1_000 };
const nothing = (): readonly Reading[] => [];

describe('the attempts at a frame', () => {
  it('begin where the code was last, and end there when it is there', () => {
    const { decoder, asked } = benchOf(() => [readingAt(300, 200)]);
    const read = decoder.decode(busyFrame(), { ...WISH, last: [placeAt(300, 200)] });
    expect([read.map(({ readBy }) => readBy), asked]).toEqual([['zxing'], ['first 1 282,182 136×136']]);
  });

  it('go on where the template expects it, and then all over the frame', () => {
    const { decoder, asked } = benchOf((window) => (window.width === FRAME.width ? [readingAt(20, 20)] : []));
    const read = decoder.decode(busyFrame(), { ...WISH, last: [placeAt(275, 195)] });
    expect(read.map(({ readBy, corners }) => [readBy, corners[0]])).toEqual([['zxing', [20, 20]]]);
    expect(asked).toEqual([
      'first 1 257,177 136×136',
      'first 1 235,155 170×170',
      'second 1 235,155 170×170',
      'second 1 0,0 170×170', // calmed: drawn anew
      'first 1 0,0 640×480',
    ]);
  });

  it('end with the second pass over all of the frame', () => {
    const { decoder, asked } = benchOf((_window, { pass }) => (pass === 'second' ? [readingAt(20, 20)] : []));
    const image = busyFrame();
    expect(decoder.decodeAgain(image, WISH).map(({ readBy }) => readBy)).toEqual(['zxing-retry']);
    expect(asked).toEqual(['second 1 0,0 640×480']);
  });

  it('do not look into an empty window again', () => {
    const { decoder, asked } = benchOf(nothing);
    decoder.decode(paper(FRAME.width, FRAME.height), WISH);
    expect(asked).toEqual(['first 1 235,155 170×170', 'first 1 0,0 640×480']);
  });

  it('are one, near the code, when there is no time for more', () => {
    const { decoder, asked } = benchOf(nothing, 1, 20);
    decoder.decode(busyFrame(), { ...WISH, timeLeft: () => 0 });
    expect(asked).toEqual(['first 1 235,155 170×170']);
  });

  it('that cost too much once are tried again in the end', () => {
    const { decoder, asked } = benchOf(nothing, 1, 100);
    const image = paper(FRAME.width, FRAME.height);
    const frames = Array.from({ length: 40 }, () => {
      asked.length = 0;
      decoder.decode(image, { ...WISH, timeLeft: () => 30 });
      return asked.length;
    });
    expect([frames[0], frames[1], frames.slice(2).includes(2)]).toEqual([2, 1, true]);
  });

  it('of a part are one for each of its places', () => {
    const { decoder, asked } = benchOf(nothing, 3);
    decoder.decode(busyFrame(), { ...WISH, isPart: true, last: [placeAt(10, 10), placeAt(300, 200)] });
    expect(asked).toEqual(['first 1 0,0 128×128', 'first 1 282,182 136×136']);
  });

  it('of a layer look all over for codes whose places nobody knows, and count each code once', () => {
    const { decoder, asked } = benchOf(() => [readingAt(10, 10), readingAt(300, 200), readingAt(302, 201)], 2);
    const read = decoder.decode(busyFrame(), WISH);
    expect(read.map(({ corners }) => corners[0])).toEqual([
      [10, 10],
      [300, 200],
    ]);
    expect(asked).toEqual(['first 2 235,155 170×170']);
  });

  it('leave out what is known', () => {
    const { decoder, asked } = benchOf(nothing, 2);
    const last = [placeAt(10, 10), placeAt(300, 200)];
    decoder.decode(paper(FRAME.width, FRAME.height), { ...WISH, last, known: [placeAt(12, 11).corners] });
    expect(asked).toEqual(['first 1 282,182 136×136', 'first 2 0,0 640×480']);
  });
});
