import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { setUpWords } from '#renderer/words/set-up.ts';

interface TargetChoiceProps {
  /** Nothing is drawn where there are none: on every line but a training line. */
  readonly targets: readonly string[];
  /** What stands there now. */
  readonly target: string | undefined;
  readonly onShow: (target: string) => void;
}

/** Puts something before the emulated camera of a training line. */
export function TargetChoice({ targets, target, onShow }: TargetChoiceProps): ReactNode {
  if (targets.length === 0) return null;
  return (
    <NativeSelect
      className="panel target-choice"
      label={setUpWords.target}
      size="lg"
      value={target}
      onChange={(event) => onShow(event.currentTarget.value)}
      data={targets.map((target) => ({ value: target, label: setUpWords.targets[target] ?? target }))}
      data-testid="set-up-target"
    />
  );
}
