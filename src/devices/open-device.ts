import type { DeviceEntry } from '#contract/line-file.ts';
import { GIGE_CAMERA, type GigeCamera, gigeCamera } from '#devices/camera/gige/driver.ts';
import type { FrameNotice } from '#devices/camera/notice.ts';
import { type DriverFacts, overTcp } from '#devices/driver.ts';
import type { DeviceLog } from '#devices/log.ts';
import { OPCUA_STATION, stationConnector } from '#devices/plc/opcua/driver.ts';
import { LEIBINGER_JET, leibingerDriver } from '#devices/printer/leibinger/driver.ts';
import { COGNEX_DATAMAN, datamanDriver } from '#devices/reader/dataman/driver.ts';
import { type DeviceLink, superviseDevice } from '#devices/supervisor.ts';
import type { Endpoint } from '#devices/wire.ts';
import type { DeviceSignal, PlcDirective, PrinterDirective, ReaderDirective } from '#line/signal.ts';

export type PrinterLink = DeviceLink<PrinterDirective> & { readonly kind: 'printer' };
export type ReaderLink = DeviceLink<ReaderDirective> & { readonly kind: 'reader' };
export type PlcLink = DeviceLink<PlcDirective> & { readonly kind: 'plc' };

/** A device of any kind; `kind` says what it can be told. */
export type OpenedDevice = PrinterLink | ReaderLink | PlcLink;

/** The shape of `openDevice`, for whoever wants to be handed another one. */
export type OpenDevice = (entry: DeviceEntry, report: (signal: DeviceSignal) => void, log: DeviceLog) => OpenedDevice;

/** The drivers there are, by the name in a line file: evidence and capabilities without connecting anything. */
export const DRIVERS: Readonly<Record<DeviceEntry['driver'], DriverFacts>> = {
  'leibinger-jet': LEIBINGER_JET,
  'cognex-dataman': COGNEX_DATAMAN,
  'gige-camera': GIGE_CAMERA,
  'opcua-station': OPCUA_STATION,
};

/** A raw camera gives pictures, not readings: it is opened by whoever looks at them (`openCamera`). */
const OPENERS: Readonly<Record<Exclude<DeviceEntry['driver'], 'gige-camera'>, OpenDevice>> = {
  'leibinger-jet': (entry, report, log) => {
    const connector = overTcp(leibingerDriver(entry.id));
    return ofKind('printer', superviseDevice({ entry, connector, report, log, endpoint: endpointOf(entry) }));
  },
  'cognex-dataman': (entry, report, log) => {
    const connector = overTcp(datamanDriver(entry.id));
    return ofKind('reader', superviseDevice({ entry, connector, report, log, endpoint: endpointOf(entry) }));
  },
  'opcua-station': (entry, report, log) => {
    const connector = stationConnector(entry.id, pkiOf(entry), log);
    return ofKind('plc', superviseDevice({ entry, connector, report, log, endpoint: endpointOf(entry) }));
  },
};

/**
 * Opens a device of the line file and keeps it connected until it is closed. An entry without host and port waits for
 * `moveTo`. A PLC needs `options.pki`, the folder in which the workstation keeps its OPC UA certificate.
 */
export const openDevice: OpenDevice = (entry, report, log) => {
  const { driver } = entry;
  if (driver === 'gige-camera') throw new Error(`device ${entry.id} is a camera: nobody here looks at its pictures`);
  return OPENERS[driver](entry, report, log);
};

/** Where the pictures of a raw camera go. */
export interface CameraOutlet {
  /** Made by `createFrameRing`, a slot for a whole frame of the job. */
  readonly ring: SharedArrayBuffer;
  /** The entry `capture.thread`, source or bundle. */
  readonly thread: URL;
  /** What became of each trigger, in order. */
  readonly frame: (notice: FrameNotice) => void;
}

/** A raw camera: to the line a reader, to whoever sets it up also something that takes a picture when it is asked to. */
export type CameraLink = ReaderLink & Pick<GigeCamera, 'takePicture'>;

/** Opens a raw camera of the line file. To the line it is a reader; its readings come from whoever takes its frames. */
export function openCamera(
  entry: DeviceEntry,
  outlet: CameraOutlet,
  report: (signal: DeviceSignal) => void,
  log: DeviceLog,
): CameraLink {
  const { id, camera: job, options } = entry;
  if (job === undefined) throw new Error(`device ${id} has no camera job`);
  const triggerLine = options?.['triggerLine'];
  const pixelFormat = options?.['pixelFormat'];
  const packetSize = options?.['packetSize'];
  const connector = gigeCamera({
    deviceId: id,
    job,
    log,
    ...outlet,
    ...(typeof triggerLine === 'string' ? { triggerLine } : {}),
    ...(typeof pixelFormat === 'string' ? { pixelFormat } : {}),
    ...(typeof packetSize === 'number' ? { packetSize } : {}),
  });
  const link = ofKind('reader', superviseDevice({ entry, connector, report, log, endpoint: endpointOf(entry) }));
  return Object.assign(link, { takePicture: () => connector.takePicture() });
}

function endpointOf({ host, port, security }: DeviceEntry): Endpoint | undefined {
  if (host === undefined || port === undefined) return undefined;
  return security === undefined ? { host, port } : { host, port, certificate: security.certificate };
}

function pkiOf({ id, options }: DeviceEntry): string {
  const pki = options?.['pki'];
  if (typeof pki === 'string' && pki !== '') return pki;
  throw new Error(`device ${id} was opened without options.pki, the folder of the workstation's certificate`);
}

/** The link itself, with its kind: its state stays live. */
function ofKind<D, K extends DeviceEntry['kind']>(kind: K, link: DeviceLink<D>): DeviceLink<D> & { readonly kind: K } {
  return Object.assign(link, { kind });
}
