import { NativeSelect } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { WorkstationClient } from '#contract/workstation.ts';
import { TouchButton } from '#renderer/parts/touch-button.tsx';
import { useAnswer, useCommand } from '#renderer/use-live.ts';
import type { Told } from '#renderer/use-run-commands.ts';
import { words } from '#renderer/words/en.ts';
import { faultLasts, faultText } from '#renderer/words/faults.ts';
import { troubleText } from '#renderer/words/trouble.ts';
import './page.css';
import './training-screen.css';

interface TrainingScreenProps {
  readonly onTold: (told: Told | undefined) => void;
}

const askForFaults = (client: WorkstationClient) => client.training.faults();

/** Causes faults of the virtual line, so that people learn what the line does before it matters. */
export function TrainingScreen({ onTold }: TrainingScreenProps): ReactNode {
  const { asked } = useAnswer(askForFaults);
  const [seconds, setSeconds] = useState<number>(words.training.durations[0].seconds);
  const carryOut = useCommand();

  async function cause(fault: string): Promise<void> {
    onTold(undefined);
    const lasts = faultLasts(fault);
    const outcome = await carryOut((client, id) =>
      client.training.inject(lasts && seconds > 0 ? { id, fault, seconds } : { id, fault }),
    );
    const howLong = words.training.durations.find((one) => one.seconds === seconds)?.text;
    const caused = words.training.caused(fault);
    const done = lasts && howLong !== undefined ? `${caused} ${words.training.lasts(howLong)}` : caused;
    onTold({ verb: words.training.verb, done, outcome });
  }

  return (
    <div className="list-page" data-testid="training">
      <h1>{words.training.title}</h1>
      <section className="panel form-row middle">
        <p className="grow">{words.training.intro}</p>
        <NativeSelect
          label={words.training.seconds}
          size="lg"
          value={seconds}
          onChange={(event) => setSeconds(Number(event.currentTarget.value))}
          data={words.training.durations.map((one) => ({ value: String(one.seconds), label: one.text }))}
          data-testid="fault-seconds"
        />
      </section>
      {asked === undefined && <p className="panel muted">{words.link.loading}</p>}
      {asked?.kind === 'trouble' && <p className="panel">{troubleText(asked.trouble)}</p>}
      {asked?.kind === 'done' && asked.value.length === 0 && <p className="panel muted">{words.training.none}</p>}
      {asked?.kind === 'done' && (
        <ul className="columns fault-list">
          {asked.value.map(({ id, realTimeOnly }) => (
            <li key={id} className="panel fault-card" data-testid={`fault-${id}`}>
              <div>
                <h2>
                  {id} · {faultText(id).happens}
                </h2>
                <p className="muted">
                  {words.training.expected}: {faultText(id).expect} {realTimeOnly && `(${words.training.realTimeOnly})`}
                </p>
              </div>
              <TouchButton label={words.training.causeFault(id)} testId={`inject-${id}`} onPress={() => void cause(id)}>
                {words.training.cause}
              </TouchButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
