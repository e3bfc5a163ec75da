import { describe, expect, it } from 'vitest';
import { CameraJob } from '#contract/camera-job.ts';
import { createFrameRing, type FrameRing, openFrameRing, SLOT } from '#contract/frame-ring.ts';
import { GIGE_CAMERA, type GigeCamera, gigeCamera } from '#devices/camera/gige/driver.ts';
import type { FrameNotice } from '#devices/camera/notice.ts';
import { superviseDevice } from '#devices/supervisor.ts';
import type { DeviceSignal } from '#line/signal.ts';

// The driver's side of the thread: what it does when the thread answers, refuses, dies or hangs.

const PLACE = { host: '127.0.0.1', port: 3_956 };
const JOB = CameraJob.parse({
  name: 'threads',
  frame: { width: 64, height: 64 },
  trigger: 'software',
  symbologies: ['DataMatrix'],
  code: { window: { x: 0, y: 0, width: 8, height: 8 } },
});

/** A thread that runs these lines; `say`, `port`, `heads` (the slots' headers) and `workerData` are at hand. */
function thread(lines: string): URL {
  const text = `import { parentPort as port, workerData } from 'node:worker_threads';
    const say = (message) => port.postMessage(message);
    const heads = new Int32Array(workerData.ring, 64);
    ${lines}`;
  return new URL(`data:text/javascript,${encodeURIComponent(text)}`);
}

const OPENED = `say({ kind: 'opened', camera: {} });`;
const ENDING = `port.on('message', ({ kind }) => { if (kind === 'close') { say({ kind: 'ended', reason: 'closed' }); port.close(); } });`;

interface Bench {
  readonly camera: GigeCamera;
  readonly ring: FrameRing;
  readonly notices: FrameNotice[];
}

function bench(url: URL): Bench {
  const ring = createFrameRing(4, 4_096);
  const notices: FrameNotice[] = [];
  const log = { info: () => {}, warn: () => {} };
  const frame = (notice: FrameNotice): void => void notices.push(notice);
  const camera = gigeCamera({ deviceId: 'eye', job: JOB, ring, thread: url, frame, log });
  return { camera, ring: openFrameRing(ring), notices };
}

