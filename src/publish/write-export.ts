import { createHash } from 'node:crypto';
import type { Answer } from '#contract/answer.ts';
import type { Exported, ProductionRecord } from '#contract/workstation.ts';
import { epcisDocument } from '#epcis/document.ts';
import type { EpcisItem, EpcisRun, Pages } from '#epcis/life-events.ts';
import type { DocumentChunk } from '#epcis/write-json.ts';
import { writeWhole } from '#publish/export-file.ts';
import { recordCsv } from '#publish/record-csv.ts';

/** What to write and where. Rows come page by page in the order of the record, from wherever the caller has them. */
export type ExportWish =
  | {
      readonly format: 'epcis-json';
      readonly file: string;
      readonly run: EpcisRun;
      readonly items: Pages<EpcisItem>;
    }
  | {
      readonly format: 'csv';
      readonly file: string;
      readonly records: Pages<ProductionRecord>;
    };

/**
 * Writes one export as a whole file and tells what is in it. `progress` is told the items written so far, every few
 * thousand of them. Answers `failed` when the disk refuses; throws when the rows cannot be read.
 */
export async function writeExport(
  wish: ExportWish,
  progress: (items: number) => void = () => {},
): Promise<Answer<Exported>> {
  const outcome = await writeWhole(wish.file, chunksOf(wish), progress);
  if (outcome.kind === 'failed') return outcome;
  const { items, pieces, bytes, sha256 } = outcome.file;
  const events = wish.format === 'epcis-json' ? pieces : 0;
  return { kind: 'done', value: { file: wish.file, format: wish.format, items, events, bytes, sha256 } };
}

/** The name of an export: the order and run it speaks of, and `-TRAINING` when nothing in it is real. */
export function exportFileName(run: Pick<EpcisRun, 'order' | 'run' | 'mode'>, format: ExportWish['format']): string {
  const kind = format === 'csv' ? 'serials' : 'epcis';
  const mark = run.mode === 'TRAINING' ? '-TRAINING' : '';
  return `${run.order}-run-${run.run}-${kind}${mark}.${format === 'csv' ? 'csv' : 'jsonld'}`;
}

function chunksOf(wish: ExportWish): AsyncIterable<DocumentChunk> {
  switch (wish.format) {
    case 'epcis-json':
      return epcisDocument(wish.run, wish.items, (text) => createHash('sha256').update(text).digest());
    case 'csv':
      return recordCsv(wish.records);
  }
}
