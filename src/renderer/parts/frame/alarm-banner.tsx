import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Alarm } from '#contract/snapshot.ts';
import { AlarmBadge } from '#renderer/parts/alarm-badge.tsx';
import { byUrgency, countByPriority } from '#renderer/parts/line/run-figures.ts';
import { TouchButton } from '#renderer/parts/touch-button.tsx';
import { alarmText } from '#renderer/words/alarms.ts';
import { words } from '#renderer/words/en.ts';
import './alarm-banner.css';

interface AlarmBannerProps {
  readonly alarms: readonly Alarm[];
  readonly onAcknowledge: (alarm: Alarm) => void;
}

/** The most urgent alarm, what to do about it, and how many stand behind it: in the same place on every page. */
export function AlarmBanner({ alarms, onAcknowledge }: AlarmBannerProps): ReactNode {
  const top = byUrgency(alarms)[0];
  return (
    <section
      className="alarm-banner"
      aria-label={words.alarms.bannerLabel}
      data-testid="alarm-banner"
      data-priority={top?.priority}
    >
      {top === undefined ? (
        <p className="quiet">{words.alarms.none}</p>
      ) : (
        <>
          <AlarmBadge priority={top.priority} state={top.state} />
          {top.gmp && <GmpTag />}
          <div className="top" role="status">
            <Link href="/alarms" data-testid="alarm-top" data-code={top.code}>
              {alarmText(top).title}
            </Link>
            <div className="second">
              {alarms.length > 1 && <Counts alarms={alarms} />}
              <p>{alarmText(top).action}</p>
            </div>
          </div>
          {top.state !== 'acknowledged' && (
            <TouchButton onPress={() => onAcknowledge(top)} testId="alarm-acknowledge">
              {words.alarms.acknowledge}
            </TouchButton>
          )}
        </>
      )}
    </section>
  );
}

function Counts({ alarms }: { readonly alarms: readonly Alarm[] }): ReactNode {
  return (
    <ul className="counts" data-testid="alarm-counts">
      {countByPriority(alarms).map(({ priority, count }) => (
        <li key={priority}>
          <AlarmBadge priority={priority} />
          {count}
        </li>
      ))}
    </ul>
  );
}

function GmpTag(): ReactNode {
  return (
    <abbr className="gmp-tag" title={words.alarms.gmpLong}>
      G
    </abbr>
  );
}
