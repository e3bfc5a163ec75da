import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { featuresIn, releaseControl, takeControl } from '#devices/camera/gige/contact.ts';
import { identify, surveyCameras } from '#devices/camera/gige/control/discovery.ts';
import type { Session } from '#devices/driver.ts';
import { superviseDevice } from '#devices/supervisor.ts';
import type { DeviceSignal, ReaderDirective } from '#line/signal.ts';
import {
  aside,
  droppedBySystem,
  type FakeCamera,
  isRamp,
  jobOf,
  noFakeCamera,
  PLACE,
  setFramePeriod,
  startFakeCamera,
  until,
  type Watched,
  watch,
} from './fake-camera.ts';

if (noFakeCamera !== undefined) console.log(noFakeCamera);

/** What is open in a test, and closed behind it whatever happens. */
const open: Session<ReaderDirective>[] = [];
afterEach(async () => {
  for (const session of open.splice(0)) await session.close();
});

async function connect({ camera }: Watched, signals: DeviceSignal[] = []): Promise<Session<ReaderDirective>> {
  const session = await camera.connect(PLACE, (signal) => signals.push(signal));
  open.push(session);
  return session;
}

/** Numbers of the notices, which must go 1, 2, 3, … */
function gapsIn({ notices }: Watched): number {
  return notices.filter(({ trigger }, index) => trigger !== index + 1).length;
}

describe.skipIf(noFakeCamera !== undefined)('a GigE Vision camera of another house (Aravis)', () => {
  let fake: FakeCamera;
  beforeAll(async () => {
    fake = await startFakeCamera();
  });
  afterAll(() => fake.end());

  it('says who it is when it is asked', async () => {
    const identity = await aside(identify);
    expect(identity).toMatchObject({ manufacturer: 'Aravis', model: 'Fake', serial: 'LINE01', ip: '127.0.0.1' });
    await expect.poll(() => surveyCameras({ address: PLACE.host, listen: 200 })).toEqual([identity]);
  });

  it('shows its features by name, and reads back what was set', async () => {
    await aside(async (control) => {
      await takeControl(control);
      const features = await featuresIn(control);
      expect(await features.get('DeviceVendorName')).toBe('Aravis');
      expect([await features.get('SensorWidth'), await features.get('SensorHeight')]).toEqual([2_048, 2_048]);
      expect(features.entries('PixelFormat')).toContain('Mono16');
      for (const [name, value] of [
        ['Width', 640],
        ['PixelFormat', 'Mono16'],
        ['TriggerMode', 'On'],
        ['ExposureTimeAbs', 250],
        ['AcquisitionFrameRate', 50],
        ['TestBoolean', true],
        ['StructEntry_0_15', 0x1234],
      ] as const) {
        await features.set(name, value);
        expect([name, await features.get(name)]).toEqual([name, value]);
      }
      await features.set('Height', 480);
      expect(await features.get('PayloadSize')).toBe(640 * 480 * 2);
      await features.set('AcquisitionFrameRate', 25);
      await releaseControl(control);
    });
  });

  it('sends a thousand pictures, of which none is lost and none is torn', async () => {
    await setFramePeriod(5_000);
    const dropped = droppedBySystem();
    const eye = watch(jobOf({ frame: { width: 160, height: 120 } }));
    const session = await connect(eye);
    expect(await session.tell({ kind: 'arm' })).toBeUndefined();
    await until(() => eye.notices.length >= 1_000, 'a thousand pictures');
    expect(await session.tell({ kind: 'disarm' })).toBeUndefined();
    await session.close();
    await setFramePeriod(40_000);
    const missing = eye.notices.filter((notice) => 'missing' in notice);
    if (droppedBySystem() === dropped) expect(missing).toEqual([]);
    expect({ ...eye.seen, gaps: gapsIn(eye) }).toEqual({
      whole: eye.notices.length - missing.length,
      torn: 0,
      gaps: 0,
    });
    expect(eye.logged).toContain('camera.opened');
  });

  it('takes one picture for each software trigger, counted from 1 each time it is armed', async () => {
    const eye = watch(jobOf({ trigger: 'software' }));
    const session = await connect(eye);
    expect(await eye.camera.softwareTrigger()).toMatchObject({ code: 'trigger', detail: 'the camera is not armed' });
    for (let round = 1; round <= 2; round++) {
      await session.tell({ kind: 'arm' });
      for (let shot = 1; shot <= 5; shot++) {
        expect(await eye.camera.softwareTrigger()).toBeUndefined();
        await until(() => eye.notices.length === 5 * (round - 1) + shot, `picture ${shot} of round ${round}`);
      }
      await session.tell({ kind: 'disarm' });
    }
    expect(eye.notices.map(({ trigger }) => trigger)).toEqual([1, 2, 3, 4, 5, 1, 2, 3, 4, 5]);
    expect(eye.seen).toEqual({ whole: 10, torn: 0 });
  });

  it.each<[string, number, typeof isRamp]>([
    ['Mono8', 1_500, isRamp],
    ['Mono8', 8_000, isRamp],
    ['Mono16', 1_500, isSmooth],
    ['RGB8', 1_500, isSmooth],
    ['BayerGR8', 1_500, isSmooth],
    ['BayerRG8', 4_000, isSmooth],
  ])('sends %s in packets of %d bytes, and it is grey here', async (pixelFormat, packetSize, isAsPainted) => {
    const eye = watch(jobOf({ frame: { width: 640, height: 480 } }), { pixelFormat, packetSize }, isAsPainted);
    const session = await connect(eye);
    await session.tell({ kind: 'arm' });
    await until(() => eye.seen.whole >= 5, `5 pictures in ${pixelFormat}`);
    expect([eye.seen.torn, gapsIn(eye)]).toEqual([0, 0]);
  });

  it('is not taken for set when it does not know a setting, and the sentence names it', async () => {
    const eye = watch(jobOf({ trigger: 'line' }));
    await expect(connect(eye)).rejects.toThrow('TriggerSource knows Line0, Software, but not Line1');
    const wired = watch(jobOf({ trigger: 'line', gain: 0 }), { triggerLine: 'Line0' });
    const session = await connect(wired);
    expect(await session.tell({ kind: 'arm' })).toBeUndefined();
    expect(await wired.camera.softwareTrigger()).toMatchObject({
      detail: expect.stringContaining('triggered by line'),
    });
  });

  it('is told apart from nobody', async () => {
    const eye = watch(jobOf({}));
    const connecting = eye.camera.connect({ host: '127.0.0.1', port: 39_560 }, () => {});
    await expect(connecting).rejects.toThrow('the camera did not answer to discovery in 3 attempts');
  });

  it('is back by itself when it was gone, and says so once', async () => {
    const eye = watch(jobOf({}));
    const signals: DeviceSignal[] = [];
    const log = { info: () => {}, warn: () => {} };
    const entry = { id: 'eye', station: 'outfeed', kind: 'reader', driver: 'gige-camera' } as const;
    const report = (signal: DeviceSignal): void => void signals.push(signal);
    const link = superviseDevice({ entry, connector: eye.camera, report, log, endpoint: PLACE });
    try {
      await until(() => link.state === 'online', 'the camera is met');
      await link.tell({ kind: 'arm' });
      await until(() => eye.seen.whole >= 5, 'pictures come');
      await fake.end();
      await until(() => link.state === 'offline', 'the camera is missed');
      expect(signals.map(({ kind }) => kind)).toEqual(['device-connected', 'device-lost']);
      expect(signals[1]).toMatchObject({ detail: expect.stringContaining('the camera does not answer any more') });
      expect(await link.tell({ kind: 'arm' })).toMatchObject({ code: 'offline' });
      fake = await startFakeCamera();
      await until(() => link.state === 'online', 'the camera is back');
      const before = eye.seen.whole;
      expect(await link.tell({ kind: 'arm' })).toBeUndefined();
      await until(() => eye.seen.whole >= before + 5, 'pictures come again');
      expect(eye.seen.torn).toBe(0);
    } finally {
      await link.close();
    }
  });
});

