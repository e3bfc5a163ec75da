/** One DMCC command as received. */
export interface DmccCommand {
  /** The id the client gave, or 0. */
  readonly id: number;
  readonly isChecked: boolean;
  readonly isIntact: boolean;
  /** Upper case, words apart by one blank; strings keep their case. */
  readonly text: string;
}

/** Takes a line apart, without its CR LF; undefined for what is no command at all. */
export function readCommand(line: string): DmccCommand | undefined {
  const [whole, check, id] = /^\|\|([01]?)(?::(\d{1,9}))?>/.exec(line) ?? [];
  if (whole === undefined) return undefined;
  const isChecked = check === '1';
  const text = line.slice(whole.length, isChecked ? -1 : undefined);
  const isIntact = !isChecked || xor(line.slice(0, -1)) === line.charCodeAt(line.length - 1);
  return { id: Number(id ?? 0), isChecked, isIntact, text: normalised(text) };
}

/** A reply or a result; `status` as listed in docs/devices/cognex-dataman.md. */
export function dmccLine(id: number, status: number, data: string, checked = false): Buffer {
  const line = `||${checked ? 1 : 0}:${id}[${status}]${data}`;
  return Buffer.from(`${line}${checked ? String.fromCharCode(xor(line)) : ''}\r\n`, 'latin1');
}

function xor(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum ^= text.charCodeAt(i);
  return sum;
}

function normalised(text: string): string {
  const [before = text, ...quoted] = text.split('"');
  return [before.trim().replace(/\s+/g, ' ').toUpperCase(), ...quoted].join('"').trim();
}

interface Answer {
  readonly status: number;
  readonly data: string;
}

const ok = (data = ''): Answer => ({ status: 0, data });

/** What a reader can be told, beyond asking it for its name. */
export interface ReaderControls {
  respond(on: boolean): void;
  arm(on: boolean): void;
}

/** Does what the command says and answers as the device does. */
export function obey(text: string, controls: ReaderControls): Answer {
  const [verb, name, value] = text.split(' ');
  if (verb === 'GET') return NAMES[name ?? ''] === undefined ? { status: 101, data: '' } : ok(NAMES[name ?? '']);
  if (verb === 'TRIGGER') return onOff(name, controls.arm);
  if (verb === 'SET' && name === 'COM.DMCC-RESPONSE') return zeroOne(value, controls.respond);
  if (verb === 'SET' && name === 'SYMBOL.DATAMATRIX') return onOff(value, () => undefined);
  return { status: 101, data: '' };
}

const NAMES: Readonly<Record<string, string>> = {
  'DEVICE.TYPE': 'DM-VIRTUAL',
  'DEVICE.NAME': 'Virtual line reader',
  'DEVICE.SERIAL-NUMBER': 'VL0000001',
};

function onOff(value: string | undefined, set: (on: boolean) => void): Answer {
  if (value !== 'ON' && value !== 'OFF') return { status: 102, data: '' };
  set(value === 'ON');
  return ok();
}

function zeroOne(value: string | undefined, set: (on: boolean) => void): Answer {
  if (value !== '0' && value !== '1') return { status: 102, data: '' };
  set(value === '1');
  return ok();
}
