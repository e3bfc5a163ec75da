import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hasCheckDigit } from '#gs1/check-digit.ts';
import { canonicalIdentifier, linkOfUrn, urnOfLink } from '#gs1/epc/epc-link.ts';
import { absent, read } from './standards.ts';

const Agree = z.looseObject({
  urn: z.string(),
  dl: z.string(),
  canonicalDl: z.string(),
  gcpLength: z.int().optional(),
});
const Vectors = z.looseObject({
  agree: z.array(Agree),
  rejectUrn: z.array(z.looseObject({ urn: z.string() })),
  rejectDl: z.array(z.looseObject({ input: z.string(), gcpLength: z.int().nullish() })),
  normalise: z.array(z.looseObject({ input: z.string(), dl: z.string().nullish(), ok: z.boolean() })),
});

const vectors =
  absent === undefined
    ? Vectors.parse(JSON.parse(read('epc-dl/openepcis-ralphtro-vectors.json')))
    : { agree: [], rejectUrn: [], rejectDl: [], normalise: [] };

/** Class patterns of one key that a Digital Link cannot tell apart: the pattern of the SGTIN stands for both. */
const AMBIGUOUS = ['urn:epc:idpat:upui:'];

/** Records that break a rule of the standard themselves; each is refused here, for this reason. */
const DOUBTFUL: Readonly<Record<string, string>> = {
  'urn:epc:idpat:itip:493494.3399430.40.39.*': 'piece 40 of 39',
  'https://id.gs1.org/8006/349349439943004039': 'piece 40 of 39',
  'https://https://id.gs1.org/402/95205984950459042': 'a second scheme in place of the domain',
  'http://example.de/gtin-8/01/97803111': 'wrong check digit of the GTIN-8',
  'http://example.de/01/040123451234/cpv/344/lot/ABD': 'wrong check digit of the GTIN-12',
};

describe('of the third-party vectors', () => {
  it('every URN becomes the official Digital Link', ({ skip }) => {
    skip(absent !== undefined, absent);
    const wrong = vectors.agree.map(({ urn, canonicalDl }) => ({ urn, canonicalDl, ours: linkOfUrn(urn) }));
    const sound = wrong.filter(({ urn }) => DOUBTFUL[urn] === undefined);
    expect(sound.filter(({ canonicalDl, ours }) => canonicalDl !== ours)).toEqual([]);
    expect(wrong.length).toBe(168);
  });

  it('every Digital Link becomes the official URN, given the length of the company prefix', ({ skip }) => {
    skip(absent !== undefined, absent);
    const asked = vectors.agree.filter(({ urn }) => !AMBIGUOUS.some((scheme) => urn.startsWith(scheme)));
    const wrong = asked.flatMap(({ urn, dl, gcpLength }) => {
      const length = gcpLength ?? urn.split(':')[4]?.indexOf('.') ?? 0;
      const ours = urnOfLink(dl, length);
      return ours === urn || DOUBTFUL[dl] !== undefined ? [] : [{ urn, dl, length, ours }];
    });
    expect(wrong).toEqual([]);
    expect(asked.length).toBe(167);
  });

  it('every malformed URN is refused', ({ skip }) => {
    skip(absent !== undefined, absent);
    expect(vectors.rejectUrn.filter(({ urn }) => linkOfUrn(urn) !== undefined)).toEqual([]);
    expect(vectors.rejectUrn.length).toBe(131);
  });

  it('every malformed Digital Link, and every impossible prefix, is refused', ({ skip }) => {
    skip(absent !== undefined, absent);
    const lengths = (length: number | null | undefined) =>
      typeof length === 'number' ? [length] : [6, 7, 8, 9, 10, 11, 12];
    const wrong = vectors.rejectDl.flatMap(({ input, gcpLength }) =>
      lengths(gcpLength).flatMap((length) => {
        const urn = urnOfLink(input, length);
        return urn === undefined ? [] : [{ input, length, urn }];
      }),
    );
    expect(wrong).toEqual([]);
    expect(vectors.rejectDl.length).toBe(121);
  });

  it('every identifier is normalised as for the event hash, withdrawn forms included', ({ skip }) => {
    skip(absent !== undefined, absent);
    const wrong = vectors.normalise.flatMap(({ input, dl }) => {
      const ours = canonicalIdentifier(input, { permitNames: true, permitShortGtin: true });
      return (dl ?? undefined) === ours || DOUBTFUL[input] !== undefined ? [] : [{ input, dl, ours }];
    });
    expect(wrong).toEqual([]);
    expect(vectors.normalise.length).toBe(66);
  });

  it('the doubtful ones are refused, and the check digits are what is wrong with the two GTINs', ({ skip }) => {
    skip(absent !== undefined, absent);
    const permit = { permitNames: true, permitShortGtin: true };
    expect(Object.keys(DOUBTFUL).map((text) => canonicalIdentifier(text, permit))).toEqual(
      Object.keys(DOUBTFUL).map(() => undefined),
    );
    expect(['97803111', '040123451234'].map(hasCheckDigit)).toEqual([false, false]);
  });
});
