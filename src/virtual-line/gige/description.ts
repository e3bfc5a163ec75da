import { ACQUISITION_MODE, BOOT, FEATURE, PIXEL_FORMAT, SENSOR, TRIGGER_SOURCE } from '#virtual-line/gige/registers.ts';

type Access = 'RO' | 'RW' | 'WO';

const hex = (address: number): string => `0x${address.toString(16).padStart(4, '0')}`;

function register(kind: 'IntReg' | 'FloatReg', name: string, address: number, access: Access): string {
  const sign = kind === 'IntReg' ? '<Sign>Unsigned</Sign>' : '';
  return `<${kind} Name="${name}Reg"><Address>${hex(address)}</Address><Length>4</Length><AccessMode>${access}</AccessMode><pPort>Device</pPort>${sign}<Endianess>BigEndian</Endianess></${kind}>`;
}

interface Range {
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** The feature cannot be written while pictures are taken. */
  readonly locks?: boolean;
  readonly access?: Access;
}

function integer(name: string, address: number, { min, max, step = 1, locks = false, access = 'RW' }: Range): string {
  const locked = locks ? '<pIsLocked>TLParamsLocked</pIsLocked>' : '';
  return `<Integer Name="${name}" NameSpace="Standard">${locked}<pValue>${name}Reg</pValue><Min>${min}</Min><Max>${max}</Max><Inc>${step}</Inc></Integer>${register('IntReg', name, address, access)}`;
}

function float(name: string, address: number, { min, max, unit }: Range & { readonly unit: string }): string {
  return `<Float Name="${name}" NameSpace="Standard"><pValue>${name}Reg</pValue><Min>${min}</Min><Max>${max}</Max><Unit>${unit}</Unit></Float>${register('FloatReg', name, address, 'RW')}`;
}

type Entries = Readonly<Record<string, number>>;

function enumeration(name: string, address: number, entries: Entries, locks = false): string {
  const list = Object.entries(entries).map(
    ([entry, value]) => `<EnumEntry Name="${entry}" NameSpace="Standard"><Value>${value}</Value></EnumEntry>`,
  );
  const locked = locks ? '<pIsLocked>TLParamsLocked</pIsLocked>' : '';
  return `<Enumeration Name="${name}" NameSpace="Standard">${locked}${list.join('')}<pValue>${name}Reg</pValue></Enumeration>${register('IntReg', name, address, 'RW')}`;
}

function command(name: string, address: number): string {
  return `<Command Name="${name}" NameSpace="Standard"><pValue>${name}Reg</pValue><CommandValue>1</CommandValue></Command>${register('IntReg', name, address, 'RW')}`;
}

function text(name: string, address: number, length: number): string {
  return `<StringReg Name="${name}" NameSpace="Standard"><Address>${hex(address)}</Address><Length>${length}</Length><AccessMode>RO</AccessMode><pPort>Device</pPort></StringReg>`;
}

function category(name: string, features: readonly string[]): string {
  return `<Category Name="${name}" NameSpace="Standard">${features.map((feature) => `<pFeature>${feature}</pFeature>`).join('')}</Category>`;
}

const WHOLE = 0xffff_ffff;

const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  DeviceControl: [
    'DeviceVendorName',
    'DeviceModelName',
    'DeviceVersion',
    'DeviceManufacturerInfo',
    'DeviceSerialNumber',
    'DeviceUserID',
  ],
  ImageFormatControl: ['SensorWidth', 'SensorHeight', 'Width', 'Height', 'OffsetX', 'OffsetY', 'PixelFormat'],
  AcquisitionControl: [
    'AcquisitionMode',
    'AcquisitionStart',
    'AcquisitionStop',
    'AcquisitionFrameRate',
    'ExposureTime',
    'TriggerSelector',
    'TriggerMode',
    'TriggerSource',
    'TriggerActivation',
    'TriggerSoftware',
  ],
  AnalogControl: ['Gain'],
  TransportLayerControl: [
    'PayloadSize',
    'TLParamsLocked',
    'GevHeartbeatTimeout',
    'GevSCPHostPort',
    'GevSCDA',
    'GevSCPSPacketSize',
    'GevSCPD',
    'GevExtendedIds',
    'FrameCount',
  ],
};

