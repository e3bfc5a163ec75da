import { expect, it } from 'vitest';
import { followerOf } from '#devices/plc/opcua/follower.ts';
import { runStation, type StationContext } from '#devices/plc/opcua/session.ts';
import type { Contact, StationImage, StationPort, StationUpdate } from '#devices/plc/opcua/station-nodes.ts';

const DEPTH = 8;
const empty = [65_535, ...new Array<number>(4 * DEPTH).fill(0)];

/** A port whose writes are kept, and end when the test says so. */
function fakePort() {
  const writes: StationUpdate[] = [];
  const waiting: (() => void)[] = [];
  let hbPlc = 0;
  let isHeld = false;
  const image = (): StationImage => {
    hbPlc += 1;
    return { hbPlc, lineState: 6, encoder: 0, permits: 63, trig: empty, out: empty, epoch: 1 };
  };
  const port: StationPort = {
    read: async () => image(),
    write(update) {
      writes.push(update);
      return isHeld ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve();
    },
    ended: new Promise(() => {}),
    close: async () => {},
  };
  const contact: Contact = { ringDepth: DEPTH, hbPc: 41, verdict: empty, image: image() };
  return {
    port,
    contact,
    writes,
    hold: () => {
      isHeld = true;
    },
    release: () => {
      isHeld = false;
      for (const done of waiting.splice(0)) done();
    },
  };
}

function context(permit = false): StationContext {
  return { device: 'plc-1', follower: followerOf('plc-1'), wishes: { permit }, report: () => {} };
}

const verdict = (seq: number) => ({ kind: 'verdict', epoch: 1, seq, pass: true, reason: 0 }) as const;
const heads = (writes: readonly StationUpdate[]) => writes.flatMap(({ verdict: words }) => (words ? [words[0]] : []));

it('writes the permit and the limits it was told while the PLC was away', async () => {
  const { port, contact, writes } = fakePort();
  const wishes = {
    permit: true,
    limits: { kind: 'limits', consecutive: 3, failures: 10, within: 100, deadline: 0 },
  } as const;
  const session = runStation(port, contact, { ...context(), wishes });
  await expect.poll(() => writes[0]).toEqual({ linePermit: 1, limits: [3, 10, 100, 0], hbPc: 42 });
  await session.close();
});

it('keeps the infeed closed until somebody opens it', async () => {
  const { port, contact, writes } = fakePort();
  const session = runStation(port, contact, context());
  await expect.poll(() => writes[0]).toEqual({ linePermit: 0, hbPc: 42 });
  await session.close();
});

it('makes verdicts that are told together rows of one write, and spaces what is more than half a ring', async () => {
  const { port, contact, writes } = fakePort();
  const session = runStation(port, contact, context());
  await expect.poll(() => writes.length).toBeGreaterThan(0);
  const told = Promise.all(Array.from({ length: 9 }, (_, seq) => session.tell(verdict(seq))));
  expect(await told).toEqual(new Array(9).fill(undefined));
  expect(heads(writes)).toEqual([3, 7, 8]);
  await session.close();
});

it('writes a verdict at once, but one write at a time', async () => {
  const { port, contact, writes, hold, release } = fakePort();
  const session = runStation(port, contact, context());
  await expect.poll(() => writes.length).toBeGreaterThan(0);
  hold();
  const first = session.tell(verdict(1));
  await Promise.resolve();
  expect(heads(writes)).toEqual([0]);
  const second = session.tell(verdict(2));
  const count = writes.length;
  await new Promise((resolve) => setImmediate(resolve));
  expect(writes.length).toBe(count);
  release();
  expect(await Promise.all([first, second])).toEqual([undefined, undefined]);
  expect(heads(writes)).toEqual([0, 1]);
  await session.close();
});

it('answers with a fault what was not written when the session ends', async () => {
  const { port, contact, writes, hold } = fakePort();
  const session = runStation(port, contact, context());
  await expect.poll(() => writes.length).toBeGreaterThan(0);
  hold();
  const told = [session.tell(verdict(1)), session.tell({ kind: 'command', command: 4 })];
  await session.close();
  const fault = { code: 'offline', device: 'plc-1', detail: 'closed' };
  expect(await Promise.all(told)).toEqual([fault, fault]);
  expect(await session.ended).toBe('closed');
});

it('does not send a verdict of another epoch', async () => {
  const { port, contact, writes } = fakePort();
  const session = runStation(port, contact, context());
  expect(await session.tell({ ...verdict(1), epoch: 9 })).toMatchObject({ code: 'other-epoch' });
  expect(heads(writes)).toEqual([]);
  await session.close();
});

it('sends two commands as two writes', async () => {
  const { port, contact, writes } = fakePort();
  const session = runStation(port, contact, context());
  await Promise.all([4, 10].map((command) => session.tell({ kind: 'command', command })));
  expect(writes.flatMap(({ cmd }) => (cmd === undefined ? [] : [cmd]))).toEqual([4, 10]);
  await session.close();
});

it('refuses a PLC whose rings are not as deep as it says', () => {
  const { port, contact } = fakePort();
  expect(() => runStation(port, { ...contact, ringDepth: 32 }, context())).toThrow(/RingDepth is 32/);
});
