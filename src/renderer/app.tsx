import { IconPlugConnected } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import type { LineSnapshot, Trend } from '#contract/snapshot.ts';
import { Frame } from '#renderer/frame.tsx';
import { MessagePage } from '#renderer/parts/message-page.tsx';
import { STALE_AFTER, StaleContext } from '#renderer/parts/stale-mark.tsx';
import { TouchButton } from '#renderer/parts/touch-button.tsx';
import { SignInScreen } from '#renderer/screens/sign-in-screen.tsx';
import { useConnection, useNow, useView } from '#renderer/use-live.ts';
import { words } from '#renderer/words/en.ts';

/** Draws the newest snapshot, or says why there is none. */
export function App(): ReactNode {
  const live = useConnection();
  const { link, snapshot, receivedAt, trend } = useView();
  if (link.kind === 'signed-out') return <SignInScreen why={link.why} onToken={live.signIn} />;
  if (snapshot !== undefined) {
    return <Drawn snapshot={snapshot} trend={trend} receivedAt={receivedAt} isLost={link.kind !== 'live'} />;
  }
  if (link.kind !== 'lost') {
    return (
      <main className="whole-page">
        <MessagePage
          icon={<IconPlugConnected aria-hidden="true" stroke={1.5} />}
          title={words.link.loadingTitle}
          what={words.link.loadingWhat}
          testId="page-loading"
        />
      </main>
    );
  }
  return (
    <main className="whole-page">
      <MessagePage
        icon={<IconPlugConnected aria-hidden="true" stroke={1.5} />}
        title={words.link.lostTitle}
        what={words.link.lostDo}
        testId="page-lost"
      >
        <TouchButton weight="main" onPress={live.retry} testId="link-retry">
          {words.link.retry}
        </TouchButton>
      </MessagePage>
    </main>
  );
}

interface DrawnProps {
  readonly snapshot: LineSnapshot;
  readonly trend: Trend | undefined;
  readonly receivedAt: number;
  readonly isLost: boolean;
}

function Drawn({ snapshot, trend, receivedAt, isLost }: DrawnProps): ReactNode {
  const live = useConnection();
  const now = useNow();
  const old = Math.max(0, now - receivedAt);
  const isStale = old > STALE_AFTER;
  useEffect(() => {
    const frame = requestAnimationFrame(() => live.drawn(snapshot.frame));
    return () => cancelAnimationFrame(frame);
  }, [live, snapshot.frame]);
  return (
    <StaleContext value={isStale ? old : undefined}>
      <Frame snapshot={snapshot} trend={trend} now={snapshot.at + old} old={old} isStale={isStale} isLost={isLost} />
    </StaleContext>
  );
}
