import { useHotkeys } from '@mantine/hooks';
import { type ReactNode, useCallback, useState } from 'react';
import { useLocation } from 'wouter';
import type { Alarm, Command, LineSnapshot, Trend } from '#contract/snapshot.ts';
import { ActionBar } from '#renderer/parts/frame/action-bar.tsx';
import { AlarmBanner } from '#renderer/parts/frame/alarm-banner.tsx';
import { BusyBand } from '#renderer/parts/frame/busy-band.tsx';
import { Header } from '#renderer/parts/frame/header.tsx';
import { LinkBand } from '#renderer/parts/frame/link-band.tsx';
import { Rail } from '#renderer/parts/frame/rail.tsx';
import { HelpDialog } from '#renderer/parts/help-dialog.tsx';
import { OutcomeNote } from '#renderer/parts/outcome-note.tsx';
import { AcknowledgeDialog } from '#renderer/screens/acknowledge-dialog.tsx';
import { CommandDialog } from '#renderer/screens/command-dialog.tsx';
import { Pages } from '#renderer/screens/pages.tsx';
import { useConnection } from '#renderer/use-live.ts';
import { type Told, useRunCommands } from '#renderer/use-run-commands.ts';
import { words } from '#renderer/words/en.ts';
import './app.css';

interface FrameProps {
  readonly snapshot: LineSnapshot;
  readonly trend: Trend | undefined;
  readonly now: number;
  readonly old: number;
  readonly isStale: boolean;
  readonly isLost: boolean;
}

type Dialog =
  | { readonly kind: 'help' }
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'alarm'; readonly alarm: Alarm };

/** The same frame on every page (HMI-10): header, rail, page, alarm banner, what can be done. */
export function Frame({ snapshot, trend, now, old, isStale, isLost }: FrameProps): ReactNode {
  const live = useConnection();
  const [dialog, setDialog] = useState<Dialog>();
  const [told, setNews] = useState<{ readonly news: Told; readonly page: string }>();
  const [location, navigate] = useLocation();
  /** What became of a command is news on the page where it was given, and nowhere else. */
  const setTold = useCallback(
    (news: Told | undefined) => setNews(news === undefined ? undefined : { news, page: location }),
    [location],
  );
  const dismiss = useCallback(() => setNews(undefined), []);
  const run = useRunCommands(snapshot, setTold);
  const isTraining = snapshot.mode === 'TRAINING';

  function ask(command: Command): void {
    if (command === 'start' || command === 'resume') run.command(command, '');
    else setDialog({ kind: 'command', command });
  }

  function acknowledge(alarm: Alarm): void {
    if (alarm.gmp) setDialog({ kind: 'alarm', alarm });
    else run.acknowledge(alarm, '');
  }

  /** One press undoes one thing: a dialog or a pop-over (which have prevented it), then the page. */
  function goBack(event: KeyboardEvent): void {
    if (!event.defaultPrevented) navigate('/');
  }

  useHotkeys(
    [
      ['F1', () => setDialog({ kind: 'help' })],
      ['F2', () => navigate('/orders')],
      ['F5', () => navigate('/alarms')],
      ['F8', () => snapshot.offers.hold.allowed && !isLost && ask('hold')],
      ['Escape', goBack, { preventDefault: false }],
    ],
    [],
  );

  return (
    <div
      className="app"
      data-mode={snapshot.mode}
      data-watermark={isTraining ? words.frame.trainingWatermark : ''}
      data-stale={isStale}
    >
      <Header snapshot={snapshot} now={now} onHelp={() => setDialog({ kind: 'help' })} />
      <Rail alarms={snapshot.alarms.length} isTraining={isTraining} />
      <main className="main">
        {(isLost || isStale) && <LinkBand isLost={isLost} old={old} onRetry={live.retry} />}
        <div className="page">
          <Pages snapshot={snapshot} trend={trend} onAcknowledge={acknowledge} onTold={setTold} />
        </div>
        {snapshot.busy !== undefined && <BusyBand busy={snapshot.busy} />}
        {told !== undefined && told.page === location && <OutcomeNote {...told.news} onDismiss={dismiss} />}
      </main>
      <footer className="bottom">
        <AlarmBanner alarms={snapshot.alarms} onAcknowledge={acknowledge} />
        <ActionBar offers={snapshot.offers} state={snapshot.run?.state} isLive={!isLost} onCommand={ask} />
      </footer>
      {dialog?.kind === 'help' && <HelpDialog onClose={() => setDialog(undefined)} />}
      {dialog?.kind === 'command' && snapshot.run !== undefined && (
        <CommandDialog
          command={dialog.command}
          run={snapshot.run}
          onConfirm={(reason) => {
            setDialog(undefined);
            run.command(dialog.command, reason);
          }}
          onCancel={() => setDialog(undefined)}
        />
      )}
      {dialog?.kind === 'alarm' && (
        <AcknowledgeDialog
          alarm={dialog.alarm}
          onConfirm={(comment) => {
            setDialog(undefined);
            run.acknowledge(dialog.alarm, comment);
          }}
          onCancel={() => setDialog(undefined)}
        />
      )}
    </div>
  );
}
