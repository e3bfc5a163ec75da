import type { Template } from '#vision/check/font.ts';
import type { GreyImage } from '#vision/image.ts';

/** A place where less than this differs from its neighbours is blank: standard deviation in grey levels. */
export const BLANK = 4;

/**
 * Normalised correlation -1..1 of a template with the frame, its top left at a whole pixel. Blank places, and such that
 * are not wholly in the frame, have 0: nothing is there.
 */
export function correlation(
  { pixels, width, height, stride }: GreyImage,
  template: Template,
  x: number,
  y: number,
): number {
  if (x < 0 || y < 0 || x + template.width > width || y + template.height > height) return 0;
  let [sum, squares, product] = [0, 0, 0];
  for (let row = 0; row < template.height; row += 1) {
    const line = (y + row) * stride + x;
    const own = row * template.width;
    for (let column = 0; column < template.width; column += 1) {
      const grey = pixels[line + column] ?? 0;
      sum += grey;
      squares += grey * grey;
      product += grey * (template.values[own + column] ?? 0);
    }
  }
  const count = template.width * template.height;
  const spread = squares - (sum * sum) / count;
  if (spread < BLANK * BLANK * count || template.norm === 0) return 0;
  // The template's values have no mean: the frame's own falls out of the product.
  return product / (Math.sqrt(spread) * template.norm);
}

/** Correlation of two templates of one font, the narrower in the middle of the wider: how much they look alike. */
export function likenessOf(a: Template, b: Template): number {
  const [wide, narrow] = a.width >= b.width ? [a, b] : [b, a];
  const shift = (wide.width - narrow.width) >> 1;
  let product = 0;
  for (let at = 0; at < narrow.values.length; at += 1) {
    const place = Math.floor(at / narrow.width) * wide.width + (at % narrow.width) + shift;
    product += (narrow.values[at] ?? 0) * (wide.values[place] ?? 0);
  }
  return wide.norm * narrow.norm > 0 ? product / (wide.norm * narrow.norm) : 1;
}
