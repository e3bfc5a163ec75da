import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { absence, STANDARDS } from '../epcis/standards.ts';

const ENTRY = {
  '1.2': 'epcis/xsd-1.2/EPCglobal-epcis-1_2.xsd',
  '2.0': 'epcis/xsd-2.0/EPCglobal-epcis-2_0.xsd',
} as const;

/** Why documents cannot be held against the official schemas here; undefined when they can. */
export function noSchemas(): string | undefined {
  const isThere = spawnSync('xmllint', ['--version']).status === 0;
  return absence() ?? (isThere ? undefined : 'xmllint is not installed (package libxml2-utils)');
}

/** What the official XML schema has against documents; nothing when they are valid. */
export function schemaErrors(version: '1.2' | '2.0', documents: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'linewright-xsd-'));
  try {
    const files = Object.entries(documents).map(([name, text]) => {
      const file = join(folder, `${name}.xml`);
      writeFileSync(file, text);
      return file;
    });
    const schema = join(STANDARDS, ENTRY[version]);
    const run = spawnSync('xmllint', ['--nonet', '--noout', '--schema', schema, ...files], { encoding: 'utf8' });
    const lines = run.stderr.split('\n').filter((line) => line !== '' && !line.endsWith(' validates'));
    return run.status === 0 ? '' : lines.join('\n').replaceAll(folder, '');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
