import type {
  EyeCamera,
  EyeCheck,
  EyeDrawing,
  EyeInspection,
  EyeLimits,
  EyeLimitsSet,
  EyeParameter,
  EyeTrend,
  EyeTrends,
  EyeTrial,
  EyeView,
  PictureRow,
} from '#contract/eye.ts';
import { isGradeCurve } from '#contract/inspection.ts';
import { eyePicture, type FakePicture, FRAME, photograph } from './eye-picture.ts';

/** A moment of the camera that its page must be able to draw. */
export interface Eye {
  readonly view: Omit<EyeView, 'frame' | 'at'>;
  readonly trends: Omit<EyeTrends, 'at'>;
}

const PRINTS = {
  good: photograph({ serial: '7KX2M9QD00' }),
  deadNozzle: photograph({ serial: '7KX2M9QD41', deadRow: 7 }),
  faint: photograph({ serial: '7KX2M9QD02', contrast: 0.3 }),
} satisfies Record<string, FakePicture>;

const CAMERA: EyeCamera = {
  device: 'camera-1',
  link: 'online',
  warmUp: { ready: true, done: 60, of: 60 },
  frames: 12_541,
  incomplete: 2,
  missed: 1,
  replaced: 0,
  took: { p50: 6.2, p99: 21.4 },
  search: { x: 212, y: 130, width: 222, height: 216 },
};

const NORMAL: EyeParameter[] = [
  { parameter: 'decode', value: 1, grade: 4, limit: 1.5, state: 'normal' },
  { parameter: 'contrast', value: 0.79, grade: 4, limit: 1.5, state: 'normal' },
  { parameter: 'modulation', value: 0.62, grade: 4, limit: 1.5, state: 'normal' },
  { parameter: 'margin', value: 0.62, grade: 4, limit: 1.5, state: 'normal' },
  { parameter: 'fixed-pattern', value: 4, grade: 4, limit: 1.5, state: 'normal' },
  { parameter: 'axial', value: 0.012, grade: 4, limit: 1.5, state: 'normal' },
  { parameter: 'grid', value: 0.09, grade: 4, limit: 1.5, state: 'normal' },
  { parameter: 'unused-correction', value: 1, grade: 4, limit: 2, state: 'normal' },
];

function changed(change: Partial<Record<EyeParameter['parameter'], Partial<EyeParameter>>>): EyeParameter[] {
  return NORMAL.map((one) => ({ ...one, ...change[one.parameter] }));
}

function seen(
  at: number,
  picture: FakePicture,
  change: Partial<EyeInspection>,
): Pick<EyeView, 'picture' | 'inspection'> {
  return {
    picture: eyePicture(picture, at - 400),
    inspection: {
      trigger: 12_541,
      at: at - 400,
      overall: 4,
      letter: 'A',
      codes: [{ readBy: 'zxing', symbology: 'DataMatrix', ...picture.code }],
      parameters: NORMAL,
      causes: [],
      flags: ['uncalibrated-geometry', 'uncalibrated-reflectance'],
      verdict: { verdict: 'PASS', serial: '7KX2M9QD00' },
      ...change,
    },
  };
}

/** 200 items, one every 200 ms; `fall`: by how much the curve is lower at its end. */
function curve(at: number, series: EyeTrend['series'], mean: number, fall = 0): EyeTrend {
  const value = Array.from({ length: 200 }, (_, item) => {
    const noise = mean * (0.02 * Math.sin(item * 1.7) + 0.015 * Math.sin(item * 0.61));
    return mean + noise - fall * Math.max(0, (item - 90) / 110);
  });
  return {
    series,
    at: value.map((_, item) => at - (199 - item) * 200),
    value,
    grade: value.map((one) => Math.max(0, Math.min(4, isGradeCurve(series) ? one : 4))),
    control: { mean, low: mean * 0.94, high: mean * 1.06, of: 100 },
  };
}

function trends(at: number, fall = 0): EyeTrend[] {
  return [
    curve(at, 'overall', 3.4, fall),
    curve(at, 'contrast', 0.79),
    curve(at, 'modulation', 0.62, fall / 6),
    curve(at, 'margin', 0.62, fall / 6),
    curve(at, 'fixed-pattern', 3.8, fall),
    curve(at, 'axial', 0.02),
    curve(at, 'grid', 0.09),
    curve(at, 'unused-correction', 0.94, fall / 4),
  ];
}

const PROFILE = 'PCG 4.0 (A) · 15415:2011 method · uncalibrated';

