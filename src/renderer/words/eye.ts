import type { EyeCamera, EyeCheck, EyeCode, EyeTrend, EyeTrends, EyeVerdict, PictureRow } from '#contract/eye.ts';
import { isGradeCurve } from '#contract/inspection.ts';
import { age, clock, duration, figure, percent } from '#renderer/words/format.ts';
import { curveUnit, gradeFigure, PARAMETER_WORDS } from '#renderer/words/parameters.ts';
import { rejectSentence } from '#renderer/words/reasons.ts';

/** Texts of the camera's page. */
export const eyeWords = {
  title: 'Camera',
  live: 'Live picture',
  limits: 'Threshold laboratory',
  views: 'Views of the camera',
  verdict: 'Verdict on the last item',
  noPicture: 'No picture',
  pictureLabel: (codes: number, wrong: number) => `Picture of the last item: ${foundIn(codes, wrong)}`,
  legend: {
    label: 'Marks in the picture',
    window: 'searched',
    code: 'code found',
    unread: 'code not read',
    wrong: (count: number) => `${counted(count, 'module')} wrong`,
    met: 'checked besides',
    missed: 'check not met',
  },
  /** People count rows and columns from 1. */
  mark: {
    row: (row: number) => `row ${row + 1} missing`,
    column: (column: number) => `column ${column + 1} missing`,
  },
  waiting: 'Waiting for the verdict',
  noVerdict: 'Waiting for the first item',
  notGraded: 'No process-control grade: nothing to grade in this picture',
  ago: (ms: number) => `${age(ms)} ago`,

  parameters: {
    title: 'Parameters of the last item',
    columns: { name: 'Parameter', value: 'Value', bar: '0 to 4', grade: 'Grade', limit: 'Fails below', note: 'Note' },
    noLimit: '–',
    failed: 'below its limit',
    outside: 'unusual for this run',
    cameraDependent: 'camera-dependent',
    none: 'Parameters appear with the first graded item.',
    nothing: 'The last item has no process-control grade: its code could not be read.',
  },

  print: {
    title: 'The print',
    quiet: 'The print shows no fault.',
    /** Of a code that nobody could read it is not said that its print has no fault. */
    unread: 'Nothing can be told of the print: no code was read in the last picture.',
    of: (items: number, of: number) => `in ${figure(items)} of the last ${figure(of)} items`,
    seldom: (what: string, of: string) => `Seen ${of}: ${what}`,
    more: (count: number) => (count === 1 ? 'and 1 cause more' : `and ${count} causes more`),
  },

  trend: {
    title: 'Trend of the last 200 items',
    series: 'Curve',
    overall: 'Process-control grade',
    usual: (of: number) => `band: usual in the first ${figure(of)} items`,
    noUsual: 'no control limits yet',
    limit: (grade: number) => `dashes: fails below ${gradeFigure(grade)}`,
    /** A grade has no place on the scale of a value. */
    limitElsewhere: (grade: number) => `fails below grade ${gradeFigure(grade)}`,
    ahead: 'dots: where it is heading',
    none: 'The trend starts with the first graded items.',
  },

  rejects: {
    title: 'Last rejected pictures',
    none: 'No rejected picture on record.',
    removed: 'picture no longer kept',
  },

  record: {
    title: {
      fail: 'Rejected picture',
      'first-article': 'First article',
      sample: 'Picture of a good item',
    } satisfies Record<PictureRow['kept'], string>,
    ofItem: 'Pictures of this item',
    serial: 'Serial',
    unread: 'not read',
    order: 'Order',
    verdict: 'Verdict',
    grade: 'Process-control grade',
    noGrade: 'nothing to grade',
    taken: 'Taken',
    size: 'Picture',
    pixels: (width: number, height: number, bytes: string) => `${figure(width)} × ${figure(height)} px · ${bytes}`,
    hash: 'SHA-256',
    kept: 'Kept as',
    why: { fail: 'reject', 'first-article': 'first article', sample: 'sample of good ones' } satisfies Record<
      PictureRow['kept'],
      string
    >,
    removed: 'The file was removed by the rules of retention. What it was stays on record.',
    newer: 'Newer',
    older: 'Older',
    item: 'Item look-up',
    alt: 'Picture of the item, as the camera took it',
    altWith: (codes: number, wrong: number, causes: readonly string[]) =>
      [`Picture of the item: ${foundIn(codes, wrong)}`, ...causes].join(', '),
    unmarked: 'What was found in this picture is not on record: no marks can be drawn.',
    hideMarks: 'Hide marks',
    showMarks: 'Show marks',
    whole: 'Whole picture',
    near: 'Close-up',
    cause: 'Probable cause',
    below: (limit: number) => `below its limit ${gradeFigure(limit)}`,
  },

  state: {
    noCameraTitle: 'No camera of its own on this line',
    noCameraWhat:
      'The reader of this line grades by itself and sends no pictures. To add a camera, engineering enters it in the line file.',
    offlineTitle: 'The camera is offline',
    offlineWhat:
      'Items get no picture and are rejected. Check power and network cable of the camera; it reconnects by itself.',
    connectingTitle: 'Connecting to the camera',
    connectingWhat: 'If it lasts longer than half a minute: is the camera switched on?',
    warmingTitle: 'Warming up',
    warmingWhat: 'The inspection practises before it is trusted. A run can start as soon as it is done; nothing to do.',
    warmingOf: (done: number, of: number) => `${figure(done)} of ${figure(of)} practice pictures`,
    nothingTitle: 'No picture yet',
    nothingWhat: 'The camera is ready. The first picture comes with the first item: start the run.',
    frames: (frames: number) => `${figure(frames)} pictures`,
    without: (items: number) => `${figure(items)} not in time`,
    lost: (pictures: number) => `${figure(pictures)} not kept`,
    took: (p50: number, p99: number) => `${p50.toFixed(0)}\u00a0ms each, 99 % in ${p99.toFixed(0)}\u00a0ms`,
  },
} as const;

