import type { ReactNode } from 'react';
import type { Series } from '#renderer/parts/eye/trend-view.ts';
import { TouchButton } from '#renderer/parts/touch-button.tsx';
import { seriesName } from '#renderer/words/eye.ts';
import { limitWords } from '#renderer/words/limits.ts';
import { gradeFigure } from '#renderer/words/parameters.ts';
import './limit-mover.css';

interface LimitMoverProps {
  readonly series: Series;
  readonly limit: number | undefined;
  /** Undefined takes the limit away. */
  readonly onMove: (limit: number | undefined) => void;
}

/** Where a limit starts that was none: the lowest grade that most orders ask for. */
const START = 1.5;

/** Moves one limit: by large steps, by small ones, or along a slider; with gloves, by keyboard, or by mouse. */
export function LimitMover({ series, limit, onMove }: LimitMoverProps): ReactNode {
  const name = seriesName(series);
  return (
    <section className="panel limit-mover" data-testid="limit-mover" data-series={series}>
      <div className="what">
        <h2>{name}</h2>
        <strong data-testid="limit-value">{limitWords.limit(limit)}</strong>
        {limit === undefined ? (
          <TouchButton testId="limit-set" onPress={() => onMove(START)}>
            {limitWords.set}
          </TouchButton>
        ) : (
          <TouchButton testId="limit-remove" onPress={() => onMove(undefined)}>
            {limitWords.remove}
          </TouchButton>
        )}
      </div>
      <div className="move" data-off={limit === undefined}>
        <StepButton by={-0.5} limit={limit} onMove={onMove} />
        <StepButton by={-0.1} limit={limit} onMove={onMove} />
        <input
          type="range"
          min={0}
          max={4}
          step={0.1}
          value={limit ?? 0}
          disabled={limit === undefined}
          aria-label={limitWords.slider(name)}
          aria-valuetext={limitWords.limit(limit)}
          data-testid="limit-slider"
          onChange={({ currentTarget }) => onMove(Number(currentTarget.value))}
        />
        <StepButton by={0.1} limit={limit} onMove={onMove} />
        <StepButton by={0.5} limit={limit} onMove={onMove} />
      </div>
    </section>
  );
}

interface StepButtonProps extends Pick<LimitMoverProps, 'limit' | 'onMove'> {
  readonly by: number;
}

function StepButton({ by, limit, onMove }: StepButtonProps): ReactNode {
  const size = Math.abs(by);
  return (
    <TouchButton
      label={by < 0 ? limitWords.lower(size) : limitWords.raise(size)}
      disabled={limit === undefined}
      testId={`limit-${by < 0 ? 'lower' : 'raise'}-${size * 10}`}
      onPress={() => onMove((limit ?? 0) + by)}
    >
      {by < 0 ? '−' : '+'}
      {gradeFigure(size)}
    </TouchButton>
  );
}
