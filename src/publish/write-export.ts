import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Answer, Failure } from '#contract/answer.ts';
import type { Exported, ProductionRecord } from '#contract/workstation.ts';
import { DocumentRefused } from '#epcis/checked.ts';
import { epcisDocument } from '#epcis/document.ts';
import type { EpcisItem, EpcisRun, Hash, Pages } from '#epcis/life-events.ts';
import type { DocumentChunk } from '#epcis/write-json.ts';
import { urnXmlOfRun, xmlOfRun } from '#publish/epcis-xml.ts';
import { type FileOutcome, writeWhole } from '#publish/export-file.ts';
import { type PrefixLengths, prefixLengthsOf } from '#publish/prefix-length.ts';
import { recordCsv } from '#publish/record-csv.ts';

/** What to write and where. Rows come page by page in the order of the record, from wherever the caller has them. */
export type ExportWish =
  | {
      readonly format: 'epcis-json' | 'epcis-xml';
      readonly file: string;
      readonly run: EpcisRun;
      readonly items: Pages<EpcisItem>;
    }
  | {
      readonly format: 'epcis-xml-1.2';
      readonly file: string;
      readonly run: EpcisRun;
      readonly items: Pages<EpcisItem>;
      readonly prefixes: PrefixLengths;
    }
  | {
      readonly format: 'csv';
      readonly file: string;
      readonly records: Pages<ProductionRecord>;
    };

/**
 * Writes one export as a whole file and tells what is in it. `progress` is told the items written so far, every few
 * thousand of them. Answers `failed` when the disk refuses, or when what would be said breaks a rule of EPCIS; throws when
 * the rows cannot be read.
 */
export async function writeExport(
  wish: ExportWish,
  progress: (items: number) => void = () => {},
): Promise<Answer<Exported>> {
  const outcome = await written(wish, progress);
  if (outcome.kind === 'failed') return outcome;
  const { items, pieces, bytes, sha256 } = outcome.file;
  const events = wish.format === 'csv' ? 0 : pieces;
  return { kind: 'done', value: { file: wish.file, format: wish.format, items, events, bytes, sha256 } };
}

/** What breaks a rule never becomes a file; the sentence of the rule is what the user reads. */
async function written(wish: ExportWish, progress: (items: number) => void): Promise<FileOutcome> {
  try {
    return await writeWhole(wish.file, chunksOf(wish), progress);
  } catch (error) {
    if (!(error instanceof DocumentRefused)) throw error;
    return { kind: 'failed', failure: ruleFailure(wish.file, error) };
  }
}

function ruleFailure(file: string, { problem }: DocumentRefused): Failure {
  const { message, path, rule } = problem;
  const where = path === '' ? `rule ${rule}` : `${path}, rule ${rule}`;
  return {
    code: 'epcis-rule',
    message: `${basename(file)} was not written: ${message} (${where}). Nothing half-written was left. ${adviceOn(rule)}`,
  };
}

function adviceOn(rule: string): string {
  return rule === 'prefix-length'
    ? 'EPCIS 1.2 needs the length of each company prefix, 6 to 12 digits: product.gcpLength in the order, location.gcpLength in the line file. EPCIS 2.0 needs none.'
    : 'Have the record looked into before anything is sent; the CSV export shows it as it is.';
}

/** The name of an export: the order and run it speaks of, and `-TRAINING` when nothing in it is real. */
export function exportFileName(run: Pick<EpcisRun, 'order' | 'run' | 'mode'>, format: ExportWish['format']): string {
  const { kind, ending } = FILE_NAMES[format];
  const mark = run.mode === 'TRAINING' ? '-TRAINING' : '';
  return `${run.order}-run-${run.run}-${kind}${mark}.${ending}`;
}

const FILE_NAMES: Readonly<Record<ExportWish['format'], { readonly kind: string; readonly ending: string }>> = {
  'epcis-json': { kind: 'epcis', ending: 'jsonld' },
  'epcis-xml': { kind: 'epcis', ending: 'xml' },
  'epcis-xml-1.2': { kind: 'epcis-1.2', ending: 'xml' },
  csv: { kind: 'serials', ending: 'csv' },
};

const sha256: Hash = (text) => createHash('sha256').update(text).digest();

function chunksOf(wish: ExportWish): AsyncIterable<DocumentChunk> {
  switch (wish.format) {
    case 'epcis-json':
      return epcisDocument(wish.run, wish.items, sha256);
    case 'epcis-xml':
      return xmlOfRun(wish.run, wish.items, sha256);
    case 'epcis-xml-1.2':
      return urnXmlOfRun(wish.run, wish.items, sha256, prefixLengthsOf(wish.run, wish.prefixes));
    case 'csv':
      return recordCsv(wish.records);
  }
}
