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

/** The read rate is that of so many items at most. */
const READ_RATE_OVER = 200;

/** The four figures that say how well the run goes. */
export function FigureRow({ run, at }: FigureRowProps): ReactNode {
  const rejected = shareRejected(run);
  const judged = run.passed + run.failed;
  const { none } = words.overview;
  return (
    <div className="overview-figures">
      <KeyFigure
        name={words.overview.readRate}
        value={run.readRate === undefined ? none : percent(run.readRate)}
        context={words.overview.lastItems(Math.min(judged, READ_RATE_OVER))}
        testId="read-rate"
      />
      <KeyFigure
        name={words.overview.firstPassYield}
        value={run.firstPassYield === undefined ? none : percent(run.firstPassYield)}
        context={judged === 0 ? words.overview.lastItems(0) : words.overview.firstPassOf(figure(judged))}
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
  if (run.runningOut) return { value: words.overview.none, context: words.overview.almostEmpty };
  if (run.state === 'ENDING' || run.state === 'RECONCILING')
    return { value: words.overview.none, context: words.overview.printingOver };
  if (run.state !== 'RUNNING') return { value: words.overview.none, context: words.overview.notRunning };
  if (run.finishAt === undefined) return { value: words.overview.none, context: words.overview.noEstimate };
  return { value: duration(run.finishAt - at), context: words.overview.finishAt(moment(run.finishAt, at)) };
}
