import type { CameraJob } from '#contract/camera-job.ts';
import type { EyeTrends, EyeView } from '#contract/eye.ts';
import { createFrameRing, openFrameRing } from '#contract/frame-ring.ts';
import { inspectedBody } from '#contract/inspected.ts';
import type { Inspection } from '#contract/inspection.ts';
import type { StoredFact } from '#contract/journal.ts';
import type { DeviceEntry } from '#contract/line-file.ts';
import type { FrameNotice } from '#devices/camera/notice.ts';
import type { ReaderLink } from '#devices/open-device.ts';
import { FACT, type Fact } from '#line/fact.ts';
import { ratePerMinuteOf } from '#line/figures.ts';
import type { DeviceSignal } from '#line/signal.ts';
import type { Order } from '#order/order.ts';
import { append, type Desk } from '#station/desk.ts';
import { type Keeping, openKeeping } from '#station/eye/keeping.ts';
import { type LimitsBook, recallLimits } from '#station/eye/limits.ts';
import { openLooks } from '#station/eye/looks.ts';
import { gradingRecord } from '#station/eye/profile.ts';
import { readingOf } from '#station/eye/reading.ts';
import { limitGrade, openSight } from '#station/eye/sight.ts';
import { thumbnail, windowOf } from '#station/eye/thumbnail.ts';
import { printTrends } from '#station/eye/trends.ts';
import { triggerCount } from '#station/eye/trigger-count.ts';
import { verdictOf } from '#station/eye/verdict-words.ts';
import type { StationLog } from '#station/log.ts';
import type { Evidence } from '#vision/evidence/evidence.ts';
import type { RemovedPicture } from '#vision/evidence/messages.ts';
import type { VisionPool, VisionPoolOptions } from '#vision/pool/vision-pool.ts';

/** Slots of the ring, and how many of them may be pinned while their pictures are written. */
const SLOTS = 14;
const MOST_PINNED = 6;

/** What an eye is made of; each is opened by whoever knows where its thread lies. */
export interface EyeParts {
  readonly entry: DeviceEntry;
  readonly job: CameraJob;
  /** Rare facts of the record: limits and grading profiles among them. */
  readonly history: readonly StoredFact[];
  readonly log: StationLog;
  readonly now: () => number;
  /** To whoever conducts: the desk is not there yet when the eye is opened. */
  readonly report: (signal: DeviceSignal) => void;
  readonly openCamera: (ring: SharedArrayBuffer, frame: (notice: FrameNotice) => void) => ReaderLink;
  readonly openPool: (
    parts: Pick<VisionPoolOptions, 'ring' | 'job' | 'log' | 'done' | 'changed'>,
  ) => Promise<VisionPool>;
  readonly openEvidence: (ring: SharedArrayBuffer, removed: (pictures: readonly RemovedPicture[]) => void) => Evidence;
}

/** The workstation's own camera: pictures in, readings out to the line; and what screens and the record are told of them. */
export interface Eye {
  readonly reader: ReaderLink;
  readonly limits: LimitsBook;
  /** From here on verdicts are witnessed, and alarms raised. */
  attach(desk: Desk): void;
  /** What the texts on the items of this order say. */
  expect(order: Order): void;
  /** Changes with what `draw` shows. */
  readonly version: number;
  draw(): Omit<EyeView, 'frame'>;
  trends(): EyeTrends;
  close(): Promise<void>;
}

