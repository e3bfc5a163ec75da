import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runDemo } from '#cli/demo.ts';
import { emptyDemoFolder } from '#cli/demo-folder.ts';

let out: string;
let line: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'demo-'));
  line = join(out, 'line');
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(out, { recursive: true });
});

describe('the demo deletes nothing that it has not made:', () => {
  it('a folder with files of somebody else is left as it is, and the demo says what to do', async () => {
    mkdirSync(line);
    writeFileSync(join(line, 'line.db'), 'the record of a line');
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(await runDemo(['--out', out])).toBe(2);
    expect(said.mock.calls.map(([text]) => text)).toEqual([
      `${line} was not made by a demo, so it is not deleted. Give another folder with --out, or remove it yourself.\n`,
    ]);
    expect(readFileSync(join(line, 'line.db'), 'utf8')).toBe('the record of a line');
  });

  it('nor a file of that name', () => {
    writeFileSync(line, 'a line of text');
    expect(emptyDemoFolder(line)).toMatch(/was not made by a demo/);
    expect(readFileSync(line, 'utf8')).toBe('a line of text');
  });

  it('what an earlier demo left is emptied, as often as one is run', () => {
    for (let time = 0; time < 2; time += 1) {
      expect(emptyDemoFolder(line)).toBeUndefined();
      expect(readdirSync(line)).toHaveLength(1);
      writeFileSync(join(line, 'training.db'), 'an earlier demo');
    }
    expect(emptyDemoFolder(line)).toBeUndefined();
    expect(existsSync(join(line, 'training.db'))).toBe(false);
  });

  it('an empty folder can be had', () => {
    mkdirSync(line);
    expect(emptyDemoFolder(line)).toBeUndefined();
    expect(readdirSync(line)).toHaveLength(1);
  });
});
