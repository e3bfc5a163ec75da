import { type ReactNode, useState } from 'react';
import type { EyeLimits } from '#contract/eye.ts';
import type { WorkstationClient } from '#contract/workstation.ts';
import { EyeViews } from '#renderer/parts/eye/eye-views.tsx';
import type { Series } from '#renderer/parts/eye/trend-view.ts';
import { LimitActions } from '#renderer/parts/limits/limit-actions.tsx';
import { seriesToLimit, withLimit } from '#renderer/parts/limits/limit-draft.ts';
import { LimitHistory } from '#renderer/parts/limits/limit-history.tsx';
import { LimitList } from '#renderer/parts/limits/limit-list.tsx';
import { LimitMover } from '#renderer/parts/limits/limit-mover.tsx';
import { TrialPanel } from '#renderer/parts/limits/trial-panel.tsx';
import { LoadingPanel } from '#renderer/parts/loading-panel.tsx';
import { PictureDialog } from '#renderer/parts/picture/picture-dialog.tsx';
import { ReasonDialog } from '#renderer/parts/reason-dialog.tsx';
import { useAnswer, useCommand, useStream } from '#renderer/use-live.ts';
import type { Told } from '#renderer/use-run-commands.ts';
import { useChangedPicture, useTrial } from '#renderer/use-trial.ts';
import { words } from '#renderer/words/en.ts';
import { guardSentence } from '#renderer/words/guards.ts';
import { limitChanges, limitIn, limitWords } from '#renderer/words/limits.ts';
import { troubleText } from '#renderer/words/trouble.ts';
import './limits-screen.css';

interface LimitsScreenProps {
  readonly onTold: (told: Told | undefined) => void;
}

const askForLimits = (client: WorkstationClient) => client.eye.limits();
type LimitsInForce = Awaited<ReturnType<typeof askForLimits>>;

/** The threshold laboratory: move a limit, see at once what it would have done, and only then put it in force. */
export function LimitsScreen({ onTold }: LimitsScreenProps): ReactNode {
  const { asked, again } = useAnswer(askForLimits);
  if (asked === undefined) return <LoadingPanel title={limitWords.title} />;
  if (asked.kind === 'trouble') return <p className="panel">{troubleText(asked.trouble)}</p>;
  return <Laboratory inForce={asked.value} onTold={onTold} onApplied={again} />;
}

interface LaboratoryProps extends LimitsScreenProps {
  readonly inForce: LimitsInForce;
  readonly onApplied: () => void;
}

const openTrends = (client: WorkstationClient) => client.eye.trends();

function Laboratory({ inForce, onTold, onApplied }: LaboratoryProps): ReactNode {
  const { current, history, orderMinimum, apply } = inForce;
  const [moved, setMoved] = useState<EyeLimits>();
  const [chosen, setChosen] = useState<Series>('overall');
  const [dialog, setDialog] = useState<'apply' | 'history'>();
  const draft = moved ?? current;
  const { trial, isCounting } = useTrial(draft);
  const { open, show, close } = useChangedPicture();
  const trends = useStream(openTrends);
  const carryOut = useCommand();
  const changes = limitChanges(current, draft);
  const refusal = apply?.allowed === false ? apply.unmet.map((unmet) => guardSentence(unmet)).join(' ') : undefined;

  async function applyLimits(reason: string): Promise<void> {
    setDialog(undefined);
    onTold(undefined);
    const outcome = await carryOut((client, id) => client.eye.applyLimits({ id, limits: draft, reason }));
    onTold({ verb: limitWords.verb, done: limitWords.done, outcome });
    if (outcome.kind !== 'done') return;
    setMoved(undefined);
    onApplied();
  }

  return (
    <div className="limits-screen" data-testid="limits">
      <div className="limits-top">
        <div className="panel">
          <h1>{limitWords.title}</h1>
          <p>{orderMinimum === undefined ? limitWords.fails : limitWords.order(orderMinimum)}</p>
        </div>
        <EyeViews shown="limits" />
      </div>
      <div className="limits-left">
        <LimitList
          series={seriesToLimit(trends, current)}
          current={current}
          draft={draft}
          chosen={chosen}
          onChoose={setChosen}
        />
        <LimitMover
          series={chosen}
          limit={limitIn(draft, chosen)}
          onMove={(limit) => setMoved(withLimit(draft, chosen, limit))}
        />
      </div>
      <TrialPanel trial={trial} isCounting={isCounting} onOpen={(change) => void show(change)} />
      <LimitActions
        changes={changes}
        refusal={refusal}
        onHistory={() => setDialog('history')}
        onUndo={() => setMoved(undefined)}
        onApply={() => setDialog('apply')}
      />
      {dialog === 'apply' && (
        <ReasonDialog
          act={limitWords.apply}
          effect={limitWords.effect(changes)}
          label={limitWords.reason}
          needed={words.actions.reasonNeeded}
          isRequired
          quick={limitWords.quick}
          onConfirm={(reason) => void applyLimits(reason)}
          onCancel={() => setDialog(undefined)}
        />
      )}
      {dialog === 'history' && (
        <LimitHistory
          history={history}
          onTake={(limits) => {
            setMoved(limits);
            setDialog(undefined);
          }}
          onClose={() => setDialog(undefined)}
        />
      )}
      {open !== undefined && (
        <PictureDialog picture={open} newer={undefined} older={undefined} onShow={() => undefined} onClose={close} />
      )}
    </div>
  );
}
