import { IconClipboardPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { LineSnapshot, Trend } from '#contract/snapshot.ts';
import { DeviceFlow } from '#renderer/parts/line/device-flow.tsx';
import { FigureRow } from '#renderer/parts/line/figure-row.tsx';
import { GoodPanel } from '#renderer/parts/line/good-panel.tsx';
import { GradePanel } from '#renderer/parts/line/grade-panel.tsx';
import { RatePanel } from '#renderer/parts/line/rate-panel.tsx';
import { RejectPanel } from '#renderer/parts/line/reject-panel.tsx';
import { StatePanel } from '#renderer/parts/line/state-panel.tsx';
import { TrendPanel } from '#renderer/parts/line/trend-panel.tsx';
import { MessagePage } from '#renderer/parts/message-page.tsx';
import { words } from '#renderer/words/en.ts';
import './overview-screen.css';

interface OverviewScreenProps {
  readonly snapshot: LineSnapshot;
  readonly trend: Trend | undefined;
}

/** S-01, read from 3 m: keep running, call for help, or hold. */
export function OverviewScreen({ snapshot, trend }: OverviewScreenProps): ReactNode {
  const { run, alarms, at, devices, eye } = snapshot;
  if (run === undefined) return <NoOrder devices={devices} eye={eye} />;
  return (
    <div className="overview" data-testid="overview" data-run-state={run.state}>
      <h1 className="only-heard">{words.overview.title}</h1>
      <div className="overview-top">
        <StatePanel run={run} alarms={alarms} at={at} />
        <GoodPanel run={run} />
        <RatePanel run={run} />
      </div>
      <DeviceFlow devices={devices} eye={eye?.device} />
      <FigureRow run={run} at={at} />
      <div className="overview-details">
        <RejectPanel run={run} />
        <GradePanel grades={run.grades} />
        <TrendPanel trend={trend} idealPerMinute={run.idealPerMinute} minGrade={run.minGrade} />
      </div>
    </div>
  );
}

function NoOrder({ devices, eye }: Pick<LineSnapshot, 'devices' | 'eye'>): ReactNode {
  return (
    <div className="overview-empty">
      <div className="panel">
        <MessagePage
          icon={<IconClipboardPlus aria-hidden="true" stroke={1.5} />}
          title={words.overview.emptyTitle}
          what={words.overview.emptyWhat}
          testId="overview-empty"
        >
          <Link className="link-button" href="/orders" data-testid="go-orders">
            {words.overview.emptyDo}
          </Link>
        </MessagePage>
      </div>
      <DeviceFlow devices={devices} eye={eye?.device} />
    </div>
  );
}
