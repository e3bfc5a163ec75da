import type { RegisterPort } from '#devices/camera/genicam/node-read.ts';

/** A camera's memory without a camera. */
export interface Memory extends RegisterPort {
  readonly bytes: Buffer;
  readonly writes: string[];
}

export function memory(size = 4_096): Memory {
  const bytes = Buffer.alloc(size);
  const writes: string[] = [];
  return {
    bytes,
    writes,
    async read(address, length) {
      if (address + length > size) throw new Error('the camera has no register at this address');
      return Buffer.from(bytes.subarray(address, address + length));
    },
    async write(address, data) {
      writes.push(`${address.toString(16)} ${data.toString('hex')}`);
      data.copy(bytes, address);
    },
  };
}
