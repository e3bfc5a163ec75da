import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openReader } from '#vision/decode/reader.ts';
import { compileDecoder } from '#vision/decode/wasm.ts';
import { describeEnvironment } from './environment.ts';
import { tableOf } from './table.ts';
import { type Format, jobText, MEGAPIXEL, pictureOf, VGA } from './vision/frames.ts';
import { judgeVision, type VisionMeasured } from './vision/judge.ts';
import { LAYER_JOB, layerPicture } from './vision/layer.ts';
import { readNatively } from './vision/native.ts';
import { countReads, setOf } from './vision/reads.ts';
import { runStream, type Stream } from './vision/stream.ts';
import { measureTimes } from './vision/times.ts';

// `node bench/vision.ts` (about 13 minutes: ten of them are a camera at 20 pictures a second) and `--quick` (about one):
// vision.md §11. Gates are ratios inside one run; absolute figures are printed beside them.

interface Extent {
  /** Pictures of each kind. */
  readonly each: number;
  readonly rounds: number;
  readonly streamSeconds: number;
  readonly layers: number;
}

const QUICK: Extent = { each: 2, rounds: 5, streamSeconds: 10, layers: 15 };
const FULL: Extent = { each: 6, rounds: 25, streamSeconds: 600, layers: 100 };

const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, out: { type: 'string' }, name: { type: 'string' } },
});
const extent = values.quick === true ? QUICK : FULL;
const out = values.out ?? join(import.meta.dirname, '../docs/measured');
const folder = mkdtempSync(join(tmpdir(), 'linewright-vision-'));
const began = performance.now();

function say(words: string): void {
  process.stdout.write(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s ${words}\n`);
}

async function measureFormat(format: Format): Promise<VisionMeasured['formats'][number]> {
  const reader = await openReader(await compileDecoder());
  say(`${format.name}: times`);
  const times = measureTimes(reader, format, extent.rounds);
  say(`${format.name}: reads`);
  const pictures = setOf(format, extent.each);
  const reads = countReads(reader, format, pictures);
  say(`${format.name}: other decoders`);
  return { format: format.name, times, reads, native: readNatively(join(folder, format.side.toString()), pictures) };
}

const TRIES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

function streamOf(format: Format): Promise<Stream> {
  const pictures = TRIES.map((seed) => pictureOf({ name: 'clean' }, format, seed).image);
  const count = extent.streamSeconds * 20;
  return runStream({ job: jobText(format), pictures, workers: 1, perSecond: 20, count, deadline: 500 });
}

function layerStream(workers: number): Promise<Stream> {
  const pictures = [1, 2].map(layerPicture);
  return runStream({ job: LAYER_JOB, pictures, workers, perSecond: 2, count: extent.layers, deadline: 2_000 });
}

try {
  const environment = describeEnvironment(folder);
  say(`${environment.cpu}, ${environment.cores} cores, Node ${environment.node}`);
  const formats = [await measureFormat(VGA), await measureFormat(MEGAPIXEL)];
  say(`a camera of ${MEGAPIXEL.name} at 20 pictures a second for ${extent.streamSeconds} s`);
  const stream = await streamOf(MEGAPIXEL);
  say('layers of forty codes, by two threads and by one');
  const layers = { two: await layerStream(2), one: await layerStream(1) };
  const measured: VisionMeasured = { formats, stream, layers };
  const lines = judgeVision(measured);
  process.stdout.write(`\n${tableOf(lines)}\n`);
  const date = new Date().toISOString().slice(0, 10);
  const name = `${date}-${values.name ?? (values.quick === true ? 'vision-quick' : 'vision')}.json`;
  const seconds = Math.round((performance.now() - began) / 1000);
  mkdirSync(out, { recursive: true });
  writeFileSync(
    join(out, name),
    `${JSON.stringify({ date, extent, seconds, environment, lines, measured }, rounded, 1)}\n`,
  );
  say(`${name} written`);
  process.exitCode = lines.some(({ result }) => result === 'MISSED') ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Four digits behind the point are more than any of these figures deserves. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Math.round(value * 1e4) / 1e4 : value;
}
