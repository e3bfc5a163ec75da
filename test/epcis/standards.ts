import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where the official files are; nothing of them is part of the product. */
export const STANDARDS = resolve(process.env['LINEWRIGHT_STANDARDS'] ?? '../shared/standards');

/** Why a test on official files cannot run; undefined when it can. */
export function absence(): string | undefined {
  return existsSync(STANDARDS) ? undefined : `the official files are not at ${STANDARDS} (or $LINEWRIGHT_STANDARDS)`;
}

export function standard(path: string): string {
  return readFileSync(join(STANDARDS, path), 'utf8');
}

/** Files below a folder whose names end so, in order; none where the folder is absent. */
export function standardFiles(folder: string, ending: string): string[] {
  const place = join(STANDARDS, folder);
  if (!existsSync(place)) return [];
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => `${folder}/${name}`);
}
