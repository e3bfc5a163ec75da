import { describe, expect, it } from 'vitest';
import { layOut, PLAIN } from '#cli/inspect/layout.ts';
import { inspectText } from '#cli/inspect/recognise.ts';
import type { Context } from '#cli/inspect/report.ts';

const NOON: Context = { today: '2026-11-22', now: Date.UTC(2026, 10, 22, 12) };

interface Given {
  readonly text: string;
  readonly gcpLength?: number;
}

function shown({ text, gcpLength }: Given): string {
  const context = gcpLength === undefined ? NOON : { ...NOON, gcpLength };
  return `\n${layOut(inspectText(text, context), PLAIN)}`;
}

/** What a person sees who pastes a code: all of it. */
const SHOWN: readonly (readonly [does: string, given: Given, output: string])[] = [
  [
    'a scan of a pack with its separators spelt out',
    { text: ']d2010952123454321317281231<GS>10EX24A01<GS>21ABC123', gcpLength: 7 },
    `
Scan of a GS1 DataMatrix (]d2), 4 elements: GTIN, USE BY or EXPIRY, BATCH/LOT, SERIAL
  input    ]d2010952123454321317281231<GS>10EX24A01<GS>21ABC123
  note     "<GS>" is taken for the separator GS (FNC1)

  AI  TITLE             VALUE           MEANING
  01  GTIN              09521234543213  GTIN-13 9521234543213, check digit 3 is right, company prefix 9521234
  17  USE BY or EXPIRY  281231          31 December 2028
  10  BATCH/LOT         EX24A01
  21  SERIAL            ABC123

  element string  01095212345432131728123110EX24A01␝21ABC123
  bracketed       (01)09521234543213(17)281231(10)EX24A01(21)ABC123
  HRI             (01) 09521234543213  (17) 281231  (10) EX24A01  (21) ABC123
  Digital Link    https://id.gs1.org/01/09521234543213/10/EX24A01/21/ABC123?17=281231
  EPC URN         urn:epc:id:sgtin:9521234.054321.ABC123

OK: no problems.
`,
  ],
  [
    'a label with a wrong check digit and a month that does not exist',
    { text: '01095212345432141728133210EX24A01^21ABC' },
    `
GS1 element string, 4 elements: GTIN, USE BY or EXPIRY, BATCH/LOT, SERIAL
  input    01095212345432141728133210EX24A01^21ABC
  note     "^" is taken for the separator GS (FNC1)

  AI  TITLE             VALUE           MEANING
  01  GTIN              09521234543214  WRONG: expected check digit 3
  17  USE BY or EXPIRY  281332          WRONG: expected a month from 01 to 12
  10  BATCH/LOT         EX24A01
  21  SERIAL            ABC

PROBLEM (01) at 16 [incorrect-check-digit]: expected check digit 3, found "4"
    01095212345432141728133210EX24A01^21ABC
                   ^
PROBLEM (17) at 21 [illegal-month]: expected a month from 01 to 12, found "13"
    01095212345432141728133210EX24A01^21ABC
                        ^^
2 problems.
`,
  ],
  [
    'a scan whose separator got lost',
    { text: '010952123454321310LOT47111728123121SERIAL1234' },
    `
GS1 element string, 2 elements: GTIN, BATCH/LOT
  input    010952123454321310LOT47111728123121SERIAL1234
  note     There is no separator in the text, so the last value takes all that is left. Was the reader set to drop GS (FNC1)?

  AI  TITLE      VALUE                        MEANING
  01  GTIN       09521234543213               GTIN-13 9521234543213, check digit 3 is right
  10  BATCH/LOT  LOT47111728123121SERIAL1234  WRONG: expected 1 to 20 characters

PROBLEM (10) at 39 [too-long]: expected 1 to 20 characters, found "IAL1234"
    010952123454321310LOT47111728123121SERIAL1234
                                          ^^^^^^^
1 problem.
`,
  ],
  [
    'a weighed and priced item in brackets',
    { text: '(01)99521234543216(3103)001250(3922)1299(15)250100' },
    `
GS1 elements in brackets, 4 elements: GTIN, NET WEIGHT (kg), PRICE, BEST BEFORE or BEST BY
  input    (01)99521234543216(3103)001250(3922)1299(15)250100

  AI    TITLE                   VALUE           MEANING
  01    GTIN                    99521234543216  GTIN-14, variable measure, check digit 6 is right
  3103  NET WEIGHT (kg)         001250          1.250 kg
  3922  PRICE                   1299            12.99
  15    BEST BEFORE or BEST BY  250100          end of January 2025 (31): in the past

  element string  0199521234543216310300125039221299␝15250100
  bracketed       (01)99521234543216(3103)001250(3922)1299(15)250100
  HRI             (01) 99521234543216  (3103) 001250  (3922) 1299  (15) 250100
  Digital Link    https://id.gs1.org/01/99521234543216?3103=001250&15=250100&3922=1299
  EPC URN         none: give --gcp N, the number of digits of the company prefix

OK: no problems.
`,
  ],
  [
    'a number that is a GTIN or a GLN',
    { text: '9 521234 543213', gcpLength: 7 },
    `
GTIN-13 or GLN
  input    9 521234 543213
  note     Spaces and hyphens are left out.
  note     Both have 13 digits; which one it is, the use tells.
  note     The prefix 952 is kept for examples.

  AI   TITLE    VALUE           MEANING
  01   GTIN     09521234543213  GTIN-13 9521234543213, check digit 3 is right, company prefix 9521234
  414  LOC No.  9521234543213   check digit 3 is right, company prefix 9521234

  as GTIN-13: element string  0109521234543213
  as GTIN-13: bracketed       (01)09521234543213
  as GTIN-13: Digital Link    https://id.gs1.org/01/09521234543213
  as GTIN-13: EPC URN         urn:epc:idpat:sgtin:9521234.054321.*
  as GLN: element string      4149521234543213
  as GLN: bracketed           (414)9521234543213
  as GLN: Digital Link        https://id.gs1.org/414/9521234543213
  as GLN: EPC URN             urn:epc:id:sgln:9521234.54321.0

OK: no problems.
`,
  ],
  [
    'a GTIN-12 with a wrong check digit',
    { text: '614141000037' },
    `
GTIN-12 with a wrong check digit
  input    614141000037
  note     If its check digit is missing, the whole number is 6141410000373 (GTIN-13 or GLN).

PROBLEM at 12 [incorrect-check-digit]: expected check digit 6, found "7"
    614141000037
               ^
1 problem.
`,
  ],
  [
    'the number of a pallet',
    { text: '195212340000000010', gcpLength: 7 },
    `
SSCC or GSRN
  input    195212340000000010
  note     Both have 18 digits; which one it is, the use tells.

  AI    TITLE             VALUE               MEANING
  00    SSCC              195212340000000010  check digit 0 is right, company prefix 9521234
  8018  GSRN - RECIPIENT  195212340000000010  check digit 0 is right, company prefix 1952123

  as SSCC: element string  00195212340000000010
  as SSCC: bracketed       (00)195212340000000010
  as SSCC: Digital Link    https://id.gs1.org/00/195212340000000010
  as SSCC: EPC URN         urn:epc:id:sscc:9521234.1000000001
  as GSRN: element string  8018195212340000000010
  as GSRN: bracketed       (8018)195212340000000010
  as GSRN: Digital Link    https://id.gs1.org/8018/195212340000000010
  as GSRN: EPC URN         urn:epc:id:gsrn:1952123.4000000001

OK: no problems.
`,
  ],
  [
    'a link on a pack, with parts that mean nothing to GS1',
    { text: 'https://example.com/some/01/09521234543213/10/ABC/21/12%2F?17=281231&utm=1', gcpLength: 7 },
    `
GS1 Digital Link URI on example.com/some
  input    https://example.com/some/01/09521234543213/10/ABC/21/12%2F?17=281231&utm=1
  note     Means nothing to GS1: utm=1
  note     Its canonical form is https://id.gs1.org/01/09521234543213/10/ABC/21/12%2F?17=281231

  AI  TITLE             VALUE           MEANING
  01  GTIN              09521234543213  GTIN-13 9521234543213, check digit 3 is right, company prefix 9521234
  10  BATCH/LOT         ABC
  21  SERIAL            12/
  17  USE BY or EXPIRY  281231          31 December 2028

  element string  010952123454321310ABC␝2112/␝17281231
  bracketed       (01)09521234543213(10)ABC(21)12/(17)281231
  HRI             (01) 09521234543213  (10) ABC  (21) 12/  (17) 281231
  Digital Link    https://id.gs1.org/01/09521234543213/10/ABC/21/12%2F?17=281231
  EPC URN         urn:epc:id:sgtin:9521234.054321.12%2F

OK: no problems.
`,
  ],
  [
    'a link in the style of 2018',
    { text: 'https://example.com/gtin/9521234543213/lot/ABC' },
    `
GS1 Digital Link URI, malformed
  input    https://example.com/gtin/9521234543213/lot/ABC
  note     It could be read with names in place of AIs and with a GTIN of fewer than 14 digits; neither is allowed any more.

  AI  TITLE      VALUE           MEANING
  01  GTIN       09521234543213  GTIN-13 9521234543213, check digit 3 is right
  10  BATCH/LOT  ABC

PROBLEM at 21 [no-key]: expected a key and its value at the end of the path, found "gtin/9521234543213/lot/ABC"
    https://example.com/gtin/9521234543213/lot/ABC
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^
1 problem.
`,
  ],
  [
    'an EPC URN of an item',
    { text: 'urn:epc:id:sgtin:9521234.054321.A%2F1' },
    `
EPC URN, pure identity: trade item with serial (SGTIN)
  input    urn:epc:id:sgtin:9521234.054321.A%2F1
  note     An EPC URN has no check digit; the one shown is computed.

  PART    TITLE               VALUE           MEANING
  prefix  GS1 COMPANY PREFIX  9521234         7 digits
  ref     REFERENCE           054321
  01      GTIN                09521234543213  GTIN-13 9521234543213, check digit 3 is right, company prefix 9521234
  21      SERIAL              A/1

  element string  010952123454321321A/1
  bracketed       (01)09521234543213(21)A/1
  HRI             (01) 09521234543213  (21) A/1
  Digital Link    https://id.gs1.org/01/09521234543213/21/A%2F1

OK: no problems.
`,
  ],
  [
    'an EPC URN whose reference is too short',
    { text: 'urn:epc:class:lgtin:9521234.54321.LOT1' },
    `
EPC URN, malformed: lot of a trade item (LGTIN)
  input    urn:epc:class:lgtin:9521234.54321.LOT1

PROBLEM at 21 [reference]: expected a reference of 6 digits, found "9521234.54321.LOT1"
    urn:epc:class:lgtin:9521234.54321.LOT1
                        ^^^^^^^^^^^^^^^^^^
1 problem.
`,
  ],
  [
    'a Data Matrix that was printed without FNC1',
    { text: ']d1010952123454321321ABC' },
    `
Scan of a Data Matrix without GS1 content (]d1), 2 elements: GTIN, SERIAL
  input    ]d1010952123454321321ABC
  note     The parts are what the text would say in a GS1 symbol.

  AI  TITLE   VALUE           MEANING
  01  GTIN    09521234543213  GTIN-13 9521234543213, check digit 3 is right
  21  SERIAL  ABC

  element string  010952123454321321ABC
  bracketed       (01)09521234543213(21)ABC
  HRI             (01) 09521234543213  (21) ABC
  Digital Link    https://id.gs1.org/01/09521234543213/21/ABC
  EPC URN         none: give --gcp N, the number of digits of the company prefix

PROBLEM at 1 [fnc1-missing]: expected a GS1 symbol (]d2 ]Q3 ]C1 ]e0 ]J1), found ]d1: FNC1 in first position is missing in the symbol
    ]d1010952123454321321ABC
    ^^^
1 problem.
`,
  ],
  [
    'a German pack with PPN',
    { text: '[)>␞06␝9N111234567842␝1TABC␝D281231␝SXYZ␞␄' },
    `
German pack with PPN (ISO/IEC 15434)
  input    [)>␞06␝9N111234567842␝1TABC␝D281231␝SXYZ␞␄
  note     "␞" is taken for RS
  note     "␝" is taken for the separator GS (FNC1)
  note     "␄" is taken for EOT
  note     This is no GS1 code: it uses data identifiers of ANSI MH10.8.2.

  PART  TITLE                          VALUE         MEANING
  9N    PPN (Pharmacy Product Number)  111234567842  PZN 12345678, check digits 42 are right
  1T    LOT                            ABC
  D     EXPIRY                         281231        31 December 2028
  S     SERIAL                         XYZ

OK: no problems.
`,
  ],
  [
    'text that tries to paint the terminal',
    { text: '\u001b[31mhello' },
    `
Not recognised
  input    ␛[31mhello
  note     not scan data: it does not begin with a symbology identifier such as ]d2
  note     not ISO/IEC 15434 message: it does not begin with [)> and RS
  note     not EPC URN: it does not begin with urn:epc:
  note     not Digital Link URI: it does not begin with http:// or https://
  note     not elements in brackets: it does not begin with an AI in brackets
  note     not bare number: it has other characters than digits
  note     not element string: no Application Identifier stands at its beginning
  note     not JSON: it does not begin with { or [

UNUSABLE: nothing that could be inspected.
`,
  ],
];

describe('inspect shows', () => {
  it.each(SHOWN)('%s', (_does, given, output) => {
    expect(shown(given)).toBe(output);
  });
});
