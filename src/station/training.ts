import type { Answer } from '#contract/answer.ts';
import type { Actor } from '#order/run-state.ts';
import { DONE, failed, refused } from '#station/answers.ts';
import { audit } from '#station/audit.ts';
import { refusedTo } from '#station/authority.ts';
import type { Desk } from '#station/desk.ts';
import type { VirtualLine } from '#station/virtual-line.ts';

interface TrainingFault {
  readonly id: string;
  readonly realTimeOnly: boolean;
  /** Only a line that looks with a camera of its own would notice. */
  readonly ofCamera?: boolean;
}

const fault = (id: string): TrainingFault => ({ id, realTimeOnly: false });
const inRealTime = (id: string): TrainingFault => ({ id, realTimeOnly: true });
const ofCamera = (id: string): TrainingFault => ({ id, realTimeOnly: false, ofCamera: true });

/** Faults of the built-in line that a trainer may cause (docs/virtual-line.md); some only mean something in real time. */
const TRAINING_FAULTS: readonly TrainingFault[] = [
  fault('F01'),
  fault('F02'),
  fault('F07'),
  fault('F07-nozzle'),
  fault('F07-thin-nozzle'),
  fault('F07-drift'),
  fault('F07-contrast'),
  fault('F07-splatter'),
  fault('F07-position'),
  ofCamera('F07-window'),
  ofCamera('F07-defocus'),
  fault('F08'),
  fault('F09'),
  fault('F10'),
  fault('F11'),
  inRealTime('F12'),
  inRealTime('F13'),
  ofCamera('F14-trigger'),
  ofCamera('F14-incomplete'),
  ofCamera('F14-lost'),
  ofCamera('F14-black'),
  fault('F15'),
  ofCamera('F15-frozen'),
  fault('F16'),
  inRealTime('F20'),
];

/** What the training page offers on this line. */
export function trainingFaults(hasCamera: boolean): { id: string; realTimeOnly: boolean }[] {
  return TRAINING_FAULTS.filter((one) => hasCamera || one.ofCamera !== true).map(({ id, realTimeOnly }) => ({
    id,
    realTimeOnly,
  }));
}

/** Has the virtual line misbehave; recorded, because a trainee's run is judged with it. */
export function injectFault(
  desk: Desk,
  virtualLine: VirtualLine | undefined,
  actor: Actor,
  wanted: string,
  seconds: number | undefined,
): Answer<null> {
  const stranger = refusedTo(desk, actor, { action: 'training.inject' });
  if (stranger !== undefined) return stranger;
  if (virtualLine === undefined) return refused([{ guard: 'not-training' }]);
  if (!TRAINING_FAULTS.some(({ id }) => id === wanted))
    return failed('no-such-fault', `The virtual line knows no fault ${wanted}.`);
  virtualLine.tell({ do: 'inject', fault: wanted, ...(seconds === undefined ? {} : { seconds }) });
  audit(desk, actor, { action: 'training.inject', detail: { fault: wanted, seconds } });
  return DONE;
}
