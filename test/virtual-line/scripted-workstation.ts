import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import {
  AttributeIds,
  type ClientSession,
  DataType,
  MessageSecurityMode,
  OPCUAClient,
  SecurityPolicy,
  Variant,
  VariantArrayType,
} from 'node-opcua-client';
import { openEye } from './scripted-eye.ts';
import { openRaw, type RawLine, STATE, type StartedLine, until } from './stranger.ts';

const DEPTH = 32;
const READ = ['HbPlc', 'LineState', 'Permits', 'Trig', 'Out', 'Epoch'] as const;

interface OutRow {
  readonly seq: number;
  readonly result: number;
}

/** Answers every item by a fixed rule, and writes down what the PLC told. */
export interface ScriptedWorkstation {
  /** Index of the station's namespace. */
  readonly ns: number;
  readonly session: ClientSession;
  readonly state: () => number;
  readonly epoch: () => number;
  readonly outs: readonly OutRow[];
  readonly flags: ReadonlyMap<number, number>;
  readonly verdicts: ReadonlyMap<number, number>;
  readonly printer: RawLine;
  /** Undefined where the line has a camera. */
  readonly reader: RawLine | undefined;
  permit(granted: boolean): void;
  command(number: number): void;
  readonly isRearming: { value: boolean };
  close(): Promise<void>;
}

const GTIN = '09521234543213';

export async function openSession(line: StartedLine): Promise<{ client: OPCUAClient; session: ClientSession }> {
  mkdirSync(STATE, { recursive: true });
  const certificates = new OPCUACertificateManager({
    rootFolder: join(STATE, 'client-pki'),
    automaticallyAcceptUnknownCertificate: true,
    disableFileWatchers: true,
  });
  await certificates.initialize();
  const client = OPCUAClient.create({
    securityMode: MessageSecurityMode.SignAndEncrypt,
    securityPolicy: SecurityPolicy.Basic256Sha256,
    serverCertificate: Buffer.from(line.endpoints.plc.certificate, 'base64'),
    clientCertificateManager: certificates,
    endpointMustExist: false,
    connectionStrategy: { maxRetry: 0 },
  });
  await client.connect(`opc.tcp://${line.endpoints.plc.host}:${line.endpoints.plc.port}`);
  return { client, session: await client.createSession() };
}

export function nodeOf(namespace: number, name: string): string {
  return `ns=${namespace};s=Station.${name}`;
}

/** Whether the item of a result passes: readable, good enough, never seen before. */
type Judge = (content: string, grade: number, trigger: number) => boolean;

interface Options {
  readonly judge?: Judge;
  readonly records?: number;
  /** The line has a camera: its pictures are decoded here. */
  readonly hasCamera?: boolean;
}

