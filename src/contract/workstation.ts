import { type ContractRouterClient, eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { answer } from '#contract/answer.ts';
import { CameraSetUp, SET_UP_ACTS, SetUpTask } from '#contract/camera-set-up.ts';
import {
  EyeLimits,
  EyeLimitsSet,
  EyeTrends,
  EyeTrial,
  EyeView,
  PictureQuery,
  PictureRow,
  PictureTicket,
} from '#contract/eye.ts';
import { LineSnapshot, Offer, Trend } from '#contract/snapshot.ts';
import { ROLES } from '#order/run-state.ts';

const run = z.int().nonnegative();
const Reason = z.string().trim().min(3).max(500);
/** Commands may be repeated after a lost connection: the same id is carried out once. */
const command = { id: z.string().min(8).max(64) };

export const SignedIn = z.strictObject({
  /** To be kept by the page and presented after a reconnect. */
  session: z.string(),
  userId: z.string(),
  role: z.enum(ROLES),
});
export type SignedIn = z.infer<typeof SignedIn>;

export const SampleOrder = z.strictObject({
  file: z.string(),
  order: z.string(),
  product: z.string(),
  lot: z.string(),
  quantity: z.int(),
});

export type SampleOrder = z.infer<typeof SampleOrder>;

/** EPCIS 2.0 in JSON-LD and in XML, EPCIS 1.2 in XML with EPC URNs, and the production record. */
const ExportFormat = z.enum(['epcis-json', 'epcis-xml', 'epcis-xml-1.2', 'csv']);

export const Exported = z.strictObject({
  file: z.string(),
  format: ExportFormat,
  items: z.int(),
  events: z.int(),
  bytes: z.int(),
  sha256: z.string(),
});
export type Exported = z.infer<typeof Exported>;

/** The production record of one item (docs/record-schema.md, view v_production_record). */
export const ProductionRecord = z.strictObject({
  run: z.int(),
  order: z.string(),
  gtin: z.string(),
  serial: z.string(),
  lot: z.string(),
  expiry: z.string(),
  state: z.string(),
  sentAt: z.number().nullable(),
  printedAt: z.number().nullable(),
  readAt: z.number().nullable(),
  verdictAt: z.number().nullable(),
  verdict: z.string().nullable(),
  reason: z.string().nullable(),
  grade: z.number().nullable(),
  outcomeAt: z.number().nullable(),
  outcome: z.string().nullable(),
  devices: z.array(z.string()),
});
export type ProductionRecord = z.infer<typeof ProductionRecord>;

/** Everything a screen may ask of the workstation. Who may do what is decided in the station. */
export const workstationContract = oc.errors({ UNAUTHORIZED: {} }).router({
  session: {
    /** With the one-time token of the start line, or with the session of an earlier sign-in. */
    signIn: oc
      .errors({ UNAUTHORIZED: {} })
      .input(z.strictObject({ token: z.string().max(200) }))
      .output(SignedIn),
  },
  line: {
    snapshots: oc.errors({ UNAUTHORIZED: {} }).output(eventIterator(LineSnapshot)),
    /** The screen has drawn this frame: the station may send the next (latest wins). */
    drawn: oc
      .errors({ UNAUTHORIZED: {} })
      .input(z.strictObject({ frame: z.int() }))
      .output(z.void()),
    trends: oc.errors({ UNAUTHORIZED: {} }).output(eventIterator(Trend)),
  },
  orders: {
    samples: oc.errors({ UNAUTHORIZED: {} }).output(z.array(SampleOrder)),
    /** `text` is the order file as it was chosen; `reason` goes into the audit entry of a manual import. */
    import: oc
      .errors({ UNAUTHORIZED: {} })
      .input(z.strictObject({ ...command, text: z.string().max(1_000_000), reason: Reason }))
      .output(answer(z.strictObject({ run }))),
    importSample: oc
      .errors({ UNAUTHORIZED: {} })
      .input(z.strictObject({ ...command, file: z.string().max(200) }))
      .output(answer(z.strictObject({ run }))),
  },
  run: {
    start: oc
      .errors({ UNAUTHORIZED: {} })
      .input(z.strictObject({ ...command, run }))
      .output(answer(z.null())),
    hold: oc
      .errors({ UNAUTHORIZED: {} })
      .input(z.strictObject({ ...command, run, reason: Reason }))
      .output(answer(z.null())),
    resume: oc
      .errors({ UNAUTHORIZED: {} })
      .input(z.strictObject({ ...command, run, reason: Reason.optional() }))
      .output(answer(z.null())),
    /** Prints no more, lets the line run empty, then ENDING. */
    end: oc
      .errors({ UNAUTHORIZED: {} })
      .input(z.strictObject({ ...command, run, reason: Reason.optional() }))
      .output(answer(z.null())),
    /** Accounts for every serial that is left and locks the record. */
    close: oc
      .errors({ UNAUTHORIZED: {} })
      .input(z.strictObject({ ...command, run, reason: Reason }))
      .output(answer(z.null())),
  },
  alarms: {
    acknowledge: oc
      .errors({ UNAUTHORIZED: {} })
      .input(z.strictObject({ ...command, alarm: z.int(), comment: z.string().max(500).optional() }))
      .output(answer(z.null())),
  },
  exports: {
    write: oc
      .errors({ UNAUTHORIZED: {} })
      .input(z.strictObject({ ...command, run, format: ExportFormat }))
      .output(answer(Exported)),
  },
  items: {
    /** The newest run's item with this serial comes first. */
    find: oc
      .errors({ UNAUTHORIZED: {} })
      .input(z.strictObject({ serial: z.string().min(1).max(20) }))
      .output(z.array(ProductionRecord)),
  },
  eye: {
    /** A line without a camera of its own answers too, and says so. */
    views: oc.errors({ UNAUTHORIZED: {} }).output(eventIterator(EyeView)),
    /** As `line.drawn`: a frozen page is sent nothing more. */
    drawn: oc
      .errors({ UNAUTHORIZED: {} })
      .input(z.strictObject({ frame: z.int() }))
      .output(z.void()),
    trends: oc.errors({ UNAUTHORIZED: {} }).output(eventIterator(EyeTrends)),
    /** Limits in force, who set limits before (newest first), and the minimum of the order that is shown. */
    limits: oc.errors({ UNAUTHORIZED: {} }).output(
      z.strictObject({
        current: EyeLimits,
        history: z.array(EyeLimitsSet),
        orderMinimum: z.number().optional(),
        /** Whether the person at this screen may apply limits now, and what is missing if not. */
        apply: Offer.optional(),
      }),
    ),
    /** What these limits would have done; nothing is changed. */
    tryLimits: oc
      .errors({ UNAUTHORIZED: {} })
      .input(z.strictObject({ limits: EyeLimits }))
      .output(EyeTrial),
    /** In force from the next item on. */
    applyLimits: oc
      .errors({ UNAUTHORIZED: {} })
      .input(z.strictObject({ ...command, limits: EyeLimits, reason: Reason }))
      .output(answer(z.null())),
    pictures: oc.errors({ UNAUTHORIZED: {} }).input(PictureQuery).output(z.array(PictureRow)),
    /** Fails with a sentence when the file was removed, is missing, or is not what was recorded. */
    picture: oc
      .errors({ UNAUTHORIZED: {} })
      .input(z.strictObject({ id: z.int().nonnegative() }))
      .output(answer(PictureTicket)),
  },
  setUp: {
    /** Whatever changes on the page of the camera's set-up; a line without a camera of its own says so. */
    views: oc.errors({ UNAUTHORIZED: {} }).output(eventIterator(CameraSetUp)),
    begin: oc
      .errors({ UNAUTHORIZED: {} })
      .input(z.strictObject({ ...command, task: SetUpTask }))
      .output(answer(z.null())),
    act: oc
      .errors({ UNAUTHORIZED: {} })
      .input(z.strictObject({ ...command, act: z.enum(SET_UP_ACTS) }))
      .output(answer(z.null())),
    /** What the line of text in the picture says. */
    text: oc
      .errors({ UNAUTHORIZED: {} })
      .input(z.strictObject({ ...command, text: z.string().trim().min(1).max(60) }))
      .output(answer(z.null())),
    /** A kept picture instead of a new one. */
    kept: oc
      .errors({ UNAUTHORIZED: {} })
      .input(z.strictObject({ ...command, picture: z.int().nonnegative() }))
      .output(answer(z.null())),
    /** Puts what was learnt in force. */
    accept: oc
      .errors({ UNAUTHORIZED: {} })
      .input(z.strictObject({ ...command, reason: Reason }))
      .output(answer(z.null())),
    /** Puts something before the emulated camera; refused on a production line. */
    show: oc
      .errors({ UNAUTHORIZED: {} })
      .input(z.strictObject({ ...command, target: z.string().min(1).max(40) }))
      .output(answer(z.null())),
  },
  training: {
    /** Faults of the virtual line by their catalogue id; refused on a production line. */
    faults: oc
      .errors({ UNAUTHORIZED: {} })
      .output(z.array(z.strictObject({ id: z.string(), realTimeOnly: z.boolean() }))),
    inject: oc
      .errors({ UNAUTHORIZED: {} })
      .input(
        z.strictObject({
          ...command,
          fault: z.string().regex(/^F\d\d(?:-[a-z]+)*$/),
          seconds: z.number().positive().max(600).optional(),
        }),
      )
      .output(answer(z.null())),
  },
});
export type WorkstationContract = typeof workstationContract;

/** What a screen or a script gets: the same calls, with their answers as promises. */
export type WorkstationClient = ContractRouterClient<WorkstationContract>;
