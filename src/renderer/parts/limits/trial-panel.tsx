import type { ReactNode } from 'react';
import type { EyeChange, EyeTrial } from '#contract/eye.ts';
import { PictureTile } from '#renderer/parts/picture/picture-tile.tsx';
import { ShareBar } from '#renderer/parts/share-bar.tsx';
import { seriesName } from '#renderer/words/eye.ts';
import { clockWithSeconds, figure, groupsOfFour } from '#renderer/words/format.ts';
import { limitWords } from '#renderer/words/limits.ts';
import './trial-panel.css';

interface TrialPanelProps {
  /** Undefined until the first answer. */
  readonly trial: EyeTrial | undefined;
  /** The figures belong to limits that were moved since. */
  readonly isCounting: boolean;
  readonly onOpen: (change: EyeChange) => void;
}

/** What other limits would have done to items already made: counts, which limit, and which items. */
export function TrialPanel({ trial, isCounting, onOpen }: TrialPanelProps): ReactNode {
  const { trial: text } = limitWords;
  return (
    <section className="trial-panel" data-testid="trial" data-counting={isCounting || trial === undefined}>
      <div className="panel trial-head">
        <h2>{text.title}</h2>
        <p role="status">
          {isCounting || trial === undefined ? text.working : trial.images === 0 ? text.none : text.of(trial.images)}
        </p>
        {trial !== undefined && trial.images > 0 && <Figures trial={trial} />}
      </div>
      {trial !== undefined && trial.images > 0 && (
        <>
          <Below trial={trial} />
          <Changes changes={trial.changes} onOpen={onOpen} />
        </>
      )}
    </section>
  );
}

function Figures({ trial }: { readonly trial: EyeTrial }): ReactNode {
  const { trial: text } = limitWords;
  const figures = [
    { name: text.failed, items: trial.failed, id: 'failed', mark: '' },
    { name: text.wouldFail, items: trial.wouldFail, id: 'would-fail', mark: '' },
    { name: text.newlyFailed, items: trial.newlyFailed, id: 'newly-failed', mark: '▲ ' },
    { name: text.newlyPassed, items: trial.newlyPassed, id: 'newly-passed', mark: '▼ ' },
  ];
  return (
    <dl className="trial-figures">
      {figures.map(({ name, items, id, mark }) => (
        <div key={id}>
          <dt>{name}</dt>
          <dd>
            <span data-testid={`trial-${id}`}>
              {items > 0 && mark}
              {figure(items)}
            </span>{' '}
            <small>{text.share(items, trial.images)}</small>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Below({ trial }: { readonly trial: EyeTrial }): ReactNode {
  const { trial: text } = limitWords;
  const most = Math.max(1, ...trial.below.map(({ items }) => items));
  return (
    <section className="panel trial-below">
      <h2>{text.below}</h2>
      {trial.below.length === 0 && <p className="muted">{text.noLimits}</p>}
      <ul>
        {trial.below.map(({ series, items }) => (
          <li key={series} data-testid={`below-${series}`}>
            <span>{seriesName(series)}</span>
            <b>{figure(items)}</b>
            <ShareBar share={items / most} label={seriesName(series)} text={figure(items)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ChangesProps {
  readonly changes: readonly EyeChange[];
  readonly onOpen: (change: EyeChange) => void;
}

/** More than fit on any screen; each picture is a file that the station reads. */
const SHOWN = 8;

function Changes({ changes, onOpen }: ChangesProps): ReactNode {
  const { trial: text } = limitWords;
  return (
    <section className="panel trial-changes">
      <h2>{text.changes}</h2>
      {changes.length === 0 && <p className="muted">{text.noChanges}</p>}
      <ul>
        {changes.slice(0, SHOWN).map((change) => (
          <li key={`${change.run} ${change.item} ${change.at}`}>
            <PictureTile
              picture={change.picture}
              missing={text.noPicture}
              alt=""
              disabled={change.picture === undefined}
              testId="trial-change"
              onOpen={() => onOpen(change)}
            >
              <strong>
                {change.would === 'FAIL' ? '▲ ' : '▼ '}
                {text.change[change.would]}
              </strong>
              <span className="because">{change.because === undefined ? '' : seriesName(change.because)}</span>
              <span className="identifier">
                {change.serial === undefined ? clockWithSeconds(change.at) : groupsOfFour(change.serial)}
              </span>
            </PictureTile>
          </li>
        ))}
      </ul>
    </section>
  );
}
