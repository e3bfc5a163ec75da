import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A disk of a few megabytes that goes with the test; undefined where it may not be mounted. */
export function smallDisk(megabytes: number): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'));
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'none', disk], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', disk]));
  return disk;
}

/** Takes all the room there is; answers how to give it back. */
export function fill(disk: string): () => void {
  const ballast = join(disk, 'ballast');
  for (let chunk = 1 << 20; chunk >= 4096; ) {
    const { bavail, bsize } = statfsSync(disk);
    if (bavail * bsize < chunk) chunk /= 2;
    else writeFileSync(ballast, Buffer.alloc(chunk), { flag: 'a' });
  }
  return () => rmSync(ballast);
}
