import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AI_TABLE } from '#gs1/ai-table.ts';
import type { Element } from '#gs1/element-string.ts';
import { parseDigitalLink } from '#gs1/link/digital-link.ts';
import { buildDigitalLink, canonicalLink, constrainedLink } from '#gs1/link/digital-link-build.ts';
import { isLinkPath } from '#gs1/link/digital-link-syntax.ts';
import { crooked, elementOf, entryOf, soundElements } from './arbitrary.ts';

const GTIN = '09521234543213';
const keys = AI_TABLE.filter((entry) => entry.qualifiers !== undefined);
const attributeAis = AI_TABLE.filter((entry) => entry.isAttribute && entry.qualifiers === undefined).map(
  ({ ai }) => ai,
);

/** A key with some of its qualifiers, in their order. */
const paths = fc.constantFrom(...keys).chain((key) =>
  fc
    .constantFrom(...(key.qualifiers ?? []))
    .chain((sequence) => fc.subarray([...sequence]))
    .chain((qualifiers) => fc.tuple(elementOf(key), ...qualifiers.map((ai) => elementOf(entryOf(ai))))),
);
const belongsInPath = (path: readonly Element[], ai: string) =>
  (keys.find((key) => key.ai === path[0]?.ai)?.qualifiers ?? []).some((sequence) => sequence.includes(ai));
const links = fc
  .tuple(paths, soundElements(attributeAis))
  .map(([path, others]) => ({ path, attributes: others.filter(({ ai }) => !belongsInPath(path, ai)) }));

