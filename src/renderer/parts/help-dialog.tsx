import type { ReactNode } from 'react';
import type { Alarm } from '#contract/snapshot.ts';
import { AlarmBadge } from '#renderer/parts/alarm-badge.tsx';
import { Dialog } from '#renderer/parts/dialog.tsx';
import { words } from '#renderer/words/en.ts';
import './help-dialog.css';

interface HelpDialogProps {
  readonly onClose: () => void;
}

const PRIORITIES: readonly Alarm['priority'][] = [1, 2, 3, 4];

/** Keys, marks and words, always in the same place (F1). */
export function HelpDialog({ onClose }: HelpDialogProps): ReactNode {
  return (
    <Dialog title={words.help.title} size="xl" onClose={onClose}>
      <div className="help" data-testid="help-dialog">
        <section>
          <h2>{words.help.keys}</h2>
          <dl>
            {words.help.keyList.map(([key, does]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section>
          <h2>{words.help.alarms}</h2>
          <ul>
            {PRIORITIES.map((priority) => (
              <li key={priority}>
                <AlarmBadge priority={priority} />
                {words.alarms.priority[priority]}
              </li>
            ))}
          </ul>
          <p>
            <span className="gmp-tag">G</span> {words.help.gmp}
          </p>
          <p>{words.help.alarmsWhat}</p>
          <p>{words.help.stackLight}</p>
        </section>
        <section>
          <h2>{words.help.words}</h2>
          <dl>
            {words.help.wordList.map(([word, means]) => (
              <div key={word}>
                <dt>{word}</dt>
                <dd>{means}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  );
}