/** Moments of the camera by name. `at` is the time of the station. */
export const EYES = {
  none: (): Eye => ({ view: {}, trends: { trends: [], causes: [] } }),
  ok: (at: number): Eye => ({
    view: { camera: CAMERA, profile: PROFILE, ...seen(at, PRINTS.good, {}) },
    trends: { run: 3, trends: trends(at), causes: [] },
  }),
  abnormal: (at: number): Eye => ({
    view: {
      camera: CAMERA,
      profile: 'PCG 1.0 (D) · 15415:2011 method · uncalibrated',
      ...seen(at, PRINTS.deadNozzle, {
        overall: 1,
        letter: 'D',
        codes: [{ readBy: 'zxing-retry', symbology: 'DataMatrix', ...PRINTS.deadNozzle.code }],
        parameters: changed({
          modulation: { value: 0.41, grade: 3, state: 'outside' },
          margin: { value: 0.22, grade: 1, state: 'outside' },
          'unused-correction': { value: 0.3, grade: 1, state: 'failed' },
        }),
        causes: [{ kind: 'dead-nozzle', row: 7 }],
        verdict: { verdict: 'FAIL', reason: 'low-grade', serial: '7KX2M9QD41', read: '1.0', expected: '1.5' },
      }),
    },
    trends: {
      run: 3,
      trends: trends(at, 1.3),
      causes: [
        { cause: { kind: 'dead-nozzle', row: 7 }, items: 38, of: 50 },
        { cause: { kind: 'low-contrast' }, items: 4, of: 50 },
      ],
      forecast: { series: 'overall', grade: 2.1, limit: 1.5, items: 3_600, minutes: 12 },
    },
  }),
  assisted: (at: number): Eye => ({
    view: {
      camera: CAMERA,
      profile: 'PCG 0.0 (F) · 15415:2011 method · uncalibrated',
      ...seen(at, PRINTS.deadNozzle, {
        overall: 0,
        letter: 'F',
        codes: [{ readBy: 'assisted', symbology: 'DataMatrix', ...PRINTS.deadNozzle.code }],
        parameters: changed({ decode: { value: 0, grade: 0, state: 'failed' } }),
        causes: [{ kind: 'dead-nozzle', row: 7 }],
        flags: ['insufficient-resolution', 'uncalibrated-geometry', 'uncalibrated-reflectance'],
        verdict: { verdict: 'FAIL', reason: 'assisted-read', serial: '7KX2M9QD41', read: 'dead nozzle at row 8' },
      }),
    },
    trends: {
      run: 3,
      trends: trends(at, 2.4),
      causes: [{ cause: { kind: 'dead-nozzle', row: 7 }, items: 1, of: 50 }],
      below: { series: 'overall', limit: 1.5, items: 38, since: new Date(at).setHours(15, 4) },
    },
  }),
  unread: (at: number): Eye => ({
    view: {
      camera: CAMERA,
      picture: eyePicture(PRINTS.faint, at - 100),
      inspection: { trigger: 3, at: at - 100, codes: [], parameters: [], causes: [], flags: [] },
    },
    trends: { run: 3, trends: [], causes: [] },
  }),
  warming: (at: number): Eye => ({
    view: { camera: { ...CAMERA, warmUp: { ready: false, done: 24, of: 60 } } },
    trends: { trends: [], causes: [], ...(at === 0 ? {} : { run: 3 }) },
  }),
  offline: (at: number): Eye => ({
    view: {
      camera: { ...CAMERA, link: 'offline' },
      profile: PROFILE,
      ...seen(at - 40_000, PRINTS.good, {}),
    },
    trends: { run: 3, trends: trends(at - 40_000), causes: [] },
  }),
  empty: (): Eye => ({
    view: {
      camera: {
        ...CAMERA,
        frames: 0,
        incomplete: 0,
        missed: 0,
      },
    },
    trends: { run: 3, trends: [], causes: [] },
  }),
} satisfies Record<string, (at: number) => Eye>;

export type EyeName = keyof typeof EYES;

const REASONS = ['low-grade', 'no-read', 'assisted-read', 'low-parameter', 'misplaced', 'wrong-text'] as const;

/** Rejected pictures as the station lists them, newest first. */
export function rejectedPictures(at: number): PictureRow[] {
  return Array.from({ length: 14 }, (_, nth): PictureRow => {
    const reason = REASONS[nth % REASONS.length] ?? 'no-read';
    const isRead = reason !== 'no-read';
    return {
      id: 900 - nth,
      at: at - 9_000 - nth * 31_000,
      run: 3,
      order: 'PO-2041',
      epoch: 1,
      item: 12_531 - nth * 90,
      ...(isRead ? { serial: `7KX2M9QD${41 - nth}`, overall: nth % 2 } : {}),
      ...(isRead
        ? {
            parameters: changed({ 'unused-correction': { grade: 1 }, margin: { grade: 1 } }).map(
              ({ parameter, grade }) => ({
                parameter,
                grade,
                ...(parameter === 'unused-correction' ? { limit: 2 } : {}),
              }),
            ),
          }
        : {}),
      kept: 'fail',
      state: nth === 5 ? 'removed' : 'kept',
      verdict: 'FAIL',
      reason,
      ...(reason === 'low-grade' || reason === 'assisted-read' || 900 - nth === UNREAD_WITH_PLACE
        ? { causes: [{ kind: 'dead-nozzle' as const, row: 7 }] }
        : {}),
      ...FRAME,
      bytes: 21_940,
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    };
  });
}

