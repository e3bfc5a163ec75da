/** Weights of a lens of this standard deviation and a motion of this length, in pixels; undefined: nothing is blurred. */
export function blurKernel(deviation: number, motion: number): Float32Array | undefined {
  const reach = Math.ceil(3 * deviation + motion / 2);
  if (reach === 0) return undefined;
  const kernel = new Float32Array(2 * reach + 1);
  const steps = Math.max(1, Math.ceil(motion * 8));
  for (let step = 0; step < steps; step++) {
    const centre = motion * ((step + 0.5) / steps - 0.5);
    for (let i = -reach; i <= reach; i++) kernel[i + reach] = (kernel[i + reach] ?? 0) + share(i - centre, deviation);
  }
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  return kernel.map((weight) => weight / sum);
}

/** What a point of light leaves on a pixel so far away. */
function share(distance: number, deviation: number): number {
  if (deviation < 0.2) return Math.max(0, 1 - Math.abs(distance));
  return Math.exp(-(distance * distance) / (2 * deviation * deviation));
}

/** Blurs a window of pixels in place, first along the rows, then across; the rim is taken to go on as it ends. */
export function blurWindow(
  light: Float32Array,
  width: number,
  along: Float32Array | undefined,
  across: Float32Array | undefined,
): void {
  const height = light.length / width;
  if (along) for (let y = 0; y < height; y++) blurLine(light, along, { from: y * width, step: 1, count: width });
  if (across) blurColumns(light, width, across);
}

interface Line {
  readonly from: number;
  readonly step: number;
  readonly count: number;
}

function blurLine(light: Float32Array, kernel: Float32Array, { from, step, count }: Line): void {
  const reach = (kernel.length - 1) / 2;
  const padded = new Float32Array(count + 2 * reach);
  for (let i = 0; i < padded.length; i++) {
    padded[i] = light[from + Math.min(count - 1, Math.max(0, i - reach)) * step] ?? 0;
  }
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let k = 0; k < kernel.length; k++) sum += (kernel[k] ?? 0) * (padded[i + k] ?? 0);
    light[from + i * step] = sum;
  }
}

/** Whole rows are added, so that memory is read in order. */
function blurColumns(light: Float32Array, width: number, kernel: Float32Array): void {
  const height = light.length / width;
  const reach = (kernel.length - 1) / 2;
  const before = Float32Array.from(light);
  light.fill(0);
  for (let y = 0; y < height; y++) {
    for (let k = 0; k < kernel.length; k++) {
      const from = Math.min(height - 1, Math.max(0, y + k - reach)) * width;
      addRow(light, y * width, before, { from, width, weight: kernel[k] ?? 0 });
    }
  }
}

function addRow(
  light: Float32Array,
  to: number,
  before: Float32Array,
  { from, width, weight }: { readonly from: number; readonly width: number; readonly weight: number },
): void {
  for (let x = 0; x < width; x++) light[to + x] = (light[to + x] ?? 0) + weight * (before[from + x] ?? 0);
}
