import type { ReactNode } from 'react';
import type { WorkstationClient } from '#contract/workstation.ts';
import { TouchButton } from '#renderer/parts/touch-button.tsx';
import { useAnswer, useCommand } from '#renderer/use-live.ts';
import type { Told } from '#renderer/use-run-commands.ts';
import { words } from '#renderer/words/en.ts';
import { figure } from '#renderer/words/format.ts';
import { troubleText } from '#renderer/words/trouble.ts';

interface SampleOrdersProps {
  readonly onTold: (told: Told | undefined) => void;
}

const askForSamples = (client: WorkstationClient) => client.orders.samples();

/** Orders that come with the workstation, to be imported with one press. */
export function SampleOrders({ onTold }: SampleOrdersProps): ReactNode {
  const { asked } = useAnswer(askForSamples);
  const carryOut = useCommand();

  async function importSample(file: string): Promise<void> {
    onTold(undefined);
    const outcome = await carryOut((client, id) => client.orders.importSample({ id, file }));
    onTold({ verb: words.orders.importIt, done: words.orders.imported, outcome });
  }

  return (
    <section className="panel" data-testid="samples">
      <h2>{words.orders.samples}</h2>
      {asked === undefined && <p className="muted">{words.link.loading}</p>}
      {asked?.kind === 'trouble' && <p>{troubleText(asked.trouble)}</p>}
      {asked?.kind === 'done' && asked.value.length === 0 && <p className="muted">{words.orders.samplesNone}</p>}
      {asked?.kind === 'done' && (
        <ul className="rows">
          {asked.value.map(({ file, order, product, lot, quantity }) => (
            <li key={file}>
              <div>
                <strong>{order}</strong>
                <p className="muted">
                  {product} · {words.frame.lot} {lot} · {words.orders.pieces(figure(quantity))}
                </p>
              </div>
              <TouchButton
                label={words.orders.importSample(order)}
                testId={`import-${order}`}
                onPress={() => void importSample(file)}
              >
                {words.orders.importIt}
              </TouchButton>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
