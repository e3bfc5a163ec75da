import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { AI_TABLE } from '#gs1/ai-table.ts';
import { associationFaults } from '#gs1/associations.ts';
import { bracketed, parseBracketed } from '#gs1/bracketed.ts';
import type { Element } from '#gs1/element-string.ts';
import { askBwip, STUMBLED } from '#symbol/bwip.ts';
import { bwipNotation } from '#symbol/draw-symbol.ts';
import { elementOf, entryOf, soundElements } from '../gs1/arbitrary.ts';

/** Elements that often go together on one item, so that sound combinations occur. */
const USUAL = ['01', '21', '10', '17', '11', '37', '02', '00', '250', '240', '3103', '3922', '30', '8020', '415'];
/** Elements that stand with a GTIN without asking for more. */
const BESIDE_GTIN = [
  '21',
  '10',
  '17',
  '3100',
  '3103',
  '240',
  '7003',
  '8008',
  '422',
  '99',
  '7007',
  '8001',
  '710',
  '4309',
];
/** Keys and what reaches the corners of the rules. */
const CORNERS = [
  '401',
  '402',
  '7023',
  '8004',
  '8010',
  '8011',
  '8030',
  '253',
  '255',
  '8003',
  '8013',
  '8017',
  '8018',
  '21',
];
/** One AI of each kind: measures are most of the table, and all alike. */
const KINDS = AI_TABLE.filter(({ ai }) => !/^3[1-6]..$/.test(ai) || /[05]0$/.test(ai)).map(({ ai }) => ai);

const withGtin = fc
  .tuple(elementOf(entryOf('01')), soundElements(BESIDE_GTIN))
  .map(([gtin, others]) => [gtin, ...others]);
const together = fc.oneof(soundElements(USUAL), soundElements(KINDS), soundElements(CORNERS), withGtin);

/** Sound elements with one character changed, taken away or added in one value; or with an element twice. */
const damaged = fc
  .tuple(together, fc.nat(), fc.nat(), fc.constantFrom('0', '9', 'A', 'a', '/', '%', ' ', '#'))
  .chain(([elements, which, where, symbol]) => {
    const place = which % elements.length;
    const { ai, value } = elements[place] ?? { ai: '99', value: 'A' };
    const at = where % (value.length + 1);
    const values = [
      `${value.slice(0, at)}${symbol}${value.slice(at + 1)}`,
      `${value.slice(0, at)}${value.slice(at + 1)}`,
      `${value.slice(0, at)}${symbol}${value.slice(at)}`,
    ];
    const changed = fc.constantFrom(...values).map((text) => elements.with(place, { ai, value: text }));
    return fc.oneof(
      { weight: 5, arbitrary: changed },
      { weight: 1, arbitrary: fc.constant([...elements, { ai, value }]) },
    );
  });

const asked: (readonly Element[])[] = fc.sample(fc.oneof(together, damaged), { numRuns: 4000, seed: 20261122 });

interface Opinion {
  readonly sound: boolean;
  readonly rule: string;
}

function ours(elements: readonly Element[]): Opinion {
  const parsed = parseBracketed(bracketed(elements));
  if (parsed.kind === 'malformed') return { sound: false, rule: `${parsed.error.ai} ${parsed.error.rule}` };
  const [fault] = associationFaults(elements);
  return fault === undefined ? { sound: true, rule: '' } : { sound: false, rule: `${fault.ai} ${fault.rule}` };
}

/** Asks the cheapest symbols first: the checks are the same in all, and room is looked for after them or not at all. */
function theirs(elements: readonly Element[]): Opinion {
  const text = bwipNotation(elements);
  for (const bcid of ['gs1-128', 'databarexpanded', 'gs1datamatrix']) {
    const answer = askBwip({ bcid, text, parse: true, lintreqs: true }, 1);
    if (answer.kind === 'drawn') return { sound: true, rule: '' };
    if (answer.kind === 'refused' && answer.code !== STUMBLED) return { sound: false, rule: answer.code };
    // GS1-128 looks for room before it checks; the others after.
    if (answer.kind === 'does-not-fit' && bcid !== 'gs1-128') return { sound: true, rule: '' };
  }
  throw new Error(`bwip-js has no opinion of ${text}`);
}

/** What we refuse and bwip-js 4.11.4 lets pass; nothing is known to be the other way round. */
const DIFFERENCES: readonly (readonly [why: string, rule: RegExp, example: string])[] = [
  [
    'a key has to begin with a company prefix of at least four digits; bwip-js lets some shorter ones pass',
    /^\d+ (?:too-short-for-gcp|invalid-gcp-prefix)$/,
    '(401)12A',
  ],
  [
    'a signed key has to name one thing, with its serial part; bwip-js is content with the class',
    /^\d+ unserialised$/,
    '(8030)abc(253)9521234000006',
  ],
  [
    'no country has an IBAN of fewer than 15 characters; bwip-js asks only whether its check digits are right',
    /^8007 iban-too-short$/,
    '(8020)R(415)9521234000006(8007)FR291111111111',
  ],
];

describe('four thousand element strings', () => {
  let opinions: { elements: readonly Element[]; ours: Opinion; theirs: Opinion }[] = [];

  beforeAll(() => {
    opinions = asked.map((elements) => ({ elements, ours: ours(elements), theirs: theirs(elements) }));
  }, 120_000);

  it('are good and bad, many of each', () => {
    const sound = opinions.filter((one) => one.ours.sound).length;
    expect([sound > 400, opinions.length - sound > 400]).toEqual([true, true]);
    expect(opinions.length).toBe(4000);
  });

  it('get the same verdict from bwip-js, but for the differences that are explained', () => {
    const unexplained = opinions
      .filter((one) => one.ours.sound !== one.theirs.sound)
      .filter((one) => !DIFFERENCES.some(([, rule]) => rule.test(one.ours.rule)));
    expect(unexplained.map((one) => [bracketed(one.elements), one.ours.rule, one.theirs.rule])).toEqual([]);
  });
});

it.each(DIFFERENCES)('%s', (_why, rule, example) => {
  const elements = [...example.matchAll(/\((\d+)\)([^(]*)/g)].map(([, ai = '', value = '']) => ({ ai, value }));
  expect(ours(elements).rule).toMatch(rule);
  expect(theirs(elements)).toEqual({ sound: true, rule: '' });
});
