import { readFileSync, statfsSync, statSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { basename } from 'node:path';
import Database from 'better-sqlite3';

/** On what something was measured. No host name, no path. */
export interface Environment {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly fileSystem: string;
  readonly disk: string;
  readonly node: string;
  readonly sqlite: string;
}

const FILE_SYSTEMS: Readonly<Record<number, string>> = {
  61267: 'ext4',
  1481003842: 'xfs',
  2435016766: 'btrfs',
  16914836: 'tmpfs',
  2035054128: 'overlayfs',
  801189825: 'zfs',
  26985: 'nfs',
};

export function describeEnvironment(folder: string): Environment {
  const db = new Database(':memory:');
  const sqlite = String(db.prepare('SELECT sqlite_version()').pluck().get());
  db.close();
  const kind = statfsSync(folder).type;
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round((totalmem() / 2 ** 30) * 10) / 10,
    system: `${type()} ${release()}`,
    fileSystem: FILE_SYSTEMS[kind] ?? `0x${kind.toString(16)}`,
    disk: diskOf(folder),
    node: process.version,
    sqlite,
  };
}

/** Rotating or not, as Linux says; a virtual disk calls itself what it likes. */
function diskOf(folder: string): string {
  const { dev } = statSync(folder);
  const place = `/sys/dev/block/${(dev >> 8) & 0xfff}:${(dev & 0xff) | ((dev >> 12) & 0xfff00)}`;
  for (const queue of [`${place}/queue`, `${place}/../queue`]) {
    try {
      const isRotating = readFileSync(`${queue}/rotational`, 'utf8').trim() === '1';
      const scheduler = /\[(.+)\]/.exec(readFileSync(`${queue}/scheduler`, 'utf8'))?.[1] ?? '';
      return `${isRotating ? 'rotating, or virtual' : 'not rotating'}${scheduler === '' ? '' : `, scheduler ${basename(scheduler)}`}`;
    } catch {
      // not this place
    }
  }
  return 'unknown';
}
