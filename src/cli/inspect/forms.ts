import { canBeEpcPrefix } from '#cli/inspect/meaning.ts';
import type { Context, Form } from '#cli/inspect/report.ts';
import { bracketed, hriLines } from '#gs1/bracketed.ts';
import { type Element, elementString, GS } from '#gs1/element-string.ts';
import { epcUrn } from '#gs1/epc/epc-urn.ts';
import { buildDigitalLink } from '#gs1/link/digital-link-build.ts';

/** Sound elements in every other form there is; where there is none, why. The separator GS is shown as ␝. */
export function formsOf(elements: readonly Element[], context: Context): Form[] {
  if (elements.length === 0) return [];
  return [
    { name: 'element string', value: elementString(elements).replaceAll(GS, '␝') },
    { name: 'bracketed', value: bracketed(elements) },
    { name: 'HRI', value: hriLines(elements).join('  ') },
    { name: 'Digital Link', value: linkForm(elements) },
    { name: 'EPC URN', value: urnForm(elements, context) },
  ];
}

function linkForm(elements: readonly Element[]): string {
  const built = buildDigitalLink(elements, { permitAssociations: true });
  if (built.kind === 'built') return built.uri;
  const { ai, expected } = built.error;
  return `none: it would need ${expected}${ai === undefined ? '' : `, see (${ai})`}`;
}

function urnForm(elements: readonly Element[], { gcpLength }: Context): string {
  if (gcpLength === undefined) return 'give --gcp N, the number of digits of the company prefix';
  if (!canBeEpcPrefix(gcpLength)) return `none: an EPC has a company prefix of 6 to 12 digits, not ${gcpLength}`;
  return epcUrn(elements, gcpLength) ?? 'none: no scheme fits these elements with this company prefix';
}
