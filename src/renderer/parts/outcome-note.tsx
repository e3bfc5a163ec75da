import { IconAlertTriangle, IconCircleCheck, IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { UnmetList } from '#renderer/parts/frame/why-not.tsx';
import type { Outcome } from '#renderer/use-live.ts';
import { words } from '#renderer/words/en.ts';
import { troubleText } from '#renderer/words/trouble.ts';
import './outcome-note.css';

interface OutcomeNoteProps {
  readonly verb: string;
  readonly done: string;
  readonly outcome: Outcome<unknown>;
  readonly onDismiss: () => void;
}

/** How long good news stays, in milliseconds. */
const GOOD_NEWS = 10_000;

/** What became of a command: done, refused with what is missing, failed with what to do, or unknown. */
export function OutcomeNote({ verb, done, outcome, onDismiss }: OutcomeNoteProps): ReactNode {
  const isDone = outcome.kind === 'done';
  useEffect(() => {
    if (!isDone) return undefined; // bad news stays until a person has read it
    const timer = setTimeout(onDismiss, GOOD_NEWS);
    return () => clearTimeout(timer);
  }, [isDone, onDismiss]);
  return (
    <section
      className="outcome-note"
      role={isDone ? 'status' : 'alert'}
      data-testid="outcome"
      data-outcome={outcome.kind}
    >
      {isDone ? <IconCircleCheck aria-hidden="true" /> : <IconAlertTriangle aria-hidden="true" />}
      <div>
        <strong>{titleOf(verb, done, outcome)}</strong>
        {outcome.kind === 'refused' && <UnmetList unmet={outcome.unmet} />}
        {outcome.kind === 'failed' && <p>{outcome.failure.message}</p>}
        {outcome.kind === 'trouble' && <p>{troubleText(outcome.trouble)}</p>}
      </div>
      <button type="button" className="icon-button" aria-label={words.frame.dismiss} onClick={onDismiss}>
        <IconX aria-hidden="true" />
      </button>
    </section>
  );
}

function titleOf(verb: string, done: string, outcome: Outcome<unknown>): string {
  if (outcome.kind === 'done') return done;
  return outcome.kind === 'refused' ? words.actions.refused(verb) : words.actions.failed(verb);
}
