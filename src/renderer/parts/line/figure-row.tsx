import type { ReactNode } from 'react';
import type { RunView } from '#contract/snapshot.ts';
import { KeyFigure } from '#renderer/parts/line/key-figure.tsx';
import { isOver, shareRejected } from '#renderer/parts/line/run-figures.ts';
import { words } from '#renderer/words/en.ts';
import { duration, figure, moment, percent } from '#renderer/words/format.ts';

interface FigureRowProps {
  readonly run: RunView;
  readonly at: number;
}

/** The four figures that say how well the run goes. */
export function FigureRow({ run, at }: FigureRowProps): ReactNode {
  const rejected = shareRejected(run);
  const { none } = words.overview;
  return (
    <div className="overview-figures">
      <KeyFigure
        name={words.overview.readRate}
        value={run.readRate === undefined ? none : percent(run.readRate)}
        context={words.overview.last200}
        testId="read-rate"
      />
      <KeyFigure
        name={words.overview.firstPassYield}
        value={run.firstPassYield === undefined ? none : percent(run.firstPassYield)}
        context={words.overview.firstPassOf(figure(run.passed + run.failed))}
        testId="first-pass-yield"
      />
      <KeyFigure
        name={words.overview.rejects}
        value={figure(run.failed)}
        context={rejected === undefined ? words.overview.noRejects : words.overview.rejectsOf(percent(rejected))}
        testId="rejects"
      />
      <KeyFigure name={words.overview.timeToFinish} {...timeToFinish(run, at)} testId="time-to-finish" />
    </div>
  );
}

function timeToFinish(run: RunView, at: number): { readonly value: string; readonly context: string } {
  if (isOver(run)) return { value: words.overview.none, context: words.overview.finished };
  if (run.state !== 'RUNNING' && run.state !== 'ENDING')
    return { value: words.overview.none, context: words.overview.notRunning };
  if (run.finishAt === undefined) return { value: words.overview.none, context: words.overview.noEstimate };
  return { value: duration(run.finishAt - at), context: words.overview.finishAt(moment(run.finishAt, at)) };
}
