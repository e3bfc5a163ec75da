import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { crc32, deflateRawSync } from 'node:zlib';
import { COUNT_CHUNK, countedPicture, mono8, packetsOf, type SentPicture } from './gige-packets.ts';

// A small camera that does what a test tells it, wrongly if it should. From docs/devices/gige-vision.md.

const REGISTER = '<Length>4</Length><pPort>Device</pPort><Endianess>BigEndian</Endianess>';
const integer = (name: string, address: number): string =>
  `<IntReg Name="${name}"><Address>${address}</Address>${REGISTER}</IntReg>`;
const command = (name: string, address: number): string =>
  `<Command Name="${name}"><pValue>${name}Reg</pValue><CommandValue>1</CommandValue></Command>${integer(`${name}Reg`, address)}`;
const enumeration = (name: string, address: number, entries: Readonly<Record<string, number>>): string => {
  const list = Object.entries(entries).map(
    ([entry, value]) => `<EnumEntry Name="${entry}"><Value>${value}</Value></EnumEntry>`,
  );
  return `<Enumeration Name="${name}">${list.join('')}<pValue>${name}Reg</pValue></Enumeration>${integer(`${name}Reg`, address)}`;
};

/** Where its features lie. */
export const AT = {
  start: 0x3000,
  stop: 0x3004,
  shoot: 0x3008,
  width: 0x300c,
  height: 0x3010,
  exposure: 0x3014,
  source: 0x3040,
  activation: 0x3044,
  count: 0x3048,
  countReset: 0x304c,
  chunks: 0x3050,
  chunkEnable: 0x3058,
} as const;

const DESCRIPTION = `<RegisterDescription>
${command('AcquisitionStart', AT.start)}${command('AcquisitionStop', AT.stop)}${command('TriggerSoftware', AT.shoot)}
${integer('Width', AT.width)}${integer('Height', AT.height)}${integer('ExposureTime', AT.exposure)}
${enumeration('PixelFormat', 0x3020, { Mono8: 0x0108_0001, Mono10: 0x0110_0003 })}
${enumeration('AcquisitionMode', 0x3024, { Continuous: 0, SingleFrame: 1 })}
${enumeration('TriggerMode', 0x3028, { Off: 0, On: 1 })}
${enumeration('TriggerSource', 0x302c, { Line1: 0, Software: 1 })}
`;

/** The features of a camera that counts the edges of its inputs, and sends the count with each picture. */
const COUNTING = `
${enumeration('CounterSelector', 0x303c, { Counter0: 0 })}
${enumeration('CounterEventSource', AT.source, { Off: 0, Line1: 1, Line2: 2, ExposureStart: 9 })}
${enumeration('CounterEventActivation', AT.activation, { RisingEdge: 0, FallingEdge: 1 })}
${integer('CounterValue', AT.count)}${command('CounterReset', AT.countReset)}
<Boolean Name="ChunkModeActive"><pValue>ChunkModeReg</pValue></Boolean>${integer('ChunkModeReg', AT.chunks)}
${enumeration('ChunkSelector', 0x3054, { Image: 0, Timestamp: 4, CounterValue: 7 })}
<Boolean Name="ChunkEnable"><pValue>ChunkEnableReg</pValue></Boolean>${integer('ChunkEnableReg', AT.chunkEnable)}
<Integer Name="ChunkCounterValue"><pValue>ChunkCounterReg</pValue></Integer>
<IntReg Name="ChunkCounterReg"><Address>0</Address><Length>4</Length><AccessMode>RO</AccessMode><pPort>CountChunk</pPort>
<Endianess>BigEndian</Endianess></IntReg><Port Name="CountChunk"><ChunkID>${COUNT_CHUNK.toString(16)}</ChunkID></Port>`;

/** The camera's clock counts microseconds. */
const TICKS_PER_SECOND = 1_000_000;

export interface ScriptedCamera {
  readonly port: number;
  readonly memory: Buffer;
  /** Addresses of registers in the order in which they were written. */
  readonly written: [number, number][];
  /** It is switched off: nothing is answered any more. */
  isDead: boolean;
  send(packets: readonly Buffer[]): void;
  /** Sends a picture of the size it is set to. */
  shoot(block: number, change?: Partial<SentPicture>): void;
  /** So many edges at the photo-eye: a counter that is set up counts them. */
  edge(times?: number): void;
  /** Sends a picture with its count and its clock. */
  shootCounted(block: number, change?: Partial<SentPicture>): void;
  /** It was switched off and on: its settings are as they were made, or as saved in it, and it counts from 0. */
  restart(keepsSettings: boolean): void;
  close(): void;
}

