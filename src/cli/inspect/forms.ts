import { canBeEpcPrefix } from '#cli/inspect/meaning.ts';
import type { Context, Form } from '#cli/inspect/report.ts';
import { bracketed, hriLines } from '#gs1/bracketed.ts';
import { type Element, elementString } from '#gs1/element-string.ts';
import { epcUrn } from '#gs1/epc/epc-urn.ts';
import { buildDigitalLink } from '#gs1/link/digital-link-build.ts';

/** Sound elements in every other form there is; where there is none, why. */
export function formsOf(elements: readonly Element[], context: Context): Form[] {
  if (elements.length === 0) return [];
  return [
    { name: 'element string', value: elementString(elements) },
    { name: 'bracketed', value: bracketed(elements) },
    { name: 'HRI', value: hriLines(elements).join('  ') },
    linkForm(elements),
    urnForm(elements, context),
  ];
}

function linkForm(elements: readonly Element[]): Form {
  const name = 'Digital Link';
  const built = buildDigitalLink(elements, { permitAssociations: true });
  if (built.kind === 'built') return { name, value: built.uri };
  const { ai, expected } = built.error;
  return { name, none: `it would need ${expected}${ai === undefined ? '' : `, see (${ai})`}` };
}

function urnForm(elements: readonly Element[], { gcpLength }: Context): Form {
  const name = 'EPC URN';
  if (gcpLength === undefined) return { name, none: 'give --gcp N, the number of digits of the company prefix' };
  if (!canBeEpcPrefix(gcpLength)) {
    return { name, none: `an EPC has a company prefix of 6 to 12 digits, not ${gcpLength}` };
  }
  const urn = epcUrn(elements, gcpLength);
  return urn === undefined
    ? { name, none: 'no scheme fits these elements with this company prefix' }
    : { name, value: urn };
}
