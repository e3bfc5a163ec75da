import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { PictureRow, PictureTicket } from '#contract/eye.ts';
import { type Overlay, overlayOf, pointsOf } from '#renderer/parts/picture/overlay.ts';
import { type Picture, PictureCanvas } from '#renderer/parts/picture/picture-canvas.tsx';
import { closeUp } from '#renderer/parts/picture/picture-geometry.ts';
import { PictureLegend, wrongIn } from '#renderer/parts/picture/picture-legend.tsx';
import { useTicket } from '#renderer/parts/picture/use-ticket.ts';
import { TouchButton } from '#renderer/parts/touch-button.tsx';
import { eyeWords } from '#renderer/words/eye.ts';
import './kept-picture.css';

/** How a kept picture is looked at: with its marks or as the camera took it, from near or as a whole. */
export interface Look {
  readonly marks: boolean;
  readonly near: boolean;
}

interface KeptPictureProps {
  readonly picture: PictureRow;
  readonly look: Look;
  readonly onLook: (look: Look) => void;
}

/** A picture from the record with what was found in it, as the live picture shows it. */
export function KeptPicture({ picture, look, onLook }: KeptPictureProps): ReactNode {
  const ticket = useTicket(picture.id);
  if (ticket === undefined || typeof ticket === 'string') return <p className="kept-picture-problem">{ticket}</p>;
  return <Drawn picture={picture} ticket={ticket} look={look} onLook={onLook} />;
}

interface DrawnProps extends KeptPictureProps {
  readonly ticket: PictureTicket;
}

function Drawn({ picture, ticket, look, onLook }: DrawnProps): ReactNode {
  const { width, height, drawing } = ticket;
  const { causes, verdict } = picture;
  const image = useImage(ticket);
  const overlay = useMemo(
    () =>
      drawing === undefined ? undefined : overlayOf({ ...drawing, causes: causes ?? [], isFail: verdict === 'FAIL' }),
    [drawing, causes, verdict],
  );
  const view = useMemo(
    () => closeUp({ width, height }, overlay === undefined || !look.near ? [] : pointsOf(overlay)),
    [overlay, look.near, width, height],
  );
  return (
    <figure
      className="kept-picture"
      data-testid="kept-picture"
      data-pixels={image && `${image.part.width}x${image.part.height}`}
    >
      <PictureCanvas
        picture={image}
        view={view}
        overlay={look.marks ? overlay : undefined}
        label={labelOf(overlay)}
        testId="kept-canvas"
      />
      <figcaption>
        {overlay === undefined && <p>{eyeWords.record.unmarked}</p>}
        {overlay !== undefined && look.marks && <PictureLegend overlay={overlay} view={view} isFull />}
        {overlay !== undefined && (
          <div className="looks">
            <TouchButton testId="toggle-marks" onPress={() => onLook({ ...look, marks: !look.marks })}>
              {look.marks ? eyeWords.record.hideMarks : eyeWords.record.showMarks}
            </TouchButton>
            {pointsOf(overlay).length > 0 && (
              <TouchButton testId="toggle-near" onPress={() => onLook({ ...look, near: !look.near })}>
                {look.near ? eyeWords.record.whole : eyeWords.record.near}
              </TouchButton>
            )}
          </div>
        )}
      </figcaption>
    </figure>
  );
}

function labelOf(overlay: Overlay | undefined): string {
  const { alt, altWith } = eyeWords.record;
  if (overlay === undefined) return alt;
  return altWith(
    overlay.codes.length,
    wrongIn(overlay),
    overlay.lines.map(({ label }) => label),
  );
}

/** The picture of a ticket, once it is there; undefined until then. */
function useImage({ url }: PictureTicket): Picture | undefined {
  const [loaded, setLoaded] = useState<Picture>();
  useEffect(() => {
    let wanted = true;
    const image = new Image();
    image.onload = () => {
      const { naturalWidth: width, naturalHeight: height } = image;
      if (wanted) setLoaded({ image, part: { x: 0, y: 0, width, height } });
    };
    image.src = url;
    return () => {
      wanted = false;
    };
  }, [url]);
  return loaded;
}
