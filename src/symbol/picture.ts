/** A symbol as modules, row by row: 1 is dark. Quiet zones are not part of it. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly modules: Uint8Array;
}

/** How a picture is turned into pixels: pixels per module, and light modules around it. */
export interface Raster {
  readonly scale: number;
  readonly quiet: number;
}

/** Pixels in grey, row by row: 0 is black, 255 is white. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
}

/** The picture in pixels, its quiet zone included. */
export function toPixels(picture: Picture, { scale, quiet }: Raster): Pixels {
  const width = (picture.width + 2 * quiet) * scale;
  const height = (picture.height + 2 * quiet) * scale;
  const grey = new Uint8Array(width * height).fill(255);
  for (let y = 0; y < picture.height * scale; y += 1) {
    const row = Math.floor(y / scale) * picture.width;
    const line = (y + quiet * scale) * width + quiet * scale;
    for (let x = 0; x < picture.width * scale; x += 1) {
      if (picture.modules[row + Math.floor(x / scale)] === 1) grey[line + x] = 0;
    }
  }
  return { width, height, grey };
}

/** The picture as SVG, one unit per module, quiet zone included: runs of dark modules become rectangles of one path. */
export function toSvg(picture: Picture, quiet: number): string {
  const runs: string[] = [];
  for (let y = 0; y < picture.height; y += 1) {
    for (const [from, to] of darkRuns(picture, y))
      runs.push(`M${from + quiet} ${y + quiet}h${to - from}v1h${from - to}z`);
  }
  const size = `${picture.width + 2 * quiet} ${picture.height + 2 * quiet}`;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size}" shape-rendering="crispEdges">`;
  return `${head}<rect width="100%" height="100%" fill="#fff"/><path d="${runs.join('')}"/></svg>`;
}

function darkRuns({ width, modules }: Picture, y: number): [number, number][] {
  const runs: [number, number][] = [];
  let from = -1;
  for (let x = 0; x <= width; x += 1) {
    const isDark = x < width && modules[y * width + x] === 1;
    if (isDark && from === -1) from = x;
    if (!isDark && from !== -1) {
      runs.push([from, x]);
      from = -1;
    }
  }
  return runs;
}
