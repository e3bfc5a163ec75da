import type { ReactNode } from 'react';
import { TouchButton } from '#renderer/parts/touch-button.tsx';
import { limitWords } from '#renderer/words/limits.ts';
import './limit-actions.css';

interface LimitActionsProps {
  /** What would be different, one part per limit. */
  readonly changes: readonly string[];
  /** Why this person may not apply limits now; undefined for who may. */
  readonly refusal: string | undefined;
  readonly onHistory: () => void;
  readonly onUndo: () => void;
  readonly onApply: () => void;
}

/** What can be done with the limits that were moved, and why not. */
export function LimitActions({ changes, refusal, onHistory, onUndo, onApply }: LimitActionsProps): ReactNode {
  const isSame = changes.length === 0;
  return (
    <div className="limit-actions">
      <TouchButton testId="limits-history" onPress={onHistory}>
        {limitWords.history}
      </TouchButton>
      <p id="limits-why">{refusal ?? (isSame ? limitWords.unchanged : changes.join(' · '))}</p>
      <TouchButton testId="limits-undo" disabled={isSame} onPress={onUndo}>
        {limitWords.undo}
      </TouchButton>
      <TouchButton
        weight="main"
        testId="limits-apply"
        disabled={refusal !== undefined || isSame}
        describedBy="limits-why"
        onPress={onApply}
      >
        {limitWords.apply}
      </TouchButton>
    </div>
  );
}
