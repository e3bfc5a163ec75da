import type { ReactNode } from 'react';
import { StaleMark } from '#renderer/parts/stale-mark.tsx';
import { words } from '#renderer/words/en.ts';
import './key-figure.css';

interface KeyFigureProps {
  readonly name: string;
  /** The figure; its unit follows smaller. */
  readonly value: string;
  readonly unit?: string;
  /** What belongs beside the figure, nearly as large: "of 20 000". */
  readonly beside?: string;
  /** At the right of the name. */
  readonly aside?: ReactNode;
  /** What the figure is measured against, in words. */
  readonly context?: string;
  /** `key` is read from 3 m, `figure` from 2 m. */
  readonly size?: 'key' | 'figure';
  /** `narrow` leaves less to what stands beside the figure; the figure itself keeps its size. */
  readonly room?: 'wide' | 'narrow';
  readonly testId: string;
  readonly children?: ReactNode;
}

/** More characters than this do not fit side by side in the large size. */
const LONG = 15;

/** One figure of the overview: what it is, how much, of what, against what. */
export function KeyFigure(props: KeyFigureProps): ReactNode {
  const { name, value, unit, beside, aside, context, size = 'figure', room = 'wide', testId, children } = props;
  return (
    <dl
      className="panel key-figure"
      data-size={size}
      data-room={room}
      data-none={value === words.overview.none}
      data-long={`${value}${beside ?? ''}`.length > LONG}
    >
      <dt>
        <span className="name">{name}</span>
        <StaleMark />
        {aside !== undefined && <span className="aside">{aside}</span>}
      </dt>
      <dd className="live-value">
        <span data-testid={testId}>{value}</span>
        {unit !== undefined && <span className="unit"> {unit}</span>}
        {beside !== undefined && <span className="beside">{beside}</span>}
      </dd>
      {context !== undefined && <dd className="context">{context}</dd>}
      {children !== undefined && <dd className="context">{children}</dd>}
    </dl>
  );
}