/** Opens the camera of a line with its inspect threads, which warm up at once. */
export async function openEye(parts: EyeParts): Promise<Eye> {
  const { entry, job, log, now, report } = parts;
  const shared = createFrameRing(SLOTS, job.frame.width * job.frame.height);
  const ring = openFrameRing(shared);
  const limits = recallLimits(parts.history);
  const sight = openSight();
  const prints = printTrends();
  const count = triggerCount();
  const looks = openLooks((slot) => pool.release(slot));
  const grading = gradingRecord(entry.id, job);
  const counts = { frames: 0, incomplete: 0 };
  let version = 0;
  let desk: Desk | undefined;
  let keeping: Keeping | undefined;

  const done = (inspection: Inspection, slot: number | undefined): void => {
    const picture = () =>
      slot === undefined ? undefined : thumbnail(ring.look(slot), windowOf(inspection, job.code.window));
    if (sight.add(inspection, now(), picture)) version += 1;
    looks.add({ inspection, slot });
    const reading = readingOf(inspection, limits.current, job.acceptAssisted);
    report({ kind: 'item-read', at: Math.floor(now()), device: entry.id, reading });
  };
  const warming = (): void => {
    version += 1;
    const tile = desk?.floor.devices.get(entry.id);
    if (tile === undefined) return;
    const { ready, done: practised, of } = pool.state();
    if (ready) delete tile.warmUp;
    else tile.warmUp = Math.min(1, practised / Math.max(1, of));
    desk?.changed();
  };
  const pool = await parts.openPool({ ring: shared, job, log, done, changed: () => warming() });
  const evidence = parts.openEvidence(shared, (pictures) => keeping?.removed(pictures));
  const reader = parts.openCamera(shared, (notice) => {
    const trigger = count.of(notice.trigger);
    if ('slot' in notice) {
      counts.frames += 1;
      pool.frame(notice.slot, trigger);
      return;
    }
    counts.incomplete += 1;
    pool.noImage(trigger, Math.floor(notice.at), notice.missing);
  });

  const judged = (verdict: Fact): void => {
    const look = verdict.ref === undefined ? undefined : looks.take(verdict.ref);
    if (look === undefined || desk === undefined) return;
    const { inspection, slot } = look;
    const { line } = desk.floor;
    append(desk, inspectedFact(verdict, inspection, grading.profile));
    prints.startRun(verdict.run ?? 0);
    prints.add(verdict.at, inspection.codes[0]?.pcg, causesOf(inspection));
    if (sight.judged(inspection.trigger, verdictOf(verdict, line))) version += 1;
    if (slot === undefined) return;
    evidence.openRun(line.ledger.run);
    if (keeping === undefined) pool.release(slot);
    else keeping.take(slot, verdict, line.figures);
  };
  const orderMinimum = (): number => (desk?.floor.line.expected.minGrade ?? 0) / 10;
  const limitOf = (series: Parameters<typeof limitGrade>[0]): number =>
    limitGrade(series, limits.current, orderMinimum());

  return {
    reader,
    limits,
    attach(opened) {
      desk = opened;
      desk.witness = { judged, expect };
      keeping = openKeeping({
        desk,
        job,
        evidence,
        pin: (slot) => pool.pin(slot),
        release: (slot) => pool.release(slot),
        mostPinned: MOST_PINNED,
      });
      recordProfile(desk, parts.history, grading);
      warming();
    },
    expect,
    get version() {
      return version;
    },
    draw() {
      const { missed, replaced } = pool.counters();
      const { ready, done: practised, of } = pool.state();
      const took = sight.took();
      return sight.draw({
        now: now(),
        job,
        limitOf,
        controlOf: (parameter) => prints.controlOf(parameter),
        camera: {
          device: entry.id,
          link: reader.state,
          warmUp: { ready, done: practised, of },
          ...counts,
          missed: Math.max(0, missed - counts.incomplete),
          replaced,
          search: { ...job.code.window },
          ...(took === undefined ? {} : { took }),
          picturesLost: keeping?.lost ?? 0,
        },
      });
    },
    trends: () =>
      prints.draw(now(), limitOf, desk === undefined ? undefined : ratePerMinuteOf(desk.floor.line.figures, now())),
    async close() {
      await pool.close();
      await keeping?.idle();
      looks.clear();
      await evidence.close();
    },
  };

  function expect({ product, lot, expiry, expiryYymmdd }: Order): void {
    pool.expect({ gtin: product.gtin, lot, expiry: expiryYymmdd, expiryDate: expiry });
  }
}

function causesOf({ causes, codes }: Inspection): Inspection['causes'] {
  return causes.length > 0 ? causes : (codes[0]?.pcg?.causes ?? []);
}

/** What was seen, in the same commit as the verdict it led to. */
function inspectedFact(verdict: Fact, inspection: Inspection, profile: string): Fact {
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
    body: JSON.stringify(inspectedBody(inspection, profile)),
  };
}

/** Puts on record how pictures are graded from here on, where that has changed. */
function recordProfile(desk: Desk, history: readonly StoredFact[], grading: ReturnType<typeof gradingRecord>): void {
  const last = history.findLast(({ kind }) => kind === FACT.profileUsed);
  const { profile }: { profile?: string } = JSON.parse(last?.body ?? '{}');
  if (profile !== grading.profile)
    append(desk, { kind: FACT.profileUsed, at: desk.now(), body: JSON.stringify(grading) });
}
