import { describe, expect, it } from 'vitest';
import { bareWord, CBV_ROLES, type CbvRole, cbvUrn, cbvWebUri } from '#epcis/vocabulary.ts';

describe('a word of the CBV', () => {
  it.each<[CbvRole, string, string, string]>([
    ['bizStep', 'packing', 'urn:epcglobal:cbv:bizstep:packing', 'https://ref.gs1.org/cbv/BizStep-packing'],
    ['disposition', 'active', 'urn:epcglobal:cbv:disp:active', 'https://ref.gs1.org/cbv/Disp-active'],
    ['transaction', 'po', 'urn:epcglobal:cbv:btt:po', 'https://ref.gs1.org/cbv/BTT-po'],
    ['party', 'owning_party', 'urn:epcglobal:cbv:sdt:owning_party', 'https://ref.gs1.org/cbv/SDT-owning_party'],
    ['reason', 'did_not_occur', 'urn:epcglobal:cbv:er:did_not_occur', 'https://ref.gs1.org/cbv/ER-did_not_occur'],
    ['component', 'azimuth', 'urn:epcglobal:cbv:comp:azimuth', 'https://ref.gs1.org/cbv/Comp-azimuth'],
  ])('for a %s has three forms: %s', (role, word, urn, web) => {
    expect([cbvUrn(role, word), cbvWebUri(role, word)]).toEqual([urn, web]);
    const forms = [word, urn, web, web.replace('https://ref.gs1.org/cbv/', 'cbv:')];
    expect(forms.map((form) => bareWord(role, form))).toEqual([word, word, word, word]);
    expect(CBV_ROLES[role].known.has(word)).toBe(true);
  });

  it.each(['urn:epcglobal:cbv:bizstep:nothing', 'https://example.com/BizStep-packing', 'nothing', ''])(
    'is not %j, which stays as it is',
    (text) => {
      expect([bareWord('bizStep', text), cbvUrn('bizStep', text), cbvWebUri('bizStep', text)]).toEqual([
        text,
        text,
        text,
      ]);
    },
  );

  it('belongs to its role', () => {
    expect([cbvUrn('disposition', 'packing'), bareWord('disposition', 'urn:epcglobal:cbv:bizstep:packing')]).toEqual([
      'packing',
      'urn:epcglobal:cbv:bizstep:packing',
    ]);
    expect(Object.values(CBV_ROLES).map(({ known }) => known.size)).toEqual([41, 33, 13, 3, 2, 14]);
  });
});
