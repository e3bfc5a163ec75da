import { afterEach, describe, expect, it } from 'vitest';
import type { CameraJobText } from '#contract/camera-job.ts';
import type { Session } from '#devices/driver.ts';
import { superviseDevice } from '#devices/supervisor.ts';
import type { DeviceSignal, ReaderDirective } from '#line/signal.ts';
import { createCamera } from '#virtual-line/gige/emulator.ts';
import type { CameraKind, Emulator, PictureWay } from '#virtual-line/messages.ts';
import { FLAWLESS } from '#virtual-line/print-defects.ts';
import { SETTINGS } from '../virtual-line/emulator-settings.ts';
import { jobOf, until, type Watched, watch } from './fake-camera.ts';

// What Aravis' camera does not do: sending again, refusing a second controller, test packets, a photo-eye, faults.

const CONTENT = '010952123454321321ABCD12345678\u001d1728123110LOT42';

interface Stand {
  readonly emulator: Emulator;
  readonly place: { readonly host: string; readonly port: number };
  /** An item passes the photo-eye. */
  expose(way?: PictureWay, extras?: boolean): void;
}

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function stand(camera: CameraKind = 'counts-triggers'): Promise<Stand> {
  const emulator = createCamera(() => undefined);
  const { listening } = await emulator.answer({ ask: 'start', settings: { ...SETTINGS, camera } });
  if (listening === undefined) throw new Error('the emulated camera does not listen');
  open.push(() => emulator.close());
  return {
    emulator,
    place: { host: '127.0.0.1', port: listening.port },
    expose: (way = 'sent', extras = false) =>
      emulator.hear({ tell: 'expose', extras, way, item: 1, content: CONTENT, quality: 4, print: FLAWLESS, over: '' }),
  };
}

/** A job of the photo-eye; every picture that comes whole is good. */
function eyeFor(job: Partial<CameraJobText> = {}): Watched {
  const frame = { width: 640, height: 480 };
  return watch(jobOf({ trigger: 'line', exposure: 50, frame, ...job }), {}, () => true);
}

async function connect(
  { camera }: Watched,
  { place }: Stand,
  signals: DeviceSignal[] = [],
): Promise<Session<ReaderDirective>> {
  const session = await camera.connect(place, (signal) => signals.push(signal));
  open.push(() => session.close());
  return session;
}

/** `!`: the count began anew. */
function fates({ notices }: Watched): string[] {
  return notices.map((notice) => {
    const fate = 'missing' in notice ? notice.missing : 'whole';
    return `${notice.trigger}${notice.anew === true ? '!' : ''} ${fate}`;
  });
}

