import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFrameRing, openFrameRing, SLOT } from '#contract/frame-ring.ts';
import { type Evidence, openEvidence } from '#vision/evidence/evidence.ts';
import type { PictureOf, RemovedPicture } from '#vision/evidence/messages.ts';
import { encodePng } from '#vision/evidence/png.ts';
import { fileOf, openShelf } from '#vision/evidence/shelf.ts';
import { readPng } from './read-png.ts';

const THREAD = new URL('../../../src/vision/evidence/evidence.thread.ts', import.meta.url);
const [WIDTH, HEIGHT] = [64, 48];
const DAY = 24 * 60 * 60_000;

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'pictures-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A picture that does not compress, so that sizes are known: width × height and a little. */
function noise(seed: number): Uint8Array {
  const pixels = new Uint8Array(WIDTH * HEIGHT);
  for (let at = 0, state = seed * 2_654_435_761; at < pixels.length; at += 1) {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    pixels[at] = state >>> 16;
  }
  return pixels;
}

const of = (item: number, changes: Partial<PictureOf> = {}): PictureOf => ({
  run: 1,
  epoch: 7,
  item,
  kept: 'fail',
  ...changes,
});

/** A camera's ring, and who keeps pictures out of it. */
function keeping(place: string, maxBytes = 1e9, maxAge = DAY) {
  const shared = createFrameRing(4, WIDTH * HEIGHT);
  const ring = openFrameRing(shared);
  const removed: RemovedPicture[] = [];
  const clock = { now: Date.UTC(2026, 10, 22) };
  const evidence: Evidence = openEvidence({
    thread: THREAD,
    folder: place,
    ring: shared,
    maxBytes,
    maxAge,
    removed: (pictures) => removed.push(...pictures),
    now: () => clock.now,
  });
  onTestFinished(() => evidence.close());
  const keep = async (picture: PictureOf, pixels = noise(picture.item)) => {
    const slot = ring.claim() ?? -1;
    ring.memory(slot).set(pixels);
    ring.publish(slot, { trigger: 1, at: 1, width: WIDTH, height: HEIGHT, stride: WIDTH });
    ring.take(slot);
    ring.move(slot, SLOT.busy, SLOT.pinned);
    const kept = await evidence.keep(slot, picture);
    ring.free(slot);
    return kept;
  };
  return { evidence, keep, removed, clock };
}

describe('a picture as PNG', () => {
  it('is read back pixel for pixel, whatever its size and its rows', () => {
    const images = fc
      .record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 20 }), spare: fc.nat(7) })
      .chain(({ width, height, spare }) => {
        const stride = width + spare;
        return fc
          .uint8Array({ minLength: stride * height, maxLength: stride * height })
          .map((pixels) => ({ width, height, stride, pixels }));
      });
    fc.assert(
      fc.property(images, (image) => {
        const read = readPng(encodePng(image));
        const rows = Array.from({ length: image.height }, (_, y) =>
          Buffer.from(image.pixels.subarray(y * image.stride, y * image.stride + image.width)),
        );
        expect(read).toEqual({ width: image.width, height: image.height, pixels: Buffer.concat(rows) });
      }),
      { numRuns: 60 },
    );
  });
});

describe('a kept picture', () => {
  it('is on disk with the hash that was told, under its run and item', async () => {
    const place = folder();
    const { keep } = keeping(place);
    const kept = await keep(of(12));
    const file = readFileSync(join(place, '000001', '7-12-fail.png'));
    expect(kept).toEqual({
      file: {
        file: '000001/7-12-fail.png',
        bytes: file.length,
        sha256: createHash('sha256').update(file).digest('hex'),
        width: WIDTH,
        height: HEIGHT,
      },
    });
    expect(readPng(file).pixels.equals(noise(12))).toBe(true);
    expect(readdirSync(join(place, '000001'))).toEqual(['7-12-fail.png']);
  });

  it('is lost with a sentence where the folder cannot be made, and the next one is kept when it can', async () => {
    const place = join(folder(), 'pictures');
    writeFileSync(place, 'a file in the way');
    const { keep } = keeping(place);
    expect(await keep(of(1))).toEqual({
      lost: 'something else lies where the folder of the pictures should be',
    });
    rmSync(place);
    expect(await keep(of(2))).toHaveProperty('file');
  });

  it('is kept by a new thread when the one before has ended', async () => {
    const place = folder();
    const shared = createFrameRing(1, 64);
    const evidence = openEvidence({
      thread: THREAD,
      folder: place,
      ring: shared,
      maxBytes: 1e9,
      maxAge: DAY,
      removed: () => {},
      now: () => 0,
    });
    await evidence.close();
    const slot = 0;
    openFrameRing(shared).claim();
    openFrameRing(shared).publish(slot, { trigger: 1, at: 1, width: 8, height: 8, stride: 8 });
    expect(await evidence.keep(slot, of(1))).toHaveProperty('file');
    await evidence.close();
  });
});

describe('the room for pictures', () => {
  it('is kept by removing the oldest first', async () => {
    const place = folder();
    const { keep, removed } = keeping(place, 10 * WIDTH * HEIGHT);
    for (let item = 1; item <= 12; item += 1) await keep(of(item, { kept: 'sample' }));
    const left = readdirSync(join(place, '000001')).map((name) => Number(name.split('-')[1]));
    expect(removed.map(({ item, by }) => [item, by])).toEqual(
      [
        [1, 'size'],
        [2, 'size'],
        [3, 'size'],
      ].slice(0, removed.length),
    );
    expect(left.sort((a, b) => a - b)).toEqual(
      Array.from({ length: 12 - removed.length }, (_, at) => at + 1 + removed.length),
    );
    expect(removed.length).toBeGreaterThan(0);
  });

  it('never costs the rejects of the open run; a picture that finds no room is lost with a sentence', async () => {
    const place = folder();
    const { keep, removed, evidence } = keeping(place, 3.5 * WIDTH * HEIGHT);
    evidence.openRun(1);
    for (const item of [1, 2, 3]) expect(await keep(of(item))).toHaveProperty('file');
    expect(await keep(of(4))).toEqual({
      lost: 'the room for pictures is used up by those that may not be removed',
    });
    expect(removed).toEqual([]);
    evidence.openRun(2);
    expect(await keep(of(5, { run: 2 }))).toHaveProperty('file');
    expect(removed.map(({ item }) => item)).toContain(1);
  });

  it('is given back by age; a folder of an earlier start counts, foreign files do not', () => {
    const place = folder();
    mkdirSync(join(place, '000003'));
    writeFileSync(join(place, '000003', '1-5-sample.png'), 'old');
    writeFileSync(join(place, '000003', '1-6-fail.png.part'), 'half of a crash');
    writeFileSync(join(place, '000003', 'notes.txt'), 'of a person');
    const shelf = openShelf(place, 1e9, DAY);
    expect(shelf.bytes).toBe(3);
    expect(readdirSync(join(place, '000003')).sort()).toEqual(['1-5-sample.png', 'notes.txt']);
    expect(shelf.retire(Date.now() + DAY / 2)).toEqual([]);
    expect(shelf.retire(Date.now() + 2 * DAY)).toEqual([{ run: 3, epoch: 1, item: 5, kept: 'sample', by: 'age' }]);
    expect(existsSync(join(place, fileOf({ run: 3, epoch: 1, item: 5, kept: 'sample' })))).toBe(false);
    expect(shelf.bytes).toBe(0);
  });
});
