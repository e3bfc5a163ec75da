import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { readJsonDocument } from '#epcis/read-json.ts';
import { readXmlDocument } from '#epcis-xml/read-xml.ts';
import { done } from './order-text.ts';
import { openStage } from './stage.ts';

it('a workstation exports a run in every format, also before anything is made', async () => {
  const stage = await openStage({ speed: 20 });
  try {
    const run = await stage.order(5);
    const kinds: string[] = [];
    for (const format of ['epcis-json', 'epcis-xml', 'epcis-xml-1.2', 'csv'] as const) {
      const { file, items, events } = done(await stage.clicker.export(run, format));
      const text = readFileSync(file, 'utf8');
      const read = text.startsWith('<') ? readXmlDocument(text) : readJsonDocument(text);
      const version = read.kind === 'read' ? read.document.head.schemaVersion : 'no EPCIS';
      kinds.push(`${basename(file)}: ${version}, ${items} items in ${events} events`);
    }
    expect(kinds).toEqual([
      'SCENARIO-1-run-1-epcis-TRAINING.jsonld: 2.0, 0 items in 0 events',
      'SCENARIO-1-run-1-epcis-TRAINING.xml: 2.0, 0 items in 0 events',
      'SCENARIO-1-run-1-epcis-1.2-TRAINING.xml: 1.2, 0 items in 0 events',
      'SCENARIO-1-run-1-serials-TRAINING.csv: no EPCIS, 0 items in 0 events',
    ]);
  } finally {
    await stage.close();
  }
});
