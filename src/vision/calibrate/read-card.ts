import type { PrintedCard } from '#vision/calibrate/card.ts';
import type { Reader } from '#vision/decode/reader.ts';
import type { GreyImage } from '#vision/image.ts';

/** Reads the printed code of a card of known module size, in millimetres; undefined when none is read, or a mirrored one. */
export function readCard(reader: Reader, image: GreyImage, module: number): PrintedCard | undefined {
  const window = { x: 0, y: 0, width: image.width, height: image.height };
  const wish = { pass: 'first', symbologies: ['DataMatrix', 'QRCode'], most: 1 } as const;
  const [reading] = reader.read(image, window, wish);
  if (reading === undefined || reading.isMirrored || reading.isInverted) return undefined;
  const { corners, rows, columns, sampled } = reading;
  if (sampled.length !== rows * columns || sampled.length === 0) return undefined;
  return { corners, rows, columns, modules: Uint8Array.from(sampled, (grey) => (grey < 128 ? 1 : 0)), module };
}
