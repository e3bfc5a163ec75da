import { z } from 'zod';
import { SYMBOLOGIES, Window } from '#contract/camera-job.ts';
import { FLAGS, PARAMETERS } from '#contract/inspection.ts';
import { REASONS } from '#line/verdict.ts';

const count = z.int().nonnegative();
const instant = z.number();
const grade = z.number().min(0).max(4);
const Point = z.tuple([z.number(), z.number()]);
/** A part of the frame; what was found may reach out of it. */
const Box = z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const Parameter = z.enum(PARAMETERS);
/** A parameter, or the grade of the whole. */
const Series = z.enum(['overall', ...PARAMETERS]);

/** How the camera and the threads behind it are doing. Counts since the workstation was started. */
export const EyeCamera = z.strictObject({
  device: z.string(),
  link: z.enum(['connecting', 'online', 'offline']),
  /** Inspect threads decode and grade practice pictures first; until `ready` no run is started. */
  warmUp: z.strictObject({ ready: z.boolean(), done: count, of: count }),
  /** Whole pictures; triggers without a whole picture; pictures that nobody had room or time for; replaced threads. */
  frames: count,
  incomplete: count,
  missed: count,
  replaced: count,
  /** Milliseconds from the first packet to the result, over the last pictures. */
  took: z.strictObject({ p50: z.number(), p99: z.number() }).optional(),
  /** Pictures that were to be kept and could not be. */
  picturesLost: count.optional(),
  /** Where the job looks for the code, in pixels of the frame. */
  search: Window.optional(),
});
export type EyeCamera = z.infer<typeof EyeCamera>;

/** A small copy of a picture: the code and what is around it at its own scale where that fits, else made smaller. */
export const EyePicture = z.strictObject({
  at: instant,
  frame: z.strictObject({ width: count, height: count }),
  /** What the pixels show, in pixels of the frame: `width / window.width` is the scale. */
  window: Window,
  width: count,
  height: count,
  /** 8-bit grey, row after row, as base64; at most 64 KB of pixels where items pass, and 320 KB where a camera is set up. */
  grey: z.string(),
});
export type EyePicture = z.infer<typeof EyePicture>;

/** What to draw over the picture for one code, in pixels of the frame. */
export const EyeCode = z.strictObject({
  readBy: z.enum(['zxing', 'zxing-retry', 'assisted']),
  symbology: z.enum(SYMBOLOGIES),
  /** Top left, top right, bottom right, bottom left, in the orientation of the symbol. */
  corners: z.tuple([Point, Point, Point, Point]),
  /** Rows and columns of modules; absent for bars. */
  size: z.strictObject({ rows: count, columns: count }).optional(),
  /** Wrong modules as `row * columns + column`. */
  wrongModules: z.array(count),
});
export type EyeCode = z.infer<typeof EyeCode>;

/** A graded parameter. `failed`: below a limit in force. `outside`: beyond the control limits of this run. */
export const EyeParameter = z.strictObject({
  parameter: Parameter,
  /** In its own unit: a share 0..1, or modules for `grid`. */
  value: z.number(),
  grade,
  limit: grade.optional(),
  state: z.enum(['normal', 'outside', 'failed']),
});
export type EyeParameter = z.infer<typeof EyeParameter>;

/** What is wrong with the print, as far as pictures tell (`Cause` of inspection.ts). Rows and columns count from 0. */
export const EyeCause = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('dead-nozzle'), row: z.number() }),
  z.strictObject({ kind: z.literal('dead-column'), column: z.number() }),
  z.strictObject({ kind: z.literal('conveyor-speed') }),
  z.strictObject({ kind: z.literal('print-growth'), axis: z.enum(['both', 'x', 'y']), growth: z.number() }),
  z.strictObject({ kind: z.literal('low-contrast') }),
  z.strictObject({ kind: z.literal('blur') }),
  z.strictObject({ kind: z.literal('jitter') }),
  z.strictObject({ kind: z.literal('quiet-zone') }),
  z.strictObject({ kind: z.literal('damage') }),
]);
export type EyeCause = z.infer<typeof EyeCause>;

