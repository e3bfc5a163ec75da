import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { AI_TABLE, type AiEntry, aiEntry } from '#gs1/ai-table.ts';
import { NUMERIC } from '#gs1/character-set.ts';
import { parseElementString } from '#gs1/element-string.ts';
import { parseGtin } from '#gs1/gtin.ts';
import { itemUri, itemUrn, lotUri, lotUrn } from '#gs1/sgtin.ts';

const folder = process.env['LINEWRIGHT_STANDARDS'] ?? resolve('../shared/standards');
const absent = existsSync(folder) ? undefined : `the official test data is not at ${folder} (or $LINEWRIGHT_STANDARDS)`;
if (absent !== undefined) console.warn(`skipped: ${absent}`);

it('the table of AIs says what the GS1 Barcode Syntax Dictionary says', ({ skip }) => {
  skip(absent !== undefined, absent);
  const official = dictionary(read('gs1-syntax/gs1-syntax-dictionary-2026-01-27.txt'));
  expect(AI_TABLE.map(asDictionary)).toEqual(AI_TABLE.map(({ ai }) => official.get(ai)));
});

it('element strings get the verdict of the GS1 Syntax Engine', ({ skip }) => {
  skip(absent !== undefined, absent);
  const cases = read('gs1-syntax/engine-unit-vectors.jsonl')
    .trim()
    .split('\n')
    .map((line) => EngineCase.parse(JSON.parse(line)))
    .filter(({ kind, permitUnknownAIs }) => kind === 'processAIdata' && permitUnknownAIs !== true);
  const wrong = cases.filter(({ dataStr = '', ok }) => {
    // Internal form: FNC1 in front and as separator. An AI the line does not know is refused, and need not agree.
    const verdict = parseElementString(dataStr.slice(1).replaceAll('^', '\u001d'));
    if (verdict.kind === 'malformed' && verdict.error.rule === 'unknown-ai') return false;
    return (dataStr.startsWith('^') && verdict.kind === 'parsed') !== ok;
  });
  expect(wrong).toEqual([]);
  expect(cases.length).toBeGreaterThan(60);
});

it('items and lots have the URNs and Digital Links of the official examples', ({ skip }) => {
  skip(absent !== undefined, absent);
  const examples = EpcVectors.parse(JSON.parse(read('epc-dl/openepcis-ralphtro-vectors.json'))).agree.flatMap(example);
  expect(examples.map((one) => one.made)).toEqual(examples.map((one) => one.official));
  expect(examples.length).toBeGreaterThan(10);
});

const EngineCase = z
  .looseObject({
    kind: z.string(),
    ok: z.boolean().optional(),
    dataStr: z.string().nullable().optional(),
    permitUnknownAIs: z.boolean().optional(),
  })
  .transform((one) => ({ ...one, dataStr: one.dataStr ?? undefined }));

const EpcVectors = z.looseObject({ agree: z.array(z.looseObject({ urn: z.string(), canonicalDl: z.string() })) });

/** What we make of the GTIN, serial or lot of one official example, beside what it says. */
function example({ urn, canonicalDl }: { urn: string; canonicalDl: string }) {
  const [, digits, qualifier, escaped] =
    /^https:\/\/id\.gs1\.org\/01\/(\d{14})\/(21|10)\/([^/]+)$/.exec(canonicalDl) ?? [];
  const gtin = parseGtin(digits ?? '');
  const scheme = qualifier === '21' ? 'urn:epc:id:sgtin:' : 'urn:epc:class:lgtin:';
  if (gtin === undefined || escaped === undefined || !urn.startsWith(scheme)) return [];
  const value = decodeURIComponent(escaped);
  const length = urn.slice(scheme.length).indexOf('.');
  const made =
    qualifier === '21'
      ? [itemUrn(gtin, length, value), itemUri(gtin, value)]
      : [lotUrn(gtin, length, value), lotUri(gtin, value)];
  return [{ made, official: [urn, canonicalDl] }];
}

function read(path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

/** AI → what the dictionary says of it, ranges expanded. */
function dictionary(text: string): Map<string, string> {
  const entries = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, ais = '', flags = '', rest = '', title = ''] =
      /^(\d+(?:-\d+)?)\s+([*?!"$%&'()+,\-./:;<=>@[\\\]^_`{|}~]*)\s+(.*?)(?:#\s*(.*))?$/.exec(line) ?? [];
    const [first = '', last = first] = ais.split('-');
    const components = rest
      .split(/\s+/)
      .filter((part) => /^\[?[NXYZ]/.test(part))
      .join(' ');
    if (first === '') continue;
    for (let ai = Number(first); ai <= Number(last); ai += 1) {
      const name = String(ai).padStart(first.length, '0');
      entries.set(
        name,
        `${name} ${flags.includes('*') ? '*' : ''} ${components.replace(/,gcppos\d/, '')} ${title.trim()}`,
      );
    }
  }
  return entries;
}

function asDictionary(entry: AiEntry): string {
  const parts = entry.parts.map(({ set, min, max, linter }) => {
    const length = min === max ? `${max}` : `..${max}`;
    return `${set === NUMERIC ? 'N' : 'X'}${length}${linter === undefined ? '' : `,${linter}`}`;
  });
  return `${entry.ai} ${aiEntry(entry.ai)?.predefined === true ? '*' : ''} ${parts.join(' ')} ${entry.title}`;
}
