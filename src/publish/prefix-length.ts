import type { EpcisRun } from '#epcis/life-events.ts';
import type { GcpLengthOf } from '#epcis/urn-notation.ts';

/** What master data says about company prefixes: of the product, and of the place of the line where it has its own. */
export interface PrefixLengths {
  readonly product: number;
  readonly location?: number | undefined;
}

/**
 * How long the company prefix is in each identifier that a run's events name. A GLN that begins with the product's prefix
 * is of the same company, for no company prefix is the beginning of another; any other length must have been given.
 */
export function prefixLengthsOf({ gtin }: Pick<EpcisRun, 'gtin'>, lengths: PrefixLengths): GcpLengthOf {
  const prefix = gtin.slice(1, 1 + lengths.product);
  return (link) => {
    const [, key = '', value = ''] = /^https:\/\/id\.gs1\.org\/(01|414)\/(\d+)/.exec(link) ?? [];
    if (key === '01') return value === gtin ? lengths.product : undefined;
    return lengths.location ?? (value.startsWith(prefix) ? lengths.product : undefined);
  };
}
