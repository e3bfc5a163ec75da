import type { ReactNode } from 'react';
import type { SetUpSession } from '#contract/camera-set-up.ts';
import { EVERY, type Series } from '#renderer/parts/set-up/use-series.ts';
import { TouchButton } from '#renderer/parts/touch-button.tsx';
import { setUpWords } from '#renderer/words/set-up.ts';
import './set-up-actions.css';

interface SetUpActionsProps {
  readonly session: SetUpSession;
  /** Why nothing may be done now but to discard it; undefined while all may. */
  readonly refusal: string | undefined;
  readonly canDiscard: boolean;
  readonly canTrain: boolean;
  readonly series: Series;
  readonly onAct: (act: 'picture' | 'no-dark' | 'again' | 'discard') => void;
  readonly onTrain: () => void;
  readonly onAccept: () => void;
}

/** What can be done with an open set-up: one thing above all others. */
export function SetUpActions(props: SetUpActionsProps): ReactNode {
  const { session, refusal, canDiscard, series, onAct } = props;
  const { step, isBusy } = session;
  const isStill = isBusy || refusal !== undefined;
  const hasBegun = step === 'done' || step === 'refused' || step === 'wants-card' || step === 'wants-text';
  return (
    <div className="set-up-actions">
      <TouchButton testId="set-up-discard" disabled={isBusy || !canDiscard} onPress={() => onAct('discard')}>
        {setUpWords.discard}
      </TouchButton>
      <p id="set-up-why" role="status" data-testid="set-up-why">
        {refusal ?? (series.isOn ? setUpWords.seriesOn(EVERY) : '')}
      </p>
      {step === 'wants-dark' && (
        <TouchButton testId="set-up-no-dark" disabled={isStill} onPress={() => onAct('no-dark')}>
          {setUpWords.noDark}
        </TouchButton>
      )}
      {hasBegun && step !== 'refused' && (
        <TouchButton testId="set-up-again" disabled={isStill} onPress={() => onAct('again')}>
          {setUpWords.again}
        </TouchButton>
      )}
      {step === 'wants-card' && !series.isOn && (
        <TouchButton testId="set-up-series" disabled={isStill} onPress={series.start}>
          {setUpWords.series(EVERY)}
        </TouchButton>
      )}
      <MainButton {...props} isStill={isStill} />
    </div>
  );
}

function MainButton(props: SetUpActionsProps & { readonly isStill: boolean }): ReactNode {
  const { session, isStill, canTrain, series, onAct, onTrain, onAccept } = props;
  const main = { weight: 'main', describedBy: 'set-up-why' } as const;
  if (series.isOn) {
    return (
      <TouchButton {...main} testId="set-up-stop" onPress={series.stop}>
        {setUpWords.stop}
      </TouchButton>
    );
  }
  switch (session.step) {
    case 'done':
      return (
        <TouchButton {...main} testId="set-up-accept" disabled={isStill} onPress={onAccept}>
          {setUpWords.accept}
        </TouchButton>
      );
    case 'refused':
      return (
        <TouchButton {...main} testId="set-up-again" disabled={isStill} onPress={() => onAct('again')}>
          {setUpWords.again}
        </TouchButton>
      );
    case 'wants-text':
      return (
        <TouchButton {...main} testId="set-up-train" disabled={isStill || !canTrain} onPress={onTrain}>
          {setUpWords.train}
        </TouchButton>
      );
    case 'wants-dark':
    case 'wants-card':
    case 'wants-board':
    case 'wants-picture':
      return (
        <TouchButton {...main} testId="set-up-take" disabled={isStill} onPress={() => onAct('picture')}>
          {setUpWords.picture}
        </TouchButton>
      );
  }
}
