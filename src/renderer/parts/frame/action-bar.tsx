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
/** The first of these that is possible is what the run waits for. */
const NEXT: readonly Command[] = ['resume', 'close', 'start', 'hold'];

/** What can be done with the run now; the one thing to do next is dark. What cannot be done says why, without a mouse. */
export function ActionBar({ offers, state, isLive, onCommand }: ActionBarProps): ReactNode {
  const next = NEXT.find((command) => offers[command].allowed);
  return (
    <div className="action-bar" role="toolbar" aria-label={words.actions.label}>
      {ORDER.map((command) =>
        isLive && offers[command].allowed ? (
          <button
            key={command}
            type="button"
            className="action"
            data-weight={command === next ? 'main' : 'second'}
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
