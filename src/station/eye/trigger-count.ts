/**
 * The camera counts from 1 whenever it is armed; here it is one count without gaps for as long as the workstation runs,
 * so that no answer to a picture of before can be taken for one of now.
 */
export interface TriggerCount {
  /** The number here of the camera's number. */
  of(trigger: number): number;
  /** The least number that a later picture can have. */
  readonly next: number;
}

export function triggerCount(): TriggerCount {
  let before = 0;
  let last = 0;
  return {
    of(trigger) {
      if (trigger <= last) before += last;
      last = trigger;
      return before + trigger;
    },
    get next() {
      return before + last + 1;
    },
  };
}
