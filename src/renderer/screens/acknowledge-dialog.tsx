import type { ReactNode } from 'react';
import type { Alarm } from '#contract/snapshot.ts';
import { ReasonDialog } from '#renderer/parts/reason-dialog.tsx';
import { alarmText } from '#renderer/words/alarms.ts';
import { words } from '#renderer/words/en.ts';

interface AcknowledgeDialogProps {
  readonly alarm: Alarm;
  readonly onConfirm: (comment: string) => void;
  readonly onCancel: () => void;
}

/** A GMP alarm is acknowledged with a comment. */
export function AcknowledgeDialog({ alarm, onConfirm, onCancel }: AcknowledgeDialogProps): ReactNode {
  return (
    <ReasonDialog
      act={words.alarms.acknowledge}
      effect={`${alarmText(alarm).title}. ${words.alarms.commentHint}`}
      label={words.alarms.comment}
      needed={words.alarms.commentNeeded}
      isRequired
      quick={words.alarms.quick}
      onConfirm={onConfirm}
      onCancel={onCancel}
    />
  );
}
