import { COUNTING_CATEGORIES, COUNTING_FEATURES } from '#virtual-line/gige/counting.ts';
import { category, command, enumeration, float, integer, text } from '#virtual-line/gige/nodes.ts';
import {
  ACQUISITION_MODE,
  BOOT,
  EXTENDED_IDS,
  FEATURE,
  PIXEL_FORMAT,
  SENSOR,
  TRIGGER_SOURCE,
} from '#virtual-line/gige/registers.ts';

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
    'GevGVSPExtendedIDMode',
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
  enumeration(
    'PixelFormat',
    FEATURE.pixelFormat,
    { Mono8: PIXEL_FORMAT.mono8, Mono16: PIXEL_FORMAT.mono16 },
    { locks: true },
  ),
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
  enumeration('GevGVSPExtendedIDMode', BOOT.gvspConfiguration, { Off: 0, On: EXTENDED_IDS }, { locks: true }),
  integer('FrameCount', FEATURE.frameCount, { min: 0, max: WHOLE, access: 'RO' }),
  `<Integer Name="GevSCPSPacketSize" NameSpace="Standard"><pValue>GevSCPSPacketSizeReg</pValue><Min>220</Min><Max>9000</Max><Inc>4</Inc></Integer><MaskedIntReg Name="GevSCPSPacketSizeReg"><Address>0x${BOOT.packetSize.toString(16)}</Address><Length>4</Length><AccessMode>RW</AccessMode><pPort>Device</pPort><LSB>31</LSB><MSB>16</MSB><Sign>Unsigned</Sign><Endianess>BigEndian</Endianess></MaskedIntReg>`,
];

/** The GenICam description of this camera. */
export function describeCamera(countsTriggers: boolean): string {
  const categories = countsTriggers ? { ...CATEGORIES, ...COUNTING_CATEGORIES } : CATEGORIES;
  const names = Object.keys(categories);
  const head =
    '<RegisterDescription ModelName="VirtualCamera" VendorName="Linewright" ToolTip="Camera of the virtual line" StandardNameSpace="None" SchemaMajorVersion="1" SchemaMinorVersion="1" SchemaSubMinorVersion="0" MajorVersion="1" MinorVersion="0" SubMinorVersion="0" ProductGuid="9d1c7a52-0f3e-4a61-8a47-5f0a6f1e2b10" VersionGuid="9d1c7a52-0f3e-4a61-8a47-5f0a6f1e2b11" xmlns="http://www.genicam.org/GenApi/Version_1_1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.genicam.org/GenApi/Version_1_1 http://www.genicam.org/GenApi/GenApiSchema_Version_1_1.xsd">';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    head,
    category('Root', names),
    ...names.map((name) => category(name, categories[name] ?? [])),
    ...FEATURES,
    ...(countsTriggers ? COUNTING_FEATURES : []),
    '<Port Name="Device" NameSpace="Standard"/>',
    '</RegisterDescription>',
    '',
  ].join('\n');
}
