import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { runInspect } from '#cli/inspect.ts';

const SCRIPT = join(import.meta.dirname, '../../src/cli/linewright.ts');
const ORDER = join(import.meta.dirname, '../../resources/orders/po-1001-300.json');
const folder = mkdtempSync(join(tmpdir(), 'inspect-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function inspect(args: readonly string[], piped: string | Uint8Array = '', isTTY = false): Promise<Ended> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runInspect(args, {
    stdin: Readable.from([Buffer.from(piped)]),
    stdout: { isTTY, write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
  });
  return { code, out: out.join(''), err: err.join('') };
}

function fileOf(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('linewright inspect', () => {
  it('reads each line of a pipe as an input of its own, and tells the worst of them', async () => {
    const { code, out } = await inspect(['--gcp', '7'], '0109521234543213\r\n\r\n(01)09521234543214\n');
    const titles = out.split('\n').filter((line) => line.startsWith('['));
    expect(titles).toEqual([
      '[1 of 2] GS1 element string, 1 element: GTIN',
      '[2 of 2] GS1 elements in brackets, 1 element: GTIN',
    ]);
    expect(out).toContain('urn:epc:idpat:sgtin:9521234.054321.*');
    expect(code).toBe(1);
  });

  it('gives the same as JSON', async () => {
    const { code, out } = await inspect(['--json', ']d201095212345432132112\u001d10A']);
    expect(JSON.parse(out)).toMatchObject([
      {
        input: ']d201095212345432132112\u001d10A',
        kind: 'scan',
        verdict: 'clean',
        parts: [{ name: '01' }, { name: '21', value: '12' }, { name: '10', value: 'A' }],
        forms: [{ name: 'element string', value: '01095212345432132112\u001d10A' }, {}, {}, {}, { name: 'EPC URN' }],
      },
    ]);
    expect(code).toBe(0);
  });

  it('takes an argument that names a file for the file, and several --file', async () => {
    const codes = fileOf('codes.txt', '9521234543213\n195212340000000010\n');
    const { code, out } = await inspect([ORDER, '--file', codes]);
    expect(out).toContain('[1 of 3] Order file: PO-1001');
    expect(out).toContain('[3 of 3] SSCC or GSRN');
    expect(code).toBe(0);
  });

  it('sends a database to the command that can check it', async () => {
    const path = fileOf('line.db', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(100)]));
    const { code, out } = await inspect([path]);
    expect(out).toContain(`linewright verify ${path}`);
    expect(code).toBe(2);
  });

  it.each([
    ['a file that is not there', ['--file', join(folder, 'missing')], 'There is no such file.'],
    ['a folder', ['--file', folder], 'This is a folder. Name a file in it.'],
    ['nothing at all', [], 'The input is empty.'],
  ])('says why it cannot use %s', async (_what, args, why) => {
    const { code, out } = await inspect(args);
    expect(out).toContain(why);
    expect(code).toBe(2);
  });

  it.each([
    [['--gcp', '3', '1'], '--gcp is the number of digits of the GS1 Company Prefix, 4 to 12.'],
    [['--wrong'], "Unknown option '--wrong'"],
  ])('refuses %j', async (args, why) => {
    const { code, err } = await inspect(args);
    expect(err).toContain(why);
    expect(code).toBe(2);
  });

  it('counts warnings as problems when told to be strict', async () => {
    expect((await inspect(['(10)LOT1'])).code).toBe(0);
    expect((await inspect(['--strict', '(10)LOT1'])).code).toBe(1);
  });

  it('writes no colours into a pipe', async () => {
    expect((await inspect(['0109521234543214'])).out).not.toContain('\u001b');
  });

  it('reads UTF-16, as some editors save it, and bytes that are no text', async () => {
    const wide = Buffer.from('\ufeff0109521234543213\r\n', 'utf16le');
    expect(await inspect([], wide)).toMatchObject({ code: 0, out: expect.stringContaining('Read as UTF-16.') });
    expect((await inspect([], Buffer.from([0xe9, 0x80, 0xff]))).code).toBe(2);
  });

  it('paints on a terminal, and says the same without colours', async () => {
    const painted = await inspect(['0109521234543214'], '', true);
    const plain = await inspect(['0109521234543214']);
    expect(painted.out).toContain('\u001b[31mPROBLEM\u001b[0m');
    expect(stripVTControlCharacters(painted.out)).toBe(plain.out);
  });

  it('is a command of its own', () => {
    const { status, stdout } = spawnSync(process.execPath, [SCRIPT, 'inspect'], { input: '96385074\n96385075\n' });
    expect(
      stdout
        .toString()
        .split('\n')
        .filter((line) => line.startsWith('[')),
    ).toEqual(['[1 of 2] GTIN-8', '[2 of 2] GTIN-8 with a wrong check digit']);
    expect(status).toBe(1);
  });

  it('looks at no more lines than a person reads', async () => {
    const { code, out } = await inspect(['--json'], '96385074\n'.repeat(1200));
    const reports: unknown[] = JSON.parse(out);
    expect(reports).toHaveLength(1001);
    expect(reports.at(-1)).toMatchObject({ verdict: 'unusable' });
    expect(code).toBe(2);
  });
});
