import { readDescription } from '#devices/camera/genicam/description.ts';
import { type Features, featuresOf } from '#devices/camera/genicam/features.ts';
import { CameraError, type ControlChannel } from '#devices/camera/gige/control/channel.ts';
import { memoryPort, readDescriptionText } from '#devices/camera/gige/control/description-source.ts';
import { addressNumber, CAPABILITY, CONTROL, REGISTER } from '#devices/camera/gige/control/registers.ts';
import { hex, isAccessDenied } from '#devices/camera/gige/control/status.ts';
import type { Millis } from '#line/time.ts';

/** A camera that does not say how patient it is. */
const USUAL_TIMEOUT: Millis = 3_000;
/** It is asked three times per timeout, and a camera as patient as a minute is asked each second all the same. */
const SLOWEST_BEAT: Millis = 1_000;
const FASTEST_BEAT: Millis = 100;

/** Takes control of the camera, or says who has it. */
export async function takeControl(control: ControlChannel): Promise<void> {
  await control.writeRegister({ address: REGISTER.control, value: CONTROL.control });
  if (!(await hasControl(control))) throw new CameraError('the camera did not hand over control');
}

/** The controller's own reading of CCP: the answer that counts as a sign of life. */
export async function hasControl(control: ControlChannel): Promise<boolean> {
  const ccp = await control.readRegister(REGISTER.control);
  return (ccp & (CONTROL.exclusive | CONTROL.control)) !== 0;
}

/** How often the camera must be asked, so that it knows that we live. */
export async function heartbeatPeriod(control: ControlChannel): Promise<Millis> {
  const timeout = (await control.readRegister(REGISTER.heartbeatTimeout)) || USUAL_TIMEOUT;
  return Math.min(SLOWEST_BEAT, Math.max(FASTEST_BEAT, Math.floor(timeout / 3)));
}

/** Older cameras have no capability register, and say so by a status. */
export async function canResend(control: ControlChannel): Promise<boolean> {
  const capabilities = await control.readRegister(REGISTER.capabilities).catch(ifRefused(0));
  return (capabilities & CAPABILITY.packetResend) !== 0;
}

/** A clock that is set by others says nothing of how long the camera lives. */
const SET_CLOCKS = ['PtpEnable', 'GevIEEE1588'] as const;

/** Ticks of the camera's clock in a second; 0 when it has none that runs since the camera was switched on. */
export async function tickFrequency(control: ControlChannel, features: Features): Promise<number> {
  for (const name of SET_CLOCKS) if (features.has(name) && (await features.get(name)) === true) return 0;
  const high = await control.readRegister(REGISTER.tickFrequencyHigh).catch(ifRefused(0));
  const low = await control.readRegister(REGISTER.tickFrequencyLow).catch(ifRefused(0));
  return (high >>> 0) * 2 ** 32 + (low >>> 0);
}

export async function featuresIn(control: ControlChannel): Promise<Features> {
  return featuresOf(readDescription(await readDescriptionText(control)), memoryPort(control));
}

/** Pictures go to this address and port; port 0 closes the stream. */
export async function directStream(control: ControlChannel, port: number): Promise<void> {
  await control.writeRegister({ address: REGISTER.streamPort, value: 0 });
  if (port === 0) return;
  await confirm(control, 'stream address', REGISTER.streamAddress, addressNumber(control.localAddress));
  await confirm(control, 'stream port', REGISTER.streamPort, port);
}

/** Writes a register and reads it back. */
async function confirm(control: ControlChannel, what: string, address: number, value: number): Promise<void> {
  await control.writeRegister({ address, value });
  const read = await control.readRegister(address);
  if (read !== value)
    throw new CameraError(`the ${what} was set to ${hex(value)}, and the camera reads back ${hex(read)}`);
}

/** Leaves the camera to whoever comes next. What does not work any more is nobody's concern then. */
export async function releaseControl(control: ControlChannel): Promise<void> {
  await control.writeRegister({ address: REGISTER.streamPort, value: 0 }).catch(ifRefused(undefined));
  await control.writeRegister({ address: REGISTER.control, value: CONTROL.released }).catch(ifRefused(undefined));
}

/** What to say of something that went wrong with a camera. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The code of its fault: the status word, `no-answer`, or that a feature is not as it should be. */
export function codeOf(error: unknown): string {
  if (!(error instanceof CameraError)) return 'setting';
  if (error.status === undefined) return 'no-answer';
  return isAccessDenied(error.status) ? 'not-in-control' : `gvcp-${error.status.toString(16)}`;
}

function ifRefused<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof CameraError) return value;
    throw error;
  };
}
