import { Textarea } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { Dialog } from '#renderer/parts/dialog.tsx';
import { TouchButton } from '#renderer/parts/touch-button.tsx';
import { words } from '#renderer/words/en.ts';
import './reason-dialog.css';

interface ReasonDialogProps {
  /** What the button says: a verb and its object. */
  readonly act: string;
  /** What follows from it. */
  readonly effect: string;
  /** The text of the field, and why a text is needed. */
  readonly label: string;
  readonly needed: string;
  /** Undefined when the act may be done without a text. */
  readonly isRequired: boolean;
  /** Texts that can be chosen with a glove on. */
  readonly quick: readonly string[];
  readonly onConfirm: (reason: string) => void;
  readonly onCancel: () => void;
}

const SHORTEST = 3;

/** Says what will happen, asks why, and does nothing until a person says so. */
export function ReasonDialog(props: ReasonDialogProps): ReactNode {
  const { act, effect, label, needed, isRequired, quick, onConfirm, onCancel } = props;
  const [reason, setReason] = useState('');
  const why = useId();
  const text = reason.trim();
  const isMissing = isRequired ? text.length < SHORTEST : text.length > 0 && text.length < SHORTEST;
  return (
    <Dialog title={act} size="lg" onClose={onCancel}>
      <div className="dialog-body" data-testid="reason-dialog">
        <p>{effect}</p>
        <Textarea
          label={label}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          rows={3}
          size="lg"
          maxLength={500}
          data-autofocus
          data-testid="reason"
        />
        {quick.length > 0 && (
          <div className="quick">
            {quick.map((one) => (
              <TouchButton key={one} onPress={() => setReason(one)}>
                {one}
              </TouchButton>
            ))}
          </div>
        )}
        <p className="why" id={why}>
          {isMissing ? needed : ''}
        </p>
        <div className="buttons">
          <TouchButton onPress={onCancel}>{words.actions.cancel}</TouchButton>
          <TouchButton
            weight="main"
            disabled={isMissing}
            describedBy={why}
            onPress={() => onConfirm(text)}
            testId="confirm"
          >
            {act}
          </TouchButton>
        </div>
      </div>
    </Dialog>
  );
}