const FEATURES: readonly string[] = [
  text('DeviceVendorName', BOOT.manufacturer, 32),
  text('DeviceModelName', BOOT.model, 32),
  text('DeviceVersion', BOOT.deviceVersion, 32),
  text('DeviceManufacturerInfo', BOOT.info, 48),
  text('DeviceSerialNumber', BOOT.serial, 16),
  text('DeviceUserID', BOOT.userName, 16),
  integer('SensorWidth', FEATURE.sensorWidth, { min: SENSOR.width, max: SENSOR.width, access: 'RO' }),
  integer('SensorHeight', FEATURE.sensorHeight, { min: SENSOR.height, max: SENSOR.height, access: 'RO' }),
  integer('Width', FEATURE.width, { min: 64, max: SENSOR.width, step: 4, locks: true }),
  integer('Height', FEATURE.height, { min: 64, max: SENSOR.height, step: 2, locks: true }),
  integer('OffsetX', FEATURE.offsetX, { min: 0, max: SENSOR.width, access: 'RO' }),
  integer('OffsetY', FEATURE.offsetY, { min: 0, max: SENSOR.height, access: 'RO' }),
  enumeration('PixelFormat', FEATURE.pixelFormat, { Mono8: PIXEL_FORMAT.mono8, Mono16: PIXEL_FORMAT.mono16 }, true),
  enumeration('AcquisitionMode', FEATURE.acquisitionMode, {
    Continuous: ACQUISITION_MODE.continuous,
    SingleFrame: ACQUISITION_MODE.single,
  }),
  command('AcquisitionStart', FEATURE.acquisitionStart),
  command('AcquisitionStop', FEATURE.acquisitionStop),
  float('AcquisitionFrameRate', FEATURE.frameRate, { min: 0.1, max: 60, unit: 'Hz' }),
  float('ExposureTime', FEATURE.exposureTime, { min: 5, max: 20_000, unit: 'us' }),
  float('Gain', FEATURE.gain, { min: 0, max: 24, unit: 'dB' }),
  enumeration('TriggerSelector', FEATURE.triggerSelector, { FrameStart: 0 }),
  enumeration('TriggerMode', FEATURE.triggerMode, { Off: 0, On: 1 }),
  enumeration('TriggerSource', FEATURE.triggerSource, {
    Line1: TRIGGER_SOURCE.line1,
    Software: TRIGGER_SOURCE.software,
  }),
  enumeration('TriggerActivation', FEATURE.triggerActivation, { RisingEdge: 0 }),
  command('TriggerSoftware', FEATURE.triggerSoftware),
  integer('PayloadSize', FEATURE.payloadSize, { min: 0, max: WHOLE, access: 'RO' }),
  integer('TLParamsLocked', FEATURE.isLocked, { min: 0, max: 1, access: 'RO' }),
  integer('GevHeartbeatTimeout', BOOT.heartbeat, { min: 500, max: WHOLE }),
  integer('GevSCPHostPort', BOOT.streamPort, { min: 0, max: 65_535 }),
  integer('GevSCDA', BOOT.streamAddress, { min: 0, max: WHOLE }),
  integer('GevSCPD', BOOT.packetDelay, { min: 0, max: WHOLE }),
  integer('GevExtendedIds', BOOT.streamConfiguration, { min: 0, max: 1, locks: true }),
  integer('FrameCount', FEATURE.frameCount, { min: 0, max: WHOLE, access: 'RO' }),
  `<Integer Name="GevSCPSPacketSize" NameSpace="Standard"><pValue>GevSCPSPacketSizeReg</pValue><Min>220</Min><Max>9000</Max><Inc>4</Inc></Integer><MaskedIntReg Name="GevSCPSPacketSizeReg"><Address>${hex(BOOT.packetSize)}</Address><Length>4</Length><AccessMode>RW</AccessMode><pPort>Device</pPort><LSB>31</LSB><MSB>16</MSB><Sign>Unsigned</Sign><Endianess>BigEndian</Endianess></MaskedIntReg>`,
];

/** The GenICam description of this camera. */
export function describeCamera(): string {
  const names = Object.keys(CATEGORIES);
  const head =
    '<RegisterDescription ModelName="VirtualCamera" VendorName="Linewright" ToolTip="Camera of the virtual line" StandardNameSpace="None" SchemaMajorVersion="1" SchemaMinorVersion="1" SchemaSubMinorVersion="0" MajorVersion="1" MinorVersion="0" SubMinorVersion="0" ProductGuid="9d1c7a52-0f3e-4a61-8a47-5f0a6f1e2b10" VersionGuid="9d1c7a52-0f3e-4a61-8a47-5f0a6f1e2b11" xmlns="http://www.genicam.org/GenApi/Version_1_1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.genicam.org/GenApi/Version_1_1 http://www.genicam.org/GenApi/GenApiSchema_Version_1_1.xsd">';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    head,
    category('Root', names),
    ...names.map((name) => category(name, CATEGORIES[name] ?? [])),
    ...FEATURES,
    '<Port Name="Device" NameSpace="Standard"/>',
    '</RegisterDescription>',
    '',
  ].join('\n');
}
