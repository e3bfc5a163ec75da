import { NativeSelect } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { setUpWords } from '#renderer/words/set-up.ts';
import './target-choice.css';

interface TargetChoiceProps {
  /** Nothing is drawn where there are none: on every line but a training line. */
  readonly targets: readonly string[];
  /** What stands there now. */
  readonly target: string | undefined;
  /** Tells whether it stands there. */
  readonly onShow: (target: string) => Promise<boolean>;
}

/** What was asked for, and what stood there then. */
interface Wish {
  readonly wanted: string;
  readonly before: string | undefined;
  readonly state: keyof typeof setUpWords.targetState;
}

/** Puts something before the emulated camera of a training line, and says when it stands there. */
export function TargetChoice({ targets, target, onShow }: TargetChoiceProps): ReactNode {
  const [wish, setWish] = useState<Wish>();
  const label = useId();
  if (targets.length === 0) return null;
  // Somebody at another screen may have put something else there since.
  const own = wish !== undefined && (target === wish.before || target === wish.wanted) ? wish : undefined;
  const ask = async (wanted: string): Promise<void> => {
    setWish({ wanted, before: target, state: 'asked' });
    const isThere = await onShow(wanted);
    setWish({ wanted, before: target, state: isThere ? 'there' : 'missing' });
  };
  return (
    <section className="panel target-choice" aria-labelledby={label}>
      <div>
        <h2 id={label}>{setUpWords.target}</h2>
        <p role="status" data-testid="set-up-target-state">
          {own === undefined ? setUpWords.targetHint : setUpWords.targetState[own.state]}
        </p>
      </div>
      <NativeSelect
        aria-labelledby={label}
        size="lg"
        value={own === undefined || own.state === 'missing' ? target : own.wanted}
        onChange={(event) => void ask(event.currentTarget.value)}
        data={targets.map((one) => ({ value: one, label: setUpWords.targets[one] ?? one }))}
        data-testid="set-up-target"
      />
    </section>
  );
}
