import type { EyeChange, EyeLimits, EyeTrial } from '#contract/eye.ts';
import { PARAMETERS } from '#contract/inspection.ts';
import { seriesName } from '#renderer/words/eye.ts';
import { figure, percent } from '#renderer/words/format.ts';
import { gradeFigure } from '#renderer/words/parameters.ts';

/** Texts of the threshold laboratory. */
export const limitWords = {
  title: 'Threshold laboratory',
  fails: 'An item fails below this grade',
  choose: 'Limits',
  none: 'no limit',
  limit: (limit: number | undefined) => (limit === undefined ? 'no limit' : `fails below ${gradeFigure(limit)}`),
  changed: 'changed',
  order: (minimum: number) =>
    `The order asks for ${gradeFigure(minimum)} at least. The higher of the two decides; the order's is not changed here.`,
  lower: (step: number) => `Lower by ${step}`,
  raise: (step: number) => `Raise by ${step}`,
  slider: (name: string) => `Limit of ${name}`,
  remove: 'No limit',
  set: 'Set a limit',
  undo: 'As in force',
  apply: 'Apply limits',
  verb: 'Applying the limits',
  done: 'The limits are in force from the next item on.',
  effect: (changes: readonly string[]) =>
    `From the next item on: ${changes.join(', ')}. Verdicts already given stay as they are. The change goes into the audit trail.`,
  reason: 'Reason',
  quick: ['Agreed with quality', 'Bench verifier reads differently', 'Other material'],
  unchanged: 'Nothing is changed: move a limit first.',
  history: 'Earlier limits',
  historyNone: 'Nobody has set limits on this line yet.',
  historyRow: (who: string, role: string) => `${who}, ${role}`,
  take: 'Try these',
  now: 'in force',

  trial: {
    title: 'What this would have done',
    of: (images: number) => `to the last ${figure(images)} inspected items`,
    none: 'No inspected item is on record yet. Limits can be set; what they would have done is seen after the first items.',
    working: 'Counting …',
    failed: 'Failed',
    wouldFail: 'Would fail',
    newlyFailed: 'Newly failed',
    newlyPassed: 'Newly passed',
    below: 'Items below each limit',
    noLimits: 'No limit is set: only the order decides.',
    changes: 'Items that would change',
    noChanges: 'No verdict would change.',
    change: { FAIL: 'would fail', PASS: 'would pass' } satisfies Record<EyeChange['would'], string>,
    noPicture: 'no picture kept',
    share: (items: number, images: number) => (images === 0 ? '' : percent(items / images, 2)),
  },
} as const;

/** What would be different from the limits in force, one part per limit: "Contrast fails below 2 (was 1.5)". */
export function limitChanges(from: EyeLimits, to: EyeLimits): readonly string[] {
  return ALL_SERIES.flatMap((one) => {
    const [was, will] = [limitIn(from, one), limitIn(to, one)];
    return was === will
      ? []
      : [
          `${seriesName(one)} ${limitWords.limit(will)} (was ${was === undefined ? limitWords.none : gradeFigure(was)})`,
        ];
  });
}

type Series = EyeTrial['below'][number]['series'];

/** The limit of one series; undefined where none is set. */
export function limitIn(limits: EyeLimits, series: Series): number | undefined {
  return series === 'overall' ? limits.overall : limits.parameters[series];
}

/** Everything that can have a limit, in the order in which it is shown. */
export const ALL_SERIES: readonly Series[] = ['overall', ...PARAMETERS];
