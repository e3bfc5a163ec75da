import { createDevice, type GigeDevice, type PictureForm } from '#virtual-line/gige/device.ts';
import { createSight } from '#virtual-line/gige/sight.ts';
import { createStream } from '#virtual-line/gige/stream.ts';
import { type CameraWire, openCameraWire } from '#virtual-line/gige/wire.ts';
import type { Act, Ask, Emulator, EmulatorSettings, OpticalFault, Reply, Tell, View } from '#virtual-line/messages.ts';
import { randomStream } from '#virtual-line/random.ts';

type Expose = Extract<Tell, { readonly tell: 'expose' }>;

const WATCH = 100;
const PACE = 8;
/** Share of the packets that get lost while the cable is bad. */
const LOSS = 0.02;

/** The camera of docs/devices/gige-vision.md on its sockets. It sees what is printed on the item before it, no more. */
export function createCamera(act: (acts: readonly Act[]) => void): Emulator {
  let running: Running | undefined;
  return {
    async answer(ask: Ask): Promise<Reply> {
      if (ask.ask !== 'start') return {};
      running = await switchOn(ask.settings, act);
      return { listening: { port: running.port } };
    },
    hear: (tell) => running?.hear(tell),
    close: () => running?.close(),
  };
}

interface Running {
  readonly port: number;
  hear(tell: Tell): void;
  close(): void;
}

async function switchOn(settings: EmulatorSettings, act: (acts: readonly Act[]) => void): Promise<Running> {
  const { seed, beltSpeed } = settings;
  const sight = createSight(seed);
  const loss = randomStream(seed, 'network-packets');
  let isLossy = false;
  let isLagging = false;
  let isFrozen = false;
  let isArmed = false;
  let inView: View | undefined;
  let last: { readonly pixels: Uint8Array; readonly count: number } | undefined;
  let device: GigeDevice | undefined;
  let free: ReturnType<typeof setTimeout> | undefined;
  let pumping: ReturnType<typeof setTimeout> | undefined;

  const wire: CameraWire = await openCameraWire(settings.port, randomStream(seed, 'network-camera'), (bytes, peer) => {
    device?.control.receive(bytes, peer, (answer) => wire.reply(answer, peer));
    pump();
  });
  const stream = createStream({
    send: wire.stream,
    pace: PACE,
    isLost: () => isLossy && loss() < LOSS,
  });
  const pump = (): void => {
    clearTimeout(pumping);
    pumping = stream.pump(performance.now()) ? setTimeout(pump, 1) : undefined;
  };
  /** A memory that lags gives a picture with what belongs to it; a sensor that is frozen, old pixels as a new picture. */
  const deliver = (camera: GigeDevice, pixels: Uint8Array, how: PictureForm = {}): void => {
    const taken = { pixels, count: camera.count() };
    const shown = (isLagging || isFrozen) && last?.pixels.length === pixels.length ? last : taken;
    if (!isFrozen) last = taken;
    camera.deliver(shown.pixels, { ...how, count: isFrozen ? taken.count : shown.count });
    pump();
  };
  const lookAgain = (camera: GigeDevice): void => deliver(camera, sight.look(inView, camera.exposure()));
  const runFree = (camera: GigeDevice, due: number): void => {
    if (camera.trigger() !== 'free') return;
    lookAgain(camera);
    const now = performance.now();
    const next = Math.max(due + camera.period(), now);
    free = setTimeout(() => runFree(camera, next), next - now);
  };
  /** The first picture of a setting takes longer: better now than with an item before the lens. */
  const prepare = (camera: GigeDevice): void => {
    const trigger = camera.trigger();
    if (trigger === 'line') sight.warmUp(camera.exposure(), beltSpeed);
    if (trigger === 'software') sight.warmUp(camera.exposure(), 0);
  };
  const changed = (camera: GigeDevice): void => {
    const trigger = camera.trigger();
    clearTimeout(free);
    if (trigger === 'free') free = setTimeout(() => runFree(camera, performance.now()), camera.period());
    else prepare(camera);
    if (isArmed === (trigger === 'line')) return;
    isArmed = trigger === 'line';
    act([{ act: 'armed', armed: isArmed }]);
  };
  const expose = (camera: GigeDevice, { extras, way, ...view }: Expose): void => {
    inView = view;
    camera.pulse();
    if (camera.trigger() !== 'line' || way === 'missed') return;
    const exposure = camera.exposure();
    const taken = sight.take(view, exposure, beltSpeed);
    const claims = way === 'misstated' ? { width: exposure.width + 64, height: exposure.height - 64 } : {};
    deliver(camera, taken, { fate: way === 'misstated' ? 'sent' : way, claims });
    if (extras) deliver(camera, taken);
  };
  const reboot = (camera: GigeDevice, seconds: number): void => {
    wire.setDead(true);
    camera.restart();
    setTimeout(() => wire.setDead(false), seconds * 1000);
  };
  const camera = createDevice({
    identity: { ip: '127.0.0.1', serial: 'VL0000001', countsTriggers: settings.camera !== 'counts-pictures' },
    sourcePort: wire.sourcePort,
    stream,
    now: () => performance.now(),
    heard: (what) => (what === 'changed' ? changed(camera) : lookAgain(camera)),
  });
  device = camera;
  // What came while this process stood still lies in the socket: it is heard first.
  const watching = setInterval(() => setImmediate(camera.control.watch), WATCH);

  const hear = (tell: Tell) => {
    switch (tell.tell) {
      case 'expose':
        return expose(camera, tell);
      case 'in-view':
        inView = tell.view;
        if (tell.pulse) camera.pulse();
        return;
      case 'optics':
        return setFault(tell.fault, tell.active);
      case 'show':
        sight.show(tell.target);
        return act([{ act: 'shown', target: tell.target }]);
      case 'packet-loss':
        isLossy = tell.active;
        return;
      case 'frame-lag':
        isLagging = tell.active;
        return;
      case 'half-open':
        return wire.setDead(tell.active);
      case 'rough-network':
        return wire.setRough(tell.active);
      case 'reboot':
        return reboot(camera, tell.seconds);
      default:
    }
  };
  const setFault = (fault: OpticalFault, active: boolean) => {
    if (fault === 'frozen') isFrozen = active;
    else sight.setFault(fault, active);
    prepare(camera);
  };
  return {
    port: wire.port,
    hear,
    close() {
      clearInterval(watching);
      clearTimeout(free);
      clearTimeout(pumping);
      stream.clear();
      wire.close();
    },
  };
}
