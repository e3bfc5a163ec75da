import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIdentity } from '#devices/camera/gige/control/discovery.ts';
import * as gvcp from '#devices/camera/gige/control/gvcp-frames.ts';
import { addressNumber, dottedAddress } from '#devices/camera/gige/control/registers.ts';
import { isAccessDenied, isFailure, statusSentence } from '#devices/camera/gige/control/status.ts';
import * as gvsp from '#devices/camera/gige/stream/gvsp-frames.ts';
import { mono8, packet, packetsOf } from './gige-packets.ts';

const { GVCP } = gvcp;

/** An acknowledge, written from docs/devices/gige-vision.md. */
function acknowledge(command: number, id: number, payload: Buffer, status = 0): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16BE(status, 0);
  head.writeUInt16BE(command, 2);
  head.writeUInt16BE(payload.length, 4);
  head.writeUInt16BE(id, 6);
  return Buffer.concat([head, payload]);
}

describe('a GVCP command', () => {
  it.each([
    ['DISCOVERY', GVCP.discovery, Buffer.alloc(0), '42 01 0002 0000 0007'],
    [
      'READREG',
      GVCP.readRegister,
      gvcp.readRegistersPayload([0x0938, 0x0a00]),
      '42 01 0080 0008 0007 00000938 00000a00',
    ],
    [
      'WRITEREG',
      GVCP.writeRegister,
      gvcp.writeRegistersPayload([{ address: 0x0a00, value: 2 }]),
      '42 01 0082 0008 0007 00000a00 00000002',
    ],
    ['READMEM', GVCP.readMemory, gvcp.readMemoryPayload(0x200, 512), '42 01 0084 0008 0007 00000200 0000 0200'],
    [
      'WRITEMEM',
      GVCP.writeMemory,
      gvcp.writeMemoryPayload(0xe8, Buffer.from('LINE')),
      '42 01 0086 0008 0007 000000e8 4c494e45',
    ],
    ['ACTION', GVCP.action, gvcp.actionPayload(1, 2, 0xffff_ffff), '42 01 0100 000c 0007 00000001 00000002 ffffffff'],
    [
      'FORCEIP',
      GVCP.forceIp,
      gvcp.forceIpPayload(Buffer.from('0030532a1b01', 'hex'), [0xc0a8_0102, 0xffff_ff00, 0xc0a8_0101]),
      `42 01 0004 0038 0007 0000 0030532a1b01 ${'00'.repeat(12)} c0a80102 ${'00'.repeat(12)} ffffff00 ${'00'.repeat(12)} c0a80101`,
    ],
  ])('%s is these bytes', (_name, command, payload, hex) => {
    expect(gvcp.encodeCommand(command, 7, payload).toString('hex')).toBe(hex.replaceAll(' ', ''));
  });

  it('PACKETRESEND wants no acknowledge, and carries 24 bits of packet ids or extended ones', () => {
    const plain = gvcp.resendPayload({ block: 9n, first: 2, last: 5, hasExtendedIds: false });
    expect(gvcp.encodeCommand(GVCP.packetResend, 8, plain, 0).toString('hex')).toBe(
      '42000040000c0008000000090000000200000005',
    );
    const extended = gvcp.resendPayload({ block: 0x1_0000_0001n, first: 2, last: 5, hasExtendedIds: true });
    expect(gvcp.encodeCommand(GVCP.packetResend, 8, extended, gvcp.EXTENDED_IDS).toString('hex')).toBe(
      '421000400014000800000000000000020000000500000001' + '00000001',
    );
  });

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.nat(0xffff), fc.nat(0xffff), fc.uint8Array({ maxLength: 540 }), (command, id, data) => {
        const payload = Buffer.from(data);
        expect(gvcp.parseCommand(gvcp.encodeCommand(command, id, payload))).toEqual({ flags: 1, command, id, payload });
      }),
    );
  });

  it('has an id from 1 to 65535, and never 0', () => {
    expect([0, 1, 65_534, 65_535].map(gvcp.nextRequestId)).toEqual([1, 2, 65_535, 1]);
  });
});