describe('a Digital Link', () => {
  it('says what it was built from, on any domain', () => {
    const stems = fc.constantFrom(
      undefined,
      'https://example.com',
      'HTTPS://EXAMPLE.COM:8443/a/00/b',
      'http://[2001:db8::1]',
    );
    fc.assert(
      fc.property(links, stems, ({ path, attributes }, stem) => {
        const options = { permitAssociations: true, ...(stem === undefined ? {} : { stem }) };
        const built = buildDigitalLink([...path, ...attributes], options);
        if (built.kind === 'refused') throw new Error(JSON.stringify(built.error));
        const parsed = parseDigitalLink(built.uri, { permitAssociations: true });
        if (parsed.kind === 'malformed') throw new Error(`${built.uri} ${JSON.stringify(parsed.error)}`);
        expect(sorted(parsed.link.elements)).toEqual(sorted([...path, ...attributes]));
        expect([parsed.link.key, ...parsed.link.qualifiers]).toEqual(path);
        expect(parsed.link.stem).toBe(stem ?? 'https://id.gs1.org');
        const again = parseDigitalLink(canonicalLink(parsed.link), { permitAssociations: true });
        expect(again).toEqual({ kind: 'parsed', link: { ...parsed.link, stem: 'https://id.gs1.org' } });
      }),
    );
  });

  it('of an item has GTIN and serial in the path, expiry in the query', () => {
    const elements = [
      { ai: '17', value: '281130' },
      { ai: '21', value: 'A/B' },
      { ai: '01', value: GTIN },
      { ai: '10', value: 'L1' },
    ];
    const uri = `https://id.gs1.org/01/${GTIN}/10/L1/21/A%2FB?17=281130`;
    expect(buildDigitalLink(elements)).toEqual({ kind: 'built', uri });
    expect(parseDigitalLink(uri)).toEqual({
      kind: 'parsed',
      link: {
        stem: 'https://id.gs1.org',
        key: elements[2],
        qualifiers: [elements[3], elements[1]],
        attributes: [elements[0]],
        elements: [elements[2], elements[3], elements[1], elements[0]],
        ignored: [],
      },
    });
  });

  it('may have 64 elements and no more', () => {
    const measures = attributeAis.filter((ai) => /^3[1-6]/.test(ai)).slice(0, 64);
    const uri = (count: number) =>
      `https://a/01/${GTIN}?${measures
        .slice(0, count)
        .map((ai) => `${ai}=000001`)
        .join('&')}`;
    const permit = { permitAssociations: true };
    expect(parseDigitalLink(uri(63), permit).kind).toBe('parsed');
    expect(parseDigitalLink(uri(64), permit)).toMatchObject({ error: { rule: 'too-many', ai: measures[63] } });
  });

  it('is read with its withdrawn names where that is asked for', () => {
    const values: Readonly<Record<string, string>> = {
      gtin: GTIN,
      sscc: '395212340000001004',
      gln: '9521234000006',
      payTo: '9521234000006',
      party: '9521234000006',
      gdti: '9521234000006D',
      gcn: '9521234000006',
      ginc: '9521C',
      gsin: '95212340000000013',
      grai: '09521234000006',
      giai: '9521A',
      itip: '095212345432130102',
      cpid: '9521P',
      gmn: '1987654Ad4X4bL5ttr2310c2K',
      gsrnp: '952123400000000017',
      gsrn: '952123400000000017',
    };
    const qualifiers: Readonly<Record<string, string>> = {
      'gtin/cpv': '22',
      'gtin/lot': '10',
      'gtin/ser': '21',
      'gln/glnx': '254',
      'payTo/refno': '8020',
      'cpid/cpsn': '8011',
      'gsrn/srin': '8019',
    };
    const options = { permitNames: true, permitAssociations: true };
    const ais = (uri: string) => {
      const parsed = parseDigitalLink(uri, options);
      return parsed.kind === 'parsed'
        ? parsed.link.elements.map(({ ai }) => ai).join('/')
        : JSON.stringify(parsed.error);
    };
    const keyNames = Object.keys(values);
    expect(keyNames.map((name) => ais(`https://a/${name}/${values[name]}`))).toEqual([
      '01',
      '00',
      '414',
      '415',
      '417',
      '253',
      '255',
      '401',
      '402',
      '8003',
      '8004',
      '8006',
      '8010',
      '8013',
      '8017',
      '8018',
    ]);
    for (const [path, ai] of Object.entries(qualifiers)) {
      const [key = '', name = ''] = path.split('/');
      expect(ais(`https://a/${key}/${values[key]}/${name}/7`)).toMatch(new RegExp(`/${ai}$`));
      expect(parseDigitalLink(`https://a/${key}/${values[key]}/${name}/7`).kind).toBe('malformed');
    }
  });

  it('tells what it did not use', () => {
    const parsed = parseDigitalLink(`https://shop.example/x/01/${GTIN}?utm=7&17=281130&flag#top`);
    expect(parsed).toMatchObject({ link: { stem: 'https://shop.example/x', ignored: ['utm=7', 'flag', '#top'] } });
  });

  it.each([
    ['no scheme', `id.gs1.org/01/${GTIN}`, undefined, [0, 28], 'not-a-uri'],
    ['a scheme in two cases', `Https://a/01/${GTIN}`, undefined, [0, 27], 'not-a-uri'],
    ['a user in front of the domain', `https://u@a/01/${GTIN}`, undefined, [0, 29], 'not-a-uri'],
    ['a port of six digits', `https://a:123456/01/${GTIN}`, undefined, [0, 34], 'not-a-uri'],
    ['a blank', `https://a/01/${GTIN}/21/A B`, undefined, [32, 1], 'uri-character'],
    ['no key', 'https://a/21/S1', undefined, [10, 5], 'no-key'],
    ['a name instead of an AI', `https://a/gtin/${GTIN}`, undefined, [10, 19], 'no-key'],
    ['a slash at the end', `https://a/01/${GTIN}/`, undefined, [10, 18], 'no-key'],
    ['a GTIN of 13 digits', 'https://a/01/9521234543213', '01', [26, 0], 'too-short'],
    ['a wrong check digit', 'https://a/01/09521234543214', '01', [26, 1], 'incorrect-check-digit'],
    ['a stranger behind an escape', `https://a/01/${GTIN}/21/%2FA%23B`, '21', [35, 3], 'invalid-cset82-character'],
    ['qualifiers in another order', `https://a/01/${GTIN}/21/S/10/L`, '01', [10, 27], 'order'],
    ['qualifiers of two alternatives', `https://a/01/${GTIN}/10/L/235/T`, '01', [10, 28], 'order'],
    ['a lot in the query', `https://a/01/${GTIN}?10=L`, '10', [28, 4], 'in-path'],
    ['a serial in the query', `https://a/01/${GTIN}?21=S`, '21', [28, 2], 'no-attribute'],
    ['an attribute twice', `https://a/01/${GTIN}?17=281130&17=281130`, '17', [38, 9], 'duplicate'],
    ['an AI nobody knows', `https://a/01/${GTIN}?88=X`, undefined, [28, 2], 'unknown-ai'],
    ['a lone count', `https://a/00/095212340000000013?37=7`, '37', [32, 4], 'missing'],
  ] as const)('is refused with %s, at its place', (_name, uri, ai, [position, length], rule) => {
    expect(parseDigitalLink(uri)).toMatchObject({ kind: 'malformed', error: { ai, position, length, rule } });
  });

  it.each([
    ['no key', '(21)', undefined, 'no-key'],
    ['a value that is no value', '(01)', '01', 'too-short'],
    ['a serial that has no place', '(8003)(21)', '21', 'no-attribute'],
    ['two alternatives', '(01)(10)(235)', '01', 'order'],
    ['the same AI with two values', '(01)(17)(17)', '17', 'duplicate'],
    ['an AI nobody knows', '(01)(88)', '88', 'unknown-ai'],
  ] as const)('is not built from %s', (name, ais, ai, rule) => {
    const values: Record<string, string[]> = {
      '01': [name === 'a value that is no value' ? '1' : GTIN],
      '17': ['281130', '281201'],
      '8003': ['09521234000006'],
    };
    const elements = [...ais.matchAll(/\d+/g)].map(([one]) => ({ ai: one, value: values[one]?.shift() ?? 'X' }));
    expect(buildDigitalLink(elements)).toMatchObject({ kind: 'refused', error: { ai, rule } });
  });

  it('keeps for EPCIS only what identifies most', () => {
    const constrained = (uri: string) => {
      const parsed = parseDigitalLink(uri, { permitAssociations: true });
      return parsed.kind === 'parsed' ? constrainedLink(parsed.link) : undefined;
    };
    expect(constrained(`https://a/01/${GTIN}/22/V/10/L/21/S?17=281130`)).toBe(`https://id.gs1.org/01/${GTIN}/21/S`);
    expect(constrained(`https://a/01/${GTIN}/22/V/10/L`)).toBe(`https://id.gs1.org/01/${GTIN}/10/L`);
    expect(constrained(`https://a/01/${GTIN}/22/V`)).toBe(`https://id.gs1.org/01/${GTIN}`);
    expect(constrained('https://a/415/9521234000006/8020/REF')).toBeUndefined();
  });

  it('never breaks its reader', () => {
    fc.assert(
      fc.property(fc.oneof(crooked, fc.webUrl({ withQueryParameters: true, withFragments: true })), (text) => {
        for (const permit of [true, false]) {
          const options = { permitUnknown: permit, permitNames: permit, permitShortGtin: permit };
          expect(['parsed', 'malformed']).toContain(parseDigitalLink(`https://a/01/${GTIN}/${text}`, options).kind);
          expect(['parsed', 'malformed']).toContain(parseDigitalLink(text, options).kind);
        }
      }),
      { numRuns: 500 },
    );
  });
});

it('a path is a key and some of its qualifiers in order', () => {
  expect(isLinkPath(['01', '22', '21'])).toBe(true);
  expect(
    [[], ['21'], ['01', '01'], ['01', '21', '10'], ['01', '21', '21'], ['414', '254', '7040']].map(isLinkPath),
  ).toEqual(Array.from({ length: 6 }, () => false));
});

function sorted(elements: readonly Element[]): Element[] {
  return [...elements].sort((a, b) => a.ai.localeCompare(b.ai));
}
