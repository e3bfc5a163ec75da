import type { ReactNode } from 'react';
import type { Alarm } from '#contract/snapshot.ts';
import { words } from '#renderer/words/en.ts';
import './alarm-badge.css';

interface AlarmBadgeProps {
  readonly priority: Alarm['priority'];
  readonly state?: Alarm['state'];
}

/** The mark of a priority: shape, digit and colour all say the same (hmi.md §9.2). */
export function AlarmBadge({ priority, state = 'acknowledged' }: AlarmBadgeProps): ReactNode {
  return (
    <svg
      className="alarm-badge"
      viewBox="0 0 40 40"
      data-priority={priority}
      data-state={state}
      role="img"
      aria-label={words.alarms.priorityOf(priority, words.alarms.priority[priority])}
    >
      <rect className="halo" x="-3" y="-3" width="46" height="46" rx="4" />
      {SHAPES[priority]}
      <text x="20" y={DIGIT_Y[priority]}>
        {priority}
      </text>
    </svg>
  );
}

const SHAPES: Readonly<Record<Alarm['priority'], ReactNode>> = {
  1: <rect className="shape" x="4" y="4" width="32" height="32" rx="2" />,
  2: <path className="shape" d="M20 3 L38 36 H2 Z" />,
  3: <path className="shape" d="M20 37 L2 4 H38 Z" />,
  4: <circle className="shape" cx="20" cy="20" r="17" />,
};

const DIGIT_Y: Readonly<Record<Alarm['priority'], number>> = { 1: 27, 2: 32, 3: 22, 4: 27 };