/** What a check beyond the code looked at and saw (`Checked` of inspection.ts), in pixels of the frame. */
export const EyeCheck = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('placement'),
    isMet: z.boolean(),
    wanted: Point,
    tolerance: z.number(),
    found: Point,
    turn: z.number(),
  }),
  z.strictObject({
    kind: z.literal('presence'),
    name: z.string(),
    isMet: z.boolean(),
    window: Box,
    contrast: z.number().optional(),
    least: z.number(),
  }),
  z.strictObject({
    kind: z.literal('text'),
    name: z.string(),
    isMet: z.boolean(),
    window: Box,
    line: Box.optional(),
    found: z.string().optional(),
  }),
]);
export type EyeCheck = z.infer<typeof EyeCheck>;

/** Where a code stands that was not read (`UnreadPlace` of inspection.ts). */
export const EyeUnread = z.strictObject({
  corners: z.tuple([Point, Point, Point, Point]),
  size: z.strictObject({ rows: count, columns: count }),
});
export type EyeUnread = z.infer<typeof EyeUnread>;

/** What is drawn over a kept picture, as far as it is on record. */
export const EyeDrawing = z.strictObject({
  /** Where the code was looked for. */
  window: Box,
  codes: z.array(EyeCode),
  checks: z.array(EyeCheck),
  unread: EyeUnread.optional(),
});
export type EyeDrawing = z.infer<typeof EyeDrawing>;

/** The verdict on an item, with what makes its sentence (`rejectSentence`). */
export const EyeVerdict = z.strictObject({
  verdict: z.enum(['PASS', 'FAIL']),
  reason: z.enum(REASONS).optional(),
  serial: z.string().optional(),
  read: z.string().optional(),
  expected: z.string().optional(),
});
export type EyeVerdict = z.infer<typeof EyeVerdict>;

/** The last inspection. `verdict` is absent while the item's trigger row from the PLC is still to come. */
export const EyeInspection = z.strictObject({
  trigger: count,
  at: instant,
  /** The process-control grade and its letter; absent where nothing was graded. */
  overall: grade.optional(),
  letter: z.enum(['A', 'B', 'C', 'D', 'F']).optional(),
  codes: z.array(EyeCode),
  parameters: z.array(EyeParameter),
  causes: z.array(EyeCause),
  /** Where they were seen when no code was read. */
  unread: EyeUnread.optional(),
  /** Absent where the job has no checks beyond the code. */
  checks: z.array(EyeCheck).optional(),
  flags: z.array(z.enum(FLAGS)),
  verdict: EyeVerdict.optional(),
});
export type EyeInspection = z.infer<typeof EyeInspection>;

/** What the supervisor's eye shows of the present moment. Latest wins, at most five a second. */
export const EyeView = z.strictObject({
  frame: count,
  at: instant,
  /** Absent: this line has no camera of its own, its reader grades by itself. */
  camera: EyeCamera.optional(),
  picture: EyePicture.optional(),
  inspection: EyeInspection.optional(),
  /** "PCG 3.0 (B) · 15415:2011 method · uncalibrated", of the last graded item. Never to be shortened to the number. */
  profile: z.string().optional(),
});
export type EyeView = z.infer<typeof EyeView>;

/** One curve of the last 200 graded items, oldest first. */
export const EyeTrend = z.strictObject({
  series: Series,
  at: z.array(instant),
  /** What is drawn: the grade where `isGradeCurve`, else the value in its own unit. */
  value: z.array(z.number()),
  grade: z.array(grade),
  /** Of `value`: mean and mean ± 3σ of the run's first `of` items; absent until there are as many. */
  control: z.strictObject({ mean: z.number(), low: z.number(), high: z.number(), of: count }).optional(),
});
export type EyeTrend = z.infer<typeof EyeTrend>;

