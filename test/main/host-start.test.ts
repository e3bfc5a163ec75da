import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseArguments } from '#main/arguments.ts';
import { type Places, startHost, takeLine } from '#main/host-start.ts';
import { nodeLaunch } from '#main/launch.ts';
import { StartError } from '#main/start-error.ts';
import { fill, smallDisk } from '../small-disk.ts';

let folder: string;
let places: Places;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'host-start-'));
  const bundle = pathToFileURL(`${folder}/bundle/`);
  mkdirSync(bundle);
  // As a build would have it, out of the sources: the record's thread is all that runs here.
  writeFileSync(join(folder, 'bundle/package.json'), '{"type":"module"}');
  const writer = new URL('../../src/record/writer.thread.ts', import.meta.url).href;
  writeFileSync(new URL('writer.thread.js', bundle), `import ${JSON.stringify(writer)};`);
  places = { bundle, resources: join(import.meta.dirname, '../../resources'), renderer: folder };
});
afterEach(() => rmSync(folder, { recursive: true, maxRetries: 5 }));

const take = (data: string) => takeLine(parseArguments(['--data', data], folder), places);

function start(data: string) {
  return startHost(take(data), [], { places, launch: nodeLaunch(places.bundle), isOwnWindow: true });
}

const OURS = 0x4c4e5752;

it.each([
  [
    'a newer version',
    `PRAGMA application_id = ${OURS}; PRAGMA user_version = 99`,
    /by a newer Linewright.*Use that version/,
  ],
  ['another program', 'PRAGMA application_id = 1; CREATE TABLE x (a)', /of another program\. Choose another file/],
])(
  'a record of %s is no stack trace, but a sentence that says what to do; the line is free again',
  async (_, sql, says) => {
    mkdirSync(join(folder, 'LINE-1'));
    const db = new Database(join(folder, 'LINE-1/training.db'));
    db.exec(sql);
    db.close();
    const failure = await start(folder).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StartError);
    expect(failure).toHaveProperty('message', expect.stringMatching(says));
    expect(readdirSync(join(folder, 'LINE-1'))).not.toContain('workstation.lock');
  },
);

it('a disk that takes not even the lock is no stack trace, but a sentence that says what to do', ({ skip }) => {
  const disk = smallDisk(1);
  if (disk === undefined) return skip('a small disk can only be mounted by root');
  mkdirSync(join(disk, 'LINE-1'));
  fill(disk);
  expect(() => take(disk)).toThrow(/LINE-1 takes no file: .*no space left.* Free some space/);
  expect(readdirSync(join(disk, 'LINE-1'))).toEqual([]);
});
