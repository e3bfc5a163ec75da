import { IconBellCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Alarm } from '#contract/snapshot.ts';
import { AlarmBadge } from '#renderer/parts/alarm-badge.tsx';
import { byUrgency } from '#renderer/parts/line/run-figures.ts';
import { MessagePage } from '#renderer/parts/message-page.tsx';
import { TouchButton } from '#renderer/parts/touch-button.tsx';
import { alarmText } from '#renderer/words/alarms.ts';
import { words } from '#renderer/words/en.ts';
import { clockWithSeconds, duration } from '#renderer/words/format.ts';
import './alarms-screen.css';
import './page.css';

interface AlarmsScreenProps {
  readonly alarms: readonly Alarm[];
  readonly at: number;
  readonly onAcknowledge: (alarm: Alarm) => void;
}

/** S-04: every standing alarm with its cause, its consequence and what to do. */
export function AlarmsScreen({ alarms, at, onAcknowledge }: AlarmsScreenProps): ReactNode {
  if (alarms.length === 0) {
    return (
      <MessagePage
        icon={<IconBellCheck aria-hidden="true" stroke={1.5} />}
        title={words.alarms.emptyTitle}
        what={words.alarms.emptyWhat}
        testId="alarms-empty"
      />
    );
  }
  return (
    <div className="list-page" data-testid="alarms">
      <h1>{words.pages.alarms}</h1>
      <ul className="alarm-list">
        {byUrgency(alarms).map((alarm) => (
          <AlarmRow key={alarm.id} alarm={alarm} at={at} onAcknowledge={onAcknowledge} />
        ))}
      </ul>
    </div>
  );
}

interface AlarmRowProps {
  readonly alarm: Alarm;
  readonly at: number;
  readonly onAcknowledge: (alarm: Alarm) => void;
}

function AlarmRow({ alarm, at, onAcknowledge }: AlarmRowProps): ReactNode {
  const text = alarmText(alarm);
  return (
    <li
      className="panel alarm-row"
      data-testid={`alarm-${alarm.code}`}
      data-state={alarm.state}
      data-priority={alarm.priority}
    >
      <AlarmBadge priority={alarm.priority} state={alarm.state} />
      <div className="what">
        <h2>
          {text.title}
          {alarm.gmp && (
            <abbr className="gmp-tag" title={words.alarms.gmpLong}>
              G
            </abbr>
          )}
        </h2>
        <p className="muted">
          {words.alarms.state[alarm.state]} ·{' '}
          {words.alarms.since(clockWithSeconds(alarm.since), duration(at - alarm.since))}
        </p>
      </div>
      {alarm.state !== 'acknowledged' && (
        <TouchButton onPress={() => onAcknowledge(alarm)} testId={`acknowledge-${alarm.id}`}>
          {words.alarms.acknowledge}
        </TouchButton>
      )}
      <dl>
        <dt>{words.alarms.cause}</dt>
        <dd>{text.cause}</dd>
        <dt>{words.alarms.consequence}</dt>
        <dd>{text.consequence}</dd>
        <dt>{words.alarms.action}</dt>
        <dd>
          <strong>{text.action}</strong>
        </dd>
      </dl>
    </li>
  );
}