describe('a camera, as the rest of the workstation knows it', () => {
  it('is a reader by kind, and says what it was tried against', () => {
    const { camera } = bench(thread(OPENED));
    expect({ id: camera.id, evidence: camera.evidence, capabilities: camera.capabilities }).toEqual(GIGE_CAMERA);
    expect(GIGE_CAMERA.capabilities).toEqual({ kind: 'reader', grades: true, counts: ['image'] });
  });

  it('is told things and answers, passes on pictures and alarms, and is closed', async () => {
    const fault = { code: 'picture-refused', device: 'eye', detail: 'JPEG' };
    const { camera, notices } = bench(
      thread(`${OPENED}
        say({ kind: 'frame', notice: { trigger: 1, missing: 'lost', detail: 'nothing came', at: 5 } });
        say({ kind: 'fault', fault: ${JSON.stringify(fault)} });
        say({ kind: 'log', event: 'camera.counts-on', fields: {} });
        port.on('message', ({ kind, id, what }) => {
          if (kind === 'tell') say({ kind: 'told', id, fault: what === 'arm' ? undefined : { code: what, device: 'eye', detail: what } });
        });
        ${ENDING}`),
    );
    const signals: DeviceSignal[] = [];
    expect(await camera.softwareTrigger()).toEqual({
      code: 'offline',
      device: 'eye',
      detail: 'the camera is not connected',
    });
    const session = await camera.connect(PLACE, (signal) => signals.push(signal));
    expect(await session.tell({ kind: 'arm' })).toBeUndefined();
    expect(await session.tell({ kind: 'disarm' })).toEqual({ code: 'disarm', device: 'eye', detail: 'disarm' });
    expect(await camera.softwareTrigger()).toEqual({ code: 'trigger', device: 'eye', detail: 'trigger' });
    await session.close();
    expect(await session.ended).toBe('closed');
    expect(notices).toEqual([{ trigger: 1, missing: 'lost', detail: 'nothing came', at: 5 }]);
    expect(signals).toMatchObject([{ kind: 'device-fault', fault }]);
    expect(await camera.softwareTrigger()).toMatchObject({ code: 'offline' });
  });

  it('that counts its triggers says so once it was met, and what it counted is known at the next contact', async () => {
    const { camera, notices } = bench(
      thread(`say({ kind: 'opened', camera: { counts: 'triggers' } });
        const { counted, isCountUseless } = workerData;
        const mark = { trigger: (counted?.mark.trigger ?? 40) + 2, clock: 1, at: 1 };
        const notice = { trigger: mark.trigger, counts: 'triggers', missing: 'not-taken', detail: String(isCountUseless), at: 5 };
        say({ kind: 'frame', notice, counted: { camera: 'eye', mark } });
        if (counted !== undefined) say({ kind: 'count-useless' });
        ${ENDING}`),
    );
    expect(camera.capabilities).toEqual({ kind: 'reader', grades: true, counts: ['image'] });
    for (let contact = 0; contact < 3; contact += 1) {
      const session = await camera.connect(PLACE, () => {});
      expect(camera.capabilities).toEqual({ kind: 'reader', grades: true, counts: ['trigger', 'image'] });
      await session.close();
    }
    expect(notices).toMatchObject([
      { trigger: 42, detail: 'false' },
      { trigger: 44, detail: 'false' },
      { trigger: 46, detail: 'true' },
    ]);
  });

  it('is not there when its thread refuses, with the sentence of the refusal', async () => {
    const { camera } = bench(thread(`say({ kind: 'refused', detail: 'another application controls this camera' });`));
    await expect(camera.connect(PLACE, () => {})).rejects.toThrow('another application controls this camera');
  });

  it('is not there when its thread cannot even start', async () => {
    const { camera } = bench(thread(`throw new Error('no such module');`));
    await expect(camera.connect(PLACE, () => {})).rejects.toThrow('the capture thread ended before it met the camera');
  });

  it('ends when its thread dies, and what the thread held is free again', async () => {
    const { camera, ring, notices } = bench(
      thread(`const slot = (at, state, trigger) => { heads[at * 16 + 1] = trigger; heads[at * 16 + 3] = 7; heads[at * 16] = state; };
        slot(0, ${SLOT.writing}, 0); slot(1, ${SLOT.ready}, 3); slot(2, ${SLOT.ready}, 2); slot(3, ${SLOT.busy}, 1);
        ${OPENED}
        say({ kind: 'frame', notice: { trigger: 2, slot: 2, at: 7 } });
        setTimeout(() => { throw new Error('out of memory'); }, 10);`),
    );
    const session = await camera.connect(PLACE, () => {});
    expect(await session.ended).toBe('the capture thread ended');
    expect(await session.tell({ kind: 'arm' })).toMatchObject({ code: 'offline' });
    expect([0, 1, 2, 3].map((slot) => ring.state(slot))).toEqual([SLOT.free, SLOT.free, SLOT.ready, SLOT.busy]);
    expect(notices).toHaveLength(1);
    await session.close();
  });

  it('is ended when its thread hangs while it should close', async () => {
    const { camera } = bench(thread(`${OPENED} port.on('message', () => { for (;;); });`));
    const session = await camera.connect(PLACE, () => {});
    await session.close();
    expect(await session.ended).toBe('the capture thread ended');
  });

  it('is met again by a new thread after the old one died', async () => {
    const { camera } = bench(thread(`${OPENED} setTimeout(() => process.exit(1), 20); ${ENDING}`));
    const signals: string[] = [];
    const link = superviseDevice({
      entry: { id: 'eye', station: 'outfeed', kind: 'reader', driver: 'gige-camera' },
      connector: camera,
      report: ({ kind }) => signals.push(kind),
      log: { info: () => {}, warn: () => {} },
      endpoint: PLACE,
    });
    await expect.poll(() => signals.length).toBeGreaterThanOrEqual(4);
    await link.close();
    expect(signals.slice(0, 4)).toEqual(['device-connected', 'device-lost', 'device-connected', 'device-lost']);
  });
});
