/** Registers every GigE Vision device has at the same place. */
export const BOOT = {
  version: 0x0000,
  deviceMode: 0x0004,
  macHigh: 0x0008,
  macLow: 0x000c,
  ipConfiguration: 0x0014,
  ip: 0x0024,
  mask: 0x0034,
  gateway: 0x0044,
  manufacturer: 0x0048,
  model: 0x0068,
  deviceVersion: 0x0088,
  info: 0x00a8,
  serial: 0x00d8,
  userName: 0x00e8,
  firstUrl: 0x0200,
  interfaces: 0x0600,
  messageChannels: 0x0900,
  streamChannels: 0x0904,
  capability: 0x0934,
  heartbeat: 0x0938,
  tickHigh: 0x093c,
  tickLow: 0x0940,
  configuration: 0x0954,
  pendingTimeout: 0x0958,
  /** Bit 30: blocks have ids of 64 bits. */
  gvspConfiguration: 0x0960,
  control: 0x0a00,
  controllerPort: 0x0a04,
  controllerIp: 0x0a14,
  streamPort: 0x0d00,
  packetSize: 0x0d04,
  packetDelay: 0x0d08,
  streamAddress: 0x0d18,
  sourcePort: 0x0d1c,
  streamCapability: 0x0d20,
  /** Bit 0: chunks come behind their image, whose payload type then has bit 14. */
  streamConfiguration: 0x0d24,
} as const;

/** This camera's own features. */
export const FEATURE = {
  width: 0xa000,
  height: 0xa004,
  pixelFormat: 0xa008,
  offsetX: 0xa00c,
  offsetY: 0xa010,
  acquisitionMode: 0xa014,
  acquisitionStart: 0xa018,
  acquisitionStop: 0xa01c,
  frameRate: 0xa020,
  exposureTime: 0xa024,
  gain: 0xa028,
  triggerSelector: 0xa02c,
  triggerMode: 0xa030,
  triggerSource: 0xa034,
  triggerActivation: 0xa038,
  triggerSoftware: 0xa03c,
  payloadSize: 0xa040,
  sensorWidth: 0xa044,
  sensorHeight: 0xa048,
  frameCount: 0xa04c,
  isLocked: 0xa050,
  counterSelector: 0xa054,
  counterEventSource: 0xa058,
  counterEventActivation: 0xa05c,
  counterReset: 0xa060,
  counterValue: 0xa064,
  counterValueAtReset: 0xa068,
  chunkModeActive: 0xa06c,
  chunkSelector: 0xa070,
  /** One for each value of the selector, in a row. */
  chunkEnableImage: 0xa074,
  chunkEnableCounter: 0xa078,
} as const;

export const SENSOR = { width: 2048, height: 1536 } as const;
export const PIXEL_FORMAT = { mono8: 0x01080001, mono16: 0x01100007 } as const;
export const TRIGGER_SOURCE = { line1: 0, software: 1 } as const;
export const COUNTER_SOURCE = { off: 0, line1: 1, exposureStart: 2 } as const;
export const CHUNK = { image: 0, counterValue: 1 } as const;
export const EXTENDED_IDS = 0x4000_0000;
export const ACQUISITION_MODE = { continuous: 0, single: 1 } as const;
/** Largest packet of a camera with jumbo frames; larger wishes become this. */
export const LARGEST_PACKET = 9000;
const SMALLEST_PACKET = 220;

export const XML_AT = 0x10000;

/** The camera's address space: bootstrap registers, features, description. Big-endian. */
export interface Registers {
  /** Bytes from an address on; undefined: nothing is there. */
  read(address: number, length: number): Buffer | undefined;
  get(address: number): number;
  set(address: number, value: number): void;
  getFloat(address: number): number;
  /** What a value written by a client becomes; undefined: it is refused as a bad parameter. */
  accept(address: number, value: number): number | undefined;
  isWritable(address: number): boolean;
  /** Back to what the camera starts with. */
  reset(): void;
}