/** The kept picture of this id. */
export function keptPicture(id: number): FakePicture {
  return id % 6 === 5 && id !== UNREAD_WITH_PLACE ? PRINTS.faint : PRINTS.deadNozzle;
}

/** A code that was not read, and of which is known where it stands and what is wrong with it. */
const UNREAD_WITH_PLACE = 893;

/** The oldest of them are of before marks were recorded. */
const FIRST_DRAWN = 888;

/** What was found in the kept picture of this id: what it was rejected for is not as it should be. */
export function drawingOf(id: number): { readonly drawing?: EyeDrawing } {
  const window = CAMERA.search;
  if (id < FIRST_DRAWN || window === undefined) return {};
  const reason = REASONS[(900 - id) % REASONS.length];
  const { code } = keptPicture(id);
  return {
    drawing: {
      window,
      codes: reason === 'no-read' ? [] : [{ readBy: 'zxing', symbology: 'DataMatrix', ...code }],
      ...(id === UNREAD_WITH_PLACE && code.size !== undefined
        ? { unread: { corners: code.corners, size: code.size } }
        : {}),
      checks: checksOf(reason),
    },
  };
}

function checksOf(reason: (typeof REASONS)[number] | undefined): EyeCheck[] {
  const isPlaced = reason !== 'misplaced';
  const found: [number, number] = [323, 237];
  const line = { x: 240, y: 338, width: 110, height: 14 };
  const lot = { kind: 'text' as const, name: 'lot', window: { x: 220, y: 330, width: 206, height: 28 }, line };
  return [
    { kind: 'placement', isMet: isPlaced, wanted: isPlaced ? found : [341, 252], tolerance: 10, found, turn: 2.9 },
    reason === 'wrong-text'
      ? { ...lot, isMet: false, found: 'character 4 reads 8, expected B' }
      : { ...lot, isMet: true },
  ];
}

/** Limits in force, and who set them. */
export const LIMITS: { current: EyeLimits; history: EyeLimitsSet[]; orderMinimum: number } = {
  current: { overall: 1.5, parameters: { contrast: 1.5, modulation: 1.5, 'unused-correction': 2 } },
  orderMinimum: 1.5,
  history: [
    {
      at: Date.UTC(2026, 10, 21, 13, 5),
      userId: 'engineer',
      role: 'ENG',
      reason: 'Bench verifier reads half a grade lower on this carton',
      limits: { overall: 1.5, parameters: { contrast: 1.5, modulation: 1.5, 'unused-correction': 2 } },
    },
    {
      at: Date.UTC(2026, 10, 14, 7, 40),
      userId: 'supervisor',
      role: 'SUP',
      reason: 'First limits of this line',
      limits: { overall: 1.5, parameters: {} },
    },
  ],
};

/** What limits would have done: every tenth of a grade costs items. */
export function trialOf(limits: EyeLimits, at: number): EyeTrial {
  const cost = (limit: number | undefined): number => (limit === undefined ? 0 : Math.round(9 * limit ** 2));
  const set = Object.entries(limits.parameters);
  const wouldFail = 20 + cost(limits.overall) + set.reduce((sum, [, limit]) => sum + cost(limit), 0);
  const before = 20 + cost(1.5) * 3 + cost(2);
  return {
    images: 10_000,
    failed: before,
    wouldFail,
    newlyFailed: Math.max(0, wouldFail - before),
    newlyPassed: Math.max(0, before - wouldFail),
    below: [
      ...(limits.overall === undefined ? [] : [{ series: 'overall' as const, items: cost(limits.overall) }]),
      ...NORMAL.flatMap(({ parameter }) => {
        const limit = limits.parameters[parameter];
        return limit === undefined ? [] : [{ series: parameter, items: cost(limit) }];
      }),
    ],
    changes: rejectedPictures(at)
      .slice(0, Math.min(20, Math.abs(wouldFail - before)))
      .map(({ run, at: when, item, id, serial, overall }) => ({
        run,
        at: when,
        item,
        ...(serial === undefined ? {} : { serial }),
        ...(overall === undefined ? {} : { overall }),
        was: wouldFail > before ? ('PASS' as const) : ('FAIL' as const),
        would: wouldFail > before ? ('FAIL' as const) : ('PASS' as const),
        because: 'modulation' as const,
        ...(id % 5 === 0 ? {} : { picture: id }),
      })),
  };
}
