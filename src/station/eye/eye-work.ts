import type { CameraJob } from '#contract/camera-job.ts';
import type { EyeView } from '#contract/eye.ts';
import type { FrameRing } from '#contract/frame-ring.ts';
import { inspectedBody } from '#contract/inspected.ts';
import type { Inspection } from '#contract/inspection.ts';
import type { StoredFact } from '#contract/journal.ts';
import type { FrameNotice } from '#devices/camera/notice.ts';
import type { ReaderLink } from '#devices/open-device.ts';
import { FACT, type Fact } from '#line/fact.ts';
import type { DeviceSignal } from '#line/signal.ts';
import { append, type Desk } from '#station/desk.ts';
import { abnormalOnly } from '#station/eye/abnormal.ts';
import { type Keeping, whyKept } from '#station/eye/keeping.ts';
import type { LimitsBook } from '#station/eye/limits.ts';
import type { Looks } from '#station/eye/looks.ts';
import type { GradingRecord } from '#station/eye/profile.ts';
import { readingOf } from '#station/eye/reading.ts';
import { limitGrade, type Sight } from '#station/eye/sight.ts';
import { thumbnail, windowOf } from '#station/eye/thumbnail.ts';
import type { PrintTrends } from '#station/eye/trends.ts';
import type { TriggerCount } from '#station/eye/trigger-count.ts';
import { verdictOf } from '#station/eye/verdict-words.ts';
import type { Evidence } from '#vision/evidence/evidence.ts';
import type { VisionPool } from '#vision/pool/vision-pool.ts';

/** Where the desk and what hangs on it will be, once it stands; what changes besides. */
export interface EyeMemory {
  desk: Desk | undefined;
  keeping: Keeping | undefined;
  version: number;
  /** The place of the first notice since the camera was met last: what came before says nothing about an item of now. */
  since: number;
  frames: number;
  incomplete: number;
}

/** All that one camera's pictures go through. */
export interface EyeWork {
  readonly device: string;
  readonly job: CameraJob;
  readonly now: () => number;
  readonly report: (signal: DeviceSignal) => void;
  readonly ring: FrameRing;
  readonly pool: VisionPool;
  readonly evidence: Evidence;
  readonly limits: LimitsBook;
  readonly sight: Sight;
  readonly prints: PrintTrends;
  readonly count: TriggerCount;
  readonly looks: Looks;
  /** Changes when the camera is taught something. */
  grading: GradingRecord;
  readonly memory: EyeMemory;
}

/**
 * The camera came or went. The line forgets then which item belongs to which trigger and begins with the next one: an answer
 * that is still owed to a picture of before would be taken for that item's.
 */
export function metAnew({ count, memory }: EyeWork): void {
  memory.since = count.next;
}

/** The camera was triggered: a picture to look at, or none. */
export function noticed({ pool, count, memory }: EyeWork, notice: FrameNotice): void {
  const place = count.of(notice);
  if ('slot' in notice) {
    memory.frames += 1;
    pool.frame(notice.slot, place);
    return;
  }
  memory.incomplete += 1;
  pool.noImage(place, Math.floor(notice.at), notice.missing);
}

/** A picture was looked at: screens see it, and the line is told what a reader would tell. */
export function seen(work: EyeWork, answer: Inspection, slot: number | undefined): void {
  const { job, now, ring, pool, sight, looks, limits, count, memory } = work;
  if (answer.trigger < memory.since) {
    if (slot !== undefined) pool.release(slot);
    return;
  }
  const words = count.told(answer.trigger);
  const told = abnormalOnly(answer, limitOf(work)('contrast'));
  const inspection: Inspection = { ...told, trigger: words.trigger };
  const picture = slot === undefined ? undefined : thumbnail(ring.look(slot), windowOf(inspection, job.code.window));
  sight.add(inspection, picture);
  memory.version += 1;
  looks.add({ inspection, slot });
  const reading = { ...readingOf(inspection, limits.current, job.acceptAssisted), ...words };
  work.report({ kind: 'item-read', at: Math.floor(now()), device: work.device, reading });
}

