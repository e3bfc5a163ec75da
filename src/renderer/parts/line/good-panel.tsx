import type { ReactNode } from 'react';
import type { RunView } from '#contract/snapshot.ts';
import { KeyFigure } from '#renderer/parts/line/key-figure.tsx';
import { shareOfPlan } from '#renderer/parts/line/run-figures.ts';
import { ShareBar } from '#renderer/parts/share-bar.tsx';
import { words } from '#renderer/words/en.ts';
import { figure, percent } from '#renderer/words/format.ts';

interface GoodPanelProps {
  readonly run: Pick<RunView, 'accounts' | 'quantity' | 'inTransit'>;
}

/** Good items against the plan: figure and bar. */
export function GoodPanel({ run }: GoodPanelProps): ReactNode {
  const share = shareOfPlan(run);
  return (
    <KeyFigure
      name={words.overview.good}
      aside={
        <>
          <span data-testid="in-transit">{words.overview.inTransit(figure(run.inTransit))}</span> ·{' '}
          <span data-testid="plan-share">{percent(share, 0)}</span>
        </>
      }
      value={figure(run.accounts.GOOD)}
      beside={words.overview.against(figure(run.quantity))}
      size="key"
      testId="good"
    >
      <ShareBar share={share} label={words.overview.planLabel} text={percent(share, 0)} />
    </KeyFigure>
  );
}
