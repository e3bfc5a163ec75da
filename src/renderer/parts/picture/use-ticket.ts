import { useEffect, useState } from 'react';
import type { PictureTicket } from '#contract/eye.ts';
import { type Outcome, useConnection } from '#renderer/use-live.ts';
import { eyeWords } from '#renderer/words/eye.ts';
import { guardSentence } from '#renderer/words/guards.ts';
import { troubleText } from '#renderer/words/trouble.ts';

/** A kept picture's ticket, or why there is none. Its address is good for one fetch: each who shows it asks for it anew. */
export function useTicket(id: number): PictureTicket | string | undefined {
  const live = useConnection();
  const [outcome, setOutcome] = useState<Outcome<PictureTicket>>();
  useEffect(() => {
    let wanted = true;
    void live
      .ask((client) => client.eye.picture({ id }))
      .then((asked) => {
        if (wanted) setOutcome(asked.kind === 'done' ? asked.value : asked);
      });
    return () => {
      wanted = false;
    };
  }, [live, id]);
  if (outcome === undefined) return undefined;
  return outcome.kind === 'done' ? outcome.value : problemOf(outcome);
}

function problemOf(outcome: Exclude<Outcome<PictureTicket>, { kind: 'done' }>): string {
  switch (outcome.kind) {
    case 'failed':
      return outcome.failure.message;
    case 'refused':
      return outcome.unmet.map((unmet) => guardSentence(unmet)).join(' ');
    case 'trouble':
      return outcome.trouble === 'internal' ? eyeWords.noPicture : troubleText(outcome.trouble);
  }
}
