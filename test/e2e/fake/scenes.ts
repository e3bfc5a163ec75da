import type { Alarm, Command, Device, LineSnapshot, Offer, OrderRow, RunView, Trend } from '#contract/snapshot.ts';

/** A moment of the line that a screen must be able to draw. `frame` is added by the station. */
export type Scene = Omit<LineSnapshot, 'frame' | 'at'>;

const MINUTE = 60_000;
const COMMANDS: readonly Command[] = ['start', 'hold', 'resume', 'end', 'close'];

const ORDERS: OrderRow[] = [
  { run: 3, order: 'PO-2041', product: 'Ibexin 400 mg, 20 tablets', lot: 'A2041', quantity: 20_000, state: 'RUNNING' },
  { run: 2, order: 'PO-2040', product: 'Ibexin 200 mg, 50 tablets', lot: 'A2040', quantity: 8_000, state: 'CLOSED' },
  { run: 1, order: 'PO-2039', product: 'Solvia eye drops 10 ml', lot: 'S1177', quantity: 1_200, state: 'CANCELLED' },
];

function devices(at: number, change: Partial<Record<Device['kind'], Partial<Device>>> = {}): Device[] {
  const since = at - 50 * MINUTE;
  const shared = { evidence: 'own-emulator', link: 'online', since } as const;
  return [
    {
      id: 'printer-1',
      station: 'print',
      kind: 'printer',
      driver: 'leibinger-jet',
      ...shared,
      queued: 24,
      handled: 12_541,
      ...change.printer,
    },
    {
      id: 'reader-1',
      station: 'read',
      kind: 'reader',
      driver: 'cognex-dataman',
      ...shared,
      handled: 12_538,
      ...change.reader,
    },
    {
      id: 'plc-1',
      station: 'divert',
      kind: 'plc',
      driver: 'line-plc',
      ...shared,
      packml: 6,
      handled: 12_535,
      ...change.plc,
    },
  ];
}

function run(at: number, change: Partial<RunView> = {}): RunView {
  return {
    run: 3,
    order: 'PO-2041',
    product: 'Ibexin 400 mg, 20 tablets',
    gtin: '09521234543213',
    lot: 'A2041',
    expiry: '2028-11-30',
    quantity: 20_000,
    minGrade: 1.5,
    state: 'RUNNING',
    since: at - 42 * MINUTE,
    runningOut: false,
    startedAt: at - 42 * MINUTE,
    accounts: {
      ALLOCATED: 8_435,
      SENT: 24,
      PRINTED: 3,
      GOOD: 12_480,
      REJECTED: 55,
      UNKNOWN_FATE: 0,
      MISSING: 3,
      SCRAPPED: 0,
      INVALID: 0,
      DESTROYED: 0,
    },
    allocated: 21_000,
    passed: 12_483,
    failed: 55,
    inTransit: 3,
    diverted: 55,
    ratePerMinute: 298,
    idealPerMinute: 300,
    readRate: 0.998,
    firstPassYield: 0.9956,
    grades: [9_921, 2_304, 240, 41, 12, 20],
    rejects: [
      { reason: 'no-read', count: 24 },
      { reason: 'low-grade', count: 19 },
      { reason: 'wrong-lot', count: 7 },
      { reason: 'after-interlock', count: 5 },
    ],
    lastRejects: [
      { seq: 12_531, at: at - 9_000, reason: 'no-read' },
      { seq: 12_402, at: at - 34_000, reason: 'low-grade', serial: '7KX2M9QD41', read: '1.2 (D)', expected: '1.5 (C)' },
      { seq: 12_011, at: at - 112_000, reason: 'wrong-lot', serial: '7KX2M9QD02', read: 'B', expected: 'A2041' },
      { seq: 11_870, at: at - 171_000, reason: 'no-read' },
      { seq: 11_322, at: at - 300_000, reason: 'duplicate', serial: '7KX2M9QCZ8' },
    ],
    notices: 2,
    finishAt: at + 25 * MINUTE,
    ...change,
  };
}

function alarm(at: number, change: Partial<Alarm> & Pick<Alarm, 'id' | 'code' | 'priority'>): Alarm {
  return { gmp: false, state: 'active', since: at - 90_000, ...change };
}

