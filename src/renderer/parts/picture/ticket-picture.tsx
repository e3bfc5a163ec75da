import { type ReactNode, useEffect, useState } from 'react';
import type { PictureTicket } from '#contract/eye.ts';
import { type Outcome, useConnection } from '#renderer/use-live.ts';
import { eyeWords } from '#renderer/words/eye.ts';
import { guardSentence } from '#renderer/words/guards.ts';
import { troubleText } from '#renderer/words/trouble.ts';

interface TicketPictureProps {
  readonly id: number;
  readonly alt: string;
}

/** A kept picture. Its address is good for one fetch: each time it is shown, it is asked for anew. */
export function TicketPicture({ id, alt }: TicketPictureProps): ReactNode {
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
  if (outcome?.kind === 'done') {
    const { url, width, height } = outcome.value;
    return <img className="ticket-picture" src={url} width={width} height={height} alt={alt} draggable={false} />;
  }
  return <span className="ticket-picture">{outcome === undefined ? '' : problemOf(outcome)}</span>;
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