export interface Quirks {
  /** What it makes of a value before it keeps it; undefined: it refuses with this status. */
  readonly keep?: (address: number, value: number) => number | undefined;
  /** Called after a write was carried out. */
  readonly wrote?: (address: number, value: number, camera: ScriptedCamera) => void;
  readonly heartbeat?: number;
  /** It can count its triggers. */
  readonly counts?: boolean;
}

const BAD_PARAMETER = 0x8002;

export async function scriptedCamera({
  keep = (_at, value) => value,
  wrote,
  heartbeat = 600,
  counts = false,
}: Quirks = {}): Promise<ScriptedCamera> {
  const memory = Buffer.alloc(0x4000);
  const socket = createSocket('udp4');
  const zip = zipOf(Buffer.from(`${DESCRIPTION}${counts ? COUNTING : ''}</RegisterDescription>`));
  let born = process.hrtime.bigint() - 60_000_000_000n;
  zip.copy(memory, 0x1000);
  memory.write(`Local:camera.zip;1000;${zip.length.toString(16)}`, 0x200);
  memory.writeUInt32BE(heartbeat, 0x938);
  memory.writeUInt32BE(TICKS_PER_SECOND, 0x940);

  const camera: ScriptedCamera = {
    port: 0,
    memory,
    written: [],
    isDead: false,
    send(packets) {
      const port = memory.readUInt32BE(0xd00) & 0xffff;
      for (const bytes of packets) if (port !== 0) socket.send(bytes, port, '127.0.0.1');
    },
    shoot(block, change = {}) {
      const [width, height] = [memory.readUInt32BE(AT.width), memory.readUInt32BE(AT.height)];
      const packetBytes = (memory.readUInt32BE(0xd04) & 0xffff) - 36;
      camera.send(packetsOf({ ...mono8(block, width, height, packetBytes), ...change }));
    },
    edge(times = 1) {
      const isCounting = memory.readUInt32BE(AT.source) === 1;
      if (isCounting) memory.writeUInt32BE((memory.readUInt32BE(AT.count) + times) >>> 0, AT.count);
    },
    shootCounted(block, change = {}) {
      const ticks = (process.hrtime.bigint() - born) / 1_000n;
      const counted = countedPicture(mono8(block, 1, 1), memory.readUInt32BE(AT.count));
      camera.shoot(block, { payloadType: counted.payloadType, chunks: counted.chunks, ticks, ...change });
    },
    restart(keepsSettings) {
      born = process.hrtime.bigint();
      memory.writeUInt32BE(0, AT.count);
      if (!keepsSettings) memory.fill(0, AT.source, AT.chunkEnable + 4);
    },
    close: () => socket.close(),
  };

  function answerTo(code: number, payload: Buffer): readonly [Buffer, number] {
    if (code === 0x02) return [Buffer.alloc(248), 0];
    const address = payload.readUInt32BE(0);
    if (code === 0x80) return [memory.subarray(address, address + 4), 0];
    if (code === 0x84) {
      const count = payload.readUInt16BE(6);
      return [Buffer.concat([payload.subarray(0, 4), memory.subarray(address, address + count)]), 0];
    }
    const value = payload.readUInt32BE(4);
    const kept = keep(address, value);
    if (kept === undefined) return [Buffer.alloc(4), BAD_PARAMETER];
    memory.writeUInt32BE(kept >>> 0, address);
    camera.written.push([address, value]);
    return [Buffer.from([0, 0, 0, 1]), 0];
  }

  socket.on('message', (bytes: Buffer, from: RemoteInfo) => {
    if (camera.isDead) return;
    const code = bytes.readUInt16BE(2);
    if (code === 0x40) return;
    const [payload, status] = answerTo(code, bytes.subarray(8));
    const head = Buffer.alloc(8);
    head.writeUInt16BE(status, 0);
    head.writeUInt16BE(code + 1, 2);
    head.writeUInt16BE(payload.length, 4);
    bytes.copy(head, 6, 6, 8);
    socket.send(Buffer.concat([head, payload]), from.port, from.address);
    if (code === 0x82 && status === 0) wrote?.(bytes.readUInt32BE(8), bytes.readUInt32BE(12), camera);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return Object.assign(camera, { port: socket.address().port });
}

function zipOf(content: Buffer): Buffer {
  const packed = deflateRawSync(content);
  const [local, central, end] = [Buffer.alloc(30), Buffer.alloc(46), Buffer.alloc(22)];
  local.writeUInt32LE(0x0403_4b50, 0);
  central.writeUInt32LE(0x0201_4b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(crc32(content), 16);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(content.length, 24);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt32LE(local.length + packed.length, 16);
  return Buffer.concat([local, packed, central, end]);
}
