import { z } from 'zod';
import { FlatFieldData, PlaneData } from '#contract/calibration.ts';
import { CameraJob } from '#contract/camera-job.ts';
import { TrainedFont } from '#contract/trained-font.ts';
import { hasCheckDigit } from '#gs1/check-digit.ts';

const DeviceShape = z.strictObject({
  /** Unique on the line and never reused: it stands in the record for ever. */
  id: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/),
  station: z.string(),
  kind: z.enum(['printer', 'reader', 'plc']),
  driver: z.enum(['leibinger-jet', 'cognex-dataman', 'gige-camera', 'opcua-station']),
  host: z.string().optional(),
  port: z.int().min(1).max(65_535).optional(),
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  security: z.strictObject({ certificate: z.string() }).optional(),
  /** What a camera of this workstation's own looks for; a smart reader knows that by itself. */
  camera: CameraJob.optional(),
  /** Characters that its job's texts are compared with, by the name the job gives them. */
  fonts: z.record(z.string(), TrainedFont).optional(),
  /** What is known of its light and its plane. Without it grades depend on the camera, and say so. */
  calibration: z.strictObject({ flatField: FlatFieldData.optional(), plane: PlaneData.optional() }).optional(),
});

/** Why a job that is not triggered by the photo-eye cannot stand in a line file (ADR 0026). */
const NOT_BY_ITEM = {
  software:
    'a camera that waits for a software trigger takes no picture of an item: nothing tells it in time that one is there. Wire the photo-eye to the camera and write "line"',
  free: 'a camera that runs free takes pictures of no item in particular, and each would be taken for one. Wire the photo-eye to the camera and write "line"',
} as const;

/** One device of the line. A raw camera cannot be without its job, and nothing else has one. */
export const DeviceEntry = DeviceShape.superRefine(({ driver, camera, calibration }, { addIssue }) => {
  if (driver === 'gige-camera' && camera === undefined)
    addIssue({ code: 'custom', path: ['camera'], message: 'a gige-camera needs its job' });
  if (driver !== 'gige-camera' && camera !== undefined)
    addIssue({ code: 'custom', path: ['camera'], message: 'only a gige-camera has a job' });
  if (camera !== undefined && camera.trigger !== 'line')
    addIssue({ code: 'custom', path: ['camera', 'trigger'], message: NOT_BY_ITEM[camera.trigger] });
  const { width, height } = camera?.frame ?? { width: 0, height: 0 };
  for (const data of [calibration?.flatField, calibration?.plane])
    if (data !== undefined && (data.frame.width !== width || data.frame.height !== height))
      addIssue({ code: 'custom', path: ['calibration'], message: `a ${data.kind} of frames of another size is void` });
});
export type DeviceEntry = z.infer<typeof DeviceEntry>;

/** A line and its devices, in flow order. A TRAINING line runs on the built-in virtual line; endpoints come from there. */
export const LineFile = z.strictObject({
  $schema: z.string().optional(),
  line: z.string().regex(/^[A-Za-z0-9-]{1,30}$/),
  mode: z.enum(['TRAINING', 'PRODUCTION']),
  /** Where the line stands, for EPCIS read point and business location. Without it events carry neither. */
  location: z
    .strictObject({
      gln: z
        .string()
        .regex(/^\d{13}$/, 'must be 13 digits')
        .refine(hasCheckDigit, 'has a wrong check digit'),
      /** Digits of the GS1 Company Prefix in the GLN, for EPC URNs; not needed where it is the product's own prefix. */
      gcpLength: z.int().min(6).max(12).optional(),
      /** GLN extension (AI 254) of this line. `0` means "none" in EPC URNs and is therefore refused. */
      extension: z.string().regex(/^(?!0$)[A-Za-z0-9-]{1,20}$/),
      /** IANA name, for the offset of event times; UTC when absent. */
      timeZone: z.string().refine(isTimeZone, 'must be an IANA time zone, such as Europe/Berlin').optional(),
    })
    .optional(),
  devices: z.array(DeviceEntry).min(3),
  geometry: z.strictObject({
    /** Rated items per minute, and camera to verdict deadline in milliseconds at that rate. */
    ratePerMinute: z.number().positive(),
    verdictBudget: z.number().positive(),
    /** Items between print head and camera, for the printer's low-water mark. */
    headToCamera: z.int().positive(),
    /**
     * From the trigger eye to the camera's field in counts of the PLC's encoder, and how far off that may be. With it the
     * belt says after a standstill which item is pictured first (decision 0027); without it a doubt stops the line.
     */
    toCamera: z.strictObject({ distance: z.int().nonnegative(), tolerance: z.int().positive() }).optional(),
    consecutiveFailures: z.int().positive(),
  }),
});
export type LineFile = z.infer<typeof LineFile>;

export function lineFileSchema(): object {
  return z.toJSONSchema(LineFile, { target: 'draft-7', io: 'input' });
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false; // the only way Intl has to say that it does not know a zone
  }
}
