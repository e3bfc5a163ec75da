import { Popover } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { Link } from 'wouter';
import type { Unmet } from '#contract/answer.ts';
import type { Command } from '#contract/snapshot.ts';
import { words } from '#renderer/words/en.ts';
import { guardBrief, guardPage, guardSentence } from '#renderer/words/guards.ts';
import { COMMAND_WORDS } from '#renderer/words/states.ts';

interface WhyNotProps {
  readonly command: Command;
  readonly unmet: readonly Unmet[];
}

/** A command that is not possible now: its first missing guard stands on it, all of them open on a press. */
export function WhyNot({ command, unmet }: WhyNotProps): ReactNode {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const { verb } = COMMAND_WORDS[command];
  const first = unmet[0];
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="top-end" withArrow trapFocus returnFocus shadow="md">
      <Popover.Target>
        <button
          type="button"
          className="action"
          aria-disabled="true"
          aria-labelledby={`${id}-verb`}
          aria-describedby={`${id}-brief`}
          data-testid={`action-${command}`}
          onClick={() => setIsOpen(!isOpen)}
        >
          <span id={`${id}-verb`}>{verb}</span>
          <small id={`${id}-brief`}>{first === undefined ? words.actions.notNow : guardBrief(first)}</small>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.actions.whyNot(verb)} data-testid={`why-not-${command}`}>
        <div className="why-not">
          <h2>{words.actions.whyNot(verb)}</h2>
          <UnmetList unmet={unmet} onLeave={() => setIsOpen(false)} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

interface UnmetListProps {
  readonly unmet: readonly Unmet[];
  readonly onLeave?: () => void;
}

/** Every guard that is not met, each with the way to where it can be put right. */
export function UnmetList({ unmet, onLeave }: UnmetListProps): ReactNode {
  return (
    <ul className="unmet-list">
      {unmet.map((one) => {
        const page = guardPage(one);
        return (
          <li key={`${one.guard} ${one.detail ?? ''}`} data-guard={one.guard}>
            <span>{guardSentence(one)}</span>
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
