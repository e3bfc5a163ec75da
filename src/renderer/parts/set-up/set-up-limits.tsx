import { IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { SetUpTask } from '#contract/camera-set-up.ts';
import { setUpWords } from '#renderer/words/set-up.ts';
import './set-up-limits.css';

interface SetUpLimitsProps {
  readonly kind: SetUpTask['kind'];
}

/** For what the result of a task holds, and what it cannot do: said before it is begun, and before it is accepted. */
export function SetUpLimits({ kind }: SetUpLimitsProps): ReactNode {
  return (
    <p className="set-up-limits" data-testid="set-up-limits">
      <IconInfoCircle aria-hidden="true" />
      <span>{setUpWords.limits[kind]}</span>
    </p>
  );
}
