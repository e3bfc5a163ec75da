import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { verifyChain } from '#record/verify.ts';

/**
 * Checks the hash chain of a line database with nothing but the file. Exit code 0: intact; 1: something does not fit, and
 * where; 2: it could not be read.
 */
export async function runVerify(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: { head: { type: 'string' } },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (file === undefined || !existsSync(file)) {
    process.stderr.write(`${file === undefined ? 'Name the database file to verify.' : `There is no file ${file}.`}\n`);
    return 2;
  }
  try {
    const found = verifyChain(file, values.head === undefined ? {} : { expectedHead: values.head });
    process.stdout.write(
      `${found.facts} facts in ${found.groups} commits, ${found.serials} serials, head ${found.head}\n`,
    );
    if (found.bad !== undefined) process.stdout.write(`NOT INTACT at entry ${found.bad.seq}: ${found.bad.what}\n`);
    else process.stdout.write('The chain is intact.\n');
    if (found.note !== undefined) process.stdout.write(`${found.note}\n`);
    return found.isIntact ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}
