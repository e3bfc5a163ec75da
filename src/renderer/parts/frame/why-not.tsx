import { Popover } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import type { Unmet } from '#contract/answer.ts';
import type { Command, RunView } from '#contract/snapshot.ts';
import { words } from '#renderer/words/en.ts';
import { guardBrief, guardPage, guardSentence } from '#renderer/words/guards.ts';
import { COMMAND_WORDS } from '#renderer/words/states.ts';

interface WhyNotProps {
  readonly command: Command;
  readonly unmet: readonly Unmet[];
  readonly state: RunView['state'] | undefined;
}

/** A command that is not possible now: its first missing guard stands on it, all of them open on a press. */
export function WhyNot({ command, unmet, state }: WhyNotProps): ReactNode {
  const [isOpen, setIsOpen] = useState(false);
  useHotkeys(isOpen ? [['Escape', () => setIsOpen(false)]] : [], []);
  const { verb } = COMMAND_WORDS[command];
  const first = unmet[0];
  return (
    <Popover
      opened={isOpen}
      onChange={setIsOpen}
      position="top-end"
      withArrow
      closeOnEscape={false}
      zIndex={150}
      trapFocus
      returnFocus
      shadow="md"
    >
      <Popover.Target>
        <button
          type="button"
          className="action"
          aria-disabled="true"
          data-testid={`action-${command}`}
          onClick={() => setIsOpen(!isOpen)}
        >
          <span>{verb}</span>
          <small>{first === undefined ? words.actions.notNow : guardBrief(first, state)}</small>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.actions.whyNot(verb)} data-testid={`why-not-${command}`}>
        <div className="why-not">
          <h2>{words.actions.whyNot(verb)}</h2>
          <UnmetList unmet={unmet} state={state} onLeave={() => setIsOpen(false)} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

interface UnmetListProps {
  readonly unmet: readonly Unmet[];
  readonly state?: RunView['state'] | undefined;
  readonly onLeave?: () => void;
}

/** Every guard that is not met, each with the way to where it can be put right. */
export function UnmetList({ unmet, state, onLeave }: UnmetListProps): ReactNode {
  return (
    <ul className="unmet-list">
      {unmet.map((one) => {
        const page = guardPage(one, state);
        return (
          <li key={`${one.guard} ${one.detail ?? ''}`} data-guard={one.guard}>
            <span>{guardSentence(one, state)}</span>
            {page !== undefined && (
              <Link href={page} {...(onLeave === undefined ? {} : { onClick: onLeave })}>
                {words.actions.goThere}
              </Link>
            )}
          </li>
        );
      })}
    </ul>
  );
}