/** How the code was read; an assisted read is never called a normal one (vision.md §3.2). */
export const READ_BY_WORDS: Readonly<Record<EyeCode['readBy'], string>> = {
  zxing: 'normal read',
  'zxing-retry': 'read on the second pass',
  assisted: 'assisted read: scanners may not read it',
};

function foundIn(codes: number, wrong: number): string {
  const found = codes === 0 ? 'no code found' : `${counted(codes, 'code')} found`;
  return wrong === 0 ? found : `${found}, ${counted(wrong, 'module')} wrong`;
}

/** What a check that is not met found: "seal: contrast 2 %, at least 20 %". */
export function checkSentence(check: EyeCheck): string {
  switch (check.kind) {
    case 'placement': {
      const { wanted, found, tolerance, turn } = check;
      const away = Math.hypot(found[0] - wanted[0], found[1] - wanted[1]);
      return `code ${away.toFixed(1)} px from its place, turned by ${turn.toFixed(1)}° (allowed: ${tolerance} px)`;
    }
    case 'presence': {
      const { name, contrast, least } = check;
      const seen = contrast === undefined ? 'outside the picture' : `contrast ${percent(contrast, 0)}`;
      return `${name}: ${seen}, at least ${percent(least, 0)}`;
    }
    case 'text': {
      const { name, found = '' } = check;
      // What could not be compared at all names its line already.
      return found.startsWith(`${name}: `) ? found : `${name}: ${found}`;
    }
  }
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${figure(count)} ${what}s`;
}

/** What the camera has done so far, and how fast: "12 541 pictures · 3 not in time · 6 ms each, 99 % in 21 ms". */
export function cameraHealth({ frames, incomplete, missed, picturesLost = 0, took }: EyeCamera): string {
  const { state } = eyeWords;
  return [
    state.frames(frames),
    ...(incomplete + missed === 0 ? [] : [state.without(incomplete + missed)]),
    ...(picturesLost === 0 ? [] : [state.lost(picturesLost)]),
    ...(took === undefined ? [] : [state.took(took.p50, took.p99)]),
  ].join(' · ');
}

type Series = EyeTrends['trends'][number]['series'];

/** The name of a curve or a limit. */
export function seriesName(series: Series): string {
  return series === 'overall' ? eyeWords.trend.overall : PARAMETER_WORDS[series].name;
}

interface Legend extends Pick<EyeTrend, 'control'> {
  readonly limit?: number | undefined;
  readonly hasForecast: boolean;
}

/** What is drawn of a curve, and what its limit is where that is none of its scale. */
export function trendLegend(series: Series, { control, limit, hasForecast }: Legend): string {
  const { trend } = eyeWords;
  const limitText = isGradeCurve(series) ? trend.limit : trend.limitElsewhere;
  return [
    curveUnit(series),
    control === undefined ? trend.noUsual : trend.usual(control.of),
    ...(limit === undefined ? [] : [limitText(limit)]),
    ...(hasForecast ? [trend.ahead] : []),
  ].join(' · ');
}

/** "Grade falls below 1.5 in about 12 min (60 items)." */
export function forecastSentence(forecast: NonNullable<EyeTrends['forecast']>): string {
  const { series, limit, items, minutes } = forecast;
  const what = gradeOf(series);
  if (items === 0) return `${what} is at its limit of ${gradeFigure(limit)} now.`;
  const count = items === 1 ? '1 item' : `${figure(items)} items`;
  if (minutes === undefined) return `${what} falls below ${gradeFigure(limit)} in about ${count}.`;
  return `${what} falls below ${gradeFigure(limit)} in about ${duration(minutes * 60_000)} (${count}).`;
}

/** "Grade has been below 1.5 since 15:04 (38 items)." */
export function belowSentence({ series, limit, items, since }: NonNullable<EyeTrends['below']>): string {
  const below = `${gradeOf(series)} has been below ${gradeFigure(limit)}`;
  return since === undefined
    ? `${below} for more than ${figure(items)} items.`
    : `${below} since ${clock(since)} (${figure(items)} items).`;
}

function gradeOf(series: Series): string {
  return series === 'overall' ? 'Grade' : `Grade of ${PARAMETER_WORDS[series].name.toLowerCase()}`;
}

/** Why the item failed, without the word "Rejected": "print grade 1.2 is below the limit 1.5". */
export function verdictSentence({ reason, ...item }: EyeVerdict): string {
  return reason === undefined ? '' : rejectSentence({ reason, ...item }).replace(/^Rejected: /, '');
}
