import { IconCircleCheck, IconCircleOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Taught } from '#contract/camera-set-up.ts';
import { keptTogether, setUpWords, taughtBy, taughtName } from '#renderer/words/set-up.ts';
import './taught-list.css';

interface TaughtListProps {
  readonly taught: readonly Taught[];
}

/** What the camera was taught, by whom and when; and why something of it is not in force. */
export function TaughtList({ taught }: TaughtListProps): ReactNode {
  return (
    <section className="panel taught-list" aria-label={setUpWords.taught} data-testid="taught">
      <h2>{setUpWords.taught}</h2>
      {taught.length === 0 && <p className="muted">{setUpWords.taughtNone}</p>}
      <ul>
        {taught.map((one) => (
          <li key={`${one.what} ${one.name ?? ''} ${one.from}`} data-in-force={one.why === undefined}>
            <h3>
              {taughtName(one)} <InForce is={one.why === undefined} />
            </h3>
            <p>{keptTogether(one.why ?? one.sentence)}</p>
            <p className="muted">
              {taughtBy(one)}
              {one.reason !== undefined && ` · ${one.reason}`}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function InForce({ is }: { readonly is: boolean }): ReactNode {
  const Icon = is ? IconCircleCheck : IconCircleOff;
  return (
    <span>
      <Icon aria-hidden="true" />
      {is ? setUpWords.inForce : setUpWords.void}
    </span>
  );
}
