/** Nodes of a GenICam description, as text. */

type Access = 'RO' | 'RW' | 'WO';

const hex = (address: number): string => `0x${address.toString(16).padStart(4, '0')}`;
const LOCKED = '<pIsLocked>TLParamsLocked</pIsLocked>';

/** A register of four bytes behind the node of that name; `index` names a node by whose value it is further up. */
export function register(
  kind: 'IntReg' | 'FloatReg',
  name: string,
  address: number,
  { access, port = 'Device', index }: { readonly access: Access; readonly port?: string; readonly index?: string },
): string {
  const sign = kind === 'IntReg' ? '<Sign>Unsigned</Sign>' : '';
  const further = index === undefined ? '' : `<pIndex Offset="4">${index}Reg</pIndex>`;
  return `<${kind} Name="${name}Reg"><Address>${hex(address)}</Address>${further}<Length>4</Length><AccessMode>${access}</AccessMode><pPort>${port}</pPort><Cachable>NoCache</Cachable>${sign}<Endianess>BigEndian</Endianess></${kind}>`;
}

interface Range {
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** The feature cannot be written while pictures are taken. */
  readonly locks?: boolean;
  readonly access?: Access;
  readonly port?: string;
}

export function integer(name: string, address: number, range: Range): string {
  const { min, max, step = 1, locks = false, access = 'RW', port = 'Device' } = range;
  const locked = locks ? LOCKED : '';
  return `<Integer Name="${name}" NameSpace="Standard">${locked}<pValue>${name}Reg</pValue><Min>${min}</Min><Max>${max}</Max><Inc>${step}</Inc></Integer>${register('IntReg', name, address, { access, port })}`;
}

export function float(name: string, address: number, { min, max, unit }: Range & { readonly unit: string }): string {
  return `<Float Name="${name}" NameSpace="Standard"><pValue>${name}Reg</pValue><Min>${min}</Min><Max>${max}</Max><Unit>${unit}</Unit></Float>${register('FloatReg', name, address, { access: 'RW' })}`;
}

interface BooleanForm {
  readonly locks?: boolean;
  readonly access?: Access;
  readonly on?: number;
  readonly index?: string;
}

export function boolean(name: string, address: number, form: BooleanForm = {}): string {
  const { locks = false, access = 'RW', on = 1, index } = form;
  const locked = locks ? LOCKED : '';
  const behind = register('IntReg', name, address, { access, ...(index === undefined ? {} : { index }) });
  return `<Boolean Name="${name}" NameSpace="Standard">${locked}<pValue>${name}Reg</pValue><OnValue>${on}</OnValue><OffValue>0</OffValue></Boolean>${behind}`;
}

type Entries = Readonly<Record<string, number>>;

interface EnumerationForm {
  readonly locks?: boolean;
  /** Features of which there is one for each value. */
  readonly selects?: readonly string[];
  /** Chosen in the client alone, not in the camera. */
  readonly isLocal?: boolean;
}

export function enumeration(name: string, address: number, entries: Entries, form: EnumerationForm = {}): string {
  const { locks = false, selects = [], isLocal = false } = form;
  const list = Object.entries(entries).map(
    ([entry, value]) => `<EnumEntry Name="${entry}" NameSpace="Standard"><Value>${value}</Value></EnumEntry>`,
  );
  const selected = selects.map((feature) => `<pSelected>${feature}</pSelected>`);
  const value = isLocal ? `<Value>${address}</Value>` : `<pValue>${name}Reg</pValue>`;
  const behind = isLocal ? '' : register('IntReg', name, address, { access: 'RW' });
  return `<Enumeration Name="${name}" NameSpace="Standard">${locks ? LOCKED : ''}${list.join('')}${value}${selected.join('')}</Enumeration>${behind}`;
}

export function command(name: string, address: number): string {
  return `<Command Name="${name}" NameSpace="Standard"><pValue>${name}Reg</pValue><CommandValue>1</CommandValue></Command>${register('IntReg', name, address, { access: 'RW' })}`;
}

export function text(name: string, address: number, length: number): string {
  return `<StringReg Name="${name}" NameSpace="Standard"><Address>${hex(address)}</Address><Length>${length}</Length><AccessMode>RO</AccessMode><pPort>Device</pPort></StringReg>`;
}

/** Where a chunk of this id is read, in a picture that came with chunks. */
export function chunkPort(name: string, id: number): string {
  return `<Port Name="${name}" NameSpace="Standard"><ChunkID>${id.toString(16).padStart(8, '0')}</ChunkID></Port>`;
}

export function category(name: string, features: readonly string[]): string {
  return `<Category Name="${name}" NameSpace="Standard">${features.map((feature) => `<pFeature>${feature}</pFeature>`).join('')}</Category>`;
}
