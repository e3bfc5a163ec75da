import type { CameraJob } from '#contract/camera-job.ts';
import type { EyeTrends, EyeView } from '#contract/eye.ts';
import { createFrameRing, openFrameRing } from '#contract/frame-ring.ts';
import type { StoredFact } from '#contract/journal.ts';
import type { DeviceEntry } from '#contract/line-file.ts';
import type { FrameNotice } from '#devices/camera/notice.ts';
import type { CameraLink, ReaderLink } from '#devices/open-device.ts';
import { ratePerMinuteOf } from '#line/figures.ts';
import type { DeviceSignal } from '#line/signal.ts';
import type { Order } from '#order/order.ts';
import type { Desk } from '#station/desk.ts';
import {
  drawView,
  type EyeMemory,
  type EyeWork,
  judged,
  limitOf,
  metAnew,
  noticed,
  recordProfile,
  seen,
  warmed,
} from '#station/eye/eye-work.ts';
import { openKeeping } from '#station/eye/keeping.ts';
import { learn, untrained } from '#station/eye/known.ts';
import { type LimitsBook, recallLimits } from '#station/eye/limits.ts';
import { openLooks } from '#station/eye/looks.ts';
import { calibrationId, gradingRecord } from '#station/eye/profile.ts';
import { type CameraSetUpDesk, openCameraSetUp } from '#station/eye/set-up-session.ts';
import { openSight } from '#station/eye/sight.ts';
import type { TaughtBook } from '#station/eye/taught.ts';
import { printTrends } from '#station/eye/trends.ts';
import { triggerCount } from '#station/eye/trigger-count.ts';
import type { StationLog } from '#station/log.ts';
import type { SetUpOpening } from '#vision/calibrate/messages.ts';
import type { SetUpThread } from '#vision/calibrate/set-up-thread.ts';
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
  /** What the camera was taught, by the line file and since. */
  readonly taught: TaughtBook;
  readonly openCamera: (
    ring: SharedArrayBuffer,
    frame: (notice: FrameNotice) => void,
    report: (signal: DeviceSignal) => void,
  ) => CameraLink;
  /** A thread for one set-up of the camera. */
  readonly startSetUp: (opening: SetUpOpening) => SetUpThread;
  readonly openPool: (
    parts: Pick<VisionPoolOptions, 'ring' | 'job' | 'log' | 'done' | 'changed'>,
  ) => Promise<VisionPool>;
  readonly openEvidence: (ring: SharedArrayBuffer, removed: (pictures: readonly RemovedPicture[]) => void) => Evidence;
}

/** The workstation's own camera: pictures in, readings out to the line; and what screens and the record are told of them. */
export interface Eye {
  readonly reader: ReaderLink;
  readonly entry: DeviceEntry;
  readonly job: CameraJob;
  readonly limits: LimitsBook;
  readonly taught: TaughtBook;
  readonly setUp: CameraSetUpDesk;
  /** What was taught is in force from the next picture on; the threads practise with it first. */
  learn(): void;
  /** From here on verdicts are witnessed, and alarms raised. */
  attach(desk: Desk): void;
  /** Changes with what `draw` shows. */
  readonly version: number;
  draw(): Omit<EyeView, 'frame'>;
  trends(): EyeTrends;
  close(): Promise<void>;
}

/** Opens the camera of a line with its inspect threads, which warm up at once. */
export async function openEye(parts: EyeParts): Promise<Eye> {
  const shared = createFrameRing(SLOTS, parts.job.frame.width * parts.job.frame.height);
  const work = await openWork(parts, shared);
  const { memory, pool, evidence, prints, now } = work;
  const reader = parts.openCamera(
    shared,
    (notice) => {
      if (!setUp.takes(notice)) noticed(work, notice);
    },
    (signal) => {
      if (signal.kind === 'device-connected' || signal.kind === 'device-lost') metAnew(work);
      parts.report(signal);
    },
  );
  const setUp = openCameraSetUp({
    job: parts.job,
    shared,
    ring: work.ring,
    startThread: parts.startSetUp,
    takePicture: () => reader.takePicture(),
    fontOf: (name) => parts.taught.known.fonts[name],
  });
  return {
    reader: armedAnew(reader, work),
    entry: parts.entry,
    job: parts.job,
    limits: work.limits,
    taught: parts.taught,
    setUp,
    learn: () => learn(work, parts.taught.known),
    attach: (desk) => attach(work, desk, parts),
    get version() {
      return memory.version;
    },
    draw: () => drawView(work, reader),
    trends() {
      const figures = memory.desk?.floor.line.figures;
      return prints.draw(now(), limitOf(work), figures && ratePerMinuteOf(figures, performance.now()));
    },
    async close() {
      await setUp.close();
      await pool.close();
      await memory.keeping?.idle();
      work.looks.clear();
      await evidence.close();
    },
  };
}

/** Arming follows a standstill: whatever is still owed to pictures of before it is nobody's any more. */
function armedAnew(link: ReaderLink, work: EyeWork): ReaderLink {
  return {
    kind: link.kind,
    device: link.device,
    facts: link.facts,
    get state() {
      return link.state;
    },
    get endpoint() {
      return link.endpoint;
    },
    async tell(directive) {
      const fault = await link.tell(directive);
      if (directive.kind === 'arm') metAnew(work);
      return fault;
    },
    moveTo: (endpoint) => link.moveTo(endpoint),
    close: () => link.close(),
  };
}

async function openWork(parts: EyeParts, shared: SharedArrayBuffer): Promise<EyeWork> {
  const { entry, job, log, now, report } = parts;
  const memory: EyeMemory = { desk: undefined, keeping: undefined, version: 0, since: 0, frames: 0, incomplete: 0 };
  // Threads may say that they warm up before there is anything to say it to.
  let work: EyeWork | undefined;
  const pool = await parts.openPool({
    ring: shared,
    job,
    log,
    done: (inspection, slot) => work && seen(work, inspection, slot),
    changed: () => work && warmed(work),
  });
  work = {
    device: entry.id,
    job,
    now,
    report,
    ring: openFrameRing(shared),
    pool,
    evidence: parts.openEvidence(shared, (pictures) => memory.keeping?.removed(pictures)),
    limits: recallLimits(parts.history),
    sight: openSight(),
    prints: printTrends(),
    count: triggerCount(),
    looks: openLooks((slot) => pool.release(slot)),
    grading: gradingRecord(entry.id, job, calibrationId(parts.taught.known)),
    memory,
  };
  return work;
}

function attach(work: EyeWork, desk: Desk, { history, taught: { known } }: EyeParts): void {
  const { memory, job, evidence, pool, grading } = work;
  memory.desk = desk;
  memory.keeping = openKeeping({
    desk,
    job,
    evidence,
    pin: (slot) => pool.pin(slot),
    release: (slot) => pool.release(slot),
    mostPinned: MOST_PINNED,
  });
  desk.witness = {
    judged: (verdict) => judged(work, verdict),
    expect: (order) => pool.expect(textsOf(order)),
  };
  recordProfile(desk, history, grading);
  desk.floor.untrained = untrained(job, known);
  warmed(work);
}

/** What `{gtin}`, `{lot}` and their like stand for in the texts of a job. */
function textsOf({ product, lot, expiry, expiryYymmdd }: Order): Readonly<Record<string, string>> {
  return { gtin: product.gtin, lot, expiry: expiryYymmdd, expiryDate: expiry };
}
