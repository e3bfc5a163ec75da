import { describe, expect, it } from 'vitest';
import { readXmlDocument } from '#epcis-xml/read-xml.ts';
import { outOfProportion } from '../growth.ts';

/** What stands inside the event, and more attributes of the root. */
function documentText(inner: string, declared = ''): string {
  const event = `<ObjectEvent><eventTime>2026-11-22T08:00:00.000Z</eventTime><eventTimeZoneOffset>+00:00</eventTimeZoneOffset><action>OBSERVE</action>${inner}</ObjectEvent>`;
  const names = `xmlns:e="urn:epcglobal:epcis:xsd:2" xmlns:x="urn:x/"${declared}`;
  return `<e:EPCISDocument ${names} schemaVersion="2.0"><EPCISBody><EventList>${event}</EventList></EPCISBody></e:EPCISDocument>`;
}

function pieces(count: number, make: (n: number) => string): string {
  return Array.from({ length: count }, (_none, n) => make(n)).join('');
}

/** Each with the number of pieces that is enough to tell. */
const documents: readonly (readonly [string, number, (count: number) => string])[] = [
  ['an extension that is repeated', 60_000, (count) => documentText('<x:a>1</x:a>'.repeat(count))],
  ['different extensions', 30_000, (count) => documentText(pieces(count, (n) => `<x:a${n}/>`))],
  ['the attributes of an element', 30_000, (count) => documentText(`<x:a${pieces(count, (n) => ` a${n}="1"`)}/>`)],
  [
    'a prefix that means something else each time',
    8000,
    (count) => documentText(pieces(count, (n) => `<x:a xmlns:x="urn:${n}"/>`)),
  ],
  [
    'prefixes, declared at once',
    8000,
    (count) =>
      documentText(
        '<x:a/>'.repeat(count),
        pieces(count, (n) => ` xmlns:p${n}="urn:${n}"`),
      ),
  ],
  [
    'identifiers',
    30_000,
    (count) => documentText(`<epcList>${pieces(count, (n) => `<epc>urn:a:${n}</epc>`)}</epcList>`),
  ],
  ['references', 200_000, (count) => documentText(`<x:a>${'&amp;'.repeat(count)}</x:a>`)],
  ['character data in pieces', 100_000, (count) => documentText(`<x:a>${'<![CDATA[a]]>'.repeat(count)}</x:a>`)],
  ['comments', 200_000, (count) => documentText('<!---->'.repeat(count))],
  ['comments that never end', 200_000, (count) => '<!--'.repeat(count)],
  ['tags that never end', 200_000, (count) => '<a '.repeat(count)],
  ['quotes that never end', 200_000, (count) => '<a b="'.repeat(count)],
  ['blanks in a tag', 200_000, (count) => `<a${' '.repeat(count)}b${' '.repeat(count)}>`],
  ['ampersands', 200_000, (count) => documentText('&'.repeat(count))],
  ['events of no type', 60_000, (count) => documentText('</ObjectEvent><QuantityEvent/><ObjectEvent>'.repeat(count))],
];

/** Others may be using the machine. */
describe('XML is read in time that grows as it does:', { timeout: 60_000 }, () => {
  it.each(documents)('%s', (_what, count, make) => {
    const work = (size: number) => {
      const text = make(size);
      return () => readXmlDocument(text);
    };
    expect(outOfProportion(work, count)).toBeUndefined();
  });
});

it('a document with 150 000 faults in one event is read to its end', { timeout: 60_000 }, () => {
  const answer = readXmlDocument(documentText(`<epcList>${'<epc>no URI</epc>'.repeat(150_000)}</epcList>`));
  expect(answer.kind === 'refused' ? answer.problems.length : 'read').toBe(150_000);
});
