import { type ReactNode, useCallback, useState } from 'react';
import type { PictureRow } from '#contract/eye.ts';
import type { WorkstationClient } from '#contract/workstation.ts';
import { PictureDialog } from '#renderer/parts/picture/picture-dialog.tsx';
import { PictureTile } from '#renderer/parts/picture/picture-tile.tsx';
import { useAnswer } from '#renderer/use-live.ts';
import { eyeWords } from '#renderer/words/eye.ts';
import { clockWithSeconds } from '#renderer/words/format.ts';
import './item-pictures.css';

interface ItemPicturesProps {
  readonly serial: string;
  readonly run: number;
}

/** The kept pictures of one item; nothing where none was kept. */
export function ItemPictures({ serial, run }: ItemPicturesProps): ReactNode {
  const call = useCallback(
    (client: WorkstationClient) => client.eye.pictures({ by: 'serial', serial, run }),
    [serial, run],
  );
  const { asked } = useAnswer(call);
  const [open, setOpen] = useState<PictureRow>();
  const pictures = asked?.kind === 'done' ? asked.value : [];
  const place = pictures.findIndex(({ id }) => id === open?.id);
  if (pictures.length === 0) return null;
  return (
    <>
      <ul className="item-pictures" aria-label={eyeWords.record.ofItem}>
        {pictures.map((picture) => (
          <li key={picture.id}>
            <PictureTile
              picture={picture.state === 'kept' ? picture.id : undefined}
              missing={eyeWords.rejects.removed}
              alt={eyeWords.record.alt}
              testId={`picture-${picture.id}`}
              onOpen={() => setOpen(picture)}
            >
              <time>{clockWithSeconds(picture.at)}</time>
            </PictureTile>
          </li>
        ))}
      </ul>
      {open !== undefined && (
        <PictureDialog
          picture={open}
          newer={pictures[place - 1]}
          older={pictures[place + 1]}
          onShow={setOpen}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}
