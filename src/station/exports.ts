import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Answer } from '#contract/answer.ts';
import type { Exported } from '#contract/workstation.ts';
import type { EpcisRun } from '#epcis/life-events.ts';
import { FACT } from '#line/fact.ts';
import type { Actor } from '#order/run-state.ts';
import type { PrefixLengths } from '#publish/prefix-length.ts';
import { type ExportWish, exportFileName, writeExport } from '#publish/write-export.ts';
import { offsetIn } from '#publish/zone-offset.ts';
import type { RecordReader } from '#record/reader.ts';
import { failed } from '#station/answers.ts';
import { audit } from '#station/audit.ts';
import { refusedTo } from '#station/authority.ts';
import { append, type Desk } from '#station/desk.ts';
import type { Progress, RunEntry } from '#station/floor.ts';

/** Where exports go, and who reads the record for them. */
export interface ExportParts {
  readonly reader: RecordReader;
  readonly folder: string;
}

/** Writes one export of a run and records its name, counts and SHA-256. The line goes on meanwhile. */
export async function exportRun(
  desk: Desk,
  parts: ExportParts,
  entry: RunEntry,
  format: Exported['format'],
  actor: Actor,
): Promise<Answer<Exported>> {
  const stranger = refusedTo(desk, actor, { action: 'export.write', run: entry.run.run });
  if (stranger !== undefined) return stranger;
  const answer = await writeRun(desk, parts, entry, format);
  const { run } = entry.run;
  if (answer.kind !== 'done') {
    audit(desk, actor, { action: 'export.write', outcome: 'failed', run, detail: answer });
    return answer;
  }
  const { file, items, events, bytes, sha256 } = answer.value;
  const body = JSON.stringify({ file: basename(file), format, items, events, bytes, sha256 });
  append(desk, { kind: FACT.exported, at: desk.now(), run, body });
  audit(desk, actor, { action: 'export.write', run, detail: { format, sha256 } });
  return answer;
}

/** Whatever keeps the file from being written is told in words: the disk, the folder, or the record's reader. */
async function writeRun(
  desk: Desk,
  { reader, folder }: ExportParts,
  entry: RunEntry,
  format: Exported['format'],
): Promise<Answer<Exported>> {
  const of = entry.run.order.quantity;
  const show = (exporting: Progress | undefined): void => {
    desk.floor.exporting = exporting;
    desk.changed();
  };
  const progress = (done: number): void => show({ task: 'exporting', done: Math.min(done, of), of });
  try {
    progress(0);
    await written(desk);
    mkdirSync(folder, { recursive: true });
    const about = epcisRun(desk, entry);
    const file = join(folder, exportFileName(about, format));
    const wish = wishFor({ format, file, reader, about, prefixes: prefixesOf(desk, entry) });
    return await writeExport(wish, progress);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    desk.log.error('export.failed', { run: entry.run.run, format, why });
    return failed('export', `The export was not written: ${why}. Nothing half-written was left. ${ADVICE}`);
  } finally {
    show(undefined);
  }
}

const ADVICE = 'Check the disk and the folder of the exports, then try again; if it stays, restart the workstation.';

interface Wanted {
  readonly format: Exported['format'];
  readonly file: string;
  readonly reader: RecordReader;
  readonly about: EpcisRun;
  readonly prefixes: PrefixLengths;
}

function wishFor({ format, file, reader, about, prefixes }: Wanted): ExportWish {
  switch (format) {
    case 'csv':
      return { format, file, records: reader.productionRecords(about.run) };
    case 'epcis-xml-1.2':
      return { format, file, run: about, items: reader.goodItems(about.run), prefixes };
    case 'epcis-json':
    case 'epcis-xml':
      return { format, file, run: about, items: reader.goodItems(about.run) };
  }
}

function prefixesOf(desk: Desk, entry: RunEntry): PrefixLengths {
  return { product: entry.run.order.product.gcpLength, location: desk.file.location?.gcpLength };
}

/** What the reader shall see must be on disk first. */
function written(desk: Desk): Promise<void> {
  return new Promise((resolve) => desk.gate.after(desk.lastSeq, resolve));
}

function epcisRun(desk: Desk, entry: RunEntry): EpcisRun {
  const { order, run, state } = entry.run;
  return {
    database: desk.journal.opening.database,
    run,
    order: order.order,
    gtin: order.product.gtin,
    lot: order.lot,
    expiry: order.expiry,
    mode: desk.file.mode,
    // Until it is closed a run is added to (run-out, samples), and no event may be later than its document.
    asOf: state === 'CLOSED' ? entry.since : desk.now(),
    location: desk.file.location,
    offsetAt: offsetIn(desk.file.location?.timeZone),
  };
}
