import type { CameraJob } from '#contract/camera-job.ts';
import { type EyeWork, recordProfile } from '#station/eye/eye-work.ts';
import { calibrationId, gradingRecord } from '#station/eye/profile.ts';
import type { KnownOfCamera } from '#station/eye/taught.ts';
import { calibrated } from '#vision/calibrate/store.ts';
import type { Known } from '#vision/inspect/messages.ts';

/** What is known of a camera, as the grader takes it. */
export function knownTo(job: CameraJob, known: KnownOfCamera): Known {
  const { toPlane, flatField, reflectance } = calibrated({ ...job.grading }, job.frame, known);
  return { fonts: known.fonts, calibration: { toPlane, flatField, reflectance } };
}

/** What is known by now goes to the threads, and on record where grades come out differently by it. */
export function learn(work: EyeWork, known: KnownOfCamera): void {
  const { device, job, pool, memory } = work;
  pool.know(knownTo(job, known));
  const before = work.grading.profile;
  work.grading = gradingRecord(device, job, calibrationId(known));
  if (memory.desk === undefined) return;
  if (work.grading.profile !== before) recordProfile(memory.desk, [], work.grading);
  memory.desk.floor.untrained = untrained(job, known);
}

/** Fonts that texts of the job are compared with, and that are not known. */
export function untrained({ checks }: CameraJob, { fonts }: KnownOfCamera): string[] {
  const named = new Set((checks.text ?? []).map(({ font }) => font));
  return [...named].filter((name) => fonts[name] === undefined);
}
