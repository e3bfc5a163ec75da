import { createSocket } from 'node:dgram';
import type { ControlChannel } from '#devices/camera/gige/control/channel.ts';
import {
  EXTENDED_IDS,
  encodeCommand,
  GVCP,
  GVCP_PORT,
  parseAcknowledge,
  WANTS_ACK,
} from '#devices/camera/gige/control/gvcp-frames.ts';
import { dottedAddress } from '#devices/camera/gige/control/registers.ts';
import { isFailure } from '#devices/camera/gige/control/status.ts';
import type { Millis } from '#line/time.ts';

/** Who a camera says it is. */
export interface CameraIdentity {
  readonly version: string;
  readonly mac: string;
  readonly ip: string;
  readonly mask: string;
  readonly gateway: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly deviceVersion: string;
  readonly info: string;
  readonly serial: string;
  readonly userName: string;
}

const IDENTITY_BYTES = 248;

/** The payload of a discovery acknowledge. */
export function parseIdentity(payload: Buffer): CameraIdentity | undefined {
  if (payload.length < IDENTITY_BYTES) return undefined;
  return {
    version: `${payload.readUInt16BE(0)}.${payload.readUInt16BE(2)}`,
    mac: Array.from(payload.subarray(10, 16), (byte) => byte.toString(16).padStart(2, '0')).join(':'),
    ip: dottedAddress(payload.readUInt32BE(36)),
    mask: dottedAddress(payload.readUInt32BE(52)),
    gateway: dottedAddress(payload.readUInt32BE(68)),
    manufacturer: textOf(payload.subarray(72, 104)),
    model: textOf(payload.subarray(104, 136)),
    deviceVersion: textOf(payload.subarray(136, 168)),
    info: textOf(payload.subarray(168, 216)),
    serial: textOf(payload.subarray(216, 232)),
    userName: textOf(payload.subarray(232, 248)),
  };
}

/** Text padded with NUL. */
export function textOf(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
}

/** Asks one camera, at its own address. */
export async function identify(control: ControlChannel): Promise<CameraIdentity> {
  const identity = parseIdentity(await control.ask(GVCP.discovery, Buffer.alloc(0)));
  if (identity === undefined) throw new Error('what answers there is not a GigE Vision camera');
  return identity;
}

/** Where to look for cameras, and for how long to listen. */
export interface Survey {
  readonly address: string;
  readonly port?: number;
  readonly listen: Millis;
}

/** Asks everybody on a network. Only ever because a person at the commissioning page asked for it. */
export function surveyCameras({ address, port = GVCP_PORT, listen }: Survey): Promise<readonly CameraIdentity[]> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    const found: CameraIdentity[] = [];
    socket.on('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.on('message', (bytes) => {
      const ack = parseAcknowledge(bytes);
      if (ack === undefined || isFailure(ack.status) || ack.command !== GVCP.discovery + 1) return;
      const identity = parseIdentity(ack.payload);
      if (identity !== undefined) found.push(identity);
    });
    socket.bind(0, () => {
      socket.setBroadcast(true);
      const question = encodeCommand(GVCP.discovery, 1, Buffer.alloc(0), WANTS_ACK | EXTENDED_IDS);
      socket.send(question, port, address, () => {});
      setTimeout(() => {
        socket.close();
        resolve(found);
      }, listen);
    });
  });
}
