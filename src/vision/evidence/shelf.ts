import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PICTURE_KEPT } from '#line/fact.ts';
import type { PictureOf, RemovedPicture } from '#vision/evidence/messages.ts';

/** Rejects of an open run that retention never takes: the newest ones. Who comes to the line asks for them. */
const SPARED = 50;
/** Taking away a twentieth at once keeps retention from working at every picture. */
const AIM = 0.95;

interface Shelved extends PictureOf {
  readonly bytes: number;
  readonly at: number;
}

/** The files of the folder, oldest first, and the rules by which they go. */
export interface Shelf {
  readonly bytes: number;
  /** Whether so many bytes more fit; makes room first by taking away the oldest. */
  makeRoom(bytes: number): { readonly fits: boolean; readonly removed: readonly RemovedPicture[] };
  /** Takes away what is older than the limit at this time. */
  retire(at: number): readonly RemovedPicture[];
  add(of: PictureOf, bytes: number, at: number): void;
  openRun(run: number | undefined): void;
}

/** `000001/1-123-fail.png`: run, epoch, item and why, so that the folder explains itself. */
export function fileOf({ run, epoch, item, kept }: PictureOf): string {
  return `${String(run).padStart(6, '0')}/${epoch}-${item}-${kept}.png`;
}

/** Reads what is in the folder already. Foreign files are left alone; halves of a crash are removed. */
export function openShelf(folder: string, maxBytes: number, maxAge: number): Shelf {
  let files = readFolder(folder);
  let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  let open: number | undefined;

  const spared = (): ReadonlySet<Shelved> =>
    new Set(files.filter(({ run, kept }) => run === open && kept === 'fail').slice(-SPARED));
  const remove = (by: RemovedPicture['by'], isDue: (file: Shelved) => boolean): RemovedPicture[] => {
    const keep = spared();
    const removed: RemovedPicture[] = [];
    files = files.filter((file) => {
      if (keep.has(file) || !isDue(file) || !removeFile(join(folder, fileOf(file)))) return true;
      const { run, epoch, item, kept } = file;
      bytes -= file.bytes;
      removed.push({ run, epoch, item, kept, by });
      return false;
    });
    return removed;
  };

  return {
    get bytes() {
      return bytes;
    },
    makeRoom(wanted) {
      if (bytes + wanted <= maxBytes) return { fits: true, removed: [] };
      const removed = remove('size', () => bytes + wanted > maxBytes * AIM);
      return { fits: bytes + wanted <= maxBytes, removed };
    },
    retire: (now) => remove('age', ({ at }) => at < now - maxAge),
    add(of, size, at) {
      files.push({ ...of, bytes: size, at });
      bytes += size;
    },
    openRun(run) {
      open = run;
    },
  };
}

/** False when it is still there: it then goes on counting. */
function removeFile(path: string): boolean {
  try {
    rmSync(path, { force: true });
    return true;
  } catch {
    return !existsSync(path);
  }
}

function readFolder(folder: string): Shelved[] {
  mkdirSync(folder, { recursive: true });
  const found = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d{6,}$/.test(entry.name))
    .flatMap((run) => readdirSync(join(folder, run.name)).flatMap((name) => shelved(folder, run.name, name)));
  return found.sort((one, other) => one.at - other.at || one.item - other.item);
}

function shelved(folder: string, run: string, name: string): Shelved[] {
  const path = join(folder, run, name);
  if (name.endsWith('.part')) removeFile(path);
  const [, epoch, item, kept] = /^(\d+)-(\d+)-([a-z-]+)\.png$/.exec(name) ?? [];
  if (!isKept(kept)) return [];
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  return [
    {
      run: Number(run),
      epoch: Number(epoch),
      item: Number(item),
      kept,
      bytes: stat.size,
      at: Math.round(stat.mtimeMs),
    },
  ];
}

function isKept(word: string | undefined): word is keyof typeof PICTURE_KEPT {
  return word !== undefined && Object.hasOwn(PICTURE_KEPT, word);
}
