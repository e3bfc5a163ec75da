import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { StoredFact } from '#contract/journal.ts';
import type { LineFile } from '#contract/line-file.ts';
import { openCamera } from '#devices/open-device.ts';
import type { DeviceSignal } from '#line/signal.ts';
import { type Eye, openEye } from '#station/eye/eye.ts';
import { knownTo } from '#station/eye/known.ts';
import { recallTaught } from '#station/eye/taught.ts';
import type { HostOptions } from '#station/host.ts';
import type { StationLog } from '#station/log.ts';
import { startSetUpThread } from '#vision/calibrate/set-up-thread.ts';
import { openEvidence } from '#vision/evidence/evidence.ts';
import { openVisionPool, workersFor } from '#vision/pool/vision-pool.ts';

/** Of the time from camera to verdict, what looking at a picture may take; the rest is the record's and the wire's. */
const SHARE = 0.8;
/** A thread this many deadlines late hangs. A late one is worth more than a cold one. */
const PATIENCE = 3;
const DAY = 24 * 60 * 60_000;
const MEGABYTE = 1_000_000;

/** The folder of the pictures of a line. */
export function pictureFolder(data: string): string {
  return join(data, 'pictures');
}

/** Opens the camera that a line file names; undefined when its reader is a smart one. */
export async function openLineEye(
  { data, line, threads }: Pick<HostOptions, 'data' | 'line' | 'threads'>,
  history: readonly StoredFact[],
  log: StationLog,
  report: (signal: DeviceSignal) => void,
): Promise<Eye | undefined> {
  const entry = line.devices.find(({ driver }) => driver === 'gige-camera');
  if (entry?.camera === undefined) return undefined;
  const { camera: job } = entry;
  const taught = recallTaught(entry, history);
  const workers = workersFor(1, availableParallelism(), job.code.count);
  return openEye({
    entry,
    job,
    history,
    taught,
    log,
    now: Date.now,
    report,
    startSetUp: (opening) => startSetUpThread(threads.setUp, opening),
    openCamera: (ring, frame, tell) => openCamera(entry, { ring, thread: threads.capture, frame }, tell, log),
    openPool: (parts) =>
      openVisionPool({
        ...parts,
        ...knownTo(job, taught.known),
        threads: threads.inspect,
        workers,
        deadline: deadlineOf(line),
        silence: PATIENCE * deadlineOf(line),
      }),
    openEvidence: (ring, removed) =>
      openEvidence({
        thread: threads.evidence,
        folder: pictureFolder(data),
        ring,
        maxBytes: job.evidence.maxMegabytes * MEGABYTE,
        maxAge: job.evidence.maxDays * DAY,
        removed,
        now: Date.now,
      }),
  });
}

function deadlineOf({ geometry }: LineFile): number {
  return Math.max(20, Math.round(geometry.verdictBudget * SHARE));
}
