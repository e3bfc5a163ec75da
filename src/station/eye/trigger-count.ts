import type { Numbered } from '#devices/camera/notice.ts';
import type { Reading } from '#line/signal.ts';

/** How the line is told which trigger a reading belongs to. */
export type TriggerWords = Required<Pick<Reading, 'trigger' | 'count'>> & Pick<Reading, 'anew'>;

/**
 * Two counts of what the camera noticed, each growing for as long as the workstation runs. The inspect threads answer by
 * the place in the order of notices, without gaps, so that no answer to a picture of before can be taken for one of now.
 * The line's number leaves out what the camera counted while it was not armed, and goes on by one where the camera began
 * anew; it is said with it that it did.
 */
export interface TriggerCount {
  /** The place of this notice. */
  of(notice: Numbered): number;
  /** What the line is told at this place. Places are asked for in order, and each once; some are passed over. */
  told(place: number): TriggerWords;
  /** The least place that a later notice can have. */
  readonly next: number;
}

export function triggerCount(): TriggerCount {
  const untold = new Map<number, TriggerWords>();
  let last: { readonly camera: Numbered; readonly line: number } | undefined;
  let next = 1;
  return {
    of(notice) {
      const isOn = last !== undefined && goesOn(last.camera, notice);
      const line = last === undefined ? 1 : last.line + (isOn ? notice.trigger - last.camera.trigger : 1);
      untold.set(next, { trigger: line, count: notice.counts ?? 'pictures', ...(isOn ? {} : { anew: true }) });
      last = { camera: notice, line };
      next += 1;
      return next - 1;
    },
    told(place) {
      const words = untold.get(place) ?? { trigger: place, count: 'pictures' };
      let isAnew = false;
      for (const [earlier, { anew }] of untold) {
        if (earlier > place) break;
        isAnew ||= anew === true;
        untold.delete(earlier);
      }
      return isAnew ? { ...words, anew: true } : words;
    },
    get next() {
      return next;
    },
  };
}

/** Whether a number belongs to the count of the one before. One that does not rise does not, whatever is said of it. */
function goesOn(before: Numbered, { trigger, counts, anew }: Numbered): boolean {
  return anew !== true && counts === before.counts && trigger > before.trigger;
}
