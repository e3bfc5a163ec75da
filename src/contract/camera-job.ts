import { z } from 'zod';

const pixels = z.number().nonnegative();
/** A window of the frame in pixels, from its top left. */
export const Window = z.strictObject({
  x: pixels,
  y: pixels,
  width: z.number().positive(),
  height: z.number().positive(),
});
export type Window = z.infer<typeof Window>;

/** Grading schemes; the edition is written in every record (vision.md §5.3). */
export const EDITIONS = ['15415:2011', '15415:2024-preview'] as const;
export type Edition = (typeof EDITIONS)[number];

export const SYMBOLOGIES = ['DataMatrix', 'QRCode', 'Code128'] as const;
export type Symbology = (typeof SYMBOLOGIES)[number];

/** What a camera looks for on an item, and how it is set to see it. Written to the device and read back. */
export const CameraJob = z.strictObject({
  /** Its name and version, as they stand in the record. */
  name: z.string().regex(/^[A-Za-z0-9 ._-]{1,40}$/),
  frame: z.strictObject({ width: z.int().min(64).max(8192), height: z.int().min(64).max(8192) }),
  /** Microseconds; blur is belt speed times this. Undefined: as the camera is set. */
  exposure: z.number().positive().max(1_000_000).optional(),
  gain: z.number().optional(),
  /** `line`: the photo-eye wired to the camera. `software`: the workstation asks for each frame. `free`: as fast as it can. A line file takes `line` only (ADR 0026). */
  trigger: z.enum(['line', 'software', 'free']),
  symbologies: z.array(z.enum(SYMBOLOGIES)).min(1),
  /** The print is light on dark. */
  inverted: z.boolean().optional(),
  /** The symbol the layout prints: where it stands in the frame, how large, how many modules, how many of them in view. */
  code: z.strictObject({
    window: Window,
    rows: z.int().min(8).max(177).optional(),
    columns: z.int().min(8).max(177).optional(),
    /** Module size in pixels, as far as known. */
    module: z.number().min(1).max(100).optional(),
    count: z.int().min(1).max(400).default(1),
  }),
  grading: z
    .strictObject({
      edition: z.enum(EDITIONS).default('15415:2011'),
      /** Diameter of the synthetic aperture, as a share of X. A commissioning value: lens blur counts too (vision.md §5.6). */
      aperture: z.number().min(0).max(1).default(0.5),
    })
    .default({ edition: '15415:2011', aperture: 0.5 }),
  checks: z
    .strictObject({
      /** Centre of the code in pixels and its angle in degrees, and how far both may be off. */
      placement: z
        .strictObject({
          x: pixels,
          y: pixels,
          tolerance: z.number().positive(),
          angle: z.number(),
          angleTolerance: z.number().positive(),
        })
        .optional(),
      /** Windows that must differ from the background: a cap, a seal, a leaflet. `contrast`: 0..1, the least that counts. */
      presence: z
        .array(
          z.strictObject({ name: z.string().min(1).max(40), window: Window, contrast: z.number().min(0.01).max(1) }),
        )
        .max(16)
        .optional(),
      /** Human-readable lines: where each stands, and of what it is made. `{lot}`, `{expiry}`, `{gtin}`, `{serial}` are filled in. */
      text: z
        .array(
          z.strictObject({
            name: z.string().min(1).max(40),
            window: Window,
            expected: z.string().min(1).max(60),
            font: z.string(),
          }),
        )
        .max(8)
        .optional(),
    })
    .default({}),
  /** A read that only our own grid fit could make: fails the item unless this says otherwise (vision.md §3.2). */
  acceptAssisted: z.boolean().default(false),
  evidence: z
    .strictObject({
      firstArticles: z.int().min(0).max(1000).default(5),
      /** Every n-th PASS is kept; 0: none. FAIL is always kept. */
      oneInPass: z.int().min(0).default(100),
      maxMegabytes: z.number().positive().default(2_000),
      maxDays: z.number().positive().default(90),
    })
    .default({ firstArticles: 5, oneInPass: 100, maxMegabytes: 2_000, maxDays: 90 }),
});
export type CameraJob = z.infer<typeof CameraJob>;
/** As it is written in a line file: what has a default may be left out. */
export type CameraJobText = z.input<typeof CameraJob>;