/** Who the camera says it is. */
export interface Identity {
  readonly ip: string;
  readonly serial: string;
  /** It has a counter and can send it with each picture; without, it only numbers its pictures. */
  readonly countsTriggers: boolean;
}

const BOOT_END = 0x1000;
const FEATURE_END = 0xa100;

export function createRegisters(identity: Identity, xml: string): Registers {
  const description = Buffer.from(xml, 'utf8');
  const featureEnd = identity.countsTriggers ? FEATURE_END : FEATURE.counterSelector;
  const memory = Buffer.alloc(XML_AT + Math.ceil(description.length / 4) * 4);
  const set = (address: number, value: number): void => void memory.writeUInt32BE(value >>> 0, address);
  const reset = (): void => {
    memory.fill(0);
    description.copy(memory, XML_AT);
    writeIdentity(memory, identity, description.length);
    for (const [address, value] of DEFAULTS) set(address, value);
    for (const [address, value] of FLOAT_DEFAULTS) memory.writeFloatBE(value, address);
    if (!identity.countsTriggers) return;
    for (const [address, value] of COUNTING_DEFAULTS) set(address, value);
  };
  reset();
  const isThere = (address: number, length: number): boolean => {
    const end = address + length;
    if (address >= XML_AT) return end <= memory.length;
    return end <= BOOT_END || (address >= FEATURE.width && end <= featureEnd);
  };
  return {
    read: (address, length) => (isThere(address, length) ? memory.subarray(address, address + length) : undefined),
    get: (address) => memory.readUInt32BE(address),
    getFloat: (address) => memory.readFloatBE(address),
    set,
    isWritable: (address) => Object.hasOwn(LIMITS, address) && isThere(address, 4),
    accept: (address, value) => LIMITS[address]?.(value),
    reset,
  };
}

function writeIdentity(memory: Buffer, { ip, serial }: Identity, xmlLength: number): void {
  const text = (address: number, value: string): void => void memory.write(value, address, 'latin1');
  text(BOOT.manufacturer, 'Linewright');
  text(BOOT.model, 'VirtualCamera');
  text(BOOT.deviceVersion, '1.0');
  text(BOOT.info, 'Camera of the virtual line');
  text(BOOT.serial, serial);
  text(BOOT.userName, 'eye');
  text(BOOT.firstUrl, `Local:linewright_virtual_camera.xml;${XML_AT.toString(16)};${xmlLength.toString(16)}`);
  ip.split('.').forEach((part, i) => {
    memory[BOOT.ip + i] = Number(part);
  });
}

const DEFAULTS: readonly (readonly [address: number, value: number])[] = [
  [BOOT.version, 0x0002_0000],
  [BOOT.deviceMode, 0x8000_0001],
  [BOOT.macHigh, 0x0200],
  [BOOT.macLow, 0x0000_0001],
  [BOOT.ipConfiguration, 0x0000_0004],
  [BOOT.mask, 0xff00_0000],
  [BOOT.interfaces, 1],
  [BOOT.streamChannels, 1],
  [BOOT.capability, 0x0000_0027], // several registers at once, WRITEMEM, PACKETRESEND, PENDING_ACK
  [BOOT.heartbeat, 3000],
  [BOOT.tickLow, 1_000_000_000],
  [BOOT.pendingTimeout, 1000],
  [BOOT.packetSize, 1500],
  [FEATURE.width, 1024],
  [FEATURE.height, 768],
  [FEATURE.pixelFormat, PIXEL_FORMAT.mono8],
  [FEATURE.payloadSize, 1024 * 768],
  [FEATURE.sensorWidth, SENSOR.width],
  [FEATURE.sensorHeight, SENSOR.height],
];

/** Extended chunks are the only ones it knows: it says so, and that they cannot be switched off. */
const COUNTING_DEFAULTS: readonly (readonly [address: number, value: number])[] = [
  [BOOT.streamCapability, 1],
  [BOOT.streamConfiguration, 1],
  [FEATURE.chunkEnableImage, 1],
];

