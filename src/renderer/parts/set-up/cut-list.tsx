import { type ReactNode, useEffect, useRef } from 'react';
import type { SetUpMarks, SetUpSession } from '#contract/camera-set-up.ts';
import type { EyePicture } from '#contract/eye.ts';
import { pictureOf } from '#renderer/parts/picture/grey-picture.ts';
import { setUpWords } from '#renderer/words/set-up.ts';
import './cut-list.css';

interface CutListProps {
  readonly session: SetUpSession;
}

type CutCharacter = NonNullable<SetUpMarks['cuts']>[number];

/** Every character beside the piece of the picture that was cut for it: a person sees at once whether they agree. */
export function CutList({ session: { picture, marks } }: CutListProps): ReactNode {
  if (marks.cuts === undefined || picture === undefined) return null;
  return (
    <ul className="cut-list" aria-label={setUpWords.cutList} data-testid="cut-list">
      {marks.cuts.map((cut) => (
        <li key={`${cut.x} ${cut.character}`}>
          <CutPicture picture={picture} cut={cut} />
          <span className="identifier" aria-hidden="true">
            {cut.character}
          </span>
        </li>
      ))}
    </ul>
  );
}

const MARGIN = 2;

function CutPicture({ picture, cut }: { readonly picture: EyePicture; readonly cut: CutCharacter }): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, height] = [Math.round(cut.width) + 2 * MARGIN, Math.round(cut.height) + 2 * MARGIN];
  useEffect(() => {
    const drawn = pictureOf(picture);
    if (drawn === undefined) return;
    const scale = picture.width / picture.window.width;
    const [x, y] = [(cut.x - MARGIN) * scale, (cut.y - MARGIN) * scale];
    const context = canvas.current?.getContext('2d');
    context?.drawImage(drawn.image, x, y, width * scale, height * scale, 0, 0, width, height);
  }, [picture, cut, width, height]);
  return <canvas ref={canvas} width={width} height={height} role="img" aria-label={cut.character} />;
}
