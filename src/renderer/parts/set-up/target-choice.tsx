import { NativeSelect } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { setUpWords } from '#renderer/words/set-up.ts';

interface TargetChoiceProps {
  /** Nothing is drawn where there are none: on every line but a training line. */
  readonly targets: readonly string[];
  readonly onShow: (target: string) => void;
}

/** Puts something before the emulated camera of a training line. */
export function TargetChoice({ targets, onShow }: TargetChoiceProps): ReactNode {
  const [shown, setShown] = useState('items');
  if (targets.length === 0) return null;
  return (
    <NativeSelect
      className="panel target-choice"
      label={setUpWords.target}
      size="lg"
      value={shown}
      onChange={(event) => {
        setShown(event.currentTarget.value);
        onShow(event.currentTarget.value);
      }}
      data={targets.map((target) => ({ value: target, label: setUpWords.targets[target] ?? target }))}
      data-testid="set-up-target"
    />
  );
}
