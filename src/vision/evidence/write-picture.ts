import { hash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes a file whole or not at all: beside its place first, on disk, then under its name. Throws what the disk says. */
export function writePicture(folder: string, file: string, bytes: Buffer): { readonly sha256: string } {
  const path = join(folder, file);
  const part = `${path}.part`;
  mkdirSync(dirname(path), { recursive: true });
  try {
    const handle = openSync(part, 'w', 0o600);
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(part, path);
  } catch (cause) {
    rmSync(part, { force: true });
    throw cause;
  }
  return { sha256: hash('sha256', bytes, 'hex') };
}
