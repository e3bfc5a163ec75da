import type { ClientSession, DataValue, NodeId, OPCUAClient } from 'node-opcua-client';
import type { DeviceLog } from '#devices/log.ts';
import { APPLICATION_URI, ownCertificate, pairMaker } from '#devices/plc/opcua/own-certificate.ts';
import {
  CONTACT_NAMES,
  type Contact,
  CYCLE_NAMES,
  STATION_NAMESPACE,
  type StationImage,
  type StationPort,
  type StationUpdate,
} from '#devices/plc/opcua/station-nodes.ts';
import { parseCertificate, trustOnly } from '#devices/plc/opcua/trust.ts';
import type { Endpoint } from '#devices/wire.ts';
import type { Millis } from '#line/time.ts';

type Library = typeof import('node-opcua-client');

/** Imported on the first contact only: it takes most of a second and 90 MB. */
let library: Promise<Library> | undefined;

function loadLibrary(log: DeviceLog): Promise<Library> {
  library ??= import('node-opcua-client').then((opcua) => {
    // It would write to the console otherwise. What it says is about the whole process, not about one device.
    opcua.setWarningLogger((...said) => log.info('opcua.library', { said: said.map(String).join(' ') }));
    opcua.setErrorLogger((...said) => log.warn('opcua.library', { said: said.map(String).join(' ') }));
    return opcua;
  });
  return library;
}

const TRANSPORT_LIMIT: Millis = 1_500;
/** A request that takes longer than the heartbeat allows will never matter. */
const REQUEST_LIMIT: Millis = 2_000;

/**
 * Bytes of a chunk. The library takes a buffer of a whole chunk for each request, 640 KB if nobody says otherwise: at fifty
 * requests a second the garbage collector then stops the verdicts three times a second. OPC 10000-6 §7.1.2.3 asks for 8192 at least.
 */
const CHUNKS = { sendBufferSize: 8192, receiveBufferSize: 65_536 } as const;

/** HbPlc advances each 200 ms; it is looked at this often before a contact counts. */
const BEAT_PERIOD: Millis = 20;
const BEAT_LIMIT: Millis = 1_000;

/** A PLC that was met, and what it held at that moment. */
export interface Met {
  readonly port: StationPort;
  readonly contact: Contact;
}

/** Connects, checks the certificate and reads everything once. Rejects with a sentence. `pki`: folder of our own pair. */
export async function meetStation(endpoint: Endpoint, pki: string, log: DeviceLog): Promise<Met> {
  if (endpoint.certificate === undefined) throw new Error('no certificate was given for the device; None is refused');
  const trusted = parseCertificate(endpoint.certificate);
  const opcua = await loadLibrary(log);
  const client = opcua.OPCUAClient.create({
    applicationName: 'Linewright',
    applicationUri: APPLICATION_URI,
    clientName: 'workstation',
    securityMode: opcua.MessageSecurityMode.SignAndEncrypt,
    securityPolicy: opcua.SecurityPolicy.Basic256Sha256,
    certificateKeyPairProvider: await ownCertificate(pki, pairMaker(opcua), log),
    clientCertificateManager: trustOnly(trusted, opcua.StatusCodes),
    serverCertificate: trusted, // none is asked for: discovery would need an open channel
    // The supervisor reconnects; a library that does it as well would trust another certificate than the one given.
    connectionStrategy: { maxRetry: 0, initialDelay: 100, maxDelay: 100 },
    endpointMustExist: false,
    keepSessionAlive: false,
    requestedSessionTimeout: 20_000,
    transportTimeout: TRANSPORT_LIMIT,
    transportSettings: CHUNKS,
    defaultTransactionTimeout: REQUEST_LIMIT,
  });
  try {
    await client.connect(`opc.tcp://${endpoint.host}:${endpoint.port}`);
    const session = await client.createSession();
    const namespace = (await session.readNamespaceArray()).indexOf(STATION_NAMESPACE);
    if (namespace < 0) throw new Error(`the server has no namespace ${STATION_NAMESPACE}`);
    const node = (name: string) => opcua.resolveNodeId(`ns=${namespace};s=Station.${name}`);
    const station = { opcua, client, session, node, cycle: CYCLE_NAMES.map((name) => ({ nodeId: node(name) })) };
    const port = portOf(station);
    const contact = await readContact(station);
    await proveAlive(port, contact);
    return { port, contact };
  } catch (error) {
    void client.disconnect().catch(() => {});
    throw explained(error);
  }
}

