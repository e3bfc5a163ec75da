import { type ReactNode, useMemo } from 'react';
import type { EyeCamera, EyeInspection, EyePicture } from '#contract/eye.ts';
import { pictureOf } from '#renderer/parts/picture/grey-picture.ts';
import { overlayOf } from '#renderer/parts/picture/overlay.ts';
import { PictureCanvas } from '#renderer/parts/picture/picture-canvas.tsx';
import { PictureLegend, wrongIn } from '#renderer/parts/picture/picture-legend.tsx';
import { StaleMark } from '#renderer/parts/stale-mark.tsx';
import { cameraHealth, eyeWords } from '#renderer/words/eye.ts';
import { clockWithSeconds } from '#renderer/words/format.ts';
import './live-picture.css';

interface LivePictureProps {
  readonly picture: EyePicture;
  readonly inspection: EyeInspection | undefined;
  readonly camera: EyeCamera;
  /** The station's time of the view. */
  readonly at: number;
}

/** A picture older than this says its age: the line stands, or items are far apart. */
const OLD = 3_000;

/** The newest picture with what was found in it: search window, outline of the code, wrong modules. */
export function LivePicture({ picture, inspection, camera, at }: LivePictureProps): ReactNode {
  const { search } = camera;
  const drawn = useMemo(() => pictureOf(picture), [picture]);
  const overlay = useMemo(() => {
    // A verdict may come after its picture, but marks of another picture are never drawn over this one.
    const own = inspection !== undefined && Math.abs(inspection.at - picture.at) < 1 ? inspection : undefined;
    return overlayOf({
      window: search,
      codes: own?.codes ?? [],
      unread: own?.unread,
      checks: own?.checks,
      causes: own?.causes ?? [],
      isFail: own?.verdict?.verdict === 'FAIL',
    });
  }, [picture, inspection, search]);
  const wrong = wrongIn(overlay);
  return (
    <figure className="live-picture" data-testid="live-picture" data-codes={overlay.codes.length} data-wrong={wrong}>
      <PictureCanvas
        picture={drawn}
        view={picture.window}
        overlay={overlay}
        label={eyeWords.pictureLabel(overlay.codes.length, wrong)}
        testId="live-canvas"
      />
      <figcaption>
        <PictureLegend overlay={overlay} view={picture.window} />
        <span className="taken tabular">
          {clockWithSeconds(picture.at)}
          {at - picture.at > OLD && ` · ${eyeWords.ago(at - picture.at)}`} <StaleMark />
        </span>
        <p className="health tabular">{cameraHealth(camera)}</p>
      </figcaption>
    </figure>
  );
}
