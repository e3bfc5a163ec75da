import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = process.env['LINEWRIGHT_STANDARDS'] ?? resolve('../shared/standards');

/** Why the official test data cannot be used here, or undefined when it can. Tests skip themselves with this reason. */
export const absent: string | undefined = existsSync(folder)
  ? undefined
  : `the official test data is not at ${folder} (or $LINEWRIGHT_STANDARDS)`;

if (absent !== undefined) console.warn(`skipped: ${absent}`);

/** One file of the official test data. */
export function read(path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

/** The rows of a file of JSON lines; none when the official data is absent. */
export function readLines(path: string): unknown[] {
  if (absent !== undefined) return [];
  return read(path)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}
