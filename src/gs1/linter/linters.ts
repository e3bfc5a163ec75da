import * as characters from '#gs1/linter/character-linters.ts';
import * as checks from '#gs1/linter/check-linters.ts';
import * as codes from '#gs1/linter/code-lists.ts';
import * as coupons from '#gs1/linter/coupon-linters.ts';
import * as dates from '#gs1/linter/date-linters.ts';
import * as numbers from '#gs1/linter/number-linters.ts';

/** The linters of the GS1 Barcode Syntax Dictionary, under its names. */
export const LINTERS = {
  csetnumeric: characters.csetnumeric,
  cset39: characters.cset39,
  cset64: characters.cset64,
  cset82: characters.cset82,
  csum: checks.csum,
  csumalpha: checks.csumalpha,
  gcppos1: checks.gcppos1,
  gcppos2: checks.gcppos2,
  yymmdd: dates.yymmdd,
  yymmd0: dates.yymmd0,
  yyyymmdd: dates.yyyymmdd,
  yyyymmd0: dates.yyyymmd0,
  hh: dates.hh,
  mi: dates.mi,
  ss: dates.ss,
  hhmi: dates.hhmi,
  pieceoftotal: numbers.pieceoftotal,
  posinseqslash: numbers.posinseqslash,
  latitude: numbers.latitude,
  longitude: numbers.longitude,
  mediatype: numbers.mediatype,
  yesno: numbers.yesno,
  winding: numbers.winding,
  iso5218: numbers.iso5218,
  nonzero: characters.nonzero,
  zero: characters.zero,
  nozeroprefix: characters.nozeroprefix,
  hasnondigit: characters.hasnondigit,
  hyphen: characters.hyphen,
  importeridx: characters.importeridx,
  pcenc: characters.pcenc,
  iso3166: codes.iso3166,
  iso3166999: codes.iso3166999,
  iso3166alpha2: codes.iso3166alpha2,
  iso4217: codes.iso4217,
  packagetype: codes.packagetype,
  iban: checks.iban,
  couponcode: coupons.couponcode,
  couponposoffer: coupons.couponposoffer,
} as const;

export type LinterName = keyof typeof LINTERS;
