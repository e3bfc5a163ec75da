import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readXmlDocument, xmlReading } from '#epcis-xml/read-xml.ts';
import { xmlScanner } from '#epcis-xml/xml-scan.ts';

/** Everything a scanner tells, one line each. */
function told(...chunks: readonly string[]): string {
  const lines: string[] = [];
  let text = '';
  const flush = () => {
    if (text !== '') lines.push(JSON.stringify(text));
    text = '';
  };
  const scanner = xmlScanner({
    open: (name, attributes) => {
      flush();
      lines.push(`+${name}${attributes.map(([key, value]) => ` ${key}=${value}`).join('')}`);
    },
    text: (piece) => {
      text += piece;
    },
    close: (name) => {
      flush();
      lines.push(`-${name}`);
    },
  });
  for (const chunk of chunks) scanner.write(chunk);
  scanner.end();
  return lines.join(' ');
}

const EVERYTHING =
  '\ufeff<?xml version="1.0"?><!DOCTYPE project>\n<!-- <x> -->\n<a:b x="1 &gt; 0" y=\'"q"\' >t &amp; &#x41;&#66;<![CDATA[<raw> &amp;]]><c/>\u00e4</a:b >\n<!-- end -->';

describe('a scanner of XML', () => {
  it('tells elements, attributes and text, and leaves the rest out', () => {
    expect(told(EVERYTHING)).toBe('+a:b x=1 > 0 y="q" "t & AB<raw> &amp;" +c -c "ä" -a:b');
  });

  it('tells the same wherever the document is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(EVERYTHING.length), { maxLength: 8 }), (cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), EVERYTHING.length];
        const pieces = at.slice(1).map((end, n) => EVERYTHING.slice(at[n], end));
        expect(told(...pieces)).toBe(told(EVERYTHING));
      }),
    );
  });

  it.each([
    ['nothing', '', 'there is no element'],
    ['text alone', 'hello', 'text outside the root element'],
    ['an open element', '<a><b></b>', 'the document ends before </a>'],
    ['elements that cross', '<a><b></a></b>', '</a> where </b> should stand'],
    ['two roots', '<a/><b/>', 'a second root element'],
    ['an entity of its own', '<a>&evil;</a>', 'a reference that XML does not know'],
    [
      'entities that are declared',
      '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
      'a document type with declarations is not read',
    ],
    ['a character that cannot be', '<a>&#0;</a>', 'a reference that XML does not know'],
    ['an ampersand alone', '<a>AT&T</a>', 'a reference that XML does not know'],
    ['half a tag', '<a', 'the document ends inside a tag'],
    ['an attribute without quotes', '<a b=c/>', '"<a b=c/" is no tag'],
    ['an attribute twice', '<a b="1" b="2"/>', 'the attribute b stands there twice'],
    ['elements without end', '<a>'.repeat(300), 'elements lie too deep in each other'],
  ])('refuses %s', (_what, document, message) => {
    expect(() => told(document)).toThrow(message);
  });
});

describe('a reader of EPCIS in XML', () => {
  it('answers whatever it is given, and never throws', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '/',
      '&',
      '"',
      ' xmlns:e="urn:epcglobal:epcis:xsd:2"',
      'e:EPCISDocument',
      'EventList',
      'ObjectEvent',
      'constructor',
      '__proto__',
      ':',
      'x',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 30 }), (parts) => {
        expect(['read', 'refused']).toContain(readXmlDocument(parts.join('')).kind);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a prefix that is declared nowhere', '<e:EPCISDocument/>', 'the prefix of <e:EPCISDocument> is declared nowhere'],
    ['another document', '<order/>', 'This is <order>, and neither an EPCISDocument nor an EPCISQueryDocument'],
    [
      'children in the namespace of the root',
      '<EPCISDocument xmlns="urn:epcglobal:epcis:xsd:2"><EPCISBody/></EPCISDocument>',
      '<EPCISBody> has a namespace, which the root element alone may have',
    ],
    [
      'an event that is none',
      '<e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:2"><EPCISBody><EventList><QuantityEvent/></EventList></EPCISBody></e:EPCISDocument>',
      '<QuantityEvent> is no type of event that is known here.',
    ],
    [
      'an event that lacks what it needs',
      '<e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:2"><EPCISBody><EventList><ObjectEvent><action>ADD</action></ObjectEvent></EventList></EPCISBody></e:EPCISDocument>',
      'eventList[0]: "eventTime" is missing.',
    ],
  ])('refuses %s, and says why', (_what, document, message) => {
    const answer = readXmlDocument(document);
    expect(answer).toMatchObject({ kind: 'refused' });
    expect(answer.kind === 'refused' && answer.problems[0]?.message).toContain(message);
  });

  it.each(['constructor', '__proto__', 'toString', 'constructor:a', '__proto__:b'])(
    'takes <%s> for a name like any other',
    (name) => {
      const [prefix = ''] = name.split(':');
      const event = `<ObjectEvent><eventTime>2026-11-22T08:00:00Z</eventTime><eventTimeZoneOffset>+01:00</eventTimeZoneOffset><action>OBSERVE</action><x:y><${name}>1</${name}></x:y></ObjectEvent>`;
      const declared = name.includes(':') ? ` xmlns:${prefix}="urn:p/"` : '';
      const answer = readXmlDocument(
        `<e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:2" xmlns:x="urn:x/"${declared}><EPCISBody><EventList>${event}</EventList></EPCISBody></e:EPCISDocument>`,
      );
      if (answer.kind === 'refused') throw new Error(JSON.stringify(answer.problems));
      const [only] = answer.document.events;
      expect(Object.keys(Object(only?.['x:y']))).toEqual([name]);
      expect(readXmlDocument(`<${name}/>`)).toMatchObject({ kind: 'refused' });
      expect(readXmlDocument(event.replaceAll('x:y', name))).toMatchObject({ kind: 'refused' });
    },
  );

  it('gives events as they come, and keeps none of them', () => {
    const event =
      '<ObjectEvent><eventTime>2026-11-22T08:00:00.000Z</eventTime><eventTimeZoneOffset>+01:00</eventTimeZoneOffset><action>OBSERVE</action></ObjectEvent>';
    const reading = xmlReading();
    reading.write('<e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:2" schemaVersion="2.0"><EPCISBody><EventList>');
    const counts = [1, 2, 3].map((n) => {
      reading.write(event.repeat(n));
      return reading.take().length;
    });
    reading.write('</EventList></EPCISBody></e:EPCISDocument>');
    reading.end();
    expect([counts, reading.take(), reading.problems]).toEqual([[1, 2, 3], [], []]);
  });
});
