import { type ReactNode, useEffect, useRef } from 'react';
import { drawOverlay } from '#renderer/parts/picture/draw-overlay.ts';
import type { Overlay } from '#renderer/parts/picture/overlay.ts';
import { penOn } from '#renderer/parts/picture/pen.ts';
import { type Box, placeInto } from '#renderer/parts/picture/picture-geometry.ts';
import './picture-canvas.css';

/** Pixels, and which part of the camera's frame they show. */
export interface Picture {
  readonly image: CanvasImageSource;
  readonly part: Box;
}

interface PictureCanvasProps {
  readonly picture: Picture | undefined;
  /** The part of the frame to be seen. */
  readonly view: Box;
  readonly overlay: Overlay | undefined;
  /** What is to be seen, for those who cannot see it. */
  readonly label: string;
  readonly testId?: string;
}

/** A picture of the camera with what was found in it. Drawn anew when any of it changes, and when its room does. */
export function PictureCanvas({ picture, view, overlay, label, testId }: PictureCanvasProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const element = canvas.current;
    const room = element?.parentElement;
    if (element === null || room === null || room === undefined) return undefined;
    const draw = (): void => paint(element, { picture, view, overlay });
    const watcher = new ResizeObserver(draw); // it also tells the first size
    watcher.observe(room);
    return () => watcher.disconnect();
  }, [picture, view, overlay]);

  return (
    <div className="picture-canvas">
      <canvas ref={canvas} role="img" aria-label={label} data-testid={testId} data-drawn={picture !== undefined} />
    </div>
  );
}

function paint(
  canvas: HTMLCanvasElement,
  { picture, view, overlay }: Pick<PictureCanvasProps, 'picture' | 'view' | 'overlay'>,
): void {
  const ratio = globalThis.devicePixelRatio;
  const room = canvas.parentElement;
  const ctx = canvas.getContext('2d');
  if (room === null || ctx === null) return;
  const width = Math.round(room.clientWidth * ratio);
  const height = Math.round(room.clientHeight * ratio);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  ctx.clearRect(0, 0, width, height);
  const placing = placeInto(view, { width, height });
  const { scale, left, top } = placing;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left + view.x * scale, top + view.y * scale, view.width * scale, view.height * scale);
  ctx.clip();
  if (picture !== undefined) {
    const { part } = picture;
    // Single pixels of the camera are to be seen as such once they are large.
    ctx.imageSmoothingEnabled = scale < 3;
    ctx.drawImage(picture.image, left + part.x * scale, top + part.y * scale, part.width * scale, part.height * scale);
  }
  if (overlay !== undefined) drawOverlay(penOn(ctx, { placing, view, ratio }), overlay);
  ctx.restore();
}
