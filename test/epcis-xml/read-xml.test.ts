import { describe, expect, it } from 'vitest';
import { eventHash } from '#epcis/event-hash.ts';
import type { EpcisDocument } from '#epcis/event-model.ts';
import type { ReadDocument } from '#epcis/read-json.ts';
import { readJsonDocument } from '#epcis/read-json.ts';
import { readXmlDocument } from '#epcis-xml/read-xml.ts';
import { xmlDocument } from '#epcis-xml/write-xml.ts';
import { sha256, text } from '../epcis/example-run.ts';
import { absence, standard, standardFiles } from '../epcis/standards.ts';
import { noSchemas, schemaErrors } from './schema.ts';

const absent = absence();
const schemaless = noSchemas();
if (schemaless !== undefined) console.warn(`skipped: ${schemaless}`);

function read(answer: ReadDocument): EpcisDocument {
  if (answer.kind === 'refused') throw new Error(answer.problems.map(({ message }) => message).join(' '));
  return answer.document;
}

function hashesOf({ head, events }: EpcisDocument): string[] {
  return events.map((one) => eventHash(one, head.namespaces, sha256));
}

/** Extensions without namespace, and sensor data of a draft, can be told in one version only. */
function versionFor(file: string): '1.2' | '2.0' {
  return file.endsWith('xml-1.2-samples/ObjectEvent.xml') ? '1.2' : '2.0';
}

/** Documents that hold no events: master data alone, states of a capture job. */
const EVENTLESS = /CBV-11\.4|masterData\.xml|CaptureJob/;
const samples = [...standardFiles('epcis/xml-samples', '.xml'), ...standardFiles('epcis/xml-1.2-samples', '.xml')];

describe('the official XML samples', () => {
  it.each(samples.filter((file) => !EVENTLESS.test(file)))(
    '%s is read, and written again to the same hashes',
    async (file) => {
      const document = read(readXmlDocument(standard(file)));
      const again = read(readXmlDocument(await text(xmlDocument(document.head, document.events, versionFor(file)))));
      expect(document.events.length + document.head.vocabularies.length).toBeGreaterThan(0);
      expect(again.head.vocabularies).toEqual(document.head.vocabularies);
      expect(hashesOf(again)).toEqual(hashesOf(document));
    },
  );

  it('are valid again in what we write', async ({ skip }) => {
    skip(schemaless !== undefined, schemaless);
    const made: Record<string, string> = {};
    for (const file of samples.filter((name) => !EVENTLESS.test(name))) {
      const { head, events } = read(readXmlDocument(standard(file)));
      if (versionFor(file) === '1.2') continue;
      made[file.replaceAll(/[^\w]/g, '-')] = await text(xmlDocument(head, events, '2.0'));
    }
    expect(schemaErrors('2.0', made)).toBe('');
  });

  it('that hold no events are refused, and it is said what they are', ({ skip }) => {
    skip(absent !== undefined, absent);
    const refusals = samples
      .filter((file) => EVENTLESS.test(file))
      .map((file) => readXmlDocument(standard(file)))
      .map((answer) => (answer.kind === 'refused' ? answer.problems.map(({ message }) => message) : answer.document));
    const none = 'and neither an EPCISDocument nor an EPCISQueryDocument of version 1.2 or 2.0.';
    expect(refusals).toEqual([
      [`This is <epcismd:EPCISMasterDataDocument>, ${none}`],
      [`This is <epcis:EPCISCaptureJob>, ${none}`],
      [`This is <epcis:EPCISCaptureJob>, ${none}`],
      [`This is <epcis:EPCISCaptureJob>, ${none}`],
      [`This is <epcis:EPCISCaptureJob>, ${none}`],
      [`This is <epcismd:EPCISMasterDataDocument>, ${none}`],
    ]);
  });
});

describe('the published event hashes', () => {
  /** A private extension of the reference tool: the document names the fields it leaves out. */
  const withoutIgnored = (xml: string) => {
    const names = /ignoreFields>(.*?)<\/[^>]*ignoreFields>/s.exec(xml)?.[1]?.matchAll(/<([^/>\s]+)\s*\/>/g) ?? [];
    return [...names].reduce((text, [, name]) => text.replaceAll(new RegExp(`<${name}>.*?</${name}>`, 'gs'), ''), xml);
  };
  const documents = standardFiles('event-hash/examples', '.xml');
  it.each(documents)('are those of %s', (file) => {
    const published = standard(file.replace('.xml', '.hashes')).trim().split('\n');
    expect(hashesOf(read(readXmlDocument(withoutIgnored(standard(file)))))).toEqual(published);
  });

  it.each(standardFiles('event-hash/expected_equal', '.xml'))('are equal within %s', (file) => {
    const hashes = hashesOf(read(readXmlDocument(standard(file))));
    expect([hashes.length > 1, new Set(hashes).size]).toEqual([true, 1]);
  });
});

/** Samples that say the same in both syntaxes; the others differ in what they say, not only in how. */
const TWINS: readonly string[] = [
  ...[...'abcdefgh'].map((letter) => `AssociationEvent-${letter}#0`),
  'EPCISQueryDocument#0',
  'EPCISQueryDocument#1',
  'Example-TransactionEvents-2020_07_03y#0',
  'Example_9.6.1-ObjectEvent#0',
  'Example_9.6.1-ObjectEvent#1',
  'Example_9.6.2-ObjectEvent#0',
  'Example_9.6.3-AggregationEvent#0',
  'Example_9.6.4-TransformationEvent#0',
  ...[1, 2, 3, 5].map((n) => `SensorDataExample${n}#0`),
];

describe('an event told in JSON and in XML', () => {
  it('has one hash, in the samples that have a twin', ({ skip }) => {
    skip(absent !== undefined, absent);
    // The XML samples leave out the slash at the end of a namespace that the JSON ones have: another name, another hash.
    const oneNamespace = (xml: string) =>
      xml.replaceAll('"http://ns.example.com/epcis"', '"http://ns.example.com/epcis/"');
    const inXml = samples
      .map((file) => readXmlDocument(oneNamespace(standard(file))))
      .flatMap((answer) => (answer.kind === 'read' ? hashesOf(answer.document) : []));
    const inJson = standardFiles('epcis/json-samples', '.jsonld').flatMap((file) => {
      const answer = readJsonDocument(standard(file));
      const name = file.replace(/^.*\//, '').replace('.jsonld', '');
      return answer.kind === 'read'
        ? hashesOf(answer.document).map((hash, n): [string, string] => [`${name}#${n}`, hash])
        : [];
    });
    const twins = inJson.filter(([, hash]) => inXml.includes(hash)).map(([name]) => name);
    expect(TWINS.filter((name) => !twins.includes(name))).toEqual([]);
  });

  // The second of the samples has another offset of the clock than its siblings, and so another hash.
  it('has one hash, in all of the samples that say the same', ({ skip }) => {
    skip(absent !== undefined, absent);
    const folder = 'epcis/xml-samples/WithEventHashID';
    const inXml = standardFiles(folder, '.xml').flatMap((file) =>
      hashesOf(
        read(readXmlDocument(standard(file).replace('-05:00</eventTimeZoneOffset>', '-06:00</eventTimeZoneOffset>'))),
      ),
    );
    const inJson = standardFiles(folder, '.json').flatMap((file) => hashesOf(read(readJsonDocument(standard(file)))));
    expect([inXml.length, inJson.length, new Set([...inXml, ...inJson]).size]).toEqual([6, 1, 1]);
  });
});
