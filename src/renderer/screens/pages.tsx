import { IconMapQuestion } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link, Route, Switch } from 'wouter';
import type { Alarm, LineSnapshot, Trend } from '#contract/snapshot.ts';
import { MessagePage } from '#renderer/parts/message-page.tsx';
import { AlarmsScreen } from '#renderer/screens/alarms-screen.tsx';
import { CameraScreen } from '#renderer/screens/camera-screen.tsx';
import { ExportsScreen } from '#renderer/screens/exports-screen.tsx';
import { ItemsScreen } from '#renderer/screens/items-screen.tsx';
import { LimitsScreen } from '#renderer/screens/limits-screen.tsx';
import { OrdersScreen } from '#renderer/screens/orders-screen.tsx';
import { OverviewScreen } from '#renderer/screens/overview-screen.tsx';
import { SetUpScreen } from '#renderer/screens/set-up-screen.tsx';
import { TrainingScreen } from '#renderer/screens/training-screen.tsx';
import type { Told } from '#renderer/use-run-commands.ts';
import { words } from '#renderer/words/en.ts';

interface PagesProps {
  readonly snapshot: LineSnapshot;
  readonly trend: Trend | undefined;
  readonly onAcknowledge: (alarm: Alarm) => void;
  readonly onTold: (told: Told | undefined) => void;
}

/** The page of the present address. */
export function Pages({ snapshot, trend, onAcknowledge, onTold }: PagesProps): ReactNode {
  return (
    <Switch>
      <Route path="/">
        <OverviewScreen snapshot={snapshot} trend={trend} />
      </Route>
      <Route path="/camera">
        <CameraScreen run={snapshot.run} />
      </Route>
      <Route path="/camera/limits">
        <LimitsScreen onTold={onTold} />
      </Route>
      <Route path="/camera/set-up">
        <SetUpScreen onTold={onTold} />
      </Route>
      <Route path="/orders">
        <OrdersScreen orders={snapshot.orders} onTold={onTold} />
      </Route>
      <Route path="/items/:serial?">
        {({ serial }) => <ItemsScreen key={serial} wanted={serial === undefined ? '' : decodeURIComponent(serial)} />}
      </Route>
      <Route path="/alarms">
        <AlarmsScreen alarms={snapshot.alarms} at={snapshot.at} onAcknowledge={onAcknowledge} />
      </Route>
      <Route path="/exports">
        <ExportsScreen orders={snapshot.orders} isTraining={snapshot.mode === 'TRAINING'} onTold={onTold} />
      </Route>
      {snapshot.mode === 'TRAINING' && (
        <Route path="/training">
          <TrainingScreen onTold={onTold} />
        </Route>
      )}
      <Route>
        <MessagePage
          icon={<IconMapQuestion aria-hidden="true" />}
          title={words.link.notFoundTitle}
          what=""
          testId="page-unknown"
        >
          <Link className="link-button" href="/">
            {words.link.notFoundDo}
          </Link>
        </MessagePage>
      </Route>
    </Switch>
  );
}
