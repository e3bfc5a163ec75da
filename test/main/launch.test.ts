import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { nodeLaunch } from '#main/launch.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'launch-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function launched(code: string, ...args: string[]) {
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'virtual-line.js'), code);
  return nodeLaunch(pathToFileURL(`${folder}/`))('virtual-line', args);
}

async function all(lines: AsyncIterable<string>): Promise<string[]> {
  const read: string[] = [];
  for await (const line of lines) read.push(line);
  return read;
}

const ECHO = `
  import { createInterface } from 'node:readline';
  console.log('args ' + process.argv.slice(2).join(' '));
  createInterface({ input: process.stdin }).on('line', (line) => console.log('heard ' + line)).on('close', () => process.exit(3));
`;

it('speaks lines both ways and ends when its stdin closes', async () => {
  const child = launched(ECHO, '--speed', '2');
  child.write('one');
  child.write('two');
  const lines = child.lines[Symbol.asyncIterator]();
  const said = [await lines.next(), await lines.next(), await lines.next()];
  child.end(); // from now on it has a few seconds
  expect([await child.exited, said.map(({ value }) => value)]).toEqual([
    3,
    ['args --speed 2', 'heard one', 'heard two'],
  ]);
});

it('loses in silence what is written to a process that has ended', async () => {
  const child = launched('process.exit(0)');
  expect(await child.exited).toBe(0);
  child.write('anybody there?');
  child.end();
  expect(await all(child.lines)).toEqual([]);
});

it('ends a process that does not end by itself', async () => {
  const child = launched('setInterval(() => undefined, 1000)');
  child.end();
  expect(await child.exited).toBe(-1);
});
