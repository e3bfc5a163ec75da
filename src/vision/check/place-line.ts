import type { Window } from '#contract/camera-job.ts';
import { correlation } from '#vision/check/correlate.ts';
import { advanceOf, type Font, type Template, templateOf } from '#vision/check/font.ts';
import { pixelsOf } from '#vision/check/patch.ts';
import type { GreyImage } from '#vision/image.ts';

/** Where a line begins, and how it runs: pixels down per pixel across, and how much longer it is than trained. */
export interface Origin extends Run {
  readonly x: number;
  readonly y: number;
}

interface Run {
  readonly slope: number;
  readonly stretch: number;
}

/** A line that fits less than this anywhere in the window is not there. */
const LEAST_FIT = 0.25;
/** How far outside its window a line may begin, as a share of its height. */
const OUTSIDE = 0.25;
/** Height to which characters are shrunk for the wide search, in pixels. */
const COARSE_HEIGHT = 6;
/** A straight line that fits like this need not be looked for turned. */
const GOOD_FIT = 0.8;
/** How lines are looked for: straight, a little turned, or printed a little faster or slower. */
const RUNS: readonly Run[] = [
  { slope: 0, stretch: 1 },
  { slope: 0.025, stretch: 1 },
  { slope: -0.025, stretch: 1 },
  { slope: 0.05, stretch: 1 },
  { slope: -0.05, stretch: 1 },
  { slope: 0, stretch: 0.97 },
  { slope: 0, stretch: 1.03 },
];

interface Found extends Origin {
  readonly score: number;
}

/** Where in a window the line as it should be fits best: all its characters together, which one wrong one hardly moves. */
export function placeLine(image: GreyImage, window: Window, text: string, font: Font): Origin | undefined {
  const factor = Math.max(1, Math.floor(font.height / COARSE_HEIGHT));
  const slack = Math.ceil(font.height * OUTSIDE);
  const { x, y, width, height } = window;
  const area = pixelsOf(image, { x: x - slack, y: y - slack, width: width + 2 * slack, height: height + 2 * slack });
  if (area.right <= area.left || area.bottom <= area.top) return undefined;
  const small = shrunk(cropped(image, area), factor);
  let best: Found | undefined;
  for (const run of RUNS) {
    if (best !== undefined && best.score >= GOOD_FIT) break;
    const line = wholeLine(text, font, run);
    const found = searched(small, toTemplate(shrunk(line.picture, factor)), run);
    if (found.score > (best?.score ?? LEAST_FIT))
      best = { ...found, y: found.y * factor + line.first, x: found.x * factor };
  }
  return best === undefined
    ? undefined
    : refined(image, font, { text, factor, found: { ...best, x: best.x + area.left, y: best.y + area.top } });
}

/** The best place of a line in a picture, by trying all. */
function searched(picture: GreyImage, line: Template, run: Run): Found {
  let best: Found = { ...run, x: 0, y: 0, score: -1 };
  for (let y = 0; y + line.height <= picture.height; y += 1) {
    for (let x = 0; x + line.width <= picture.width; x += 1) {
      const score = correlation(picture, line, x, y);
      if (score > best.score) best = { ...run, x, y, score };
    }
  }
  return best;
}

/** The same in full size, near what the wide search found. */
function refined(
  image: GreyImage,
  font: Font,
  { text, factor, found }: { readonly text: string; readonly factor: number; readonly found: Origin },
): Origin {
  const { picture, first } = wholeLine(text, font, found);
  const line = toTemplate(picture);
  let best: Found = { ...found, score: -1 };
  for (let y = found.y - factor; y <= found.y + factor; y += 1) {
    for (let x = found.x - factor; x <= found.x + factor; x += 1) {
      const score = correlation(image, line, x, y - first);
      if (score > best.score) best = { ...found, x, y, score };
    }
  }
  return best;
}

/** The line as one picture, and how many rows below its top the first character begins. */
interface WholeLine {
  readonly picture: GreyImage;
  readonly first: number;
}

/** Characters side by side on the paper between them, in half their contrast, so that they fit into bytes. */
function wholeLine(text: string, font: Font, { slope, stretch }: Run): WholeLine {
  const places: { readonly template: Template; readonly x: number; readonly y: number }[] = [];
  let x = 0;
  for (const character of text) {
    const template = font.templates.get(character);
    if (template !== undefined) places.push({ template, x: Math.round(x), y: Math.round(x * slope) });
    x += advanceOf(font, character) * stretch;
  }
  const width = Math.max(1, ...places.map((place) => place.x + place.template.width));
  const ys = places.map((place) => place.y);
  const first = -Math.min(0, ...ys);
  const height = font.height + Math.max(0, ...ys) + first;
  const pixels = new Uint8Array(width * height).fill(halfGrey(places[0]?.template.values[0] ?? 0));
  for (const { template, x: left, y: down } of places) {
    for (let at = 0; at < template.values.length; at += 1) {
      const row = Math.floor(at / template.width) + down + first;
      pixels[row * width + left + (at % template.width)] = halfGrey(template.values[at] ?? 0);
    }
  }
  return { picture: { pixels, width, height, stride: width }, first };
}

function halfGrey(value: number): number {
  return Math.min(255, Math.max(0, Math.round(128 + value / 2)));
}

function toTemplate({ pixels, width, height }: GreyImage): Template {
  return templateOf('', { width, height, pixels });
}

function cropped(image: GreyImage, area: ReturnType<typeof pixelsOf>): GreyImage {
  const start = area.top * image.stride + area.left;
  const [width, height] = [area.right - area.left, area.bottom - area.top];
  return { pixels: image.pixels.subarray(start), width, height, stride: image.stride };
}

/** Mean grey of squares of so many pixels; what is left over at the right and below is cut off. */
function shrunk({ pixels, width, height, stride }: GreyImage, factor: number): GreyImage {
  const small = { width: Math.floor(width / factor), height: Math.floor(height / factor) };
  const means = new Uint8Array(small.width * small.height);
  for (let at = 0; at < means.length; at += 1) {
    const start = Math.floor(at / small.width) * factor * stride + (at % small.width) * factor;
    let sum = 0;
    for (let sub = 0; sub < factor * factor; sub += 1) {
      sum += pixels[start + Math.floor(sub / factor) * stride + (sub % factor)] ?? 0;
    }
    means[at] = Math.round(sum / (factor * factor));
  }
  return { pixels: means, ...small, stride: small.width };
}
