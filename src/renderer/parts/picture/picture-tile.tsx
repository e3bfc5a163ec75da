import type { ReactNode } from 'react';
import { TicketPicture } from '#renderer/parts/picture/ticket-picture.tsx';
import './picture-tile.css';

interface PictureTileProps {
  /** The picture's id; undefined where there is none any more, or never was. */
  readonly picture: number | undefined;
  /** Said in the place of a picture that is not there. */
  readonly missing: string;
  /** Empty where the words beside it say all. */
  readonly alt: string;
  readonly onOpen: () => void;
  readonly disabled?: boolean;
  readonly testId: string;
  readonly children: ReactNode;
}

/** A small picture from the record with words beside it, to be opened. How large it is says the list it stands in. */
export function PictureTile(props: PictureTileProps): ReactNode {
  const { picture, missing, alt, onOpen, disabled = false, testId, children } = props;
  return (
    <button type="button" className="picture-tile" data-testid={testId} aria-disabled={disabled} onClick={onOpen}>
      <span className="thumbnail">{picture === undefined ? missing : <TicketPicture id={picture} alt={alt} />}</span>
      <span className="words">{children}</span>
    </button>
  );
}
