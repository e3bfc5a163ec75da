import { expect, it } from 'vitest';
import { z } from 'zod';
import type { LintFault } from '#gs1/linter/lint-fault.ts';
import { LINTERS, type LinterName } from '#gs1/linter/linters.ts';
import { absent, readLines } from './standards.ts';

const Row = z.object({
  fn: z.string().transform((name) => name.replace('gs1_lint_', '')),
  ok: z.boolean(),
  data: z.string(),
  err: z.string().optional(),
  markup: z.string().optional(),
});
type Row = z.infer<typeof Row>;

/** Names that the official tests only touch: one row `TEST` each, and no rule behind it in this dictionary. */
const STUBS = ['hhmm', 'iso3166list', 'key', 'keyoff1', 'mmoptss', 'yymmddhh'];

const rows = readLines('gs1-syntax/linter-unit-vectors.jsonl').map((row) => Row.parse(row));
const accepted = new Set(rows.filter(({ ok }) => ok).map(({ fn, data }) => `${fn} ${data}`));

it('every linter gives every official verdict, with the official reason at the official place', ({ skip }) => {
  skip(absent !== undefined, absent);
  const asked = rows.filter((row) => whyLeftOut(row) === undefined);
  const wrong = asked.flatMap((row) => {
    const [ours, theirs] = [verdict(row), official(row)];
    return ours === theirs ? [] : [{ fn: row.fn, data: row.data, ours, theirs }];
  });
  expect(wrong).toEqual([]);
  expect(asked.length).toBe(5682);
});

it('leaves out official rows for two reasons only', ({ skip }) => {
  skip(absent !== undefined, absent);
  const reasons = rows.map(whyLeftOut).filter((reason) => reason !== undefined);
  const count = (reason: string) => reasons.filter((other) => other === reason).length;
  expect([...new Set(reasons)].map((reason) => [reason, count(reason)])).toEqual([
    ['presupposes a look-up of company prefixes', 10],
    ['the name has no linter', 6],
  ]);
});

function whyLeftOut({ fn, data, err }: Row): string | undefined {
  if (STUBS.includes(fn)) return 'the name has no linter';
  const needsLookUp =
    err === 'GS1_LINTER_GCP_DATASOURCE_OFFLINE' ||
    (fn === 'gcppos1' && data === '1234567') ||
    (fn === 'couponcode' && err === 'GS1_LINTER_INVALID_GCP_PREFIX' && accepted.has(`${fn} ${data}`));
  return needsLookUp ? 'presupposes a look-up of company prefixes' : undefined;
}

function verdict({ fn, data }: Row): string {
  if (!isLinter(fn)) return `no linter ${fn}`;
  const shifted = judged(fn, `<<${data}>>`, 2);
  const plain = judged(fn, data, 0);
  return shifted === plain ? plain : `depends on what stands around it: ${plain}, ${shifted}`;
}

/** Linters judge a part of a text, so each row is asked twice: as a whole text, and inside one. */
function judged(fn: LinterName, text: string, margin: number): string {
  const found: LintFault | undefined = LINTERS[fn](text, margin, text.length - margin);
  if (found === undefined) return 'ok';
  const at = found.position - margin;
  const data = text.slice(margin, text.length - margin);
  return `${found.rule} ${data.slice(0, at)}*${data.slice(at, at + found.length)}*${data.slice(at + found.length)}`;
}

function official({ ok, err = '', markup }: Row): string {
  if (ok) return 'ok';
  const rule = err.replace('GS1_LINTER_', '').replace('EXIPIRATION', 'EXPIRATION').toLowerCase().replaceAll('_', '-');
  return `${rule} ${markup}`;
}

function isLinter(name: string): name is LinterName {
  return name in LINTERS;
}
