import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { existsSync, mkdirSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import {
  DataType,
  MessageSecurityMode,
  SecurityPolicy,
  StatusCodes,
  Variant,
  VariantArrayType,
} from 'node-opcua-client';
import { OPCUAServer } from 'node-opcua-server';
import { createRing, DEPTH } from '#virtual-line/plc/rings.ts';
import type { StationTags } from '#virtual-line/plc/tags.ts';

/** What the workstation writes. */
interface StationWrites {
  heartbeat(): void;
  command(number: number): void;
  /** LinePermit or Limits. */
  refresh(): void;
  verdicts(words: Uint16Array): void;
  /** A client opened a session: the verdict ring starts anew. */
  connected(): void;
}

/** The PLC's OPC UA server, listening. */
export interface StationServer {
  readonly port: number;
  /** base64 of the DER certificate it shows. */
  readonly certificate: string;
  setHalfOpen(active: boolean): void;
  /** Resets every connection, as a PLC does that restarts. */
  reset(): void;
  close(): Promise<void>;
}

interface Options {
  readonly port: number;
  /** Folder of the certificate: made at the first start, the same ever after. */
  readonly state: string;
  readonly tags: StationTags;
  readonly writes: StationWrites;
}

const NAMESPACE = 'urn:linewright:station';
const APPLICATION = 'urn:linewright:virtual-plc';
const VALID_DAYS = 3650;

/** Values are read when a client asks: nothing is pushed, and a ring is one value (line-plc.md). */
export async function serveStation({ port, state, tags, writes }: Options): Promise<StationServer> {
  const connections = watchConnections();
  mkdirSync(state, { recursive: true });
  const certificates = new OPCUACertificateManager({
    rootFolder: join(state, 'pki'),
    // It is a virtual line: every workstation may be its client.
    automaticallyAcceptUnknownCertificate: true,
    disableFileWatchers: true,
  });
  await certificates.initialize();
  const certificateFile = join(state, 'virtual-plc.pem');
  if (!existsSync(certificateFile)) await makeCertificate(certificates, certificateFile);
  const server = new OPCUAServer({
    host: '127.0.0.1',
    hostname: '127.0.0.1',
    port,
    serverInfo: { applicationUri: APPLICATION },
    serverCertificateManager: certificates,
    certificateFile,
    securityPolicies: [SecurityPolicy.Basic256Sha256],
    securityModes: [MessageSecurityMode.SignAndEncrypt],
    allowAnonymous: true,
    disableDiscovery: true,
  });
  await server.initialize();
  addTags(server, tags, writes);
  server.on('create_session', () => writes.connected());
  await server.start();
  const [endpoint] = server.endpoints;
  return {
    port: endpoint?.port ?? port,
    certificate: server.getCertificate().toString('base64'),
    setHalfOpen: connections.setHalfOpen,
    reset: connections.reset,
    close: async () => {
      connections.close();
      await server.shutdown(0);
    },
  };
}

async function makeCertificate(certificates: OPCUACertificateManager, outputFile: string): Promise<void> {
  await certificates.createSelfSignedCertificate({
    applicationUri: APPLICATION,
    subject: '/CN=Linewright virtual PLC',
    dns: ['localhost'],
    ip: ['127.0.0.1'],
    startDate: new Date(),
    validity: VALID_DAYS,
    outputFile,
  });
}

function addTags(server: OPCUAServer, tags: StationTags, writes: StationWrites): void {
  const addressSpace = server.engine.addressSpace;
  if (!addressSpace) throw new Error('the OPC UA server has no address space after initialize()');
  const namespace = addressSpace.registerNamespace(NAMESPACE);
  const station = namespace.addObject({
    browseName: 'Station',
    nodeId: 's=Station',
    organizedBy: addressSpace.rootFolder.objects,
  });
  const add = (name: string, dataType: 'UInt16' | 'UInt32', length: number | undefined, access: Access): void => {
    const type = dataType === 'UInt16' ? DataType.UInt16 : DataType.UInt32;
    const get = (): Variant => toVariant(type, access.get());
    const { set } = access;
    namespace.addVariable({
      componentOf: station,
      browseName: name,
      nodeId: `s=Station.${name}`,
      dataType,
      ...(length === undefined ? {} : { valueRank: 1, arrayDimensions: [length] }),
      accessLevel: set ? 'CurrentRead | CurrentWrite' : 'CurrentRead',
      minimumSamplingInterval: 10,
      value: set
        ? { get, set: (variant: Variant) => (set(variant.value) ? StatusCodes.Good : StatusCodes.BadTypeMismatch) }
        : { get },
    });
  };
  for (const [name, get] of Object.entries(readable(tags))) {
    add(name, name === 'Encoder' ? 'UInt32' : 'UInt16', name === 'Trig' || name === 'Out' ? 1 + 4 * DEPTH : undefined, {
      get,
    });
  }
  for (const [name, { length, ...access }] of Object.entries(writable(tags, writes)))
    add(name, 'UInt16', length, access);
}

type Value = number | Uint16Array;

interface Access {
  get(): Value;
  /** False: not a value of this kind. */
  set?(value: unknown): boolean;
}

function toVariant(dataType: DataType, value: Value): Variant {
  if (typeof value === 'number') return new Variant({ dataType, value });
  // A copy: the program may go on writing while the answer is being encoded.
  return new Variant({ dataType, arrayType: VariantArrayType.Array, value: Uint16Array.from(value) });
}

function readable(tags: StationTags): Readonly<Record<string, () => Value>> {
  return {
    HbPlc: () => tags.heartbeat,
    LineState: () => tags.lineState,
    Encoder: () => Math.round(tags.encoder) >>> 0,
    Permits: () => tags.permits(),
    Trig: () => tags.trig.words,
    Out: () => tags.out.words,
    RingDepth: () => DEPTH,
    Epoch: () => tags.epoch,
  };
}

type Writable = Access & { readonly length?: number };

function writable(tags: StationTags, writes: StationWrites): Readonly<Record<string, Writable>> {
  let hbPc = 0;
  const ring = createRing().words;
  const one = (take: (value: number) => void) => (value: unknown) => {
    if (typeof value !== 'number') return false;
    take(value);
    return true;
  };
  const many = (length: number, take: (words: Uint16Array) => void) => (value: unknown) => {
    if (!isArrayLike(value) || value.length !== length) return false;
    take(Uint16Array.from(value));
    return true;
  };
  return {
    HbPc: {
      get: () => hbPc,
      set: one((value) => {
        if (value !== hbPc) writes.heartbeat();
        hbPc = value;
      }),
    },
    // Executed at once, so it is back at 0 before anybody reads it.
    Cmd: { get: () => 0, set: one((value) => (value === 0 ? undefined : writes.command(value))) },
    LinePermit: {
      get: () => tags.linePermit,
      set: one((value) => {
        tags.linePermit = value;
        writes.refresh();
      }),
    },
    Verdict: {
      length: ring.length,
      get: () => {
        ring[0] = tags.verdictHead;
        return ring;
      },
      set: many(ring.length, (words) => {
        ring.set(words);
        writes.verdicts(words);
      }),
    },
    Limits: {
      length: 4,
      get: () => Uint16Array.from(tags.limits),
      set: many(4, (words) => {
        tags.limits = [...words];
        writes.refresh();
      }),
    },
  };
}

function isArrayLike(value: unknown): value is ArrayLike<number> {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

/**
 * The sockets belong to the OPC UA library. Node tells about each connection of its process, and this process has no
 * others; that is where the cable is pulled.
 */
function watchConnections(): { setHalfOpen(active: boolean): void; reset(): void; close(): void } {
  const sockets = new Set<Socket>();
  let isHalfOpen = false;
  const silence = (socket: Socket): void => {
    socket.pause();
    socket.write = () => true;
  };
  const joined = (message: unknown): void => {
    const { socket } = message as { readonly socket: Socket };
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.once('close', () => sockets.delete(socket));
    if (isHalfOpen) setImmediate(() => silence(socket));
  };
  subscribe('net.server.socket', joined);
  const reset = (): void => {
    for (const socket of sockets) socket.resetAndDestroy();
    sockets.clear();
  };
  return {
    setHalfOpen(active) {
      isHalfOpen = active;
      if (!active) return reset();
      for (const socket of sockets) silence(socket);
    },
    reset,
    close: () => unsubscribe('net.server.socket', joined),
  };
}
