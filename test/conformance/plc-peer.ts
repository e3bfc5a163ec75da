// A very small serialization station for the conformance tests, run as a child process: `plc-peer.ts <folder> <port>`.
// It holds the variables of docs/devices/line-plc.md and nothing behind them. stdin: { "set": { name: value } } or
// { "heartbeat": false }, one JSON object a line. stdout: { "ready": … }, then { "written": name, "value": … } per write.
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import {
  crypto_utils,
  DataType,
  MessageSecurityMode,
  SecurityPolicy,
  StatusCodes,
  Variant,
  VariantArrayType,
} from 'node-opcua-client';
import { OPCUAServer } from 'node-opcua-server';
import { ownCertificate, pairMaker } from '#devices/plc/opcua/own-certificate.ts';

const [folder = '.', port = '0'] = process.argv.slice(2);
const DEPTH = Number(process.argv[4] ?? 8);
const EMPTY_RING = [65_535, ...new Array<number>(4 * DEPTH).fill(0)];

const values: Record<string, number | number[]> = {
  HbPlc: 0,
  LineState: 6,
  Encoder: 0,
  Permits: 63,
  Trig: EMPTY_RING,
  Out: EMPTY_RING,
  RingDepth: DEPTH,
  Epoch: 1,
  HbPc: 0,
  Cmd: 0,
  LinePermit: 0,
  Verdict: EMPTY_RING,
  Limits: [0, 0, 0, 0],
};

function say(note: object): void {
  process.stdout.write(`${JSON.stringify(note)}\n`);
}

const own = await ownCertificate(folder, pairMaker({ crypto_utils }), { info: () => {}, warn: () => {} });
const server = new OPCUAServer({
  port: Number(port),
  host: '127.0.0.1',
  hostname: '127.0.0.1',
  certificateFile: join(folder, 'workstation-certificate.pem'),
  privateKeyFile: join(folder, 'workstation-key.pem'),
  // A peer for tests: it lets every client in. The client under test does not do the same.
  serverCertificateManager: new OPCUACertificateManager({
    rootFolder: join(folder, 'pki'),
    automaticallyAcceptUnknownCertificate: true,
  }),
  securityModes: [MessageSecurityMode.SignAndEncrypt],
  securityPolicies: [SecurityPolicy.Basic256Sha256],
});
await server.initialize();
const space = server.engine.addressSpace;
if (space === null) throw new Error('no address space');
const namespace = space.registerNamespace('urn:linewright:station');
for (const name of Object.keys(values)) {
  const isArray = Array.isArray(values[name]);
  namespace.addVariable({
    browseName: name,
    nodeId: `s=Station.${name}`,
    dataType: name === 'Encoder' ? DataType.UInt32 : DataType.UInt16,
    valueRank: isArray ? 1 : -1,
    ...(isArray ? { arrayDimensions: [0] } : {}),
    organizedBy: space.rootFolder.objects,
    minimumSamplingInterval: 10,
    value: {
      get: () => variantOf(name),
      set: (variant: { value: number | ArrayLike<number> }) => {
        const value = typeof variant.value === 'number' ? variant.value : Array.from(variant.value);
        values[name] = name === 'Cmd' ? 0 : value;
        say({ written: name, value });
        return StatusCodes.Good;
      },
    },
  });
}

function variantOf(name: string) {
  const value = values[name] ?? 0;
  const dataType = name === 'Encoder' ? DataType.UInt32 : DataType.UInt16;
  return Array.isArray(value)
    ? new Variant({ dataType, arrayType: VariantArrayType.Array, value: Uint16Array.from(value) })
    : new Variant({ dataType, value });
}

let isBeating = true;
const beat = setInterval(() => {
  if (isBeating) values['HbPlc'] = (Number(values['HbPlc']) + 1) % 65_536;
}, 200);

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const order: { set?: Record<string, number | number[]>; heartbeat?: boolean } = JSON.parse(line);
    Object.assign(values, order.set ?? {});
    isBeating = order.heartbeat ?? isBeating;
  })
  .on('close', () => {
    clearInterval(beat);
    void server.shutdown(0).finally(() => process.exit(0));
  });

await server.start();
const listening = server.endpoints[0]?.port ?? 0;
say({ ready: true, port: listening, certificate: own.getCertificate().toString('base64') });
