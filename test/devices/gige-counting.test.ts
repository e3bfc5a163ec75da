import { afterEach, describe, expect, it } from 'vitest';
import { createFrameRing } from '#contract/frame-ring.ts';
import { readDescription } from '#devices/camera/genicam/description.ts';
import { type Features, featuresOf } from '#devices/camera/genicam/features.ts';
import { type CameraSession, openCameraSession } from '#devices/camera/gige/camera-session.ts';
import type { CaptureOptions, FromCapture } from '#devices/camera/gige/capture-port.ts';
import type { CountMemory } from '#devices/camera/gige/count-keeper.ts';
import type { CameraSetting } from '#devices/camera/gige/settings.ts';
import { countTriggers, type TriggerCounter } from '#devices/camera/gige/trigger-counter.ts';
import { memory } from './gige-memory.ts';
import { AT, type Quirks, type ScriptedCamera, scriptedCamera } from './gige-scripted-camera.ts';

// A camera that can count its triggers: how it is set up, and what its numbers say over arming, absence and restart.

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const it of open.splice(0).reverse()) await it.close();
});

const SETTING: CameraSetting = {
  frame: { width: 64, height: 64 },
  exposure: undefined,
  gain: undefined,
  trigger: 'line',
  triggerLine: 'Line1',
  pixelFormat: undefined,
};

interface Met {
  readonly session: CameraSession;
  readonly said: FromCapture[];
}

async function cameraWith(quirks: Quirks = {}): Promise<ScriptedCamera> {
  const camera = await scriptedCamera({ counts: true, ...quirks });
  open.push(camera);
  return camera;
}

async function meet({ port }: ScriptedCamera, change: Partial<CaptureOptions> = {}): Promise<Met> {
  const said: FromCapture[] = [];
  const options: CaptureOptions = {
    device: 'eye',
    host: '127.0.0.1',
    port,
    setting: SETTING,
    ring: createFrameRing(8, 64 * 64),
    packetSize: 1_500,
    counted: undefined,
    isCountUseless: false,
    ...change,
  };
  const session = await openCameraSession(options, (message) => said.push(message));
  open.push(session);
  return { session, said };
}

/** What was said of triggers: `!` where the count began anew; and how it ended. */
function told({ said }: Met): string[] {
  return said.flatMap((message) => {
    if (message.kind === 'ended') return [message.reason];
    if (message.kind !== 'frame') return [];
    const { trigger, anew, counts, ...rest } = message.notice;
    const fate = 'missing' in rest ? rest.missing : 'whole';
    return [`${counts === 'triggers' ? '' : 'picture '}${trigger}${anew === true ? '!' : ''} ${fate}`];
  });
}

function facts({ said }: Met): unknown {
  const [first] = said;
  return first?.kind === 'opened' ? { counts: first.camera.counts, why: first.camera.whyPictures } : undefined;
}

function lastCounted({ said }: Met): CountMemory | undefined {
  const last = said.findLast((message) => message.kind === 'frame');
  return last?.kind === 'frame' ? last.counted : undefined;
}

