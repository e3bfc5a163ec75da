import type { ReactNode } from 'react';
import type { Command, LineSnapshot, RunView } from '#contract/snapshot.ts';
import { WhyNot } from '#renderer/parts/frame/why-not.tsx';
import { words } from '#renderer/words/en.ts';
import { COMMAND_WORDS } from '#renderer/words/states.ts';
import './action-bar.css';

interface ActionBarProps {
  readonly offers: LineSnapshot['offers'];
  readonly state: RunView['state'] | undefined;
  /** No command is sent on old news. */
  readonly isLive: boolean;
  readonly onCommand: (command: Command) => void;
}

const ORDER: readonly Command[] = ['start', 'hold', 'resume', 'end', 'close'];

/** What can be done with the run now. What cannot says why, without a mouse. */
export function ActionBar({ offers, state, isLive, onCommand }: ActionBarProps): ReactNode {
  return (
    <div className="action-bar" role="toolbar" aria-label={words.actions.label}>
      {ORDER.map((command) =>
        isLive && offers[command].allowed ? (
          <button
            key={command}
            type="button"
            className="action"
            data-weight={command === 'close' || command === 'end' ? 'second' : 'main'}
            data-testid={`action-${command}`}
            onClick={() => onCommand(command)}
          >
            {COMMAND_WORDS[command].verb}
          </button>
        ) : (
          <WhyNot
            key={command}
            command={command}
            state={state}
            unmet={isLive ? offers[command].unmet : [{ guard: 'connected' }]}
          />
        ),
      )}
    </div>
  );
}
