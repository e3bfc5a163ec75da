import { afterEach, describe, expect, it } from 'vitest';
import { createFrameRing } from '#contract/frame-ring.ts';
import { type CameraSession, openCameraSession } from '#devices/camera/gige/camera-session.ts';
import type { CaptureOptions, FromCapture } from '#devices/camera/gige/capture-port.ts';
import type { CameraSetting } from '#devices/camera/gige/settings.ts';
import { packet } from './gige-packets.ts';
import { AT, type Quirks, type ScriptedCamera, scriptedCamera } from './gige-scripted-camera.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const it of open.splice(0).reverse()) await it.close();
});

const SETTING: CameraSetting = {
  frame: { width: 64, height: 64 },
  exposure: 200,
  gain: undefined,
  trigger: 'software',
  triggerLine: 'Line1',
  pixelFormat: undefined,
};

interface Met {
  readonly camera: ScriptedCamera;
  readonly session: CameraSession;
  readonly said: FromCapture[];
}

/** Meets a scripted camera with a job. */
async function meet(quirks: Quirks = {}, change: Partial<CaptureOptions> = {}): Promise<Met> {
  const camera = await scriptedCamera(quirks);
  open.push(camera);
  const said: FromCapture[] = [];
  const options: CaptureOptions = {
    device: 'eye',
    host: '127.0.0.1',
    port: camera.port,
    setting: SETTING,
    ring: createFrameRing(4, 64 * 64),
    packetSize: 1_500,
    counted: undefined,
    isCountUseless: false,
    ...change,
  };
  const session = await openCameraSession(options, (message) => said.push(message));
  open.push(session);
  return { camera, session, said };
}

