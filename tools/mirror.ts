import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Prints the mirror of STYLE §5: figures to look at now and then. A number out of line is a question, not a failure.

interface File {
  readonly path: string;
  readonly folder: string;
  readonly text: string;
  readonly lines: number;
}

const root = join(import.meta.dirname, '..');
const PURE = ['gs1', 'line', 'order', 'epcis', 'contract'];

function read(folder: string): File[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name).slice(root.length + 1);
      const text = readFileSync(join(root, path), 'utf8');
      return { path, folder: path.split(/[\\/]/)[1] ?? '', text, lines: text.split('\n').length - 1 };
    });
}

function count(files: readonly File[], pattern: RegExp): number {
  return files.reduce((total, { text }) => total + [...text.matchAll(pattern)].length, 0);
}

function sumOf(files: readonly File[]): number {
  return files.reduce((total, { lines }) => total + lines, 0);
}

function quantile(files: readonly File[], share: number): number {
  const sorted = files.map(({ lines }) => lines).sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
}

function perThousand(found: number, lines: number): string {
  return lines === 0 ? '–' : ((found * 1000) / lines).toFixed(1);
}

function share(found: number, of: number): string {
  return of === 0 ? '–' : `${((found * 100) / of).toFixed(0)} %`;
}

function row(measure: string, value: string | number, wanted: string): void {
  process.stdout.write(`${measure.padEnd(52)}${String(value).padStart(12)}   ${wanted}\n`);
}

const src = read('src');
const test = read('test');
const pure = src.filter(({ folder }) => PURE.includes(folder));
const pureTests = test.filter(({ folder }) => PURE.includes(folder));
const comments = /^\s*(\/\/|\/\*\*?|\*).*$/gm;

row('source files, lines', `${src.length}, ${sumOf(src)}`, '');
row('any', count(src, /:\s*any\b|<any>|as any\b/g), '0');
row('as per 1 000 lines, without as const', perThousand(count(src, /\sas (?!const\b)[A-Z{('"]/g), sumOf(src)), '≤ 2');
row('suppressions per 1 000 lines', perThousand(count(src, /biome-ignore|@ts-|oxlint-disable/g), sumOf(src)), '≤ 0.2');
row('median file · 95th percentile, lines', `${quantile(src, 0.5)} · ${quantile(src, 0.95)}`, '60–120 · 300');
row('files over 400 lines', src.filter(({ lines }) => lines > 400).length, '0');
row('classes that extend other than Error', count(src, /class \w+ extends (?!Error\b|Component\b)/g), '0');
row('module mocks, skip, only in tests', count(test, /vi\.mock\(|\b(it|test|describe)\.(skip|only)\(/g), '0');
row('test lines per source line', (sumOf(test) / sumOf(src)).toFixed(2), 'about 1');
row('the same in the pure folders', (sumOf(pureTests) / sumOf(pure)).toFixed(2), '≥ 1.5');
row('comment lines in the pure folders', share(count(pure, comments), sumOf(pure)), '8–15 %');
for (const { path, lines } of src.filter((file) => file.lines > 300)) row(`  long: ${path}`, lines, '≤ 300');