const FLOAT_DEFAULTS: readonly (readonly [address: number, value: number])[] = [
  [FEATURE.frameRate, 40],
  [FEATURE.exposureTime, 50],
  [FEATURE.gain, 0],
];

type Limit = (value: number) => number | undefined;

const within =
  (low: number, high: number, step = 1): Limit =>
  (value) =>
    value >= low && value <= high && value % step === 0 ? value : undefined;
const oneOf =
  (...values: readonly number[]): Limit =>
  (value) =>
    values.includes(value) ? value : undefined;
const any: Limit = (value) => value;

/** A 32-bit float that must lie in a range; the register keeps its bits. */
const float =
  (low: number, high: number): Limit =>
  (bits) => {
    const buffer = Buffer.alloc(4);
    buffer.writeUInt32BE(bits);
    const value = buffer.readFloatBE();
    return value >= low && value <= high ? bits : undefined;
  };

/** Bit 31 fires a test packet and is not kept; bit 30 is. Sizes are rounded and limited, as cameras do. */
const packetSize: Limit = (value) => {
  const size = Math.min(LARGEST_PACKET, Math.max(SMALLEST_PACKET, value & 0xffff)) & ~3;
  return ((value & 0x4000_0000) | size) >>> 0;
};

/** What a client may write, and what becomes of it. */
const LIMITS: Readonly<Record<number, Limit>> = {
  [BOOT.heartbeat]: (value) => Math.max(500, value),
  [BOOT.configuration]: any,
  [BOOT.control]: (value) => value & 3,
  [BOOT.streamPort]: (value) => value & 0xffff,
  [BOOT.packetSize]: packetSize,
  [BOOT.packetDelay]: any,
  [BOOT.streamAddress]: any,
  [BOOT.gvspConfiguration]: (value) => value & EXTENDED_IDS,
  [FEATURE.width]: within(64, SENSOR.width, 4),
  [FEATURE.height]: within(64, SENSOR.height, 2),
  [FEATURE.pixelFormat]: oneOf(PIXEL_FORMAT.mono8, PIXEL_FORMAT.mono16),
  [FEATURE.acquisitionMode]: oneOf(ACQUISITION_MODE.continuous, ACQUISITION_MODE.single),
  [FEATURE.acquisitionStart]: any,
  [FEATURE.acquisitionStop]: any,
  [FEATURE.frameRate]: float(0.1, 60),
  [FEATURE.exposureTime]: float(5, 20_000),
  [FEATURE.gain]: float(0, 24),
  [FEATURE.triggerSelector]: oneOf(0),
  [FEATURE.triggerMode]: oneOf(0, 1),
  [FEATURE.triggerSource]: oneOf(TRIGGER_SOURCE.line1, TRIGGER_SOURCE.software),
  [FEATURE.triggerActivation]: oneOf(0),
  [FEATURE.triggerSoftware]: any,
  [FEATURE.counterSelector]: oneOf(0),
  [FEATURE.counterEventSource]: oneOf(...Object.values(COUNTER_SOURCE)),
  [FEATURE.counterEventActivation]: oneOf(0),
  [FEATURE.counterReset]: any,
  [FEATURE.counterValue]: any,
  [FEATURE.chunkModeActive]: oneOf(0, 1),
  [FEATURE.chunkSelector]: oneOf(...Object.values(CHUNK)),
  [FEATURE.chunkEnableImage]: () => 1,
  [FEATURE.chunkEnableCounter]: oneOf(0, 1),
};

/** What may not change while pictures are taken. */
export const LOCKED_WHILE_ACQUIRING: ReadonlySet<number> = new Set<number>([
  FEATURE.width,
  FEATURE.height,
  FEATURE.pixelFormat,
  FEATURE.chunkModeActive,
  FEATURE.chunkEnableImage,
  FEATURE.chunkEnableCounter,
  BOOT.gvspConfiguration,
]);
