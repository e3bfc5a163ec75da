import type { ReactNode } from 'react';
import type { EyeLimits } from '#contract/eye.ts';
import type { Series } from '#renderer/parts/eye/trend-view.ts';
import { seriesName } from '#renderer/words/eye.ts';
import { limitIn, limitWords } from '#renderer/words/limits.ts';
import './limit-list.css';

interface LimitListProps {
  readonly series: readonly Series[];
  readonly current: EyeLimits;
  readonly draft: EyeLimits;
  readonly chosen: Series;
  readonly onChoose: (series: Series) => void;
}

/** All limits with their values; one of them is chosen to be moved. */
export function LimitList({ series, current, draft, chosen, onChoose }: LimitListProps): ReactNode {
  return (
    <ul className="limit-list" aria-label={limitWords.choose}>
      {series.map((one) => {
        const isChanged = limitIn(draft, one) !== limitIn(current, one);
        return (
          <li key={one}>
            <button
              type="button"
              aria-pressed={one === chosen}
              data-testid={`limit-${one}`}
              data-changed={isChanged}
              onClick={() => onChoose(one)}
            >
              <span>{seriesName(one)}</span>
              <strong>{limitWords.limit(limitIn(draft, one))}</strong>
              {isChanged && <em>{limitWords.changed}</em>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
