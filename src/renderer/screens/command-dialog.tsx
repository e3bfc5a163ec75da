import type { ReactNode } from 'react';
import type { Command, RunView } from '#contract/snapshot.ts';
import { isShort } from '#renderer/parts/line/run-figures.ts';
import { ReasonDialog } from '#renderer/parts/reason-dialog.tsx';
import { words } from '#renderer/words/en.ts';
import { COMMAND_WORDS } from '#renderer/words/states.ts';

interface CommandDialogProps {
  readonly command: Command;
  readonly run: RunView;
  readonly onConfirm: (reason: string) => void;
  readonly onCancel: () => void;
}

/** Hold, end and close: what follows, and why a person wants it. */
export function CommandDialog({ command, run, onConfirm, onCancel }: CommandDialogProps): ReactNode {
  const { act, effect } = COMMAND_WORDS[command];
  const short = command === 'end' && isShort(run);
  const isRequired = command === 'hold' || command === 'close' || short;
  return (
    <ReasonDialog
      act={act}
      effect={effect}
      label={isRequired ? words.actions.reason : words.actions.reasonOptional}
      needed={short ? words.actions.shortRun(run.accounts.GOOD, run.quantity) : words.actions.reasonNeeded}
      isRequired={isRequired}
      quick={command === 'start' || command === 'resume' ? [] : words.actions.quick[command]}
      onConfirm={onConfirm}
      onCancel={onCancel}
    />
  );
}
