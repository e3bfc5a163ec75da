import {
  cameraFree,
  cameraReady,
  causeCleared,
  devicesOnline,
  everySerialAccounted,
  expiryValid,
  fontsTrained,
  jobVerified,
  lineIsFree,
  reasonGiven,
  reasonIfShort,
  recordWritable,
  serialsAllocated,
} from '#order/guards.ts';
import type { Transition } from '#order/run.ts';

/**
 * The rule book of a run (process.md §4.2), with the guards that exist in this version: clearance, challenge tests,
 * signatures and a second person join the rows they belong to when they are built.
 */
export const TRANSITIONS = {
  prepare: {
    id: 'T02',
    from: ['RECEIVED'],
    to: 'PREPARED',
    by: ['SUP'],
    needs: [lineIsFree, expiryValid, recordWritable, serialsAllocated],
  },
  cancel: {
    id: 'T03',
    from: ['RECEIVED', 'PREPARED', 'CLEARING', 'SETUP'],
    to: 'CANCELLED',
    by: ['SUP'],
    needs: [reasonGiven],
  },
  clear: { id: 'T04', from: ['PREPARED'], to: 'CLEARING', by: ['OPR', 'SUP'], needs: [lineIsFree] },
  setUp: { id: 'T05', from: ['CLEARING'], to: 'SETUP', by: ['OPR', 'SUP'], needs: [] },
  verify: {
    id: 'T07',
    from: ['SETUP'],
    to: 'VERIFYING',
    by: ['OPR', 'SUP'],
    needs: [devicesOnline, jobVerified, serialsAllocated, recordWritable],
  },
  approve: { id: 'T08', from: ['VERIFYING'], to: 'READY', by: ['QA', 'SUP'], needs: [] },
  start: {
    id: 'T10',
    from: ['READY'],
    to: 'RUNNING',
    by: ['SUP'],
    needs: [
      devicesOnline,
      cameraReady,
      cameraFree,
      fontsTrained,
      causeCleared,
      jobVerified,
      recordWritable,
      expiryValid,
    ],
  },
  suspend: { id: 'T11', from: ['RUNNING'], to: 'SUSPENDED', by: ['SYS'], needs: [] },
  resume: {
    id: 'T12',
    from: ['SUSPENDED'],
    to: 'RUNNING',
    by: ['OPR', 'SUP'],
    needs: [devicesOnline, cameraReady, causeCleared, jobVerified, recordWritable],
  },
  hold: {
    id: 'T13',
    from: ['READY', 'RUNNING', 'SUSPENDED', 'ENDING'],
    to: 'HELD',
    by: ['OPR', 'SUP', 'QA'],
    needs: [reasonGiven],
  },
  unhold: {
    id: 'T14',
    from: ['HELD'],
    to: 'RUNNING',
    by: ['SUP'],
    needs: [devicesOnline, cameraReady, causeCleared, jobVerified, recordWritable],
  },
  end: {
    id: 'T16',
    from: ['RUNNING', 'SUSPENDED', 'HELD'],
    to: 'ENDING',
    by: ['OPR', 'SUP', 'SYS'],
    needs: [reasonIfShort],
  },
  reconcile: { id: 'T17', from: ['ENDING'], to: 'RECONCILING', by: ['OPR', 'SUP'], needs: [recordWritable] },
  close: { id: 'T18', from: ['RECONCILING'], to: 'CLOSED', by: ['SUP'], needs: [reasonGiven, everySerialAccounted] },
} as const satisfies Record<string, Transition>;
