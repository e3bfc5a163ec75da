import { lstatSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Stands in a folder that a demo made, and may therefore delete. */
const MARK = '.linewright-demo';

/** Makes an empty folder for the line of a demo. A sentence when what stands there is not a demo's to delete. */
export function emptyDemoFolder(folder: string): string | undefined {
  if (!isOurs(folder)) {
    return `${folder} was not made by a demo, so it is not deleted. Give another folder with --out, or remove it yourself.`;
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, MARK), '');
  return undefined;
}

function isOurs(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return true;
  if (!found.isDirectory()) return false;
  const names = readdirSync(folder);
  return names.length === 0 || names.includes(MARK);
}
