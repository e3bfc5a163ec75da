import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Alarm, RunView } from '#contract/snapshot.ts';
import { isOver } from '#renderer/parts/line/run-figures.ts';
import { StateShape } from '#renderer/parts/line/state-shape.tsx';
import { StaleMark } from '#renderer/parts/stale-mark.tsx';
import { alarmText, causeText } from '#renderer/words/alarms.ts';
import { words } from '#renderer/words/en.ts';
import { RUN_STATE_WORDS } from '#renderer/words/states.ts';
import './state-panel.css';

interface StatePanelProps {
  readonly run: RunView;
  readonly alarms: readonly Alarm[];
  /** The station's time of the snapshot. */
  readonly at: number;
}

/** What the run does, in one word to be read from 3 m, since when, and why it does not run. */
export function StatePanel({ run, alarms, at }: StatePanelProps): ReactNode {
  const text = RUN_STATE_WORDS[run.state];
  return (
    <section
      className="panel state-panel"
      data-state={run.state}
      data-priority={run.state === 'SUSPENDED' ? priorityOfCause(run, alarms) : undefined}
      aria-label={words.overview.state}
    >
      <p className="panel-label">
        {words.overview.forTime(at - run.since)}
        <StaleMark />
      </p>
      <p className="state live-value" data-testid="run-state" data-run-state={run.state}>
        <StateShape state={run.state} />
        {text.name}
      </p>
      <p className="since" title={why(run, alarms, text.means)}>
        {why(run, alarms, text.means)} {isOver(run) && <Link href="/orders">{words.overview.nextOrder}</Link>}
      </p>
    </section>
  );
}

/** Causes that are still there or gone, while the run waits for a person in any case. */
const LASTING: ReadonlySet<string> = new Set([
  'device-offline',
  'printer-fault',
  'camera-fault',
  'disk-full',
  'record-failed',
]);

function why(run: RunView, alarms: readonly Alarm[], means: string): string {
  if (run.runningOut) return words.overview.runningOut;
  if (run.cause === undefined) return means;
  if (run.state === 'HELD') return words.overview.heldFor(causeText(run.cause));
  const alarm = alarms.find(({ code }) => code === run.cause);
  const cause = alarm === undefined ? causeText(run.cause) : alarmText(alarm).title;
  const isGone = LASTING.has(run.cause) && (alarm === undefined || alarm.state === 'returned');
  return isGone ? words.overview.causeOver(cause) : cause;
}

function priorityOfCause(run: RunView, alarms: readonly Alarm[]): Alarm['priority'] {
  return alarms.find((alarm) => alarm.code === run.cause)?.priority ?? 2;
}
