import { openFrameRing } from '#contract/frame-ring.ts';
import type { Features } from '#devices/camera/genicam/features.ts';
import type { CameraFacts, CaptureOptions } from '#devices/camera/gige/capture-port.ts';
import { canResend, directStream, featuresIn, heartbeatPeriod, tickFrequency } from '#devices/camera/gige/contact.ts';
import type { ControlChannel } from '#devices/camera/gige/control/channel.ts';
import { agreePacketSize, type TestPackets } from '#devices/camera/gige/control/packet-size.ts';
import { applySettings } from '#devices/camera/gige/settings.ts';
import { HEADER_BYTES, IP_UDP_BYTES } from '#devices/camera/gige/stream/gvsp-frames.ts';
import { type PictureShape, shapeBytes } from '#devices/camera/gige/stream/picture.ts';
import { rowBytes } from '#devices/camera/gige/stream/pixel-formats.ts';
import { openStreamSocket } from '#devices/camera/gige/stream/stream-socket.ts';
import { countTriggers, type TriggerCounter, withoutChunks } from '#devices/camera/gige/trigger-counter.ts';

/** What is known once the camera is set up. */
export interface SetUp {
  readonly facts: CameraFacts;
  readonly features: Features;
  readonly shape: PictureShape;
  /** undefined: it counts pictures. */
  readonly counter: TriggerCounter | undefined;
  readonly ticksPerSecond: number;
}

/** Reads what the camera can do, and sets it up as its job says. Rejects with a sentence. */
export async function setUp(
  control: ControlChannel,
  options: CaptureOptions,
  identity: CameraFacts['identity'],
): Promise<SetUp> {
  const features = await featuresIn(control);
  await features.execute('AcquisitionStop');
  const { packetSize, receiveBuffer } = await agreeStream(control, options.packetSize);
  const format = await applySettings(features, options.setting);
  const counter = await counterOf(features, options);
  const isCounting = typeof counter !== 'string';
  const { width, height } = options.setting.frame;
  if (rowBytes(format, width) === undefined)
    throw new Error(`rows of ${width} pixels ${format.name} end within a byte`);
  const shape: PictureShape = {
    width,
    height,
    format,
    packetBytes: packetSize - IP_UDP_BYTES - HEADER_BYTES,
    counter: isCounting ? counter.chunk : undefined,
  };
  const { frameBytes } = openFrameRing(options.ring);
  if (width * height > frameBytes || shapeBytes(shape) === 0) {
    throw new Error(`a picture of ${width} × ${height} does not fit a slot of ${frameBytes} bytes`);
  }
  const [resends, heartbeat] = [await canResend(control), await heartbeatPeriod(control)];
  return {
    features,
    shape,
    counter: isCounting ? counter : undefined,
    ticksPerSecond: isCounting ? await tickFrequency(control, features) : 0,
    facts: {
      identity,
      pixelFormat: format.name,
      packetSize,
      resends,
      receiveBuffer,
      heartbeat,
      counts: isCounting ? 'triggers' : 'pictures',
      ...(isCounting ? {} : { whyPictures: counter }),
    },
  };
}

/** The counter of its triggers, or why there is none. */
async function counterOf(
  features: Features,
  { setting, isCountUseless }: CaptureOptions,
): Promise<TriggerCounter | string> {
  if (!isCountUseless) return countTriggers(features, setting);
  await withoutChunks(features);
  return 'the camera counts pictures, because its count of triggers could not be believed before';
}

/** Agrees on a packet size over a socket of its own, which is closed again: each acquisition opens another. */
async function agreeStream(
  control: ControlChannel,
  wanted: number | undefined,
): Promise<{ readonly packetSize: number; readonly receiveBuffer: number }> {
  const arrivals = testPackets();
  const socket = await openStreamSocket(control.localAddress, control.remoteAddress, (bytes) =>
    arrivals.came(bytes.length),
  );
  try {
    await directStream(control, socket.port);
    const packetSize = await agreePacketSize(control, arrivals, wanted);
    await directStream(control, 0);
    return { packetSize, receiveBuffer: socket.receiveBuffer };
  } finally {
    socket.close();
  }
}

function testPackets(): TestPackets & { came(length: number): void } {
  let wanted = 0;
  let arrived: (() => void) | undefined;
  return {
    came(length) {
      if (length === wanted) arrived?.();
    },
    arrives(length, within) {
      wanted = length;
      return new Promise((resolve) => {
        const timer = setTimeout(() => resolve(false), within);
        arrived = () => {
          clearTimeout(timer);
          resolve(true);
        };
      });
    },
  };
}