describe('a camera on the virtual line', () => {
  it('gives one picture for each item at the photo-eye, and says which did not come and why', async () => {
    const at = await stand();
    const eye = eyeFor();
    const signals: DeviceSignal[] = [];
    const session = await connect(eye, at, signals);
    at.expose(); // nobody has armed it yet: counted, and nobody's loss
    expect(await session.tell({ kind: 'arm' })).toBeUndefined();
    const ways: readonly PictureWay[] = ['sent', 'incomplete', 'sent', 'lost', 'misstated', 'sent', 'missed', 'sent'];
    for (const [index, way] of ways.entries()) {
      at.expose(way);
      if (way !== 'lost' && way !== 'missed')
        await until(() => eye.notices.length === index + 1, `picture ${index + 1}`);
    }
    expect(fates(eye)).toEqual([
      '2! whole',
      '3 incomplete',
      '4 whole',
      '5 lost',
      '6 refused',
      '7 whole',
      '8 not-taken',
      '9 whole',
    ]);
    expect(eye.notices[1]).toMatchObject({
      detail: expect.stringMatching(/no longer has the packet|3 of 36 packets are missing/),
    });
    const detail = 'the camera sends 704 × 416 pixels, although it was set to 640 × 480';
    expect(eye.notices[4]).toMatchObject({ detail });
    expect(signals).toMatchObject([
      { kind: 'device-fault', fault: { code: 'picture-refused', device: 'eye', detail } },
    ]);
  });

  it('counts on while it is not armed', async () => {
    const at = await stand();
    const eye = eyeFor();
    const session = await connect(eye, at);
    for (const armed of [1, 2, 3]) {
      await session.tell({ kind: 'arm' });
      for (const shot of [1, 2]) {
        at.expose();
        await until(() => eye.notices.length === 2 * (armed - 1) + shot, `picture ${shot}, armed ${armed} times`);
      }
      await session.tell({ kind: 'disarm' });
      at.expose();
    }
    expect(fates(eye)).toEqual(['1! whole', '2 whole', '4 whole', '5 whole', '7 whole', '8 whole']);
  });

  it('sends again what a bad cable lost, and the pictures are whole', async () => {
    const at = await stand();
    const eye = eyeFor();
    const session = await connect(eye, at);
    await session.tell({ kind: 'arm' });
    at.emulator.hear({ tell: 'packet-loss', active: true });
    for (let shot = 1; shot <= 30; shot++) {
      at.expose();
      await until(() => eye.notices.length >= shot - 1, `picture ${shot - 1}`);
    }
    at.emulator.hear({ tell: 'packet-loss', active: false });
    at.expose();
    await until(() => eye.notices.length === 31, 'all pictures');
    expect(eye.notices.map(({ trigger }) => trigger)).toEqual(Array.from({ length: 31 }, (_, index) => index + 1));
    // Without sending again, every other picture would lack a packet.
    expect(eye.seen.whole).toBeGreaterThan(20);
  });

  it('answers a software trigger with a picture', async () => {
    const at = await stand();
    const eye = eyeFor({ trigger: 'software' });
    const session = await connect(eye, at);
    await session.tell({ kind: 'arm' });
    for (const shot of [1, 2, 3]) {
      expect(await eye.camera.softwareTrigger()).toBeUndefined();
      await until(() => eye.notices.length === shot, `picture ${shot}`);
    }
    expect(fates(eye)).toEqual(['1! whole', '2 whole', '3 whole']);
  });

  it('belongs to one workstation at a time, and says so', async () => {
    const at = await stand();
    const first = await connect(eyeFor(), at);
    const second = eyeFor().camera.connect(at.place, () => {});
    await expect(second).rejects.toThrow('another application controls this camera');
    await first.close();
    await connect(eyeFor(), at);
  });

  it('is counted from 1 again whenever it is armed, when it has no counter, and a trigger it missed does not show', async () => {
    const at = await stand('counts-pictures');
    const eye = eyeFor();
    const session = await connect(eye, at);
    for (const armed of [1, 2]) {
      await session.tell({ kind: 'arm' });
      for (const way of ['sent', 'missed', 'sent'] as const) {
        at.expose(way);
        const due = 2 * (armed - 1) + (way === 'sent' ? 1 : 0);
        await until(() => eye.notices.length >= due, `picture ${due}`);
      }
      await until(() => eye.notices.length === 2 * armed, `both pictures, armed ${armed} times`);
      await session.tell({ kind: 'disarm' });
    }
    expect(fates(eye)).toEqual(['1! whole', '2 whole', '1! whole', '2 whole']);
    expect(eye.camera.capabilities).toMatchObject({ counts: ['image'] });
  });

  it('begins to count anew when it was without power, and says so', async () => {
    const at = await stand();
    const eye = eyeFor();
    const log = { info: () => {}, warn: () => {} };
    const entry = { id: 'eye', station: 'outfeed', kind: 'reader', driver: 'gige-camera' } as const;
    const link = superviseDevice({ entry, connector: eye.camera, report: () => {}, log, endpoint: at.place });
    open.push(() => link.close());
    await until(() => link.state === 'online', 'the camera is met');
    await link.tell({ kind: 'arm' });
    at.expose();
    await until(() => eye.notices.length === 1, 'the first picture');
    at.emulator.hear({ tell: 'reboot', seconds: 0.5 });
    await until(() => link.state === 'offline', 'the camera is missed');
    await until(() => link.state === 'online', 'the camera is back');
    for (let item = 1; item <= 4; item += 1) at.expose();
    expect(await link.tell({ kind: 'arm' })).toBeUndefined();
    at.expose();
    await until(() => eye.notices.length === 2, 'the next picture');
    expect(fates(eye)).toEqual(['1! whole', '5! whole']);
    expect(link.facts.capabilities).toMatchObject({ counts: ['trigger', 'image'] });
  });

  it('is missed when the cable is out, and has counted on when it is found again', async () => {
    const at = await stand();
    const eye = eyeFor();
    const signals: DeviceSignal[] = [];
    const entry = { id: 'eye', station: 'outfeed', kind: 'reader', driver: 'gige-camera' } as const;
    const log = { info: () => {}, warn: () => {} };
    const report = (signal: DeviceSignal): void => void signals.push(signal);
    const link = superviseDevice({ entry, connector: eye.camera, report, log, endpoint: at.place });
    open.push(() => link.close());
    await until(() => link.state === 'online', 'the camera is met');
    await link.tell({ kind: 'arm' });
    at.expose();
    await until(() => eye.notices.length === 1, 'the first picture');
    at.emulator.hear({ tell: 'half-open', active: true });
    await until(() => link.state === 'offline', 'the camera is missed');
    at.expose();
    at.emulator.hear({ tell: 'half-open', active: false });
    // The camera still believes in its controller, for as long as its heartbeat allows.
    await until(() => link.state === 'online', 'the camera is back');
    expect(await link.tell({ kind: 'arm' })).toBeUndefined();
    at.expose();
    await until(() => eye.notices.length === 2, 'the next picture');
    expect(fates(eye)).toEqual(['1! whole', '3 whole']);
    expect(signals.map(({ kind }) => kind)).toEqual(['device-connected', 'device-lost', 'device-connected']);
  });
});
