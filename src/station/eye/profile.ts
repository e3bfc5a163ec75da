import { hash } from 'node:crypto';
import type { CameraJob } from '#contract/camera-job.ts';
import { inTenths } from '#contract/inspected.ts';
import type { Pcg } from '#contract/inspection.ts';
import type { DeviceEntry } from '#contract/line-file.ts';

/** Changes when a grade would come out differently for the same picture. */
const ALGORITHM = 'linewright-pcg 1';

/** How pictures are graded on this line: recorded once, and named by every inspection (vision.md §4, rule 4). */
export interface GradingRecord {
  /** Short hash of the rest. */
  readonly profile: string;
  readonly conformance: 'process-control';
  readonly algorithm: string;
  readonly edition: string;
  readonly aperture: number;
  readonly camera: string;
  readonly job: string;
  /** Id of a calibration, or none: then geometry and reflectance depend on the camera. */
  readonly calibration: string;
  /** SHA-256 of the whole job, so that a changed one is another profile. */
  readonly jobSha256: string;
}

export function gradingRecord(camera: string, job: CameraJob, calibration = 'none'): GradingRecord {
  const about = {
    conformance: 'process-control',
    algorithm: ALGORITHM,
    edition: job.grading.edition,
    aperture: job.grading.aperture,
    camera,
    job: job.name,
    calibration,
    jobSha256: hash('sha256', JSON.stringify(job), 'hex'),
  } as const;
  return { profile: hash('sha256', JSON.stringify(about), 'hex').slice(0, 12), ...about };
}

/** Which calibration a camera has: kinds, profiles and times; `none` where nothing is known of it. */
export function calibrationId({ flatField, plane }: NonNullable<DeviceEntry['calibration']>): string {
  const parts = [flatField, plane].filter((data) => data !== undefined);
  return parts.map(({ kind, profile, at }) => `${kind} ${profile} ${at}`).join(', ') || 'none';
}

/** ISO/IEC 15415 letters: A from 3.5, B 2.5, C 1.5, D 0.5. */
export function letterOf(overall: number): 'A' | 'B' | 'C' | 'D' | 'F' {
  if (overall >= 3.5) return 'A';
  if (overall >= 2.5) return 'B';
  if (overall >= 1.5) return 'C';
  return overall >= 0.5 ? 'D' : 'F';
}

/** "PCG 3.0 (B) · 15415:2011 method · uncalibrated": never the bare number, never the notation of a verifier. */
export function profileText({ overall, edition, flags }: Pcg): string {
  const calibration = calibrationText(
    flags.includes('uncalibrated-geometry'),
    flags.includes('uncalibrated-reflectance'),
  );
  const resolution = flags.includes('insufficient-resolution') ? ' · insufficient resolution' : '';
  const grade = inTenths(overall) / 10;
  return `PCG ${grade.toFixed(1)} (${letterOf(grade)}) · ${edition} method · ${calibration}${resolution}`;
}

function calibrationText(geometry: boolean, reflectance: boolean): string {
  if (geometry && reflectance) return 'uncalibrated';
  if (geometry) return 'uncalibrated geometry';
  return reflectance ? 'uncalibrated reflectance' : 'calibrated';
}
