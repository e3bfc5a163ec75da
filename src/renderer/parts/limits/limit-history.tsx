import type { ReactNode } from 'react';
import type { EyeLimits, EyeLimitsSet } from '#contract/eye.ts';
import { Dialog } from '#renderer/parts/dialog.tsx';
import { TouchButton } from '#renderer/parts/touch-button.tsx';
import { dateAndTime } from '#renderer/words/format.ts';
import { limitChanges, limitWords } from '#renderer/words/limits.ts';
import { ROLE_WORDS } from '#renderer/words/states.ts';
import './limit-history.css';

interface LimitHistoryProps {
  /** Newest first; the first is in force. */
  readonly history: readonly EyeLimitsSet[];
  readonly onTake: (limits: EyeLimits) => void;
  readonly onClose: () => void;
}

const NO_LIMITS: EyeLimits = { parameters: {} };

/** Who set which limits when, and why; any of them can be tried again. */
export function LimitHistory({ history, onTake, onClose }: LimitHistoryProps): ReactNode {
  return (
    <Dialog title={limitWords.history} size="xl" onClose={onClose}>
      <div className="limit-history" data-testid="limit-history">
        {history.length === 0 && <p>{limitWords.historyNone}</p>}
        <ol>
          {history.map((one, nth) => (
            <li key={one.at}>
              <div>
                <strong>
                  {dateAndTime(one.at)} · {limitWords.historyRow(one.userId, roleName(one.role))}
                  {nth === 0 && ` · ${limitWords.now}`}
                </strong>
                <p>{one.reason}</p>
                <p className="what">{limitChanges(history[nth + 1]?.limits ?? NO_LIMITS, one.limits).join(' · ')}</p>
              </div>
              <TouchButton onPress={() => onTake(one.limits)}>{limitWords.take}</TouchButton>
            </li>
          ))}
        </ol>
      </div>
    </Dialog>
  );
}

function roleName(role: string): string {
  return Object.entries(ROLE_WORDS).find(([code]) => code === role)?.[1] ?? role;
}
