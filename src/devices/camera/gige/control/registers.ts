/** Bootstrap registers (docs/devices/gige-vision.md, Register). */
export const REGISTER = {
  version: 0x0000,
  firstUrl: 0x0200,
  secondUrl: 0x0400,
  capabilities: 0x0934,
  heartbeatTimeout: 0x0938,
  tickFrequencyHigh: 0x093c,
  tickFrequencyLow: 0x0940,
  control: 0x0a00,
  streamPort: 0x0d00,
  packetSize: 0x0d04,
  streamAddress: 0x0d18,
} as const;

export const URL_BYTES = 512;

/** CCP. */
export const CONTROL = { released: 0, exclusive: 1, control: 2 } as const;

/** Bits of the capability register. */
export const CAPABILITY = { writeMemory: 0x02, packetResend: 0x04, pendingAck: 0x20 } as const;

/** Bits of SCPS. */
export const PACKET_SIZE = { test: 0x8000_0000, dontFragment: 0x4000_0000, size: 0xffff } as const;

/** `192.0.2.1` as a register holds it. */
export function addressNumber(dotted: string): number {
  return dotted.split('.').reduce((number, part) => number * 256 + Number(part), 0);
}

export function dottedAddress(number: number): string {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff).join('.');
}
