import { IconCamera } from '@tabler/icons-react';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import type { SetUpMarks, SetUpSession } from '#contract/camera-set-up.ts';
import type { EyePicture } from '#contract/eye.ts';
import { greyToRgba } from '#renderer/parts/picture/grey-picture.ts';
import { marksText, setUpWords } from '#renderer/words/set-up.ts';
import './set-up-picture.css';

interface SetUpPictureProps {
  readonly session: SetUpSession;
  /** Where the line of text stands that is trained, in pixels of the frame. */
  readonly window: SetUpMarksWindow | undefined;
}

type SetUpMarksWindow = Pick<NonNullable<SetUpMarks['cuts']>[number], 'x' | 'y' | 'width' | 'height'>;

/** The whole picture that was taken last, with what was found in it. */
export function SetUpPicture({ session, window }: SetUpPictureProps): ReactNode {
  const { picture, marks } = session;
  if (picture === undefined) {
    return (
      <div className="panel set-up-picture">
        <p className="nothing">
          <IconCamera aria-hidden="true" />
          {setUpWords.picturePlace}
        </p>
      </div>
    );
  }
  const { width, height } = picture.frame;
  return (
    <figure className="panel set-up-picture" data-testid="set-up-picture" data-corners={marks.corners.length}>
      <div className="layers">
        <GreyCanvas picture={picture} label={setUpWords.pictureLabel(marksText(session))} />
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          {marks.gains !== undefined && <Gains gains={marks.gains} frame={picture.frame} />}
          {window !== undefined && <rect className="window" {...window} />}
          {marks.cuts?.map((cut) => (
            <rect key={`${cut.x} ${cut.character}`} className="cut" {...boxOf(cut)} />
          ))}
          {marks.corners.map(([x, y]) => (
            <circle key={`${x} ${y}`} className="corner" cx={x} cy={y} r={width / 110} />
          ))}
        </svg>
      </div>
      {marksText(session) !== '' && <figcaption>{capital(marksText(session))}</figcaption>}
    </figure>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function boxOf({ x, y, width, height }: SetUpMarksWindow): SetUpMarksWindow {
  return { x, y, width, height };
}

interface GreyCanvasProps {
  readonly picture: EyePicture;
  readonly label: string;
}

function GreyCanvas({ picture, label }: GreyCanvasProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { grey, width, height } = picture;
  const rgba = useMemo(() => greyToRgba(grey, width * height), [grey, width, height]);
  useEffect(() => {
    if (rgba !== undefined) canvas.current?.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
  }, [rgba, width, height]);
  return <canvas ref={canvas} width={width} height={height} role="img" aria-label={label} />;
}

interface GainsProps {
  readonly gains: NonNullable<SetUpMarks['gains']>;
  readonly frame: EyePicture['frame'];
}

/** Where figures stand, as shares of the frame: as many as can be told apart. */
const COLUMNS = [0.1, 0.37, 0.63, 0.9];
const ROWS = [0.08, 0.36, 0.64, 0.92];

/** Factors at the crossings next to some places of the grid: above 1 the light is weak there. */
function Gains({ gains: { step, across, values }, frame }: GainsProps): ReactNode {
  const down = Math.max(1, Math.floor(values.length / across));
  const size = frame.width / 26;
  const nearest = (place: number, last: number): number => Math.min(last, Math.round(place / step));
  return (
    <g className="gains" fontSize={size}>
      {ROWS.flatMap((row) =>
        COLUMNS.map((column) => {
          const [x, y] = [column * frame.width, row * frame.height];
          const gain = values[nearest(y, down - 1) * across + nearest(x, across - 1)] ?? 1;
          return (
            <text key={`${row} ${column}`} x={x} y={y + size / 3}>
              {`×${gain.toFixed(2)}`}
            </text>
          );
        }),
      )}
    </g>
  );
}
