import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { aiEntry } from '#gs1/ai-table.ts';
import { associationFaults } from '#gs1/associations.ts';
import { parseBracketed } from '#gs1/bracketed.ts';
import { withCheckDigit } from '#gs1/check-digit.ts';
import { markUp } from '#gs1/element-rules.ts';
import { type Element, elementString, parseElementString } from '#gs1/element-string.ts';
import { escapeDigitalLink } from '#gs1/escape.ts';
import { parseDigitalLink } from '#gs1/link/digital-link.ts';
import { buildDigitalLink } from '#gs1/link/digital-link-build.ts';
import { isLinkPath, unescapeUri } from '#gs1/link/digital-link-syntax.ts';
import { parseScan, type Scan } from '#gs1/scan.ts';
import { type SymbolContent, type Symbology, scanOf } from '#gs1/scan-build.ts';
import { absent, readLines } from './standards.ts';

const text = z.string().nullable().optional();
const Row = z.looseObject({
  kind: z.string(),
  ok: z.boolean().optional(),
  bracketed: z.string().optional(),
  dataStr: text,
  scanData: text,
  uri: text,
  stem: text,
  sym: z.string().optional(),
  seq: z.string().optional(),
  rule: z.string().optional(),
  err: z.number().optional(),
  markup: z.string().optional(),
  in: z.string().optional(),
  path: z.string().optional(),
  query: z.string().optional(),
  permitUnknownAIs: z.boolean().optional(),
  permitZeroSuppressedGTIN: z.boolean().optional(),
  permitConvenienceAlphas: z.boolean().optional(),
  validateUnknownAInotDLattr: z.boolean().optional(),
  addCheckDigit: z.boolean().optional(),
});
type Row = z.infer<typeof Row>;

const rows = readLines('gs1-syntax/engine-unit-vectors.jsonl').map((row) => Row.parse(row));

/** What the official row says, and what we make of it, in the same words. */
type Comparison = (row: Row) => { readonly official: unknown; readonly ours: unknown };

const comparisons: Readonly<Record<string, Comparison>> = {
  parseAIdata: (row) => ({ official: row.ok === true ? row.dataStr : null, ours: internal(bracketedElements(row)) }),
  processAIdata: (row) => ({ official: row.ok, ours: fromInternal(row.dataStr ?? '') !== undefined }),
  errMarkup: (row) => ({ official: row.markup, ours: markedUp(row) }),
  validateAIs: (row) => ({ official: row.ok, ours: isAssociated(row) }),
  dlPathAIseq: (row) => ({ official: row.ok, ours: isLinkPath((row.seq ?? '').split(' ')) }),
  parseDLuri: (row) => ({ official: row.ok === true ? row.dataStr : null, ours: internal(linkElements(row)) }),
  generateDLuri: (row) => ({ official: row.uri, ours: builtLink(row) }),
  // A blank is never part of a value, so we have one escape for path and query.
  URIescape: (row) => ({ official: row.path, ours: escapeDigitalLink(row.in ?? '') }),
  URIunescape: (row) => ({
    official: [row.path, row.query],
    ours: [unescapeUri(row.in ?? '', 'path'), unescapeUri(row.in ?? '', 'query')],
  }),
  generateScanData: (row) => ({ official: row.scanData, ours: generated(row) ?? null }),
  processScanData: (row) => ({
    official: row.ok === true ? [row.sym, row.dataStr] : undefined,
    ours: scanned(parseScan(row.scanData ?? '')),
  }),
};

describe('of the 599 cases of the GS1 Syntax Engine', () => {
  it.for(Object.entries(comparisons))('all of kind %s come out the same', ([kind, compare], { skip }) => {
    skip(absent !== undefined, absent);
    const wrong = rows
      .filter((row) => row.kind === kind)
      .map((row) => ({ row, ...compare(row) }))
      .filter(({ official, ours }) => JSON.stringify(official ?? null) !== JSON.stringify(ours ?? null));
    expect(wrong).toEqual([]);
    expect(rows.some((row) => row.kind === kind)).toBe(true);
  });

  it('none is left out', ({ skip }) => {
    skip(absent !== undefined, absent);
    expect(rows.filter(({ kind }) => comparisons[kind] === undefined && kind !== 'linters')).toEqual([]);
    expect(rows.length).toBe(599);
  });

  it('those of linters fail when they should, each official error with one rule of ours', ({ skip }) => {
    skip(absent !== undefined, absent);
    const seen = rows.filter(({ kind }) => kind === 'linters').map((row) => [row.err ?? 0, firstRule(row)] as const);
    expect(seen.filter(([error, rule]) => (error === 0) !== (rule === 'none'))).toEqual([]);
    const rulesOf = Map.groupBy(seen, ([error]) => error);
    const errorsOf = Map.groupBy(seen, ([, rule]) => rule);
    expect([...rulesOf.values()].filter((all) => new Set(all.map(([, rule]) => rule)).size > 1)).toEqual([]);
    expect([...errorsOf.values()].filter((all) => new Set(all.map(([error]) => error)).size > 1)).toEqual([]);
    expect(seen.length).toBe(99);
  });
});

function bracketedElements(row: Row): readonly Element[] | undefined {
  const parsed = parseBracketed(row.bracketed ?? '', { permitUnknown: row.permitUnknownAIs === true });
  return parsed.kind === 'parsed' ? parsed.elements : undefined;
}

