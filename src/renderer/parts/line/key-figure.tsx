import type { ReactNode } from 'react';
import { StaleMark } from '#renderer/parts/stale-mark.tsx';
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
  readonly testId: string;
  readonly children?: ReactNode;
}

/** One figure of the overview: what it is, how much, of what, against what. */
export function KeyFigure(props: KeyFigureProps): ReactNode {
  const { name, value, unit, beside, aside, context, size = 'figure', testId, children } = props;
  return (
    <dl className="panel key-figure" data-size={size} data-length={lengthOf(value + (beside ?? ''))}>
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

/** Long figures leave less room to what stands beside them; the figure itself keeps its size. */
function lengthOf(text: string): 'short' | 'medium' | 'long' {
  if (text.length <= 9) return 'short';
  return text.length <= 15 ? 'medium' : 'long';
}
