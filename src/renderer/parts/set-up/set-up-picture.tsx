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
  if (picture === undefined) return <p className="panel set-up-picture nothing">{setUpWords.picturePlace}</p>;
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
      {marksText(session) !== '' && <figcaption>{marksText(session)}</figcaption>}
    </figure>
  );
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

/** As many figures as can be told apart. */
const FIGURES = 5;

/** Factors at some crossings of the grid: above 1 the light is weak there. */
function Gains({ gains: { step, across, values }, frame }: GainsProps): ReactNode {
  const down = Math.max(1, Math.floor(values.length / across));
  const [columns, rows] = [picked(across), picked(down)];
  const size = frame.width / 26;
  return (
    <g className="gains" fontSize={size}>
      {rows.flatMap((row) =>
        columns.map((column) => {
          const x = Math.min(frame.width - 2 * size, Math.max(2 * size, column * step));
          const y = Math.min(frame.height - size / 2, Math.max(1.2 * size, row * step));
          return (
            <text key={`${row} ${column}`} x={x} y={y}>
              {`×${(values[row * across + column] ?? 1).toFixed(2)}`}
            </text>
          );
        }),
      )}
    </g>
  );
}

/** Places from first to last, evenly spread. */
function picked(count: number): readonly number[] {
  const many = Math.min(FIGURES, count);
  return Array.from({ length: many }, (_none, at) => Math.round((at * (count - 1)) / Math.max(1, many - 1)));
}