/** What was said of pictures, and how it ended. */
function told({ said }: Met): string[] {
  return said.flatMap((message) => {
    if (message.kind === 'ended') return [message.reason];
    if (message.kind !== 'frame') return [];
    const { notice } = message;
    return [`${notice.trigger} ${'missing' in notice ? notice.missing : 'whole'}`];
  });
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error('it did not come to that');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Takes a picture whenever it is told to; its count begins with each acquisition. */
function shooting(): Quirks {
  let block = 0;
  return {
    wrote(address, _value, camera) {
      if (address === AT.start) block = 0;
      if (address === AT.shoot) camera.shoot(++block);
    },
  };
}

describe('a session with a camera', () => {
  it('takes control, sets it up in order, and leaves it to the next one', async () => {
    const met = await meet(shooting());
    await met.session.tell('arm');
    expect(await met.session.tell('trigger')).toBeUndefined();
    await until(() => told(met).length === 1);
    await met.session.close();
    expect(told(met)).toEqual(['1 whole', 'closed']);
    const addresses = met.camera.written.map(([address]) => address);
    expect(addresses[0]).toBe(0xa00);
    expect(addresses.indexOf(AT.width)).toBeLessThan(addresses.indexOf(AT.start));
    expect(met.camera.written.slice(-3)).toEqual([
      [0xd00, 0],
      [0xd00, 0],
      [0xa00, 0],
    ]);
    expect(met.said[0]).toMatchObject({
      kind: 'opened',
      camera: { pixelFormat: 'Mono8', packetSize: 1_500, resends: false, heartbeat: 200 },
    });
  });

  it('names the setting that the camera keeps otherwise, with both values', async () => {
    const clamped = meet({ keep: (address, value) => (address === AT.exposure ? 150 : value) });
    await expect(clamped).rejects.toThrow('ExposureTime was set to 200, and the camera reads back 150');
    const refused = meet({ keep: (address, value) => (address === AT.width ? undefined : value) });
    await expect(refused).rejects.toThrow('Width could not be set to 64: the camera does not accept this value');
    const rounded = await meet({ keep: (address, value) => (address === AT.exposure ? 203 : value) });
    expect(rounded.said[0]?.kind).toBe('opened');
  });

  it('has released the camera whose settings it could not make', async () => {
    const quirks: Quirks = { keep: (address, value) => (address === AT.exposure ? 150 : value) };
    const camera = await scriptedCamera(quirks);
    open.push(camera);
    const options = {
      device: 'eye',
      host: '127.0.0.1',
      port: camera.port,
      setting: SETTING,
      packetSize: 1_500,
      counted: undefined,
      isCountUseless: false,
    };
    await expect(openCameraSession({ ...options, ring: createFrameRing(4, 4_096) }, () => {})).rejects.toThrow();
    expect(camera.memory.readUInt32BE(0xa00)).toBe(0);
  });

  it('needs a ring in which a picture has room, and rows that end on a byte', async () => {
    const small = meet({}, { ring: createFrameRing(4, 64) });
    await expect(small).rejects.toThrow('a picture of 64 × 64 does not fit a slot of 64 bytes');
  });

  it('ends when the heartbeat is not answered', async () => {
    const met = await meet();
    met.camera.isDead = true;
    await until(() => told(met).length > 0);
    expect(told(met)).toEqual([
      'the camera does not answer any more: the camera did not answer to readRegister in 3 attempts',
    ]);
    expect(await met.session.tell('arm')).toMatchObject({ code: 'offline' });
  });

  it('ends when control of the camera was taken away', async () => {
    const met = await meet();
    met.camera.memory.writeUInt32BE(0, 0xa00);
    await until(() => told(met).length > 0);
    expect(told(met)).toEqual(['control of the camera was taken away']);
  });

  it('ends when a software trigger is not followed by a picture', async () => {
    const met = await meet();
    await met.session.tell('arm');
    // Asking again and again gives the first no more time.
    await until(() => {
      void met.session.tell('trigger');
      return told(met).length > 0;
    });
    expect(told(met)).toEqual(['no picture followed software trigger 1 within 1000 ms']);
  });

  it('ends when the count of pictures jumps, after what was under way was reported', async () => {
    const met = await meet();
    await met.session.tell('arm');
    met.camera.shoot(1);
    await until(() => told(met).length === 1);
    met.camera.send([packet({ block: 2 }, 3, 1, Buffer.alloc(1_464))]);
    met.camera.shoot(5_000);
    await until(() => told(met).length === 3);
    expect(told(met)).toEqual(['1 whole', '2 incomplete', "the camera's count of pictures jumped from 2 to 5000"]);
  });

  it('raises one alarm for pictures of a kind that is not taken, and reports each', async () => {
    const met = await meet();
    await met.session.tell('arm');
    for (const block of [1, 2, 3]) met.camera.shoot(block, { payloadType: 0x4001 });
    await until(() => told(met).length === 3);
    expect(told(met)).toEqual(['1 refused', '2 refused', '3 refused']);
    expect(met.said.filter(({ kind }) => kind === 'fault')).toEqual([
      {
        kind: 'fault',
        fault: {
          code: 'picture-refused',
          device: 'eye',
          detail: 'the camera appends chunk data to its pictures: switch ChunkModeActive off',
        },
      },
    ]);
  });

  it('reports a picture that was under way when it was disarmed', async () => {
    const met = await meet();
    await met.session.tell('arm');
    met.camera.send([packet({ block: 1 }, 3, 1, Buffer.alloc(1_464))]);
    await met.session.tell('disarm');
    expect(told(met)).toEqual(['1 incomplete']);
    expect(await met.session.tell('disarm')).toBeUndefined();
  });

  it('is not asked for a picture by software when the photo-eye does that', async () => {
    const met = await meet({}, { setting: { ...SETTING, trigger: 'line' } });
    await met.session.tell('arm');
    expect(await met.session.tell('trigger')).toEqual({
      code: 'trigger',
      device: 'eye',
      detail: 'the camera is triggered by line, not by software',
    });
  });

  it('answers with a fault when the camera does not start', async () => {
    const met = await meet({ keep: (address, value) => (address === AT.start ? undefined : value) });
    expect(await met.session.tell('arm')).toEqual({
      code: 'gvcp-8002',
      device: 'eye',
      detail: 'the camera does not accept this value',
    });
    expect(await met.session.tell('trigger')).toMatchObject({ detail: 'the camera is not armed' });
  });
});