function offers(allowed: readonly Command[], unmet: Partial<Record<Command, Offer['unmet']>> = {}): Scene['offers'] {
  const offer = (command: Command): Offer =>
    allowed.includes(command)
      ? { allowed: true, unmet: [] }
      : { allowed: false, unmet: unmet[command] ?? [{ guard: 'run-state', detail: 'RUNNING' }] };
  return {
    start: offer('start'),
    hold: offer('hold'),
    resume: offer('resume'),
    end: offer('end'),
    close: offer('close'),
  };
}

function scene(at: number, change: Partial<Scene>): Scene {
  return {
    line: 'Line 1',
    mode: 'TRAINING',
    actor: { userId: 'supervisor', role: 'SUP' },
    orders: ORDERS,
    devices: devices(at),
    alarms: [],
    offers: offers(['hold', 'end']),
    ...change,
  };
}

const NO_ORDER: Offer['unmet'] = [{ guard: 'order-selected' }];

/** Moments by name. `at` is the time of the station. */
export const SCENES = {
  idle: (at: number): Scene =>
    scene(at, {
      orders: [],
      devices: devices(at, {
        printer: { queued: 0, handled: 0 },
        reader: { handled: 0 },
        plc: { packml: 4, handled: 0 },
      }),
      offers: offers([], Object.fromEntries(COMMANDS.map((command) => [command, NO_ORDER]))),
    }),
  ready: (at: number): Scene =>
    scene(at, {
      eye: { device: 'reader-1' },
      run: fresh(at),
      devices: devices(at, {
        printer: { queued: 64, handled: 0 },
        reader: { handled: 0, warmUp: 0.4 },
        plc: { packml: 4, handled: 0 },
      }),
      offers: offers(['start']),
    }),
  running: (at: number): Scene => scene(at, { run: run(at) }),
  production: (at: number): Scene =>
    scene(at, {
      mode: 'PRODUCTION',
      actor: { userId: 'operator', role: 'OPR' },
      run: run(at, {
        quantity: 1_200_000,
        accounts: { ...run(at).accounts, GOOD: 1_112_480 },
        finishAt: at + 27 * 60 * MINUTE,
      }),
      offers: offers(['hold'], { end: [{ guard: 'role', detail: 'SUP' }] }),
    }),
  held: (at: number): Scene =>
    scene(at, {
      eye: { device: 'reader-1' },
      run: run(at, { state: 'HELD', since: at - 4 * MINUTE, cause: 'Material change', ratePerMinute: 0 }),
      devices: devices(at, { plc: { packml: 11 } }),
      alarms: [alarm(at, { id: 9, code: 'machine-held', priority: 2, device: 'plc-1', state: 'acknowledged' })],
      offers: offers(['resume', 'end']),
    }),
  suspended: (at: number): Scene =>
    scene(at, {
      run: run(at, {
        state: 'SUSPENDED',
        since: at - 70_000,
        cause: 'wrong-content',
        ratePerMinute: 0,
        lastRejects: wrongLot(at),
      }),
      devices: devices(at, { plc: { packml: 5 } }),
      alarms: [
        alarm(at, {
          id: 11,
          code: 'wrong-content',
          priority: 1,
          gmp: true,
          detail: 'code reads lot B, order is lot A2041',
        }),
      ],
      offers: offers(['hold', 'end'], {
        start: [{ guard: 'run-state', detail: 'SUSPENDED' }],
        resume: [
          { guard: 'no-blocking-alarm', detail: 'wrong-content' },
          { guard: 'line-empty', detail: '3 in transit' },
          { guard: 'job-verified' },
        ],
      }),
    }),
  recovered: (at: number): Scene =>
    scene(at, {
      run: run(at, { state: 'SUSPENDED', since: at - 30_000, cause: 'printer-fault', ratePerMinute: 0 }),
      devices: devices(at, { plc: { packml: 11 } }),
      alarms: [
        alarm(at, {
          id: 19,
          code: 'printer-fault',
          priority: 2,
          device: 'printer-1',
          detail: '2007: the head cover is open',
          state: 'returned',
        }),
      ],
      offers: offers(['hold', 'resume', 'end']),
    }),
  alarms: (at: number): Scene =>
    scene(at, {
      run: run(at, { state: 'SUSPENDED', since: at - 12_000, cause: 'device-offline', ratePerMinute: 0 }),
      devices: devices(at, {
        printer: { fault: 'ink low', queued: 3 },
        reader: { link: 'offline', since: at - 12_000 },
        plc: { link: 'connecting' },
      }),
      alarms: [
        alarm(at, { id: 21, code: 'device-offline', priority: 2, device: 'reader-1' }),
        alarm(at, {
          id: 22,
          code: 'printer-fault',
          priority: 2,
          device: 'printer-1',
          detail: 'ink low',
          state: 'acknowledged',
        }),
        alarm(at, { id: 23, code: 'duplicate-serial', priority: 1, gmp: true, detail: '7KX2M9QCZ8' }),
        alarm(at, { id: 24, code: 'tracking-lost', priority: 1, gmp: true, detail: '2 items', state: 'returned' }),
        alarm(at, { id: 25, code: 'unsolicited-readings', priority: 4, device: 'reader-1', detail: '2 since start' }),
        alarm(at, { id: 26, code: 'serials-low', priority: 3, detail: '120 left' }),
        alarm(at, { id: 27, code: 'belt-slipped', priority: 3, detail: 'encoder 2' }),
      ],
      offers: offers(['hold'], {
        resume: [{ guard: 'devices-online', detail: 'reader-1' }],
        end: [{ guard: 'devices-online', detail: 'reader-1' }],
      }),
    }),
  emptying: (at: number): Scene =>
    scene(at, { run: run(at, { runningOut: true, finishAt: at + 25 * MINUTE }), devices: devices(at) }),
  ending: (at: number): Scene =>
    scene(at, {
      run: run(at, { state: 'ENDING', since: at - 40_000, inTransit: 0, ratePerMinute: 0 }),
      devices: devices(at, { printer: { queued: 0 }, plc: { packml: 17 } }),
      alarms: [alarm(at, { id: 31, code: 'late-verdicts', priority: 2, gmp: true, detail: '2', state: 'returned' })],
      offers: offers(['hold', 'close'], { end: [{ guard: 'run-state', detail: 'ENDING' }] }),
    }),
  closed: (at: number): Scene =>
    scene(at, {
      run: run(at, {
        state: 'CLOSED',
        since: at - 2 * MINUTE,
        inTransit: 0,
        accounts: { ...run(at).accounts, ALLOCATED: 0, SENT: 0, PRINTED: 0, GOOD: 20_000, INVALID: 942 },
      }),
      devices: devices(at, { printer: { queued: 0 }, plc: { packml: 17 } }),
      orders: ORDERS.map((order) => (order.run === 3 ? { ...order, state: 'CLOSED' } : order)),
      offers: offers([], { start: [{ guard: 'run-state', detail: 'CLOSED' }, { guard: 'order-selected' }] }),
    }),
} satisfies Record<string, (at: number) => Scene>;

