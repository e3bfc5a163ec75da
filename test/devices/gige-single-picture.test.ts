import { afterEach, describe, expect, it } from 'vitest';
import { createFrameRing } from '#contract/frame-ring.ts';
import { type CameraSession, openCameraSession } from '#devices/camera/gige/camera-session.ts';
import type { FromCapture } from '#devices/camera/gige/capture-port.ts';
import { AT, type Quirks, type ScriptedCamera, scriptedCamera } from './gige-scripted-camera.ts';

const TRIGGER_SOURCE = 0x302c;
const [LINE1, SOFTWARE] = [0, 1];

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const it of open.splice(0).reverse()) await it.close();
});

interface Met {
  readonly camera: ScriptedCamera;
  readonly session: CameraSession;
  readonly said: FromCapture[];
}

/** Meets a scripted camera whose job is triggered by the photo-eye. */
async function meet(quirks: Quirks = {}): Promise<Met> {
  const camera = await scriptedCamera(quirks);
  open.push(camera);
  const said: FromCapture[] = [];
  const session = await openCameraSession(
    {
      device: 'eye',
      host: '127.0.0.1',
      port: camera.port,
      setting: {
        frame: { width: 64, height: 64 },
        exposure: 200,
        gain: undefined,
        trigger: 'line',
        triggerLine: 'Line1',
        pixelFormat: undefined,
      },
      ring: createFrameRing(4, 64 * 64),
      packetSize: 1_500,
      counted: undefined,
      isCountUseless: false,
    },
    (message) => said.push(message),
  );
  open.push(session);
  return { camera, session, said };
}

const shooting: Quirks = { wrote: (address, _value, camera) => address === AT.shoot && camera.shoot(1) };

function triggersWritten({ camera }: Met): number[] {
  return camera.written.flatMap(([address, value]) => (address === TRIGGER_SOURCE ? [value] : []));
}

describe('one picture for whoever sets the camera up', () => {
  it('comes by software trigger, and the photo-eye triggers the camera again afterwards', async () => {
    const met = await meet(shooting);
    expect(await met.session.tell('picture')).toBeUndefined();
    expect(met.said.filter(({ kind }) => kind === 'frame')).toMatchObject([{ notice: { trigger: 1, slot: 0 } }]);
    expect(triggersWritten(met)).toEqual([LINE1, SOFTWARE, LINE1]);
    expect(met.camera.memory.readUInt32BE(TRIGGER_SOURCE)).toBe(LINE1);
  });

  it('can be had again and again, and the camera can be armed for items after it', async () => {
    const met = await meet(shooting);
    for (const _time of [1, 2]) expect(await met.session.tell('picture')).toBeUndefined();
    expect(await met.session.tell('arm')).toBeUndefined();
    expect(met.said.filter(({ kind }) => kind === 'frame')).toHaveLength(2);
  });

  it('that does not come is said so, and the trigger of the job is back all the same', async () => {
    const met = await meet();
    expect(await met.session.tell('picture')).toEqual({
      code: 'picture',
      device: 'eye',
      detail: 'no picture came within 1000 ms of the software trigger',
    });
    expect(triggersWritten(met)).toEqual([LINE1, SOFTWARE, LINE1]);
  });

  it('is not taken from a camera that is armed for items', async () => {
    const met = await meet(shooting);
    await met.session.tell('arm');
    expect(await met.session.tell('picture')).toMatchObject({ code: 'picture', detail: 'the camera is armed' });
    expect(triggersWritten(met)).toEqual([LINE1]);
  });

  it('ends the session when the camera does not take its own trigger back', async () => {
    let asked = 0;
    const met = await meet({
      ...shooting,
      keep: (address, value) => (address === TRIGGER_SOURCE && value === LINE1 && ++asked > 1 ? SOFTWARE : value),
    });
    await met.session.tell('picture');
    const [ended] = met.said.filter((message) => message.kind === 'ended');
    expect(ended?.reason).toBe(
      'the trigger of its job could not be set back: TriggerSource was set to Line1, and the camera reads back Software',
    );
  });
});
