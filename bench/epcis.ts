import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { epcisDocument, runHead } from '#epcis/document.ts';
import { type EpcisItem, type EpcisRun, type Hash, lifeEvents } from '#epcis/life-events.ts';
import { utc } from '#epcis/utc.ts';
import { jsonDocument } from '#epcis/write-json.ts';
import { xmlDocument } from '#epcis-xml/write-xml.ts';
import { parseGtin } from '#gs1/gtin.ts';
import { writeExport } from '#publish/write-export.ts';
import { median } from './statistics.ts';

// `node bench/epcis.ts [items]`: what it costs to write EPCIS, beside a plain template that writes the same bytes. One
// process, rounds in turn; ratios count, seconds are of this machine. Memory is measured in a process of its own.

const ITEMS = 1_000_000;
const ROUNDS = 5;
const T0 = 1_790_000_000_000;
/** At least this share of the template's speed, and at most so much memory above the start (issue 3). */
const LEAST_SPEED = 0.5;
const MOST_MEMORY = 150e6;

const sha256: Hash = (text) => createHash('sha256').update(text).digest();

function exampleRun(items: number): EpcisRun {
  const gtin = parseGtin('09521234543213');
  if (gtin === undefined) throw new Error('the example GTIN is wrong');
  return {
    database: '5f0c7f1e',
    run: 7,
    order: 'PO-1001',
    gtin,
    lot: 'EX24A',
    expiry: '2028-11-22',
    mode: 'PRODUCTION',
    asOf: T0 + items,
    location: { gln: '9521234000006', extension: 'L1' },
    offsetAt: () => '+01:00',
  };
}

/** Rows as a reader delivers them. */
function* pages(items: number): Generator<EpcisItem[]> {
  for (let from = 0; from < items; from += 1000) {
    yield Array.from({ length: Math.min(1000, items - from) }, (_none, at) => ({
      serial: `S${String(from + at).padStart(11, '0')}`,
      at: T0 + from + at,
      seq: from + at,
    }));
  }
}

/** The same bytes as the writer's, by somebody who knows beforehand what they are. */
async function* template(run: EpcisRun, items: number): AsyncGenerator<{ readonly text: string }> {
  let separator = '\n';
  for (const page of pages(items)) {
    const last = page[page.length - 1];
    const epcs = page.map(({ serial }) => `"https://id.gs1.org/01/${run.gtin}/21/${serial}"`).join(',');
    const text = `${separator}{"type":"ObjectEvent","eventID":"urn:uuid:00000000-0000-8000-8000-000000000000","eventTime":"${utc(last?.at ?? T0)}","eventTimeZoneOffset":"+01:00","epcList":[${epcs}],"action":"ADD","bizStep":"commissioning","disposition":"active","readPoint":{"id":"https://id.gs1.org/414/9521234000006/254/L1"},"bizLocation":{"id":"https://id.gs1.org/414/9521234000006"},"bizTransactionList":[{"type":"prodorder","bizTransaction":"urn:epcglobal:cbv:bt:9521234000006:PO-1001"}],"ilmd":{"cbvmda:lotNumber":"EX24A","cbvmda:itemExpirationDate":"2028-11-22"}}`;
    separator = ',\n';
    yield { text };
  }
}

/**
 * Milliseconds of the processor's time, and bytes, of taking everything a writer gives; encoding counts, as it does on
 * the way to a file. Processor time, because others may be busy on the same machine.
 */
async function timed(
  chunks: AsyncIterable<{ readonly text: string }>,
): Promise<{ readonly ms: number; readonly bytes: number }> {
  const block = Buffer.allocUnsafe(256 * 1024);
  const began = process.cpuUsage();
  let bytes = 0;
  for await (const { text } of chunks) bytes += block.write(text);
  const { user, system } = process.cpuUsage(began);
  return { ms: (user + system) / 1000, bytes };
}

async function measureMemory(items: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'linewright-bench-'));
  try {
    // What is only there because it was loaded and warm belongs to the start.
    const file = join(folder, 'warm.jsonld');
    await writeExport({ format: 'epcis-json', file, run: exampleRun(1000), items: pages(1000) });
    const start = process.resourceUsage().maxRSS;
    const run = exampleRun(items);
    const answer = await writeExport({
      format: 'epcis-json',
      file: join(folder, 'big.jsonld'),
      run,
      items: pages(items),
    });
    if (answer.kind !== 'done') throw new Error(JSON.stringify(answer));
    process.stdout.write(`${(process.resourceUsage().maxRSS - start) * 1024}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function memoryOf(items: number): number {
  const script = fileURLToPath(import.meta.url);
  const child = spawnSync(process.execPath, [script, String(items), 'memory'], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(child.stderr);
  return Number(child.stdout);
}

async function measure(items: number): Promise<void> {
  const run = exampleRun(items);
  const head = runHead(run, sha256);
  const subjects = {
    template: () => template(run, items),
    'JSON writer': () => jsonDocument(head, lifeEvents(run, pages(items), sha256)),
    'JSON writer, every event judged': () => epcisDocument(run, pages(items), sha256),
    'XML 2.0 writer': () => xmlDocument(head, lifeEvents(run, pages(items), sha256), '2.0'),
  };
  const times = new Map(Object.keys(subjects).map((name): [string, number[]] => [name, []]));
  const sizes = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, start] of Object.entries(subjects)) {
      const { ms, bytes } = await timed(start());
      times.get(name)?.push(ms);
      sizes.set(name, bytes);
    }
  }
  const speed = (name: string) => (sizes.get(name) ?? 0) / median(times.get(name) ?? [1]);
  for (const name of times.keys()) {
    const share = speed(name) / speed('template');
    console.log(
      `${name.padEnd(32)} ${(speed(name) / 1000).toFixed(0).padStart(5)} MB/s  ${(share * 100).toFixed(0)} %`,
    );
  }
  const memory = memoryOf(items);
  console.log(`export of ${items} items: ${(memory / 1e6).toFixed(0)} MB above the start`);
  const isFast = speed('JSON writer') / speed('template') >= LEAST_SPEED;
  process.exitCode = isFast && memory <= MOST_MEMORY ? 0 : 1;
}

const items = Number(process.argv[2] ?? ITEMS);
if (process.argv[3] === 'memory') await measureMemory(items);
else await measure(items);
