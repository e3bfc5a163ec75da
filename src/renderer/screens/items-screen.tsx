import { TextInput } from '@mantine/core';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import type { ProductionRecord } from '#contract/workstation.ts';
import type { Asked } from '#renderer/live.ts';
import { TouchButton } from '#renderer/parts/touch-button.tsx';
import { ItemRecord } from '#renderer/screens/item-record.tsx';
import { useConnection } from '#renderer/use-live.ts';
import { words } from '#renderer/words/en.ts';
import { troubleText } from '#renderer/words/trouble.ts';
import './page.css';

interface Search {
  readonly serial: string;
  readonly asked?: Asked<ProductionRecord[]>;
}

interface ItemsScreenProps {
  /** A serial that was asked for on another page; empty when a person is still to type one. */
  readonly wanted: string;
}

/** S-18: one serial number, and all that is known of its item. */
export function ItemsScreen({ wanted }: ItemsScreenProps): ReactNode {
  const live = useConnection();
  const [typed, setTyped] = useState(wanted);
  const [search, setSearch] = useState<Search>();
  const serial = typed.trim();

  const find = useCallback(
    async (what: string): Promise<void> => {
      if (what === '') return;
      setSearch({ serial: what });
      const asked = await live.ask((client) => client.items.find({ serial: what }));
      setSearch({ serial: what, asked });
    },
    [live],
  );

  useEffect(() => void find(wanted), [find, wanted]);

  return (
    <div className="list-page" data-testid="items">
      <h1>{words.items.title}</h1>
      <section className="panel">
        <form
          className="form-row"
          onSubmit={(event) => {
            event.preventDefault();
            void find(serial);
          }}
        >
          <TextInput
            className="grow"
            label={words.items.serial}
            description={words.items.serialHint}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            maxLength={20}
            autoComplete="off"
            spellCheck={false}
            size="lg"
            data-testid="serial"
          />
          <TouchButton weight="main" disabled={serial === ''} onPress={() => void find(serial)} testId="find">
            {words.items.find}
          </TouchButton>
        </form>
      </section>
      <div role="status" data-testid="found">
        <Found search={search} />
      </div>
    </div>
  );
}

function Found({ search }: { readonly search: Search | undefined }): ReactNode {
  if (search === undefined) return <p className="panel muted">{words.items.empty}</p>;
  const { asked, serial } = search;
  if (asked === undefined) return <p className="panel muted">{words.link.loading}</p>;
  if (asked.kind === 'trouble') return <p className="panel">{troubleText(asked.trouble)}</p>;
  if (asked.value.length === 0) return <p className="panel">{words.items.notFound(serial)}</p>;
  return (
    <div className="stack">
      {asked.value.map((record) => (
        <ItemRecord key={record.run} record={record} />
      ))}
    </div>
  );
}
