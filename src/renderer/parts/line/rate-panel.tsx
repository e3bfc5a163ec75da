import type { ReactNode } from 'react';
import type { RunView } from '#contract/snapshot.ts';
import { KeyFigure } from '#renderer/parts/line/key-figure.tsx';
import { ShareBar } from '#renderer/parts/share-bar.tsx';
import { words } from '#renderer/words/en.ts';
import { figure } from '#renderer/words/format.ts';

interface RatePanelProps {
  readonly run: Pick<RunView, 'ratePerMinute' | 'idealPerMinute'>;
}

/** Items per minute against what the line could do. */
export function RatePanel({ run }: RatePanelProps): ReactNode {
  const { ratePerMinute, idealPerMinute } = run;
  const ideal = words.overview.ofIdeal(figure(idealPerMinute));
  return (
    <KeyFigure
      name={words.overview.rate}
      value={ratePerMinute === undefined ? words.overview.none : figure(ratePerMinute)}
      beside={words.overview.against(figure(idealPerMinute))}
      size="key"
      room="narrow"
      testId="rate"
    >
      <ShareBar
        share={idealPerMinute === 0 ? 0 : (ratePerMinute ?? 0) / idealPerMinute}
        label={words.overview.rate}
        text={`${ratePerMinute === undefined ? words.overview.notMoving : figure(ratePerMinute)} ${ideal}`}
      />
    </KeyFigure>
  );
}
