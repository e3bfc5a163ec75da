import type { EyeView } from '#contract/eye.ts';

/** How long a judged item stays on the screen while the next one waits for its verdict, in milliseconds. */
const HOLD = 1_500;

/**
 * What to show next: a picture appears together with its verdict. Pictures come faster than the PLC asks about their
 * items, and a banner that says "waiting" between any two items says nothing. A verdict that does not come is told.
 */
export function heldView(shown: EyeView | undefined, next: EyeView): EyeView {
  const coming = next.inspection;
  if (coming === undefined || coming.verdict !== undefined || shown?.inspection?.verdict === undefined) return next;
  if (coming.at - shown.inspection.at > HOLD || next.at - coming.at > HOLD) return next;
  const { picture, inspection, profile } = shown;
  const { frame, at, camera } = next;
  return {
    frame,
    at,
    inspection,
    ...(camera === undefined ? {} : { camera }),
    ...(picture === undefined ? {} : { picture }),
    ...(profile === undefined ? {} : { profile }),
  };
}
