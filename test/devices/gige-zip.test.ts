import { crc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLocalUrl } from '#devices/camera/gige/control/description-source.ts';
import { firstZipEntry } from '#devices/camera/gige/control/zip-entry.ts';

interface Told {
  readonly method?: number;
  readonly flags?: number;
  readonly unpacked?: number;
  readonly crc?: number;
}

/** A zip of one file, written from PKWARE's APPNOTE. */
function zipOf(content: Buffer, told: Told = {}): Buffer {
  const { method = 8, flags = 0, unpacked = content.length, crc = crc32(content) } = told;
  const name = Buffer.from('camera.xml');
  const packed = method === 8 ? deflateRawSync(content) : content;
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x0403_4b50, 0);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x0201_4b50, 0);
  central.writeUInt16LE(flags, 8);
  central.writeUInt16LE(method, 10);
  central.writeUInt32LE(crc, 16);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(unpacked, 24);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt32LE(local.length + name.length + packed.length, 16);
  return Buffer.concat([local, name, packed, central, name, end]);
}

const LIMIT = 100_000;

describe('a zipped description', () => {
  it('is unpacked, however much it was packed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3_000 }), fc.constantFrom(0, 8), (data, method) => {
        const content = Buffer.from(data);
        expect(firstZipEntry(zipOf(content, { method }), LIMIT)).toEqual(content);
      }),
    );
  });

  it('is read although the memory went on behind it', () => {
    const content = Buffer.from('<x/>');
    expect(firstZipEntry(Buffer.concat([zipOf(content), Buffer.alloc(3)]), LIMIT)).toEqual(content);
  });

  it.each<[string, Buffer]>([
    ['is larger than a description may be', zipOf(Buffer.alloc(LIMIT + 1))],
    ['holds more than it says, as a bomb does', zipOf(Buffer.alloc(LIMIT * 10), { unpacked: 100 })],
    ['has a wrong checksum', zipOf(Buffer.from('<x/>'), { crc: 1 })],
    ['is encrypted', zipOf(Buffer.from('<x/>'), { flags: 1 })],
    ['is packed in a way nobody uses', zipOf(Buffer.from('<x/>'), { method: 12 })],
    ['is cut short', zipOf(Buffer.from('<description/>')).subarray(0, 60)],
    ['is empty', Buffer.alloc(0)],
  ])('is refused when it %s', (_why, zip) => {
    expect(firstZipEntry(zip, LIMIT)).toBeUndefined();
  });

  it('is refused, and nobody is hurt, when its bytes were changed', () => {
    const zip = zipOf(Buffer.from('<description>text</description>'.repeat(20)));
    const changes = fc.array(fc.tuple(fc.nat(zip.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(changes, fc.nat(zip.length), (changed, length) => {
        const bytes = Buffer.from(zip);
        for (const [at, value] of changed) bytes[at] = value;
        const entry = firstZipEntry(bytes.subarray(0, length), LIMIT);
        expect(entry === undefined || entry.length <= LIMIT).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("the place of a camera's description", () => {
  it.each([
    ['Local:camera.zip;C0000000;1A2B', { name: 'camera.zip', address: 0xc000_0000, length: 0x1a2b }],
    ['local:///fake.xml;10000;3e67', { name: 'fake.xml', address: 0x1_0000, length: 0x3e67 }],
    ['Local:a.xml;0x10;0x20?SchemaVersion=1.1.0', { name: 'a.xml', address: 0x10, length: 0x20 }],
    ['http://camera/a.xml', undefined],
    ['Local:a.xml;10', undefined],
    ['Local:a.xml;10;ffffffff', undefined],
    ['Local:a.xml;10;0', undefined],
    ['', undefined],
  ])('%s', (url, place) => {
    expect(parseLocalUrl(url)).toEqual(place);
  });
});
