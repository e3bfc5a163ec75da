import { partsOf } from '#cli/inspect/elements.ts';
import { formsOf } from '#cli/inspect/forms.ts';
import { type Context, type Part, type Report, reportOf } from '#cli/inspect/report.ts';
import { linkOfUrn } from '#gs1/epc/epc-link.ts';
import { type Epc, type EpcError, parseEpcUrn } from '#gs1/epc/epc-urn.ts';

/** What a scheme names. */
const NAMED: Readonly<Record<string, string>> = {
  sgtin: 'trade item with serial (SGTIN)',
  lgtin: 'lot of a trade item (LGTIN)',
  upui: 'unit packet of tobacco (UPUI)',
  sscc: 'logistic unit (SSCC)',
  sgln: 'place (SGLN)',
  pgln: 'party (PGLN)',
  grai: 'returnable asset (GRAI)',
  giai: 'individual asset (GIAI)',
  gsrn: 'service relation, recipient (GSRN)',
  gsrnp: 'service relation, provider (GSRNP)',
  gdti: 'document (GDTI)',
  sgcn: 'coupon (SGCN)',
  ginc: 'consignment (GINC)',
  gsin: 'shipment (GSIN)',
  itip: 'piece of a trade item (ITIP)',
  cpi: 'component or part (CPI)',
};

const LEVELS: Readonly<Record<string, string>> = { id: 'pure identity', class: 'class', idpat: 'pattern' };

/** Other URIs that stand in EPCIS documents. */
const OTHERS: readonly (readonly [RegExp, string, string])[] = [
  [/^urn:epcglobal:cbv:[a-z]+:[\w:.-]+$/i, 'cbv-word', 'Word of the Core Business Vocabulary in its URN form'],
  [/^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.\d$/, 'event-hash', 'Event hash id of the Core Business Vocabulary'],
  [/^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'uuid', 'UUID'],
];

/** An EPC URN in any of its forms, or another URN of EPCIS. */
export function inspectUrn(given: string, context: Context): Report | string {
  for (const [pattern, kind, what] of OTHERS) if (pattern.test(given)) return reportOf(given, { kind, what });
  if (!/^urn:epc:/i.test(given)) return 'it does not begin with urn:epc:';
  const parsed = parseEpcUrn(given);
  return parsed.kind === 'parsed' ? soundUrn(given, parsed.epc, context) : malformedUrn(given, parsed.error);
}

function malformedUrn(given: string, { rule, expected }: EpcError): Report {
  const [, , level = '', scheme = ''] = given.split(':');
  const at = rule === 'not-an-epc' ? 'urn:epc:'.length : bodyAt(given);
  const position = Math.min(at, given.length);
  const message = `expected ${expected}, found "${given.slice(position, position + 40)}"`;
  const tag = TAGS[level];
  return reportOf(given, {
    kind: 'epc-urn',
    what: `EPC URN, malformed${NAMED[scheme] === undefined ? '' : `: ${NAMED[scheme]}`}`,
    notes: tag === undefined ? [] : [tag],
    problems: [{ severity: 'error', rule, position, length: given.length - position, message }],
  });
}

function soundUrn(given: string, epc: Epc, context: Context): Report {
  const [level = '', scheme = ''] = epc.scheme.split(':');
  const own: Context = { ...context, gcpLength: epc.gcpLength };
  const elements = epc.elements.map((one) => ({ ...one, at: 0, length: 0 }));
  const link = linkOfUrn(given);
  const gcp = context.gcpLength;
  return reportOf(given, {
    kind: 'epc-urn',
    what: `EPC URN, ${LEVELS[level] ?? level}: ${NAMED[scheme] ?? scheme}`,
    notes: ['An EPC URN has no check digit; the one shown is computed.'],
    parts: [...urnParts(given, epc.gcpLength), ...partsOf(elements, own)],
    forms: [
      ...formsOf(epc.elements, own).filter(({ name }) => name !== 'EPC URN' && name !== 'Digital Link'),
      ...(link === undefined ? [] : [{ name: 'Digital Link', value: link }]),
    ],
    problems: gcp === undefined || gcp === epc.gcpLength ? [] : [prefixDoubt(given, epc.gcpLength, gcp)],
  });
}

/** Where the components begin. */
function bodyAt(urn: string): number {
  return urn.split(':').slice(0, 4).join(':').length + 1;
}

const TAGS: Readonly<Record<string, string>> = {
  tag: 'A tag URI carries a filter value and a bit length; only pure identities, classes and patterns are read here.',
  raw: 'A raw URI carries the bits of a tag; only pure identities, classes and patterns are read here.',
};

/** Company prefix and, where the scheme has none of its own AI, what follows it. */
function urnParts(urn: string, gcpLength: number): Part[] {
  const body = urn.slice(bodyAt(urn));
  const [reference = ''] = body.slice(gcpLength + 1).split('.');
  return [
    { name: 'prefix', title: 'GS1 COMPANY PREFIX', value: body.slice(0, gcpLength), meaning: `${gcpLength} digits` },
    { name: 'ref', title: 'REFERENCE', value: reference, meaning: '' },
  ];
}

function prefixDoubt(urn: string, has: number, wanted: number) {
  const position = bodyAt(urn);
  const message = `the company prefix has ${has} digits, but --gcp says ${wanted}`;
  return { severity: 'error', rule: 'company-prefix', position, length: has, message } as const;
}