describe.skipIf(noFakeCamera !== undefined)('a camera that loses packets on the way (Aravis, 3 %)', () => {
  let fake: FakeCamera;
  beforeAll(async () => {
    fake = await startFakeCamera('-r', '30');
  });
  afterAll(() => fake.end());

  it('has no half picture: each is whole, or said to be missing under its number', async () => {
    const eye = watch(jobOf({ frame: { width: 128, height: 96 } }));
    await setFramePeriod(20_000);
    const session = await connect(eye);
    await session.tell({ kind: 'arm' });
    await until(() => eye.notices.length >= 100, '100 triggers');
    await session.tell({ kind: 'disarm' });
    const missing = eye.notices.flatMap((notice) => ('missing' in notice ? [notice.missing] : []));
    expect(gapsIn(eye)).toBe(0);
    expect(eye.seen.torn).toBe(0);
    expect(eye.seen.whole + missing.length).toBe(eye.notices.length);
    expect(new Set(missing)).toEqual(new Set(['incomplete']));
    expect(eye.seen.whole).toBeGreaterThan(0);
  });
});

/** Grey that nowhere jumps, but where the ramp begins anew: a picture put together wrongly has jumps all over. */
function isSmooth({ pixels, width, height, stride }: Parameters<typeof isRamp>[0]): boolean {
  let jumps = 0;
  for (let y = 2; y < height; y++) {
    for (let x = 2; x < width; x++) {
      const [here, before] = [pixels[y * stride + x] ?? 0, pixels[(y - 2) * stride + x - 2] ?? 0];
      if (Math.abs(here - before) > 12) jumps += 1;
    }
  }
  return jumps < (width * height) / 20;
}
