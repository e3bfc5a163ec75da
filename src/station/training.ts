import type { Answer } from '#contract/answer.ts';
import type { Actor } from '#order/run-state.ts';
import { DONE, failed, refused } from '#station/answers.ts';
import { audit } from '#station/audit.ts';
import { refusedTo } from '#station/authority.ts';
import type { Desk } from '#station/desk.ts';
import type { VirtualLine } from '#station/virtual-line.ts';

/** Faults of the built-in line that a trainer may cause (docs/virtual-line.md); some only mean something in real time. */
export const TRAINING_FAULTS: readonly { readonly id: string; readonly realTimeOnly: boolean }[] = [
  { id: 'F01', realTimeOnly: false },
  { id: 'F02', realTimeOnly: false },
  { id: 'F08', realTimeOnly: false },
  { id: 'F09', realTimeOnly: false },
  { id: 'F10', realTimeOnly: false },
  { id: 'F11', realTimeOnly: false },
  { id: 'F12', realTimeOnly: true },
  { id: 'F13', realTimeOnly: true },
  { id: 'F15', realTimeOnly: false },
  { id: 'F16', realTimeOnly: false },
  { id: 'F20', realTimeOnly: true },
];

/** Has the virtual line misbehave; recorded, because a trainee's run is judged with it. */
export function injectFault(
  desk: Desk,
  virtualLine: VirtualLine | undefined,
  actor: Actor,
  fault: string,
  seconds: number | undefined,
): Answer<null> {
  const stranger = refusedTo(desk, actor, { action: 'training.inject' });
  if (stranger !== undefined) return stranger;
  if (virtualLine === undefined) return refused([{ guard: 'not-training' }]);
  if (!TRAINING_FAULTS.some(({ id }) => id === fault))
    return failed('no-such-fault', `The virtual line knows no fault ${fault}.`);
  virtualLine.tell({ do: 'inject', fault, ...(seconds === undefined ? {} : { seconds }) });
  audit(desk, actor, { action: 'training.inject', detail: { fault, seconds } });
  return DONE;
}