async function until(met: Met, notices: number): Promise<void> {
  const deadline = performance.now() + 4_500;
  while (told(met).length < notices) {
    if (performance.now() > deadline) throw new Error(`it did not come to ${notices}: ${told(met).join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Items pass: `1` is pictured, `0` is missed by the camera. */
async function pass(met: Met, camera: ScriptedCamera, items: string): Promise<void> {
  let [block, notices] = [0, told(met).length];
  for (const item of items) {
    camera.edge();
    notices += 1;
    if (item === '0') continue;
    block += 1;
    camera.shootCounted(block);
    await until(met, notices);
  }
}

describe('a camera that can count its triggers', () => {
  it('is set up to count the line it is triggered by, and to send the count with each picture', async () => {
    const camera = await cameraWith();
    const met = await meet(camera);
    expect(facts(met)).toEqual({ counts: 'triggers', why: undefined });
    const now = [AT.source, AT.activation, AT.chunks, AT.chunkEnable].map((address) =>
      camera.memory.readUInt32BE(address),
    );
    expect(now).toEqual([1, 0, 1, 1]);
    expect(camera.memory.readUInt32BE(0x3054)).toBe(7);
  });

  it('shows each trigger of which it took no picture, the first one too', async () => {
    const camera = await cameraWith();
    const met = await meet(camera);
    await met.session.tell('arm');
    await pass(met, camera, '01100101');
    expect(told(met)).toEqual([
      '1! not-taken',
      '2 whole',
      '3 whole',
      '4 not-taken',
      '5 not-taken',
      '6 whole',
      '7 not-taken',
      '8 whole',
    ]);
  });

  it('counts on while it is disarmed', async () => {
    const camera = await cameraWith();
    const met = await meet(camera);
    await met.session.tell('arm');
    await pass(met, camera, '11');
    await met.session.tell('disarm');
    camera.edge(3);
    await met.session.tell('arm');
    await pass(met, camera, '01');
    expect(told(met)).toEqual(['1! whole', '2 whole', '6 not-taken', '7 whole']);
  });

  it('counts no picture that a person takes while setting it up', async () => {
    const shot = (address: number, _value: number, at: ScriptedCamera): void => {
      if (address === AT.shoot) at.shootCounted(1);
    };
    const camera = await cameraWith({ wrote: shot });
    const met = await meet(camera);
    await met.session.tell('arm');
    await pass(met, camera, '1');
    await met.session.tell('disarm');
    expect(await met.session.tell('picture')).toBeUndefined();
    await met.session.tell('arm');
    await pass(met, camera, '01');
    expect(told(met)).toEqual(['1! whole', 'picture 1! whole', '2 not-taken', '3 whole']);
  });

  it('counts on while nobody can reach it, and its counter is not touched by whoever meets it again', async () => {
    const camera = await cameraWith();
    const met = await meet(camera);
    await met.session.tell('arm');
    await pass(met, camera, '11');
    await met.session.close();
    camera.edge(4);
    camera.written.length = 0;
    const again = await meet(camera, { counted: lastCounted(met) });
    await again.session.tell('arm');
    await pass(again, camera, '1');
    expect(told(again)).toEqual(['7 whole']);
    const touched = camera.written.map(([address]) => address);
    expect(touched.filter((address) => address === AT.countReset || address === AT.source)).toEqual([]);
  });

  it.each([
    ['and had to be set up again', false],
    ['and knew its settings by itself', true],
  ])('that was restarted %s says so, although it has counted further since', async (_how, keepsSettings) => {
    const camera = await cameraWith();
    const met = await meet(camera);
    await met.session.tell('arm');
    await pass(met, camera, '1');
    await met.session.close();
    camera.restart(keepsSettings);
    camera.edge(4);
    const again = await meet(camera, { counted: lastCounted(met) });
    await again.session.tell('arm');
    await pass(again, camera, '11');
    expect(told(again)).toEqual(keepsSettings ? ['5! whole', '6 whole'] : ['1! whole', '2 whole']);
  });

  it('that stands in the place of another begins anew', async () => {
    const camera = await cameraWith();
    const met = await meet(camera);
    await met.session.tell('arm');
    await pass(met, camera, '1');
    await met.session.close();
    const counted = lastCounted(met);
    const again = await meet(camera, { counted: counted && { ...counted, camera: 'another' } });
    await again.session.tell('arm');
    await pass(again, camera, '1');
    expect(told(again)).toEqual(['2! whole']);
  });

  it('that is set back while it is armed says so', async () => {
    const camera = await cameraWith();
    const met = await meet(camera);
    await met.session.tell('arm');
    await pass(met, camera, '111');
    camera.memory.writeUInt32BE(0, AT.count);
    camera.edge();
    camera.shootCounted(4);
    await until(met, 4);
    expect(told(met)).toEqual(['1! whole', '2 whole', '3 whole', '1! whole']);
  });

  it('whose count stands still ends the session, and its count is not believed again', async () => {
    const camera = await cameraWith();
    const met = await meet(camera);
    await met.session.tell('arm');
    await pass(met, camera, '1');
    for (const block of [2, 3, 4]) camera.shootCounted(block);
    await until(met, 2);
    expect(told(met)).toEqual(['1! whole', "the camera's count of triggers stands still at 1"]);
    expect(met.said.map(({ kind }) => kind)).toContain('count-useless');
    const again = await meet(camera, { isCountUseless: true });
    const why = 'the camera counts pictures, because its count of triggers could not be believed before';
    expect(facts(again)).toEqual({ counts: 'pictures', why });
    expect(camera.memory.readUInt32BE(AT.chunks)).toBe(0);
  });
});

describe('a camera that counts pictures', () => {
  it('does so where it has no counter, and says that', async () => {
    const camera = await cameraWith({ counts: false });
    const met = await meet(camera);
    const why = 'the camera cannot send a count of its triggers, so it counts pictures';
    expect(facts(met)).toEqual({ counts: 'pictures', why });
    await met.session.tell('arm');
    for (const block of [1, 2]) camera.shoot(block);
    await until(met, 2);
    await met.session.tell('disarm');
    await met.session.tell('arm');
    camera.shoot(1);
    await until(met, 3);
    expect(told(met)).toEqual(['picture 1! whole', 'picture 2 whole', 'picture 1! whole']);
  });

  it('does so where no line triggers it, and its chunks are off', async () => {
    const camera = await cameraWith();
    camera.memory.writeUInt32BE(1, AT.chunks);
    const met = await meet(camera, { setting: { ...SETTING, trigger: 'software' } });
    const why = 'the camera is not triggered by a line, so it counts pictures';
    expect([facts(met), camera.memory.readUInt32BE(AT.chunks)]).toEqual([{ counts: 'pictures', why }, 0]);
  });

  it.each([
    ['refuses it', undefined, 'CounterEventSource could not be set to Line1: the camera does not accept this value'],
    ['keeps another', 9, 'CounterEventSource was set to Line1, and the camera reads back ExposureStart'],
  ])('does so when its counter cannot be set up, because it %s', async (_how, kept, sentence) => {
    const camera = await cameraWith({ keep: (address, value) => (address === AT.source ? kept : value) });
    const met = await meet(camera);
    const why = `the camera counts pictures, because its count of triggers could not be set up: ${sentence}`;
    expect(facts(met)).toEqual({ counts: 'pictures', why });
    expect(camera.memory.readUInt32BE(AT.chunks)).toBe(0);
  });
});

describe('how cameras spell it', () => {
  const CHUNKS = `<Boolean Name="ChunkModeActive"><Value>0</Value></Boolean><Boolean Name="ChunkEnable"><Value>0</Value></Boolean>
    <Port Name="Chunk"><ChunkID>a5</ChunkID></Port>`;
  const enumeration = (name: string, ...entries: readonly string[]): string => {
    const list = entries.map((entry, value) => `<EnumEntry Name="${entry}"><Value>${value}</Value></EnumEntry>`);
    return `<Enumeration Name="${name}">${list.join('')}<Value>0</Value></Enumeration>`;
  };
  const inChunk = (name: string): string =>
    `<IntReg Name="${name}"><Address>0</Address><Length>4</Length><pPort>Chunk</pPort></IntReg>`;
  const featuresIn = (nodes: string): Features => featuresOf(readDescription(`<R>${CHUNKS}${nodes}</R>`), memory());

  function counterOf(answer: TriggerCounter | string): Omit<TriggerCounter, 'chunk'> & { readonly chunk: number } {
    if (typeof answer === 'string') throw new Error(answer);
    return { ...answer, chunk: answer.chunk.id };
  }

  it('is found where the camera counts its triggers without being told to (Basler)', async () => {
    const nodes =
      enumeration('ChunkSelector', 'Timestamp', 'Triggerinputcounter') + inChunk('ChunkTriggerinputcounter');
    const features = featuresIn(nodes);
    const met = counterOf(await countTriggers(features, SETTING));
    expect(met).toEqual({ chunk: 0xa5, shows: undefined, wasRunning: false });
    expect(await features.get('ChunkSelector')).toBe('Triggerinputcounter');
    expect(counterOf(await countTriggers(features, SETTING)).wasRunning).toBe(true);
  });

  it('is the counter that counts this line already, and else one that counts nothing', async () => {
    // Each counter has registers of its own: the selector says which are meant.
    const each = (name: string, address: number, ...entries: readonly string[]): string =>
      `${enumeration(name, ...entries).replace('<Value>0</Value></Enumeration>', `<pValue>${name}Reg</pValue></Enumeration>`)}
      <IntReg Name="${name}Reg"><Address>${address}</Address><pIndex Offset="4">CounterSelector</pIndex><Length>4</Length>
      <Endianess>BigEndian</Endianess></IntReg>`;
    const nodes = `${enumeration('ChunkSelector', 'CounterValue')}${enumeration('CounterSelector', 'Counter1', 'Counter2', 'Counter3')}
      ${enumeration('ChunkCounterSelector', 'Counter1', 'Counter2', 'Counter3')}${inChunk('ChunkCounterValue')}
      ${each('CounterEventSource', 0x100, 'Off', 'Line1', 'ExposureStart')}${each('CounterResetSource', 0x140, 'Off', 'Line3')}
      <IntReg Name="CounterValue"><Address>0x180</Address><pIndex Offset="4">CounterSelector</pIndex><Length>4</Length></IntReg>`;
    const at = memory();
    const features = featuresOf(readDescription(`<R>${CHUNKS}${nodes}</R>`), at);
    const counters = (): readonly number[] => [0, 1, 2].map((index) => at.bytes.readUInt32BE(0x100 + 4 * index));
    at.bytes.writeUInt32BE(2, 0x100); // the first counts exposures
    expect(counterOf(await countTriggers(features, SETTING)).wasRunning).toBe(false);
    expect([counters(), await features.get('ChunkCounterSelector')]).toEqual([[2, 1, 0], 'Counter2']);
    const writes = at.writes.length;
    expect(counterOf(await countTriggers(features, SETTING)).wasRunning).toBe(true);
    expect(at.writes.length).toBe(writes);
    // Somebody lets it be set back by another line: it is no count of ours any more.
    at.bytes.writeUInt32BE(1, 0x144);
    expect(counterOf(await countTriggers(features, SETTING)).wasRunning).toBe(false);
    expect([counters(), at.bytes.readUInt32BE(0x144)]).toEqual([[2, 1, 1], 1]);
  });
});
