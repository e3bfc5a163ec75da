import { createHash } from 'node:crypto';

/** Random bytes that are the same for the same seed: SHA-256 of seed and counter. */
export function seeded(seed: string): (bytes: number) => Uint8Array {
  let counter = 0;
  return (bytes) => {
    const blocks: Buffer[] = [];
    for (let size = 0; size < bytes; size += 32) {
      counter += 1;
      blocks.push(createHash('sha256').update(`${seed}/${counter}`).digest());
    }
    return Buffer.concat(blocks).subarray(0, bytes);
  };
}