export async function startWorkstation(line: StartedLine, options: Options = {}): Promise<ScriptedWorkstation> {
  const printer = await openRaw(line.endpoints.printer);
  const reader = options.hasCamera ? undefined : await openRaw(line.endpoints.reader);
  const { client, session } = await openSession(line);
  const namespaces = (await session.read({ nodeId: 'ns=0;i=2255', attributeId: AttributeIds.Value })).value
    .value as string[];
  const ns = namespaces.indexOf('urn:linewright:station');
  const readNodes = READ.map((name) => ({ nodeId: nodeOf(ns, name), attributeId: AttributeIds.Value }));
  const outs: OutRow[] = [];
  const flags = new Map<number, number>();
  const verdicts = new Map<number, number>();
  const seen = new Set<string>();
  const judge: Judge =
    options.judge ??
    ((content, grade) => {
      const isNew = !seen.has(content);
      seen.add(content);
      return content !== '' && grade >= 1.5 && isNew;
    });
  let state = 0;
  let epoch = 0;
  let hb = 0;
  let permit = 0;
  let command = 0;
  let outHead = 65_535;
  let verdictHead = 65_535;
  let rec = 0;
  const ring = new Uint16Array(1 + 4 * DEPTH);
  ring[0] = 65_535;
  let firstTrigger = 0;
  let isClosed = false;
  const isRearming = { value: true };
  let hasNewVerdicts = false;

  // Printer: static text and job once, records ahead of the line for ever.
  printer.send(`^0=JL\\\\FFSDISK\\\\JOBS\\\\LINEWRIGHT-DM\r^0=ET01${GTIN}1728112210LOT1\r^0!NO\r`);
  const serial = (n: number): string => `SN${String(n).padStart(10, '0')}`;
  let entries = 0;
  let gaps = 0;
  const tendPrinter = (): void => {
    const at = printer.text.lastIndexOf('^0=SM');
    const [, held = '0'] = printer.text.slice(at).split('\t');
    if (at >= 0 && printer.text.endsWith('\r')) {
      entries = Number(held);
      printer.text = '';
      if (isRearming.value) {
        for (let n = entries; n < Math.min(options.records ?? 250, 250); n++)
          printer.send(`^0=MR${++rec}\t${serial(rec)}\r`);
        printer.send('^0!EQ\r^0!NO\r^0!GO\r');
      }
      gaps = 0;
      printer.send('^0?SM\r');
    } else if (gaps++ === 0) printer.send('^0?SM\r');
  };
  const printerTimer = setInterval(tendPrinter, 50);

  reader?.send('||>SET COM.DMCC-RESPONSE 1\r\n||>TRIGGER ON\r\n');
  const put = (seq: number, pass: boolean): void => {
    verdictHead = (verdictHead + 1) & 0xffff;
    const row = [seq, pass ? 1 : 2, 0];
    ring.set([...row, crc(row)], 1 + 4 * (verdictHead % DEPTH));
    ring[0] = verdictHead;
    hasNewVerdicts = true;
    verdicts.set(seq, pass ? 1 : 2);
  };
  let readerText = '';
  reader?.socket.on('data', (bytes) => {
    readerText += bytes.toString('latin1');
    const lines = readerText.split('\r\n');
    readerText = lines.pop() ?? '';
    for (const one of lines) takeResult(one);
  });
  let lastTrigger = 0;
  const takeResult = (one: string): void => {
    const trigger = Number(/<trigger_index>(\d+)</.exec(one)?.[1] ?? 0);
    if (!one.includes('[1]<result') || trigger <= lastTrigger) return;
    lastTrigger = trigger;
    firstTrigger ||= trigger;
    const text = Buffer.from(/base64">([^<]*)</.exec(one)?.[1] ?? '', 'base64').toString('latin1');
    const grade = Number(/<overall_grade>([^<]*)</.exec(one)?.[1] ?? 0);
    put((trigger - firstTrigger) & 0xffff, judge(text.slice(3), grade, trigger));
  };

  const eye = options.hasCamera
    ? await openEye(line.endpoints.reader, (block, content) => {
        put((block - 1) & 0xffff, judge(content, content === '' ? 0 : 4, block));
      })
    : undefined;

  const takeOuts = (words: Uint16Array): void => {
    const head = words[0] ?? 0;
    while (outHead !== head) {
      outHead = (outHead + 1) & 0xffff;
      const at = 1 + 4 * (outHead % DEPTH);
      outs.push({ seq: words[at] ?? 0, result: words[at + 1] ?? 0 });
    }
  };
  const takeTrigs = (words: Uint16Array): void => {
    for (let row = 0; row < DEPTH; row++) {
      const [seq = 0, , , flag = 0] = words.subarray(1 + 4 * row, 5 + 4 * row);
      if (flag & 0x8000) flags.set(seq, flag);
    }
  };
  const cycle = async (): Promise<void> => {
    const values = (await session.read(readNodes)).map((value) => value.value.value);
    state = values[1];
    takeTrigs(values[3]);
    takeOuts(values[4]);
    epoch = values[5];
    hb = (hb + 1) & 0xffff;
    const word = (name: string, value: number) => write(ns, name, new Variant({ dataType: DataType.UInt16, value }));
    const writes = [word('HbPc', hb), word('LinePermit', permit)];
    if (command !== 0) writes.push(word('Cmd', command));
    command = 0;
    if (hasNewVerdicts) {
      const value = Uint16Array.from(ring);
      writes.push(
        write(ns, 'Verdict', new Variant({ dataType: DataType.UInt16, arrayType: VariantArrayType.Array, value })),
      );
    }
    hasNewVerdicts = false;
    await session.write(writes);
  };
  const work = (async () => {
    while (!isClosed) {
      const begun = performance.now();
      await cycle().catch((error) => {
        if (!isClosed) throw error;
      });
      await new Promise((resolve) => setTimeout(resolve, Math.max(1, 10 - (performance.now() - begun))));
    }
  })().catch(() => undefined);

  await until('records queued', () => entries > 0 || options.records === 0);
  await until('plc read', () => epoch !== 0);
  return {
    ns,
    session,
    state: () => state,
    epoch: () => epoch,
    outs,
    flags,
    verdicts,
    printer,
    reader,
    isRearming,
    permit: (granted) => {
      permit = granted ? 1 : 0;
    },
    command: (number) => {
      command = number;
    },
    async close() {
      isClosed = true;
      clearInterval(printerTimer);
      await work;
      printer.socket.destroy();
      reader?.socket.destroy();
      await eye?.close();
      await session.close().catch(() => undefined);
      await client.disconnect().catch(() => undefined);
    },
  };
}

function write(ns: number, name: string, value: Variant) {
  return { nodeId: nodeOf(ns, name), attributeId: AttributeIds.Value, value: { value } };
}

export function crc(words: readonly number[]): number {
  const buffer = Buffer.alloc(6);
  words.forEach((word, i) => {
    buffer.writeUInt16BE(word, 2 * i);
  });
  let sum = 0xffff;
  for (const byte of buffer) {
    sum ^= byte;
    for (let i = 0; i < 8; i++) sum = sum & 1 ? (sum >> 1) ^ 0xa001 : sum >> 1;
  }
  return sum;
}
