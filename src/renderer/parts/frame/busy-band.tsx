import type { ReactNode } from 'react';
import type { LineSnapshot } from '#contract/snapshot.ts';
import { ShareBar } from '#renderer/parts/share-bar.tsx';
import { taskText } from '#renderer/words/busy.ts';
import { words } from '#renderer/words/en.ts';
import './busy-band.css';

interface BusyBandProps {
  readonly busy: NonNullable<LineSnapshot['busy']>;
}

/** What the station is busy with, and how far it is. */
export function BusyBand({ busy }: BusyBandProps): ReactNode {
  const progress = busy.of === 0 ? '' : words.busyOf(busy.done, busy.of);
  return (
    <section className="busy-band" role="status" data-testid="busy" data-task={busy.task}>
      <strong>{taskText(busy.task)}</strong>
      <span className="tabular">{progress}</span>
      <ShareBar share={busy.of === 0 ? 0 : busy.done / busy.of} label={taskText(busy.task)} text={progress} />
    </section>
  );
}