interface Station {
  readonly opcua: Library;
  readonly client: OPCUAClient;
  readonly session: ClientSession;
  readonly node: (name: string) => NodeId;
  /** What each cycle reads, resolved once. */
  readonly cycle: readonly { readonly nodeId: NodeId }[];
}

/** A PLC that answers and does not beat is not there: it would come and go with every contact. */
async function proveAlive(port: StationPort, { image }: Contact): Promise<void> {
  const limit = performance.now() + BEAT_LIMIT;
  while (performance.now() < limit) {
    if ((await port.read()).hbPlc !== image.hbPlc) return;
    await new Promise((resolve) => setTimeout(resolve, BEAT_PERIOD));
  }
  throw new Error(`HbPlc has not changed for ${BEAT_LIMIT} ms`);
}

/** The library's messages in one line. A server that holds another key than expected just hangs up on us. */
function explained(error: unknown): Error {
  const message = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ');
  if (!/rejected by server|BadCertificate|BadSecurityChecks/.test(message)) return new Error(message, { cause: error });
  const meaning = 'the PLC refused the secured connection: it has another certificate than the one given, or does not';
  return new Error(`${meaning} trust ours (${message})`, { cause: error });
}

async function readContact(station: Station): Promise<Contact> {
  const [ringDepth, hbPc, verdict, ...rest] = await readNames(station, CONTACT_NAMES);
  return {
    ringDepth: word(ringDepth, 'RingDepth'),
    hbPc: word(hbPc, 'HbPc'),
    verdict: words(verdict, 'Verdict'),
    image: imageOf(rest),
  };
}

function portOf(station: Station): StationPort {
  const { client } = station;
  const ended = new Promise<string>((resolve) => {
    client.once('connection_lost', () => resolve('the connection was lost'));
    client.once('close', () => resolve('the connection was closed'));
  });
  let closing: Promise<void> | undefined;
  return {
    ended,
    read: async () => imageOf(await station.session.read([...station.cycle])),
    write: (update) => write(station, update),
    close() {
      closing ??= client.disconnect().catch(() => {});
      return closing;
    },
  };
}

async function readNames(station: Station, names: readonly string[]): Promise<DataValue[]> {
  return station.session.read(names.map((name) => ({ nodeId: station.node(name) })));
}

function imageOf([hbPlc, lineState, encoder, permits, trig, out, epoch]: readonly DataValue[]): StationImage {
  return {
    hbPlc: word(hbPlc, 'HbPlc'),
    lineState: word(lineState, 'LineState'),
    encoder: word(encoder, 'Encoder'),
    permits: word(permits, 'Permits'),
    trig: words(trig, 'Trig'),
    out: words(out, 'Out'),
    epoch: word(epoch, 'Epoch'),
  };
}

/** One mismatch and the tag map is not the one of the page: better no contact than a guess (devices.md §5.2). */
function word(value: DataValue | undefined, name: string): number {
  const content: unknown = value?.value.value;
  if (typeof content === 'number') return content;
  throw new Error(`${name} is not a number: ${value?.statusCode.name ?? 'it is missing'}`);
}

function words(value: DataValue | undefined, name: string): ArrayLike<number> {
  const content: unknown = value?.value.value;
  if (content instanceof Uint16Array) return content;
  throw new Error(`${name} is not an array of UInt16: ${value?.statusCode.name ?? 'it is missing'}`);
}

async function write({ opcua, session, node }: Station, update: StationUpdate): Promise<void> {
  const { DataType, VariantArrayType, AttributeIds } = opcua;
  const scalar = (name: string, value: number | undefined) => (value === undefined ? [] : [{ name, value }]);
  const array = (name: string, value: ArrayLike<number> | undefined) =>
    value === undefined ? [] : [{ name, value: Uint16Array.from(value) }];
  const values = [
    ...array('Verdict', update.verdict),
    ...scalar('LinePermit', update.linePermit),
    ...array('Limits', update.limits),
    ...scalar('Cmd', update.cmd),
    ...scalar('HbPc', update.hbPc),
  ];
  const statuses = await session.write(
    values.map(({ name, value }) => ({
      nodeId: node(name),
      attributeId: AttributeIds.Value,
      value: {
        value: {
          dataType: DataType.UInt16,
          arrayType: typeof value === 'number' ? VariantArrayType.Scalar : VariantArrayType.Array,
          value,
        },
      },
    })),
  );
  const refused = statuses.findIndex((status) => status.value !== 0);
  if (refused >= 0) throw new Error(`the PLC refused ${values[refused]?.name}: ${statuses[refused]?.name}`);
}
