import { NativeSelect } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { LineSnapshot } from '#contract/snapshot.ts';
import type { Exported } from '#contract/workstation.ts';
import { TouchButton } from '#renderer/parts/touch-button.tsx';
import { useCommand } from '#renderer/use-live.ts';
import type { Told } from '#renderer/use-run-commands.ts';
import { words } from '#renderer/words/en.ts';
import { bytes, figure, groupsOfFour } from '#renderer/words/format.ts';
import './page.css';

interface ExportsScreenProps {
  readonly orders: LineSnapshot['orders'];
  readonly isTraining: boolean;
  readonly onTold: (told: Told | undefined) => void;
}

/** A written file and its place in the list of this page. */
interface Written extends Exported {
  readonly nth: number;
}

/** S-22, its first part: files of a run, with what is in them and how to prove that they are unchanged. */
export function ExportsScreen({ orders, isTraining, onTold }: ExportsScreenProps): ReactNode {
  const [chosen, setChosen] = useState<number>();
  const [written, setWritten] = useState<readonly Written[]>([]);
  const [isBusy, setIsBusy] = useState(false);
  const carryOut = useCommand();
  // An order that waits has nothing to export yet.
  const run = chosen ?? (orders.find(({ state }) => state !== 'RECEIVED') ?? orders[0])?.run;

  async function write(format: Exported['format']): Promise<void> {
    if (run === undefined) return;
    onTold(undefined);
    setIsBusy(true);
    const outcome = await carryOut((client, id) => client.exports.write({ id, run, format }));
    setIsBusy(false);
    if (outcome.kind === 'done') setWritten((before) => [{ ...outcome.value, nth: before.length }, ...before]);
    onTold({ verb: words.exports.verb, done: words.exports.done, outcome });
  }

  return (
    <div className="list-page" data-testid="exports">
      <h1>{words.exports.title}</h1>
      <section className="panel stack">
        <p>
          {words.exports.intro} {isTraining && words.exports.training}
        </p>
        {run === undefined ? (
          <p className="muted">{words.exports.empty}</p>
        ) : (
          <>
            <NativeSelect
              label={words.exports.run}
              size="lg"
              value={run}
              onChange={(event) => setChosen(Number(event.currentTarget.value))}
              data={orders.map((order) => ({
                value: String(order.run),
                label: words.exports.runOption(order.run, order.order, order.lot),
              }))}
              data-testid="export-run"
            />
            <div className="form-row even">
              <TouchButton
                weight="main"
                disabled={isBusy}
                onPress={() => void write('epcis-json')}
                testId="export-epcis"
              >
                {words.exports.epcis}
              </TouchButton>
              <TouchButton disabled={isBusy} onPress={() => void write('epcis-xml')} testId="export-epcis-xml">
                {words.exports.epcisXml}
              </TouchButton>
              <TouchButton disabled={isBusy} onPress={() => void write('epcis-xml-1.2')} testId="export-epcis-1.2">
                {words.exports.epcis12}
              </TouchButton>
              <TouchButton weight="main" disabled={isBusy} onPress={() => void write('csv')} testId="export-csv">
                {words.exports.csv}
              </TouchButton>
              {isBusy && <p className="muted">{words.actions.working}</p>}
            </div>
            <p className="muted">{words.exports.usTrade}</p>
          </>
        )}
      </section>
      <section className="panel">
        <h2>{words.exports.written}</h2>
        {written.length === 0 ? <p className="muted">{words.exports.none}</p> : <WrittenFiles files={written} />}
      </section>
    </div>
  );
}

function WrittenFiles({ files }: { readonly files: readonly Written[] }): ReactNode {
  return (
    <ul className="rows">
      {files.map((file) => (
        <li key={file.nth} data-testid="exported" data-format={file.format}>
          <div>
            <strong className="identifier">{file.file}</strong>
            <p>
              {holds(file)} · {bytes(file.bytes)}
            </p>
            <p className="muted">
              {words.exports.sha256}{' '}
              <span className="identifier" data-testid="sha256" data-value={file.sha256}>
                {groupsOfFour(file.sha256)}
              </span>
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** What is in a file: a list holds every number of the run, a document the items that became good. */
function holds({ format, items, events }: Exported): string {
  return format === 'csv'
    ? words.exports.holdsSerials(figure(items))
    : words.exports.holds(figure(items), figure(events));
}
