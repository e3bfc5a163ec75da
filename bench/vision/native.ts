import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GreyImage } from '#vision/image.ts';
import type { Picture } from './frames.ts';

/** What an installed decoder made of the same pictures. */
export interface Native {
  readonly name: string;
  readonly package: string;
  /** Undefined: it is not installed. */
  readonly reads: number | undefined;
  /** Milliseconds a picture, its file's reading included, the start of the process not. */
  readonly ms: number;
}

interface Tool {
  readonly name: string;
  readonly package: string;
  readonly arguments: readonly string[];
}

const TOOLS: readonly Tool[] = [
  { name: 'ZXingReader', package: 'zxing-cpp-tools', arguments: ['-format', 'DataMatrix'] },
  { name: 'dmtxread', package: 'dmtx-utils', arguments: ['-n', '-G29', '-N1', '-m500'] },
];

/** Has the installed decoders read the pictures, each in one process for all of them. */
export function readNatively(folder: string, pictures: readonly Picture[]): readonly Native[] {
  mkdirSync(folder, { recursive: true });
  const files = pictures.map(({ image }, place) => {
    const file = join(folder, `${String(place).padStart(4, '0')}.pgm`);
    writeFileSync(file, greyMap(image));
    return file;
  });
  return TOOLS.map((tool) => {
    const start = spawnSync(tool.name, [...tool.arguments, ...files.slice(0, 1)], { encoding: 'utf8' });
    if (start.error !== undefined) return { name: tool.name, package: tool.package, reads: undefined, ms: Number.NaN };
    const [one, all] = [timed(tool, files.slice(0, 1)), timed(tool, files)];
    const reads = pictures.filter(({ text }) => all.output.includes(text)).length;
    return { name: tool.name, package: tool.package, reads, ms: (all.ms - one.ms) / Math.max(1, files.length - 1) };
  });
}

function timed(tool: Tool, files: readonly string[]): { readonly ms: number; readonly output: string } {
  const began = performance.now();
  const { stdout } = spawnSync(tool.name, [...tool.arguments, ...files], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  return { ms: performance.now() - began, output: stdout };
}

function greyMap({ pixels, width, height }: GreyImage): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), pixels]);
}
