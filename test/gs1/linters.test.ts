import { describe, expect, it } from 'vitest';
import { LINTERS, type LinterName } from '#gs1/linter/linters.ts';

/** What is sound, and what is not: its rule, and the place at fault between stars. Our own examples. */
const CASES: Readonly<
  Record<LinterName, readonly [sound: readonly string[], unsound: readonly (readonly [string, string])[]]>
> = {
  csetnumeric: [['', '0123456789'], [['12A4', 'non-digit-character 12*A*4']]],
  cset39: [['', 'AZ09#-/'], [['ABc', 'invalid-cset39-character AB*c*']]],
  cset64: [
    ['', 'aZ09-_', 'AB=', 'A=='],
    [
      ['A+B', 'invalid-cset64-character A*+*B'],
      ['A=B', 'invalid-cset64-character A*=*B'],
      ['AB==', 'invalid-cset64-padding AB*==*'],
      ['===', 'invalid-cset64-padding *===*'],
    ],
  ],
  cset82: [['', '!"%&\'()*+,-./:;<=>?_aZ09'], [['A B', 'invalid-cset82-character A* *B']]],
  csum: [
    ['09521234543213', '00', '02345673'],
    [
      ['09521234543214', 'incorrect-check-digit 0952123454321*4*'],
      ['0952A', 'non-digit-character 0952*A*'],
      ['', 'too-short-for-check-digit **'],
    ],
  ],
  csumalpha: [
    ['1987654Ad4X4bL5ttr2310c2K', '22'],
    [
      ['1987654Ad4X4bL5ttr2310c2L', 'incorrect-check-pair 1987654Ad4X4bL5ttr2310c*2L*'],
      ['2', 'too-short-for-check-pair *2*'],
      ['9 22', 'invalid-cset82-character 9* *22'],
      ['1'.repeat(100), `too-long-for-check-pair-implementation *${'1'.repeat(100)}*`],
    ],
  ],
  gcppos1: [
    ['9521', '9521A'],
    [
      ['952', 'too-short-for-gcp *952*'],
      ['95A1', 'invalid-gcp-prefix 95*A*1'],
    ],
  ],
  gcppos2: [
    ['X9521'],
    [
      ['X952', 'too-short-for-gcp X*952*'],
      ['X', 'too-short-for-gcp *X*'],
      ['X95A1', 'invalid-gcp-prefix X95*A*1'],
    ],
  ],
  yymmdd: [
    ['280229', '281231', '000229'],
    [
      ['270229', 'illegal-day 2702*29*'],
      ['280200', 'illegal-day 2802*00*'],
      ['281301', 'illegal-month 28*13*01'],
      ['280001', 'illegal-month 28*00*01'],
      ['28013', 'date-too-short *28013*'],
      ['2801311', 'date-too-long *2801311*'],
      ['28O131', 'non-digit-character 28*O*131'],
    ],
  ],
  yymmd0: [['280200', '280229'], [['280432', 'illegal-day 2804*32*']]],
  yyyymmdd: [
    ['20280229', '20000229'],
    [
      ['19000229', 'illegal-day 190002*29*'],
      ['20280100', 'illegal-day 202801*00*'],
    ],
  ],
  yyyymmd0: [
    ['20280200'],
    [
      ['20281301', 'illegal-month 2028*13*01'],
      ['280200', 'date-too-short *280200*'],
    ],
  ],
  hh: [
    ['00', '23'],
    [
      ['24', 'illegal-hour *24*'],
      ['1', 'hour-too-short *1*'],
      ['123', 'hour-too-long *123*'],
    ],
  ],
  mi: [
    ['00', '59'],
    [
      ['60', 'illegal-minute *60*'],
      ['1', 'minute-too-short *1*'],
      ['123', 'minute-too-long *123*'],
    ],
  ],
  ss: [
    ['00', '59'],
    [
      ['60', 'illegal-second *60*'],
      ['1', 'second-too-short *1*'],
      ['123', 'second-too-long *123*'],
    ],
  ],
  hhmi: [
    ['0000', '2359'],
    [
      ['2400', 'illegal-hour *24*00'],
      ['2360', 'illegal-minute 23*60*'],
      ['236', 'hour-with-minute-too-short *236*'],
      ['23600', 'hour-with-minute-too-long *23600*'],
      ['2A00', 'non-digit-character 2*A*00'],
    ],
  ],
  pieceoftotal: [
    ['0102', '0202', '11', '001010'],
    [
      ['0302', 'piece-number-exceeds-total *0302*'],
      ['0002', 'zero-piece-number *00*02'],
      ['0100', 'zero-total-pieces 01*00*'],
      ['010', 'invalid-length-for-piece-of-total *010*'],
      ['', 'invalid-length-for-piece-of-total **'],
      ['01A2', 'non-digit-character 01*A*2'],
    ],
  ],
  posinseqslash: [
    ['1/1', '9/10', '12/12'],
    [
      ['2/1', 'position-exceeds-end *2/1*'],
      ['10/9', 'position-exceeds-end *10/9*'],
      ['01/2', 'illegal-zero-prefix *01*/2'],
      ['1/02', 'illegal-zero-prefix 1/*02*'],
      ['1-2', 'position-in-sequence-malformed *1-2*'],
      ['/2', 'position-in-sequence-malformed */2*'],
      ['1/', 'position-in-sequence-malformed *1/*'],
      ['A/2', 'position-in-sequence-malformed *A/2*'],
      ['1/B', 'position-in-sequence-malformed *1/B*'],
    ],
  ],
  latitude: [
    ['0000000000', '1800000000'],
    [
      ['1800000001', 'invalid-latitude *1800000001*'],
      ['18', 'latitude-invalid-length *18*'],
    ],
  ],
  longitude: [
    ['3600000000'],
    [
      ['3600000001', 'invalid-longitude *3600000001*'],
      ['36', 'longitude-invalid-length *36*'],
    ],
  ],
  mediatype: [
    ['01', '10', '80', '99'],
    [
      ['00', 'invalid-media-type *00*'],
      ['11', 'invalid-media-type *11*'],
      ['79', 'invalid-media-type *79*'],
      ['1', 'invalid-media-type *1*'],
      ['080', 'invalid-media-type *080*'],
    ],
  ],
  yesno: [
    ['0', '1'],
    [
      ['2', 'not-zero-or-one *2*'],
      ['', 'not-zero-or-one **'],
      ['01', 'not-zero-or-one *01*'],
    ],
  ],
  winding: [
    ['0', '1', '9'],
    [
      ['2', 'invalid-winding-direction *2*'],
      ['', 'invalid-winding-direction **'],
    ],
  ],
  iso5218: [['0', '1', '2', '9'], [['3', 'invalid-biological-sex-code *3*']]],
  nonzero: [
    ['1', '010'],
    [
      ['000', 'illegal-zero-value *000*'],
      ['', 'illegal-zero-value **'],
      ['0A', 'non-digit-character 0*A*'],
    ],
  ],
  zero: [
    ['0', '00'],
    [
      ['01', 'not-zero *01*'],
      ['', 'not-zero **'],
    ],
  ],
  nozeroprefix: [
    ['', '10'],
    [
      ['01', 'illegal-zero-prefix *0*1'],
      ['1A', 'non-digit-character 1*A*'],
    ],
  ],
  hasnondigit: [['1A', '-'], [['123', 'requires-non-digit-character *123*']]],
  hyphen: [
    ['-', '--'],
    [
      ['-X', 'not-hyphen *-X*'],
      ['', 'not-hyphen **'],
    ],
  ],
  importeridx: [
    ['A', '_', '-', '7'],
    [
      ['=', 'invalid-import-idx-character *=*'],
      ['AA', 'importer-idx-must-be-one-character *AA*'],
    ],
  ],
  pcenc: [
    ['', 'A B', '%20', 'a%fFb', '%A0%0F%f9%aa'],
    [
      ['A%2', 'invalid-percent-sequence A*%2*'],
      ['A%G0B', 'invalid-percent-sequence A*%G0*B'],
      ['%20%0x', 'invalid-percent-sequence %20*%0x*'],
    ],
  ],
  iso3166: [
    ['276', '840'],
    [
      ['275A', 'not-iso3166 *275A*'],
      ['999', 'not-iso3166 *999*'],
    ],
  ],
  iso3166999: [['276', '999'], [['998', 'not-iso3166-or-999 *998*']]],
  iso3166alpha2: [
    ['DE', 'CH'],
    [
      ['XX', 'not-iso3166-alpha2 *XX*'],
      ['de', 'not-iso3166-alpha2 *de*'],
    ],
  ],
  iso4217: [['978', '756'], [['000', 'not-iso4217 *000*']]],
  packagetype: [['PX', '4A', '201'], [['QQQ', 'invalid-package-type *QQQ*']]],
  iban: [
    ['DE89370400440532013000', 'NO9386011117947'],
    [
      ['DE88370400440532013000', 'incorrect-iban-checksum DE*88*370400440532013000'],
      ['XX89370400440532013000', 'illegal-iban-country-code *XX*89370400440532013000'],
      ['DE8937040044', 'iban-too-short *DE8937040044*'],
      [`DE${'1'.repeat(33)}`, `iban-too-long *DE${'1'.repeat(33)}*`],
      ['DE8937040044053201300a', 'invalid-iban-character DE8937040044053201300*a*'],
    ],
  ],
  couponcode: [
    [
      '012345612345611110123',
      '01234561234561111012335006064500607'.replace('500607', '500606'),
      '01234561234561111012390001',
    ],
    [
      ['', 'coupon-missing-gcp-vli **'],
      ['7', 'coupon-invalid-gcp-length *7*'],
      ['012', 'coupon-truncated-gcp 0*12*'],
      ['0123456', 'coupon-truncated-offer-code *0123456*'],
      ['01234561234561111012335006064500607', 'coupon-expiration-before-start 012345612345611110123*35006064500607*'],
      ['0123456123456111101238', 'coupon-excess-data 012345612345611110123*8*'],
      ['0123456123456111101233201310', 'coupon-invalid-expiration-date 0123456123456111101233*201310*'],
      ['01234561234561111012390002', 'coupon-invalid-dont-multiply-flag 0123456123456111101239000*2*'],
      ['A', 'non-digit-character *A*'],
    ],
  ],
  couponposoffer: [
    ['001234561234560123456'],
    [
      ['2', 'coupon-invalid-format-code *2*'],
      ['0', 'coupon-missing-funder-vli *0*'],
      ['0012345612345601234567', 'coupon-excess-data 001234561234560123456*7*'],
    ],
  ],
};

describe.each(Object.entries(CASES))('the rule %s', (name, [sound, unsound]) => {
  const linter = Object.entries(LINTERS).find(([other]) => other === name)?.[1];

  function judge(text: string): string {
    const found = linter?.(text, 0, text.length);
    if (found === undefined) return 'sound';
    const end = found.position + found.length;
    return `${found.rule} ${text.slice(0, found.position)}*${text.slice(found.position, end)}*${text.slice(end)}`;
  }

  it('lets pass what is sound', () => {
    expect(sound.map((text) => [text, judge(text)])).toEqual(sound.map((text) => [text, 'sound']));
  });

  it('says what is wrong, and where', () => {
    expect(unsound.map(([text]) => judge(text))).toEqual(unsound.map(([, verdict]) => verdict));
  });
});
