import type { RegisterPort } from '#devices/camera/genicam/node-read.ts';
import { CameraError, type ControlChannel } from '#devices/camera/gige/control/channel.ts';
import { textOf } from '#devices/camera/gige/control/discovery.ts';
import { REGISTER, URL_BYTES } from '#devices/camera/gige/control/registers.ts';
import { firstZipEntry } from '#devices/camera/gige/control/zip-entry.ts';

/** Where in its own memory a camera keeps its description. */
export interface LocalUrl {
  readonly name: string;
  readonly address: number;
  readonly length: number;
}

const LARGEST = 8 * 1024 * 1024;

/** `Local:name.xml;addressHex;lengthHex`; undefined for anything else, which would have to be fetched from elsewhere. */
export function parseLocalUrl(url: string): LocalUrl | undefined {
  const match = /^local:(?:\/\/\/)?([^;]{1,200});(?:0x)?([0-9a-f]{1,8});(?:0x)?([0-9a-f]{1,8})(?:\?.*)?$/i.exec(
    url.trim(),
  );
  if (match === null) return undefined;
  const [, name = '', address = '', length = ''] = match;
  const [at, bytes] = [Number.parseInt(address, 16), Number.parseInt(length, 16)];
  return bytes === 0 || bytes > LARGEST || at + bytes > 2 ** 32 ? undefined : { name, address: at, length: bytes };
}

/** The GenICam description as text. Rejects with a CameraError. */
export async function readDescriptionText(control: ControlChannel): Promise<string> {
  const urls: string[] = [];
  for (const register of [REGISTER.firstUrl, REGISTER.secondUrl]) {
    const url = textOf(await control.readMemory(register, URL_BYTES));
    const place = parseLocalUrl(url);
    if (place !== undefined) return descriptionAt(control, place);
    urls.push(url);
  }
  throw new CameraError(`the camera keeps its description elsewhere: ${urls.filter(Boolean).join(', ')}`);
}

async function descriptionAt(control: ControlChannel, { name, address, length }: LocalUrl): Promise<string> {
  const port = memoryPort(control);
  const bytes = (await port.read(address, length)).subarray(0, length);
  if (!name.toLowerCase().endsWith('.zip')) return bytes.toString('utf8');
  const unpacked = firstZipEntry(bytes, LARGEST);
  if (unpacked === undefined) throw new CameraError(`the camera's description ${name} is a damaged zip`);
  return unpacked.toString('utf8');
}

/** The camera's memory for whoever does not know of fours: registers of four bytes by READREG, all else by READMEM. */
export function memoryPort(control: ControlChannel): RegisterPort {
  async function readAround(address: number, length: number): Promise<Buffer> {
    const from = address - (address % 4);
    const to = Math.ceil((address + length) / 4) * 4;
    return control.readMemory(from, to - from);
  }

  return {
    async read(address, length) {
      if (isRegister(address, length)) return wordOf(await control.readRegister(address));
      const around = await readAround(address, length);
      return around.subarray(address % 4, (address % 4) + length);
    },
    async write(address, bytes) {
      if (isRegister(address, bytes.length)) {
        await control.writeRegister({ address, value: bytes.readUInt32BE(0) });
        return;
      }
      const isWhole = address % 4 === 0 && bytes.length % 4 === 0;
      const around = isWhole ? bytes : Buffer.from(await readAround(address, bytes.length));
      if (!isWhole) bytes.copy(around, address % 4);
      await control.writeMemory(address - (address % 4), around);
    },
  };
}

function isRegister(address: number, length: number): boolean {
  return length === 4 && address % 4 === 0;
}

function wordOf(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