/** How the print develops, at most once a second. */
export const EyeTrends = z.strictObject({
  at: instant,
  run: count.optional(),
  trends: z.array(EyeTrend),
  /** Probable causes over the last `of` items, the most frequent first. */
  causes: z.array(z.strictObject({ cause: EyeCause, items: count, of: count })),
  /**
   * What is below `limit` already: the last `items` of `series` without a break, the first of them at `since`; absent
   * when even the oldest that is shown is below. There is nothing to foresee then.
   */
  below: z.strictObject({ series: Series, limit: grade, items: count, since: instant.optional() }).optional(),
  /** When `series` will reach `limit` if it goes on like this; absent when no fall is significant. */
  forecast: z
    .strictObject({
      series: Series,
      grade,
      limit: grade,
      items: count,
      /** At the present rate; absent while the line stands. */
      minutes: z.number().nonnegative().optional(),
    })
    .optional(),
});
export type EyeTrends = z.infer<typeof EyeTrends>;

/** Grades below which an item fails, in steps of a tenth. The order's own minimum holds besides: the higher one decides. */
export const EyeLimits = z.strictObject({
  overall: grade.multipleOf(0.1).optional(),
  parameters: z.partialRecord(Parameter, grade.multipleOf(0.1)),
});
export type EyeLimits = z.infer<typeof EyeLimits>;

/** Limits as somebody applied them. */
export const EyeLimitsSet = z.strictObject({
  at: instant,
  userId: z.string(),
  role: z.string(),
  reason: z.string(),
  limits: EyeLimits,
});
export type EyeLimitsSet = z.infer<typeof EyeLimitsSet>;

/** An item whose verdict other limits would change. `because`: the series that decides, where one does. */
export const EyeChange = z.strictObject({
  run: count,
  at: instant,
  item: count,
  serial: z.string().optional(),
  was: z.enum(['PASS', 'FAIL']),
  would: z.enum(['PASS', 'FAIL']),
  because: Series.optional(),
  overall: grade.optional(),
  /** To be had by `eye.picture`; absent when none was kept. */
  picture: count.optional(),
});
export type EyeChange = z.infer<typeof EyeChange>;

/** What limits would have done to the inspections on record, newest first, 10 000 of them at the most. */
export const EyeTrial = z.strictObject({
  images: count,
  failed: count,
  wouldFail: count,
  newlyFailed: count,
  newlyPassed: count,
  /** Graded items below each limit that is set, whatever else is wrong with them. */
  below: z.array(z.strictObject({ series: Series, items: count })),
  /** The newest that would change, 20 at the most. */
  changes: z.array(EyeChange),
});
export type EyeTrial = z.infer<typeof EyeTrial>;

/** A kept picture. `removed`: its file went by the rules of retention; what it was stays on record. */
export const PictureRow = z.strictObject({
  id: count,
  at: instant,
  run: count,
  order: z.string(),
  epoch: count,
  item: count,
  serial: z.string().optional(),
  kept: z.enum(['fail', 'first-article', 'sample']),
  state: z.enum(['kept', 'removed']),
  verdict: z.enum(['PASS', 'FAIL']),
  reason: z.string().optional(),
  overall: grade.optional(),
  /** Grades as they were recorded; absent where nothing was graded. `limit`: the one in force then, where it was missed. */
  parameters: z.array(z.strictObject({ parameter: Parameter, grade, limit: grade.optional() })).optional(),
  /** Probable causes as they were recorded; absent where none was named. */
  causes: z.array(EyeCause).optional(),
  width: count,
  height: count,
  bytes: count,
  sha256: z.string(),
});
export type PictureRow = z.infer<typeof PictureRow>;

/** Which pictures: of one serial, of one item, or the newest rejects; never more than 50. */
export const PictureQuery = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('serial'), serial: z.string().min(1).max(20), run: count.optional() }),
  z.strictObject({ by: z.literal('item'), run: count, epoch: count, item: count }),
  /** `before`: an id, for the next page. */
  z.strictObject({ by: z.literal('newest-fails'), run: count.optional(), before: count.optional() }),
]);
export type PictureQuery = z.infer<typeof PictureQuery>;

/**
 * Where a picture can be fetched once, from the host that served the page: `<img src={url}>`. `drawing`: what was found
 * in it; absent for pictures of before that was recorded.
 */
export const PictureTicket = z.strictObject({
  url: z.string(),
  width: count,
  height: count,
  sha256: z.string(),
  drawing: EyeDrawing.optional(),
});
export type PictureTicket = z.infer<typeof PictureTicket>;