export type SceneName = keyof typeof SCENES;

/** Ten minutes of a calm run with one dip. */
export function trendOf(at: number): Trend {
  const steps = Array.from({ length: 120 }, (_, index) => index);
  return {
    at: steps.map((step) => at - (119 - step) * 5_000),
    ratePerMinute: steps.map((step) => (step < 6 ? null : step > 60 && step < 70 ? 120 : 296 + 4 * Math.sin(step / 3))),
    rejectsPercent: steps.map((step) =>
      step < 6 ? null : 0.3 + (step > 66 && step < 76 ? 1.4 : 0.15 * Math.sin(step / 5)),
    ),
    grade: steps.map((step) => (step < 6 ? null : 3.6 - 0.25 * Math.sin(step / 17))),
  };
}

function fresh(at: number): RunView {
  const {
    ratePerMinute: _rate,
    readRate: _read,
    firstPassYield: _yield,
    finishAt: _finish,
    startedAt: _started,
    ...blank
  } = run(at, {
    state: 'READY',
    since: at - 30_000,
    passed: 0,
    failed: 0,
    inTransit: 0,
    diverted: 0,
    grades: [0, 0, 0, 0, 0, 0],
    rejects: [],
    lastRejects: [],
  });
  return {
    ...blank,
    accounts: { ...blank.accounts, ALLOCATED: 21_000, SENT: 0, PRINTED: 0, GOOD: 0, REJECTED: 0, MISSING: 0 },
  };
}

function wrongLot(at: number): RunView['lastRejects'] {
  return [
    { seq: 12_539, at: at - 69_000, reason: 'after-interlock' },
    { seq: 12_538, at: at - 70_000, reason: 'wrong-lot', serial: '7KX2M9QD77', read: 'B', expected: 'A2041' },
    ...run(at).lastRejects,
  ];
}