describe('a GVCP acknowledge', () => {
  it('is read with its status, command, id and payload', () => {
    const payload = Buffer.from('00000a0000000002', 'hex');
    expect(gvcp.parseAcknowledge(acknowledge(0x0081, 12, payload, 0x8006))).toEqual({
      status: 0x8006,
      command: 0x0081,
      id: 12,
      payload,
    });
  });

  it('is none when its length is not what it says', () => {
    const whole = acknowledge(0x0081, 12, Buffer.alloc(4));
    expect(gvcp.parseAcknowledge(whole.subarray(0, 11))).toBeUndefined();
    expect(gvcp.parseAcknowledge(Buffer.concat([whole, Buffer.alloc(1)]))).toBeUndefined();
    expect(gvcp.parseAcknowledge(Buffer.alloc(7))).toBeUndefined();
  });

  it('to READREG has as many values as were asked for', () => {
    const payload = Buffer.from('0000000200000bb8', 'hex');
    expect(gvcp.parseRegisters(payload, 2)).toEqual([2, 3_000]);
    expect(gvcp.parseRegisters(payload, 1)).toBeUndefined();
  });

  it('to READMEM is of the place that was asked for', () => {
    const payload = Buffer.from('000002004c6f6361', 'hex');
    expect(gvcp.parseMemory(payload, 0x200, 4)?.toString()).toBe('Loca');
    expect(gvcp.parseMemory(payload, 0x204, 4)).toBeUndefined();
    expect(gvcp.parseMemory(payload, 0x200, 8)).toBeUndefined();
  });

  it('to WRITEREG and WRITEMEM says how much was done, and PENDING_ACK how long it takes', () => {
    expect(gvcp.parseCount(Buffer.from('00000001', 'hex'))).toBe(1);
    expect(gvcp.parsePending(Buffer.from('000003e8', 'hex'))).toBe(1_000);
    expect([gvcp.parseCount(Buffer.alloc(2)), gvcp.parsePending(Buffer.alloc(3))]).toEqual([undefined, undefined]);
  });

  it('of events names them', () => {
    const events = Buffer.alloc(32);
    events.writeUInt16BE(0x9001, 2);
    events.writeUInt16BE(0x9002, 18);
    const of = (command: number, payload: Buffer) => gvcp.parseEvents({ flags: 1, command, id: 1, payload });
    expect(of(GVCP.event, events)).toEqual([0x9001, 0x9002]);
    expect(of(GVCP.eventData, events)).toEqual([0x9001]);
    expect([of(GVCP.event, Buffer.alloc(15)), of(GVCP.readMemory, events)]).toEqual([undefined, undefined]);
  });

  it('to DISCOVERY says who the camera is', () => {
    const payload = Buffer.alloc(248);
    payload.writeUInt16BE(2, 0);
    payload.writeUInt16BE(1, 2);
    payload.write('0030532a1b01', 10, 'hex');
    payload.writeUInt32BE(0xc0a8_0102, 36);
    payload.writeUInt32BE(0xffff_ff00, 52);
    payload.write('Example', 72);
    payload.write('C-1', 104);
    payload.write('1.2', 136);
    payload.write('952', 216);
    payload.write('outfeed', 232);
    expect(parseIdentity(payload)).toEqual({
      version: '2.1',
      mac: '00:30:53:2a:1b:01',
      ip: '192.168.1.2',
      mask: '255.255.255.0',
      gateway: '0.0.0.0',
      manufacturer: 'Example',
      model: 'C-1',
      deviceVersion: '1.2',
      info: '',
      serial: '952',
      userName: 'outfeed',
    });
    expect(parseIdentity(payload.subarray(0, 200))).toBeUndefined();
  });

  it('is nothing at all when its bytes are arbitrary, and nobody is hurt', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), fc.nat(600), (data, count) => {
        const bytes = Buffer.from(data);
        const ack = gvcp.parseAcknowledge(bytes);
        const payload = ack?.payload ?? bytes;
        gvcp.parseRegisters(payload, count);
        gvcp.parseMemory(payload, 0, count);
        gvcp.parseCount(payload);
        gvcp.parsePending(payload);
        parseIdentity(payload);
        const command = gvcp.parseCommand(bytes);
        if (command !== undefined) gvcp.parseEvents(command);
        expect(ack === undefined || ack.payload.length === bytes.length - 8).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a status word', () => {
  it('is a sentence, and access denied says who has the camera', () => {
    expect(statusSentence(0x8006)).toBe('another application controls this camera');
    expect(statusSentence(0x9999)).toBe('the camera answers with status 0x9999');
    expect([isAccessDenied(0x8006), isAccessDenied(0x8005)]).toEqual([true, false]);
    expect([0, 0x0100, 0x8001, 0x8fff].map(isFailure)).toEqual([false, false, true, true]);
  });
});

describe('a GVSP packet', () => {
  it('has a header of 8 bytes, or of 20 with extended ids', () => {
    const head = gvsp.emptyHead();
    expect(gvsp.readHead(packet({ block: 513 }, 3, 0x01_0203, Buffer.alloc(4), 0x0100), head)).toBe(true);
    expect(head).toEqual({
      status: 0x0100,
      block: 513,
      format: 3,
      packet: 0x01_0203,
      hasExtendedIds: false,
      dataAt: 8,
    });
    const long = packet({ block: 2 ** 32 + 5, extended: true }, 1, 0x0102_0304, Buffer.alloc(4));
    expect(gvsp.readHead(long, head)).toBe(true);
    expect(head).toEqual({
      status: 0,
      block: 2 ** 32 + 5,
      format: 1,
      packet: 0x0102_0304,
      hasExtendedIds: true,
      dataAt: 20,
    });
    expect(gvsp.readHead(long.subarray(0, 19), head)).toBe(false);
    expect(gvsp.readHead(Buffer.alloc(7), head)).toBe(false);
  });

  it('of a leader says what picture follows, and of a trailer how many rows there were', () => {
    const [first = Buffer.alloc(0), ...rest] = packetsOf({ ...mono8(1, 64, 32), paddingX: 3 });
    expect(gvsp.parseLeader(first.subarray(8))).toEqual({
      payloadType: 1,
      timestamp: 123n,
      pixelFormat: 0x0108_0001,
      width: 64,
      height: 32,
      offsetX: 0,
      offsetY: 0,
      paddingX: 3,
      paddingY: 0,
    });
    expect(gvsp.parseTrailer(rest.at(-1)?.subarray(8) ?? first)).toEqual({ payloadType: 1, rows: 32, chunkBytes: 0 });
    expect([gvsp.parseLeader(first.subarray(8, 40)), gvsp.parseTrailer(first.subarray(8, 12))]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('of another payload type is named', () => {
    const multiPart = Buffer.from([0, 0, 0, 10]);
    expect(gvsp.parseLeader(multiPart)?.payloadType).toBe(10);
    expect([10, 0x4001, 99].map(gvsp.payloadSentence)).toEqual([
      'the camera sends multi-part pictures, not plain pictures',
      'the camera appends chunk data to its pictures: switch ChunkModeActive off',
      'the camera sends payload type 0x0063, not plain pictures',
    ]);
  });

  it('with chunks says how many bytes all of them are, and chunk data alone nothing of the picture', () => {
    const trailer = (text: string) => gvsp.parseTrailer(Buffer.from(text, 'hex'));
    expect(trailer('00004001000000200000102800000000')).toEqual({ payloadType: 0x4001, rows: 32, chunkBytes: 0x1028 });
    expect(trailer('0000400100000020')).toEqual({ payloadType: 0x4001, rows: 32, chunkBytes: 0 });
    expect(trailer('0000000400001028')).toEqual({ payloadType: 4, rows: 0, chunkBytes: 0x1028 });
    const leader = Buffer.from('00000004000000000000007b', 'hex');
    expect(gvsp.parseLeader(leader)).toMatchObject({ payloadType: 4, timestamp: 123n, width: 0, height: 0 });
    expect(gvsp.parseLeader(leader.subarray(0, 8))).toMatchObject({ payloadType: 4, timestamp: 0n });
  });

  it('of arbitrary bytes never throws', () => {
    const head = gvsp.emptyHead();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (data) => {
        const bytes = Buffer.from(data);
        gvsp.readHead(bytes, head);
        gvsp.parseLeader(bytes);
        gvsp.parseTrailer(bytes);
      }),
      { numRuns: 500 },
    );
  });
});

describe('an address in a register', () => {
  it('is four numbers, there and back', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(dottedAddress(addressNumber(address))).toBe(address);
      }),
    );
  });
});
