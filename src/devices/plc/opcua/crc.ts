/** CRC-16/MODBUS (polynomial A001h reflected, start FFFFh), as the verdict rows carry it. */
export function crc16(bytes: Iterable<number>): number {
  let sum = 0xffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xa001 : sum >>> 1;
  }
  return sum;
}

/** The check word of a verdict row: over Seq, verdict and reason, each big-endian. */
export function rowCheck(seq: number, verdict: number, reason: number): number {
  return crc16([seq, verdict, reason].flatMap((word) => [word >>> 8, word & 0xff]));
}