function firstRule(row: Row): string {
  const parsed = parseBracketed(row.bracketed ?? '');
  return parsed.kind === 'parsed' ? 'none' : parsed.error.rule;
}

function markedUp(row: Row): string {
  const [, ai = '', value = ''] = /^\((\d+)\)(.*)$/.exec(row.bracketed ?? '') ?? [];
  const parsed = parseBracketed(row.bracketed ?? '');
  const entry = aiEntry(ai);
  if (parsed.kind === 'parsed' || entry === undefined) return 'none';
  return markUp(entry, value, { ...parsed.error, position: parsed.error.position - ai.length - 2 });
}

/** Of the rules on associations, the one that a row asks about. Values that differ are refused when they are read. */
function isAssociated(row: Row): boolean {
  const elements = bracketedElements(row);
  const rules: Record<string, string> = {
    repeats: 'duplicate',
    mutex: 'exclusive',
    requisites: 'missing',
    digsigSerialised: 'unserialised',
  };
  if (elements === undefined) return firstRule(row) === 'duplicate' && row.rule !== 'repeats';
  return !associationFaults(elements).some(({ rule }) => rule === rules[row.rule ?? '']);
}

/** Elements in the engine's own notation: `^` in front and as separator. */
function internal(elements: readonly Element[] | undefined): string | undefined {
  return elements === undefined ? undefined : `^${elementString(elements).replaceAll('\u001d', '^')}`;
}

function fromInternal(data: string): readonly Element[] | undefined {
  if (!data.startsWith('^')) return undefined;
  const parsed = parseElementString(data.slice(1).replaceAll('^', '\u001d'));
  return parsed.kind === 'parsed' ? parsed.elements : undefined;
}

function linkElements(row: Row): readonly Element[] | undefined {
  const parsed = parseDigitalLink(row.uri ?? '', {
    permitUnknown: row.permitUnknownAIs === true && row.validateUnknownAInotDLattr === false,
    permitShortGtin: row.permitZeroSuppressedGTIN === true,
    permitNames: row.permitConvenienceAlphas === true,
  });
  return parsed.kind === 'parsed' ? parsed.link.elements : undefined;
}

function builtLink(row: Row): string | undefined {
  const permitUnknown = row.permitUnknownAIs === true;
  const parsed = parseBracketed(row.bracketed ?? '', { permitUnknown });
  if (parsed.kind === 'malformed') return undefined;
  const built = buildDigitalLink(parsed.elements, {
    permitUnknown: permitUnknown && row.validateUnknownAInotDLattr === false,
    ...(typeof row.stem === 'string' ? { stem: row.stem } : {}),
  });
  return built.kind === 'built' ? built.uri : undefined;
}

const SYMBOLOGIES: Readonly<Record<string, Symbology>> = {
  QR: 'qr',
  DM: 'data-matrix',
  DotCode: 'dot-code',
  DataBarExpanded: 'databar-expanded',
  DataBarOmni: 'databar-omni',
  DataBarLimited: 'databar-limited',
  GS1_128_CCA: 'gs1-128',
  GS1_128_CCC: 'gs1-128',
  UPCA: 'upc-a',
  UPCE: 'upc-e',
  EAN13: 'ean-13',
  EAN8: 'ean-8',
};

function generated(row: Row): string | undefined {
  const symbology = SYMBOLOGIES[row.sym ?? ''];
  if (symbology === undefined) return undefined;
  return scanOf(symbology, contentOf(row, ['qr', 'data-matrix', 'dot-code'].includes(symbology)));
}

/** The engine's notation: `^` in front for elements, `\^` for a caret in a plain text, `|` before a composite. */
function contentOf({ dataStr, addCheckDigit }: Row, is2d: boolean): SymbolContent {
  const data = dataStr ?? '';
  if (is2d && !data.startsWith('^')) return { kind: 'text', text: data.replace(/^(\\*)\\\^/, '$1^') };
  const [first = '', second] = data.split('|');
  const beside = second === undefined ? {} : { composite: second.slice(1).replaceAll('^', '\u001d') };
  if (first.startsWith('^')) return { kind: 'elements', text: first.slice(1).replaceAll('^', '\u001d'), ...beside };
  return { kind: 'digits', digits: addCheckDigit === true ? withCheckDigit(first) : first, ...beside };
}

const READ_AS: Readonly<Record<string, string>> = {
  ']Q1': 'QR',
  ']Q3': 'QR',
  ']d1': 'DM',
  ']d2': 'DM',
  ']J0': 'DotCode',
  ']J1': 'DotCode',
  ']e0': 'DataBarExpanded',
  ']C1': 'GS1_128_CCA',
  ']E0': 'EAN13',
  ']E4': 'EAN8',
};

function scanned(scan: Scan): [string | undefined, string | undefined] | undefined {
  switch (scan.kind) {
    case 'malformed':
      return undefined;
    case 'elements':
      return [READ_AS[scan.aim], internal(scan.elements)];
    case 'trade-item': {
      const beside = scan.elements.slice(1);
      return [READ_AS[scan.aim], beside.length === 0 ? scan.digits : `${scan.digits}|${internal(beside)}`];
    }
    case 'link':
    case 'text':
      return [READ_AS[scan.aim], scan.text.replace(/^(\\*)\^/, '$1\\^')];
  }
}
