import type { Features } from '#devices/camera/genicam/features.ts';
import type { Acquisition } from '#devices/camera/gige/acquisition.ts';
import { applyTrigger, type CameraSetting } from '#devices/camera/gige/settings.ts';
import type { CountSoFar } from '#devices/camera/gige/stream/block-count.ts';
import type { Millis } from '#line/time.ts';

/** How one picture is taken: what the session lends for it. */
export interface SinglePicture {
  readonly setting: CameraSetting;
  readonly patience: Millis;
  start(): Promise<Acquisition>;
  /** Calls back at the next notice, whatever it says. */
  next(arrived: () => void): void;
}

/**
 * Takes one picture by software trigger, whatever the job's trigger is. Throws an Error with a sentence when none came
 * within `patience`. The trigger is left at software: setting it back is the session's, because it must be done in any case.
 */
export async function takeSinglePicture(
  features: Features,
  { setting, patience, start, next }: SinglePicture,
): Promise<CountSoFar> {
  await applyTrigger(features, { ...setting, trigger: 'software' });
  const acquisition = await start();
  let hasCome = false;
  try {
    const coming = new Promise<boolean>((resolve) => {
      const late = setTimeout(() => resolve(false), patience);
      next(() => {
        clearTimeout(late);
        resolve(true);
      });
    });
    await features.execute('TriggerSoftware');
    hasCome = await coming;
  } catch (error) {
    await acquisition.stop().catch(() => {});
    throw error;
  }
  const count = await acquisition.stop();
  if (!hasCome) throw new Error(`no picture came within ${patience} ms of the software trigger`);
  return count;
}
