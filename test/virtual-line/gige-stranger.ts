import { createSocket, type Socket } from 'node:dgram';
import { until } from './stranger.ts';

// A client of GigE Vision cameras, written from docs/devices/gige-vision.md for these tests alone.

export interface Answer {
  readonly status: number;
  readonly command: number;
  readonly id: number;
  readonly body: Buffer;
}

/** One datagram of the stream, taken apart. */
export interface StreamPacket {
  readonly status: number;
  readonly block: number;
  readonly format: number;
  readonly id: number;
  readonly isExtended: boolean;
  readonly body: Buffer;
}

export interface CameraClient {
  /** What came back so far, also what nobody waited for. */
  readonly answers: Answer[];
  readonly packets: StreamPacket[];
  readonly streamPort: number;
  /** Sends bytes as they are. */
  raw(bytes: Buffer): void;
  ask(command: number, body: Buffer, id?: number): Promise<Answer>;
  read(address: number): Promise<number>;
  write(address: number, value: number): Promise<number>;
  writeFloat(address: number, value: number): Promise<number>;
  readText(address: number, length: number): Promise<string>;
  /** Control, and a stream to this client with packets of this size. */
  open(packetSize?: number): Promise<void>;
  /** The packets of a picture once its trailer is there. */
  picture(block: number): Promise<readonly StreamPacket[]>;
  close(): void;
}

function bound(): Promise<Socket> {
  const socket = createSocket('udp4');
  return new Promise((resolve) => {
    socket.bind(0, '127.0.0.1', () => {
      socket.setRecvBufferSize(8 * 1024 * 1024);
      resolve(socket);
    });
  });
}

export function command(code: number, id: number, body: Buffer, flags = 1): Buffer {
  const head = Buffer.from([0x42, flags, 0, 0, 0, 0, 0, 0]);
  head.writeUInt16BE(code, 2);
  head.writeUInt16BE(body.length, 4);
  head.writeUInt16BE(id, 6);
  return Buffer.concat([head, body]);
}

export function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => {
    bytes.writeUInt32BE(value >>> 0, 4 * i);
  });
  return bytes;
}

function streamPacket(bytes: Buffer): StreamPacket {
  const status = bytes.readUInt16BE(0);
  const isExtended = (bytes.readUInt8(4) & 0x80) !== 0;
  const format = bytes.readUInt8(4) & 0x7f;
  if (!isExtended)
    return {
      status,
      block: bytes.readUInt16BE(2),
      format,
      id: bytes.readUIntBE(5, 3),
      isExtended,
      body: bytes.subarray(8),
    };
  const block = Number(bytes.readBigUInt64BE(8));
  return { status, block, format, id: bytes.readUInt32BE(16), isExtended, body: bytes.subarray(20) };
}

export async function openClient(port: number): Promise<CameraClient> {
  const control = await bound();
  const stream = await bound();
  const answers: Answer[] = [];
  const packets: StreamPacket[] = [];
  let lastId = 0;
  control.on('message', (bytes) => {
    answers.push({
      status: bytes.readUInt16BE(0),
      command: bytes.readUInt16BE(2),
      id: bytes.readUInt16BE(6),
      body: bytes.subarray(8),
    });
  });
  stream.on('message', (bytes) => packets.push(streamPacket(bytes)));
  const raw = (bytes: Buffer): void => control.send(bytes, port, '127.0.0.1');
  const ask = async (code: number, body: Buffer, id = ++lastId): Promise<Answer> => {
    const before = answers.length;
    raw(command(code, id, body));
    // A datagram may get lost: it is repeated under its id.
    const repeated = setInterval(() => raw(command(code, id, body)), 500);
    const find = (): Answer | undefined =>
      answers.slice(before).find((answer) => answer.id === id && answer.command === code + 1);
    await until(`an answer to command ${code.toString(16)}`, () => find() !== undefined).finally(() =>
      clearInterval(repeated),
    );
    return find() ?? { status: -1, command: 0, id, body: Buffer.alloc(0) };
  };
  const write = async (address: number, value: number): Promise<number> =>
    (await ask(0x82, words(address, value))).status;
  return {
    answers,
    packets,
    streamPort: stream.address().port,
    raw,
    ask,
    write,
    async read(address) {
      return (await ask(0x80, words(address))).body.readUInt32BE(0);
    },
    writeFloat(address, value) {
      const bits = Buffer.alloc(4);
      bits.writeFloatBE(value);
      return write(address, bits.readUInt32BE());
    },
    async readText(address, length) {
      const parts: Buffer[] = [];
      for (let at = 0; at < length; at += 512) {
        const count = Math.ceil(Math.min(512, length - at) / 4) * 4;
        parts.push((await ask(0x84, words(address + at, count))).body.subarray(4));
      }
      return Buffer.concat(parts).toString('utf8').slice(0, length).split('\0')[0] ?? '';
    },
    async open(packetSize = 9000) {
      await write(0x0a00, 2);
      await write(0x0d18, 0x7f000001);
      await write(0x0d00, stream.address().port);
      await write(0x0d04, packetSize);
    },
    async picture(block) {
      const parts = (): readonly StreamPacket[] => packets.filter((packet) => packet.block === block);
      await until(`the trailer of picture ${block}`, () => parts().some(({ format }) => format === 2));
      return parts();
    },
    close() {
      control.close();
      stream.close();
    },
  };
}

/** The pixels of a picture that came whole, some of its packets perhaps twice. */
export function pixelsOf(parts: readonly StreamPacket[]): {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
} {
  const leader = parts.find(({ format }) => format === 1)?.body ?? Buffer.alloc(36);
  const once = new Map(parts.filter(({ format }) => format === 3).map((packet) => [packet.id, packet]));
  const payload = [...once.values()].toSorted((a, b) => a.id - b.id);
  return {
    width: leader.readUInt32BE(16),
    height: leader.readUInt32BE(20),
    pixels: Buffer.concat(payload.map(({ body }) => body)),
  };
}
