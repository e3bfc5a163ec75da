import { TextInput } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { TouchButton } from '#renderer/parts/touch-button.tsx';
import { useCommand } from '#renderer/use-live.ts';
import type { Told } from '#renderer/use-run-commands.ts';
import { words } from '#renderer/words/en.ts';

interface ImportFileProps {
  readonly onTold: (told: Told | undefined) => void;
}

const LARGEST = 1_000_000;
const SHORTEST_REASON = 3;

/** Imports an order file by hand. The station judges it; its answer names what is wrong in the file. */
export function ImportFile({ onTold }: ImportFileProps): ReactNode {
  const [file, setFile] = useState<File>();
  const [reason, setReason] = useState('');
  const carryOut = useCommand();
  const ids = useId();
  const missing = whatIsMissing(file, reason);

  async function send(chosen: File): Promise<void> {
    onTold(undefined);
    const text = await chosen.text();
    const outcome = await carryOut((client, id) => client.orders.import({ id, text, reason: reason.trim() }));
    onTold({ verb: words.orders.importIt, done: words.orders.imported, outcome });
    if (outcome.kind === 'done') {
      setFile(undefined);
      setReason('');
    }
  }

  return (
    <section className="panel stack">
      <h2>{words.orders.file}</h2>
      <p className="muted">{words.orders.fileHint}</p>
      <div className="file-choice">
        <input
          id={`${ids}-file`}
          type="file"
          accept=".json,application/json"
          data-testid="order-file"
          onChange={(event) => {
            onTold(undefined); // what was said of another file
            setFile(event.currentTarget.files?.[0]);
            event.currentTarget.value = ''; // the same file, mended, can be chosen again
          }}
        />
        <label htmlFor={`${ids}-file`}>{words.orders.choose}</label>{' '}
        {file !== undefined && <span data-testid="chosen-file">{words.orders.chosen(file.name)}</span>}
      </div>
      <TextInput
        className="wide"
        label={words.orders.reason}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        size="lg"
        maxLength={500}
        data-testid="import-reason"
      />
      <TouchButton
        disabled={missing !== undefined}
        describedBy={`${ids}-why`}
        testId="import-file"
        onPress={() => {
          if (file !== undefined) void send(file);
        }}
      >
        {words.orders.importFile}
      </TouchButton>
      <p id={`${ids}-why`} className="muted">
        {missing}
      </p>
    </section>
  );
}

function whatIsMissing(file: File | undefined, reason: string): string | undefined {
  if (file === undefined) return words.orders.needFile;
  if (file.size > LARGEST) return words.orders.tooLarge;
  return reason.trim().length < SHORTEST_REASON ? words.actions.reasonNeeded : undefined;
}
