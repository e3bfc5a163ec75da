import type { Element } from '#gs1/element-string.ts';
import { contentOf, type DrawnSymbol, drawSymbol } from '#symbol/draw-symbol.ts';
import type { DATA_MATRIX_SIZES, SymbolLayout } from '#symbol/layout.ts';
import { roomFor } from '#symbol/room.ts';

/** What the label of every item of an order says, but for its serial. */
export interface LabelContent {
  readonly elements: readonly Element[];
  /** Where the serial stands: how many of the elements come in front of it. */
  readonly serialAt: number;
}

export type Preflight =
  | { readonly kind: 'fits'; readonly drawn: number }
  /** This serial's label is unsound, or does not fit: the first of `count` that were found. */
  | { readonly kind: 'fails'; readonly serial: string; readonly why: Exclude<DrawnSymbol, { kind: 'drawn' }> }
  /** So many serials need tight packing that drawing them all would take too long; a size that surely fits all. */
  | { readonly kind: 'not-proven'; readonly doubtful: number; readonly surely: SymbolLayout | undefined };

/** How many labels a pre-flight draws at the most: some seconds. */
const MOST_DRAWN = 300;

/**
 * Whether a layout fits every serial of an order, before the first is printed. A bound of the room each takes decides
 * nearly all; those whose bound is too large are drawn, all of them or, where they are too many, none: then the answer
 * is that it is not proven, and which size would be.
 */
export function preflight(layout: SymbolLayout, label: LabelContent, serials: Iterable<string>): Preflight {
  const doubtful: string[] = [];
  let widest: { readonly content: string; readonly room: number } = { content: '', room: -1 };
  let first: string | undefined;
  for (const serial of serials) {
    first ??= serial;
    const content = contentOf(layout, labelElements(label, serial));
    if (content.kind === 'refused') return { kind: 'fails', serial, why: content };
    const { atMost, has } = roomFor(layout, content.text);
    if (atMost > widest.room) widest = { content: content.text, room: atMost };
    if (atMost > has) doubtful.push(serial);
  }
  if (doubtful.length > MOST_DRAWN) {
    return { kind: 'not-proven', doubtful: doubtful.length, surely: surelyFitting(layout, widest.content) };
  }
  // The encoder's opinion of the content is asked at least once.
  const asked = doubtful.length === 0 && first !== undefined ? [first] : doubtful;
  for (const serial of asked) {
    const why = drawSymbol(layout, labelElements(label, serial));
    if (why.kind !== 'drawn') return { kind: 'fails', serial, why };
  }
  return { kind: 'fits', drawn: asked.length };
}

/** The elements of one item's label. */
export function labelElements({ elements, serialAt }: LabelContent, serial: string): Element[] {
  return [...elements.slice(0, serialAt), { ai: '21', value: serial }, ...elements.slice(serialAt)];
}

/** The smallest layout of the same kind whose bound has room for the content; undefined when there is none. */
function surelyFitting(layout: SymbolLayout, content: string): SymbolLayout | undefined {
  return largerLayouts(layout).find((larger) => {
    const { atMost, has } = roomFor(larger, content);
    return atMost <= has;
  });
}

function largerLayouts(layout: SymbolLayout): SymbolLayout[] {
  switch (layout.kind) {
    case 'gs1-data-matrix':
      return sizes().map((size) => ({ ...layout, size }));
    case 'gs1-qr':
    case 'link-qr':
      return Array.from({ length: 10 - layout.version }, (_none, more) => ({
        ...layout,
        version: layout.version + 1 + more,
      }));
    case 'gs1-128':
      return [];
  }
}

/** Square sizes, the smallest first. */
function sizes(): (keyof typeof DATA_MATRIX_SIZES)[] {
  const all: readonly (keyof typeof DATA_MATRIX_SIZES)[] = [
    ...(['16x16', '18x18', '20x20', '22x22', '24x24', '26x26', '32x32'] as const),
    ...(['36x36', '40x40', '44x44', '48x48'] as const),
  ];
  return [...all];
}
