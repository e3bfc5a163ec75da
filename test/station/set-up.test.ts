import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { report } from '#station/conductor.ts';
import { acknowledgeFaults, staticText, verifyJob } from '#station/set-up.ts';
import { exampleDesk, imported, PRINTER, READER } from './example-desk.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const HELD = '01095212345432131728112210EX24A01';

describe('the job of a run', () => {
  it('is verified when the printer reads back exactly what the order says', async () => {
    const example = exampleDesk();
    const { run } = imported(example);
    expect(await verifyJob(example.desk, run.order)).toBeUndefined();
    expect([staticText(run.order), example.floor.jobVerified]).toEqual([HELD, true]);
    expect(example.told.map(({ device, directive }) => `${device} ${directive.kind}`)).toEqual([
      'printer-1 select',
      'reader-1 arm',
      'plc-1 limits',
      'printer-1 read-back',
    ]);
  });

  it('is refused when the printer holds another lot, and says which', async () => {
    const example = exampleDesk();
    const { run } = imported(example);
    example.floor.jobVerified = true;
    example.behaviour.held = HELD.replace('EX24A01', 'EX24A02');
    expect(await verifyJob(example.desk, run.order)).toBe(
      `printer-1 holds "${HELD.replace('EX24A01', 'EX24A02')}", but the order says "${HELD}". Load the job again; do not print with it.`,
    );
    expect(example.floor.jobVerified).toBe(false);
  });

  it('is refused when the printer does not say what it holds within three seconds', async () => {
    const example = exampleDesk();
    const { run } = imported(example);
    example.behaviour.held = null;
    const verified = verifyJob(example.desk, run.order);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await verified).toBe('printer-1 did not say which job it holds. Check the printer, then try again.');
    expect(example.floor.jobVerified).toBe(false);
  });

  it('waits for no answer any more once it has given up', async () => {
    const example = exampleDesk();
    const { run } = imported(example);
    example.behaviour.held = null;
    const first = verifyJob(example.desk, run.order);
    await vi.advanceTimersByTimeAsync(3_000);
    await first;
    expect(example.desk.jobReaders).toEqual([]);
  });

  it('is refused when a device does not take its part, and names it', async () => {
    const example = exampleDesk();
    const { run } = imported(example);
    example.behaviour.fault = { code: 'offline', device: READER, detail: 'the device is not connected' };
    expect(await verifyJob(example.desk, run.order)).toBe(
      'reader-1 did not take its job: the device is not connected. Check the device, then try again.',
    );
    expect([example.floor.jobVerified, example.desk.jobReaders]).toEqual([false, []]);
  });
});

describe('a fault at the printer', () => {
  const fault = { code: '2007', device: PRINTER, detail: 'the head cover is open' };

  it('is acknowledged on the way to a resume, and gone when the printer says so', async () => {
    const example = exampleDesk();
    report(example.desk, { kind: 'device-fault', at: example.now(), fault });
    const done = acknowledgeFaults(example.desk);
    await vi.advanceTimersByTimeAsync(500);
    report(example.desk, { kind: 'device-fault-cleared', at: example.now(), device: PRINTER });
    await vi.advanceTimersByTimeAsync(100);
    expect(await done).toBeUndefined();
    expect(example.told).toEqual([{ device: PRINTER, directive: { kind: 'arm' } }]);
  });

  it('of a camera is over when a person lets the line go on: the next picture shows whether it is', async () => {
    const example = exampleDesk();
    const lies = { code: 'picture-refused', device: READER, detail: 'it says 704 × 416 of itself' };
    report(example.desk, { kind: 'device-fault', at: example.now(), fault: lies });
    expect(example.floor.alarms).toMatchObject([{ code: 'camera-fault', device: READER, state: 'active' }]);
    expect(await acknowledgeFaults(example.desk)).toBeUndefined();
    expect(example.floor.alarms).toMatchObject([{ code: 'camera-fault', state: 'returned' }]);
    expect(example.floor.line.faulty).toEqual(new Set());
  });

  it('that stays keeps the line standing, and is named', async () => {
    const example = exampleDesk();
    report(example.desk, { kind: 'device-fault', at: example.now(), fault });
    const done = acknowledgeFaults(example.desk);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await done).toBe(
      'printer-1 is not ready: the head cover is open. Remove the cause at the printer, then try again.',
    );
  });

  it('that is not there needs no acknowledgement', async () => {
    const example = exampleDesk();
    expect([await acknowledgeFaults(example.desk), example.told]).toEqual([undefined, []]);
  });
});
