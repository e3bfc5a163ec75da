import { CameraError, type ControlChannel } from '#devices/camera/gige/control/channel.ts';
import { PACKET_SIZE, REGISTER } from '#devices/camera/gige/control/registers.ts';
import { IP_UDP_BYTES } from '#devices/camera/gige/stream/gvsp-frames.ts';
import type { Millis } from '#line/time.ts';

/** Sizes that are tried by a test packet, and the one that every network carries. */
const LARGER = [9_000, 4_000] as const;
const STANDARD = 1_500;
const TEST_PATIENCE: Millis = 50;
/** Below this a packet is nearly all header. */
const SMALLEST = 220;

/** Lengths of the datagrams that come in on the stream. */
export interface TestPackets {
  /** Whether one of this length comes within the time. */
  arrives(length: number, within: Millis): Promise<boolean>;
}

/**
 * Agrees on a packet size: the one asked for, or the largest whose test packet comes through. Answers what the camera
 * reads back, which may be a little less.
 */
export async function agreePacketSize(
  control: ControlChannel,
  tests: TestPackets,
  wanted: number | undefined,
): Promise<number> {
  const size = wanted ?? (await largestThatComes(control, tests));
  await control.writeRegister({ address: REGISTER.packetSize, value: size });
  const agreed = (await control.readRegister(REGISTER.packetSize)) & PACKET_SIZE.size;
  if (agreed >= SMALLEST && agreed <= size) return agreed;
  throw new CameraError(`the packet size was set to ${size}, and the camera reads back ${agreed}`);
}

async function largestThatComes(control: ControlChannel, tests: TestPackets): Promise<number> {
  for (const size of LARGER) {
    if (await comes(control, tests, size)) return size;
  }
  return STANDARD;
}

async function comes(control: ControlChannel, tests: TestPackets, size: number): Promise<boolean> {
  const arrival = tests.arrives(size - IP_UDP_BYTES, TEST_PATIENCE);
  try {
    await control.writeRegister({
      address: REGISTER.packetSize,
      value: (PACKET_SIZE.test | PACKET_SIZE.dontFragment | size) >>> 0,
    });
  } catch (error) {
    if (!(error instanceof CameraError) || error.status === undefined) throw error;
    return false; // a size that the camera does not have
  }
  return arrival;
}
