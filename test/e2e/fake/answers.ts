import type { z } from 'zod';
import type { ProductionRecord, SampleOrder } from '#contract/workstation.ts';

/** Sample orders as the station would list them. */
export const SAMPLES: z.infer<typeof SampleOrder>[] = [
  { file: 'small.json', order: 'PO-2042', product: 'Ibexin 400 mg, 20 tablets', lot: 'A2042', quantity: 500 },
  { file: 'shift.json', order: 'PO-2043', product: 'Ibexin 400 mg, 20 tablets', lot: 'A2043', quantity: 120_000 },
];

/** Faults of the virtual line as the station would list them. */
export const FAULTS: { id: string; realTimeOnly: boolean }[] = [
  'F01',
  'F02',
  'F05',
  'F07',
  'F07-thin-nozzle',
  'F08',
  'F09',
  'F10',
  'F11',
  'F12',
  'F14',
  'F17',
  'F20',
].map((id) => ({ id, realTimeOnly: id === 'F12' || id === 'F20' }));

const START = Date.UTC(2026, 10, 22, 8, 12, 40);

/** Two items: one good, one rejected. */
export const RECORDS: ProductionRecord[] = [
  {
    run: 3,
    order: 'PO-2041',
    gtin: '09521234543213',
    serial: '7KX2M9QD00',
    lot: 'A2041',
    expiry: '2028-11-30',
    state: 'GOOD',
    sentAt: START,
    printedAt: START + 9_200,
    readAt: START + 10_050,
    verdictAt: START + 10_061,
    verdict: 'PASS',
    reason: null,
    grade: 3.8,
    outcomeAt: START + 11_400,
    outcome: 'good',
    devices: ['printer-1', 'reader-1', 'plc-1'],
  },
  {
    run: 3,
    order: 'PO-2041',
    gtin: '09521234543213',
    serial: '7KX2M9QD41',
    lot: 'A2041',
    expiry: '2028-11-30',
    state: 'REJECTED',
    sentAt: START,
    printedAt: START + 9_500,
    readAt: START + 10_350,
    verdictAt: START + 10_361,
    verdict: 'FAIL',
    reason: 'low-grade',
    grade: 1.2,
    outcomeAt: null,
    outcome: null,
    devices: ['printer-1', 'reader-1', 'plc-1'],
  },
];
