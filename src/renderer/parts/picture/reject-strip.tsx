import type { ReactNode } from 'react';
import type { PictureRow } from '#contract/eye.ts';
import { PictureTile } from '#renderer/parts/picture/picture-tile.tsx';
import { eyeWords } from '#renderer/words/eye.ts';
import { clockWithSeconds } from '#renderer/words/format.ts';
import { recordedReason } from '#renderer/words/reasons.ts';
import './reject-strip.css';

interface RejectStripProps {
  /** Newest first; undefined while they are being asked for. */
  readonly pictures: readonly PictureRow[] | undefined;
  readonly onOpen: (picture: PictureRow) => void;
}

/** The newest rejected pictures side by side; what does not fit is older and stays out of sight. */
export function RejectStrip({ pictures, onOpen }: RejectStripProps): ReactNode {
  return (
    <section className="panel reject-strip" aria-label={eyeWords.rejects.title} data-testid="reject-strip">
      <h2>{eyeWords.rejects.title}</h2>
      {pictures !== undefined && pictures.length === 0 && <p className="nothing">{eyeWords.rejects.none}</p>}
      {pictures !== undefined && pictures.length > 0 && (
        <ul>
          {pictures.map((picture) => (
            <li key={picture.id}>
              <PictureTile
                picture={picture.state === 'kept' ? picture.id : undefined}
                missing={eyeWords.rejects.removed}
                alt=""
                testId={`rejected-${picture.id}`}
                onOpen={() => onOpen(picture)}
              >
                <strong>{whyOf(picture)}</strong>
                <time>{clockWithSeconds(picture.at)}</time>
              </PictureTile>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function whyOf({ reason, verdict }: PictureRow): string {
  return reason === undefined ? verdict : recordedReason(reason);
}
