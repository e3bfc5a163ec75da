import type { Answer } from '#contract/answer.ts';
import type { Actor } from '#order/run-state.ts';
import { DONE, failed, refused } from '#station/answers.ts';
import { refusedTo } from '#station/authority.ts';
import type { Desk } from '#station/desk.ts';
import { PATIENCE, type VirtualLine } from '#station/virtual-line.ts';

/** What can be put before the emulated camera of a training line; `items`: it is taken away again. */
export const SET_UP_TARGETS = ['items', 'dark', 'grey-card', 'board', 'printed-code', 'label'] as const;
type Target = (typeof SET_UP_TARGETS)[number];

/** What stands before the emulated camera while it is set up. */
export interface TrainingTarget {
  /** What the camera was last said to see. */
  readonly shown: string;
  /** `late`: the line did not say that it stands there; `unknown`: there is no such thing. */
  show(target: string): Promise<'shown' | 'late' | 'unknown'>;
}

export function trainingTarget(virtualLine: Pick<VirtualLine, 'ask' | 'starts'>): TrainingTarget {
  let last: { readonly target: Target; readonly start: number } | undefined;
  return {
    get shown() {
      return last?.start === virtualLine.starts ? last.target : 'items';
    },
    async show(wanted) {
      const target = SET_UP_TARGETS.find((one) => one === wanted);
      if (target === undefined) return 'unknown';
      const isThere = await virtualLine.ask(
        { do: 'show', target },
        (note) => note.note === 'shown' && note.target === target,
      );
      if (!isThere) return 'late';
      last = { target, start: virtualLine.starts };
      return 'shown';
    },
  };
}

const LATE = `The training line did not say within ${PATIENCE / 1000} s that it stands before the camera. Choose it again.`;

/** Puts something before the camera of a training line, and says whether it stands there. */
export async function showInTraining(
  desk: Desk,
  training: TrainingTarget | undefined,
  { actor, target }: { readonly actor: Actor; readonly target: string },
): Promise<Answer<null>> {
  const stranger = refusedTo(desk, actor, { action: 'training.inject' });
  if (stranger !== undefined) return stranger;
  if (training === undefined) return refused([{ guard: 'not-training' }]);
  switch (await training.show(target)) {
    case 'shown':
      return DONE;
    case 'late':
      return failed('not-shown', LATE);
    case 'unknown':
      return failed('no-such-target', `Nothing called ${target} can be shown.`);
  }
}