/** The line has judged an item: what was seen goes on record with it, and its picture is kept or freed. */
export function judged(work: EyeWork, verdict: Fact): void {
  const { looks, prints, sight, pool, evidence, memory } = work;
  const { desk, keeping } = memory;
  const look = verdict.ref === undefined ? undefined : looks.take(verdict.ref);
  if (look === undefined || desk === undefined) return;
  const { inspection, slot } = look;
  const { line } = desk.floor;
  append(
    desk,
    inspectedFact(work, verdict, { inspection, isKept: whyKept(verdict, line.figures, work.job) !== undefined }),
  );
  prints.startRun(verdict.run ?? 0);
  prints.add(verdict.at, inspection.codes[0]?.pcg, causesOf(inspection));
  if (sight.judged(inspection.trigger, verdictOf(verdict, line))) memory.version += 1;
  if (slot === undefined) return;
  evidence.openRun(line.ledger.run);
  if (keeping === undefined) pool.release(slot);
  else keeping.take(slot, verdict, line.figures);
}

/** Inspect threads became warm, or are fewer than they were: the tile says so, and the guards of a start read it there. */
export function warmed({ pool, device, memory }: EyeWork): void {
  memory.version += 1;
  const tile = memory.desk?.floor.devices.get(device);
  if (tile === undefined) return;
  const { ready, done, of } = pool.state();
  if (ready) delete tile.warmUp;
  else tile.warmUp = Math.min(1, done / Math.max(1, of));
  memory.desk?.changed();
}

/** The grade at which an item fails for a series, as things stand. */
export function limitOf({ limits, memory }: EyeWork): (series: Parameters<typeof limitGrade>[0]) => number {
  const minimum = (memory.desk?.floor.line.expected.minGrade ?? 0) / 10;
  return (series) => limitGrade(series, limits.current, minimum);
}

export function drawView(work: EyeWork, reader: ReaderLink): Omit<EyeView, 'frame'> {
  const { pool, sight, prints, job, device, now, memory } = work;
  const { missed, replaced } = pool.counters();
  const { ready, done, of } = pool.state();
  const { frames, incomplete } = memory;
  const took = sight.took();
  return sight.draw({
    now: now(),
    job,
    limitOf: limitOf(work),
    controlOf: (parameter) => prints.controlOf(parameter),
    camera: {
      device,
      link: reader.state,
      warmUp: { ready, done, of },
      frames,
      incomplete,
      missed: Math.max(0, missed - incomplete),
      replaced,
      search: { ...job.code.window },
      ...(took === undefined ? {} : { took }),
      picturesLost: memory.keeping?.lost ?? 0,
    },
  });
}

/** Puts on record how pictures are graded from here on, where that has changed. */
export function recordProfile(desk: Desk, history: readonly StoredFact[], grading: GradingRecord): void {
  const last = history.findLast(({ kind }) => kind === FACT.profileUsed);
  const { profile }: { profile?: string } = JSON.parse(last?.body ?? '{}');
  if (profile === grading.profile) return;
  append(desk, { kind: FACT.profileUsed, at: desk.now(), body: JSON.stringify(grading) });
}

function causesOf({ causes, codes }: Inspection): Inspection['causes'] {
  return causes.length > 0 ? causes : (codes[0]?.pcg?.causes ?? []);
}

/** What was seen, in the same commit as the verdict it led to; with what is drawn over its picture, if that is kept. */
function inspectedFact(
  work: EyeWork,
  verdict: Fact,
  { inspection, isKept }: { readonly inspection: Inspection; readonly isKept: boolean },
): Fact {
  const { grading, job } = work;
  const about = { profile: grading.profile, limitOf: limitOf(work), ...(isKept ? { search: job.code.window } : {}) };
  const { at, run = 0, epoch = 0, item = 0, serial, code = 0, grade, readAt, ref } = verdict;
  return {
    kind: FACT.inspected,
    at,
    run,
    epoch,
    item,
    code,
    ...(serial === undefined ? {} : { serial }),
    ...(grade === undefined ? {} : { grade }),
    ...(readAt === undefined ? {} : { readAt }),
    ...(ref === undefined ? {} : { ref }),
    body: JSON.stringify(inspectedBody(inspection, about)),
  };
}
