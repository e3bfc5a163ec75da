import type { EyeCause, EyeCheck, EyeCode, EyeUnread } from '#contract/eye.ts';
import { type Box, cornersOf, lineAcross, type Point } from '#renderer/parts/picture/picture-geometry.ts';
import { eyeWords } from '#renderer/words/eye.ts';

/** Where a named cause stands: a row or a column of the print head, across the symbol. */
export interface CauseLine {
  readonly from: Point;
  readonly to: Point;
  readonly label: string;
}

/** What is drawn over a picture: the same for a live one and for one from the record. */
export interface Overlay {
  /** Where the code is looked for. */
  readonly window?: Box | undefined;
  readonly codes: readonly EyeCode[];
  /** Where a code stands that was not read. */
  readonly unread?: EyeUnread['corners'] | undefined;
  readonly checks: readonly EyeCheck[];
  readonly lines: readonly CauseLine[];
  /** The item failed: the outline says so by its colour and by its double line. */
  readonly isFail: boolean;
}

/** What is known of a picture. */
export interface Seen {
  readonly window?: Box | undefined;
  readonly codes: readonly EyeCode[];
  readonly unread?: EyeUnread | undefined;
  readonly checks?: readonly EyeCheck[] | undefined;
  readonly causes: readonly EyeCause[];
  readonly isFail: boolean;
}

/** The marks of a picture. Causes are those of the item's own code, which is the first; or of what stands in its place. */
export function overlayOf({ window, codes, unread, checks = [], causes, isFail }: Seen): Overlay {
  const lines = causeLines(causes, codes[0] ?? unread);
  return { window, codes, ...(unread === undefined ? {} : { unread: unread.corners }), checks, lines, isFail };
}

function causeLines(
  causes: readonly EyeCause[],
  place: Pick<EyeCode, 'corners' | 'size'> | undefined,
): readonly CauseLine[] {
  const { corners, size } = place ?? {};
  if (corners === undefined || size === undefined) return [];
  return causes.flatMap((cause) => {
    if (cause.kind !== 'dead-nozzle' && cause.kind !== 'dead-column') return [];
    const [from, to] = lineAcross(corners, size, cause);
    const label = cause.kind === 'dead-nozzle' ? eyeWords.mark.row(cause.row) : eyeWords.mark.column(cause.column);
    return [{ from, to, label }];
  });
}

/** Corners of everything that is to be seen from near: the codes or the place of one, and checks that are not met. */
export function pointsOf({ codes, unread, checks }: Pick<Overlay, 'codes' | 'unread' | 'checks'>): readonly Point[] {
  const missed = checks.flatMap((check): readonly Point[] => {
    if (check.isMet) return [];
    return check.kind === 'placement' ? [check.wanted] : cornersOf(check.window);
  });
  return [...codes.flatMap(({ corners }) => corners), ...(unread ?? []), ...missed];
}
