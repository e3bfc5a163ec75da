import type { ReactNode } from 'react';
import type { RunView } from '#contract/snapshot.ts';
import { newestRejects, topReasons } from '#renderer/parts/line/run-figures.ts';
import { ShareBar } from '#renderer/parts/share-bar.tsx';
import { words } from '#renderer/words/en.ts';
import { clockWithSeconds, figure } from '#renderer/words/format.ts';
import { reasonLabel, rejectCause } from '#renderer/words/reasons.ts';
import './reject-panel.css';

interface RejectPanelProps {
  readonly run: Pick<RunView, 'rejects' | 'lastRejects' | 'failed'>;
}

/** Why items fail: the reasons that count most, and the last rejects in plain sentences. */
export function RejectPanel({ run }: RejectPanelProps): ReactNode {
  const reasons = topReasons(run.rejects, 4);
  const most = reasons[0]?.count ?? 1;
  return (
    <section className="panel reject-panel" aria-label={words.overview.reasons}>
      <h2>{words.overview.reasons}</h2>
      <h2>{words.overview.lastRejects}</h2>
      {reasons.length === 0 && <p className="nothing">{words.overview.noRejects}</p>}
      {reasons.length > 0 && (
        <>
          <ol className="reject-reasons">
            {reasons.map(({ reason, count }) => (
              <li key={reason} data-testid="reject-reason" data-reason={reason}>
                <span>{reasonLabel(reason)}</span>
                <span>{figure(count)}</span>
                <ShareBar share={count / most} label={reasonLabel(reason)} text={figure(count)} />
              </li>
            ))}
          </ol>
          <ol className="reject-last">
            {newestRejects(run.lastRejects, 8).map((reject) => (
              <li key={reject.seq} data-testid="last-reject" data-reason={reject.reason}>
                <time>{clockWithSeconds(reject.at)}</time>
                <span>{rejectCause(reject)}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
