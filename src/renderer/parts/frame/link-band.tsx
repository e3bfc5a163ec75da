import { IconClockExclamation, IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { TouchButton } from '#renderer/parts/touch-button.tsx';
import { words } from '#renderer/words/en.ts';
import { age } from '#renderer/words/format.ts';
import './link-band.css';

interface LinkBandProps {
  readonly isLost: boolean;
  /** How old the values on the screen are, in milliseconds. */
  readonly old: number;
  readonly onRetry: () => void;
}

/** What you see is old: since when, and what to do. */
export function LinkBand({ isLost, old, onRetry }: LinkBandProps): ReactNode {
  return (
    <section className="link-band" role="alert" data-testid={isLost ? 'link-lost' : 'link-stale'}>
      {isLost ? <IconPlugConnectedX aria-hidden="true" /> : <IconClockExclamation aria-hidden="true" />}
      <div>
        <h2>
          {isLost ? words.link.lostTitle : words.link.staleTitle} · {words.link.staleFor(age(old))}
        </h2>
        <p>{isLost ? `${words.link.lostWhat} ${words.link.lostDo}` : words.link.lostWhat}</p>
      </div>
      {isLost && (
        <TouchButton onPress={onRetry} testId="link-retry">
          {words.link.retry}
        </TouchButton>
      )}
    </section>
  );
}
