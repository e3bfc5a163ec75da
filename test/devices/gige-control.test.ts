import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { type ControlChannel, openControl } from '#devices/camera/gige/control/channel.ts';
import { memoryPort, readDescriptionText } from '#devices/camera/gige/control/description-source.ts';
import { agreePacketSize } from '#devices/camera/gige/control/packet-size.ts';

/** What a scripted camera does with one command: the datagrams it answers. */
type Script = (command: { readonly code: number; readonly id: number; readonly payload: Buffer }) => readonly Buffer[];

const open: { close(): void }[] = [];
afterEach(() => {
  for (const it of open.splice(0)) it.close();
});

function answer(code: number, id: number, payload: Buffer, status = 0): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16BE(status, 0);
  head.writeUInt16BE(code, 2);
  head.writeUInt16BE(payload.length, 4);
  head.writeUInt16BE(id, 6);
  return Buffer.concat([head, payload]);
}

const word = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};

async function camera(script: Script): Promise<{ control: ControlChannel; heard: Buffer[]; socket: Socket }> {
  const heard: Buffer[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (bytes: Buffer, from: RemoteInfo) => {
    heard.push(bytes);
    const command = { code: bytes.readUInt16BE(2), id: bytes.readUInt16BE(6), payload: bytes.subarray(8) };
    for (const reply of script(command)) socket.send(reply, from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  open.push({ close: () => socket.close() });
  const control = await openControl({ host: '127.0.0.1', port: socket.address().port });
  open.push(control);
  return { control, heard, socket };
}

describe('the control channel', () => {
  it('repeats a command that is not answered, under the same id, and takes the late answer', async () => {
    let times = 0;
    const { control, heard } = await camera(({ id }) => (++times < 3 ? [] : [answer(0x81, id, word(42))]));
    expect(await control.readRegister(0x938)).toBe(42);
    expect(heard.map((bytes) => bytes.toString('hex'))).toEqual(Array(3).fill('420100800004000100000938'));
  });

  it('says that nobody answers after three attempts', async () => {
    const { control, heard } = await camera(() => []);
    await expect(control.readRegister(0)).rejects.toThrow('the camera did not answer to readRegister in 3 attempts');
    expect(heard).toHaveLength(3);
  });

  it('waits as long as the camera asks for, without repeating', async () => {
    const { control, heard, socket } = await camera(({ id }) => {
      setTimeout(() => socket.send(answer(0x83, id, word(1)), Number(peer?.port), '127.0.0.1'), 450);
      return [answer(0x89, id, word(5_000))];
    });
    let peer: RemoteInfo | undefined;
    socket.on('message', (_bytes, from) => {
      peer = from;
    });
    await control.writeRegister({ address: 0xa00, value: 2 });
    expect(heard).toHaveLength(1);
  });

  it('says in a sentence what the camera refuses', async () => {
    const { control } = await camera(({ code, id }) => [answer(code + 1, id, Buffer.alloc(0), 0x8006)]);
    await expect(control.writeRegister({ address: 0xa00, value: 2 })).rejects.toMatchObject({
      message: 'another application controls this camera',
      status: 0x8006,
    });
  });

  it('takes no answer to another question for this one, nor noise, nor an answer of the wrong length', async () => {
    const { control } = await camera(({ code, id }) => [
      Buffer.from('noise'),
      answer(code + 1, id + 1, word(1)),
      answer(0x85, id, word(2)),
      answer(code + 1, id, word(3)),
    ]);
    expect(await control.readRegister(0)).toBe(3);
    const { control: short } = await camera(({ code, id }) => [answer(code + 1, id, Buffer.alloc(2))]);
    await expect(short.readRegister(0x934)).rejects.toThrow('is not what was asked for');
  });

  it('asks one question at a time, and 0 is never an id', async () => {
    const { control, heard } = await camera(({ code, id }) => [answer(code + 1, id, word(id))]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => control.readRegister(4)));
    expect(answers).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(new Set(heard.map((bytes) => bytes.readUInt16BE(6))).size).toBe(20);
  });

  it('rejects what is under way when it is closed', async () => {
    const { control } = await camera(() => []);
    const reading = control.readRegister(0);
    control.close();
    await expect(reading).rejects.toThrow('the connection to the camera was closed');
    await expect(control.readRegister(0)).rejects.toThrow('the connection to the camera was closed');
  });
});

/** A camera that is nothing but memory. */
function remembering(memory: Buffer): Script {
  return ({ code, id, payload }) => {
    const at = payload.readUInt32BE(0);
    if (code === 0x80) return [answer(0x81, id, memory.subarray(at, at + 4))];
    if (code === 0x82) {
      payload.copy(memory, at, 4, 8);
      return [answer(0x83, id, word(1))];
    }
    if (code === 0x86) {
      payload.copy(memory, at, 4);
      return [answer(0x87, id, word(payload.length - 4))];
    }
    return [answer(0x85, id, Buffer.concat([word(at), memory.subarray(at, at + payload.readUInt16BE(6))]))];
  };
}

describe("a camera's memory", () => {
  it('is read and written in fours, whatever is asked for', async () => {
    const memory = Buffer.from(Array.from({ length: 4_096 }, (_, i) => i & 0xff));
    const { control } = await camera(remembering(memory));
    const port = memoryPort(control);
    expect(await port.read(0x101, 6)).toEqual(memory.subarray(0x101, 0x107));
    expect(await port.read(0x104, 4)).toEqual(memory.subarray(0x104, 0x108));
    expect(await port.read(3, 1_500)).toEqual(memory.subarray(3, 1_503));
    const before = Buffer.from(memory);
    await port.write(0x102, Buffer.from('abc'));
    await port.write(0x200, Buffer.alloc(1_200, 9));
    before.write('abc', 0x102);
    before.fill(9, 0x200, 0x200 + 1_200);
    expect(memory).toEqual(before);
  });

  it('holds its description where the first address says, or the second', async () => {
    const memory = Buffer.alloc(4_096);
    memory.write('File:camera.xml', 0x200);
    memory.write('Local:camera.xml;800;7', 0x400);
    memory.write('<x>é</', 0x800);
    const { control } = await camera(remembering(memory));
    expect(await readDescriptionText(control)).toBe('<x>é</');
    memory.fill(0, 0x400, 0x600);
    await expect(readDescriptionText(control)).rejects.toThrow(
      'the camera keeps its description elsewhere: File:camera.xml',
    );
    memory.write('Local:camera.zip;800;7', 0x200);
    await expect(readDescriptionText(control)).rejects.toThrow("the camera's description camera.zip is a damaged zip");
  });
});

describe('the packet size', () => {
  it('is the largest whose test packet comes through', async () => {
    const memory = Buffer.alloc(4_096);
    const { control } = await camera(remembering(memory));
    const lengths: number[] = [];
    const comes = (limit: number) => ({
      arrives: async (length: number) => {
        lengths.push(length);
        return length <= limit;
      },
    });
    expect(await agreePacketSize(control, comes(9_000), undefined)).toBe(9_000);
    expect(await agreePacketSize(control, comes(5_000), undefined)).toBe(4_000);
    expect(await agreePacketSize(control, comes(100), undefined)).toBe(1_500);
    expect(await agreePacketSize(control, comes(100), 1_400)).toBe(1_400);
    expect(lengths).toEqual([8_972, 8_972, 3_972, 8_972, 3_972]);
  });

  it('that the camera does not take is said with both values', async () => {
    const { control } = await camera(({ code, id }) => [answer(code + 1, id, code === 0x80 ? word(16) : word(1))]);
    const size = agreePacketSize(control, { arrives: async () => false }, 1_400);
    await expect(size).rejects.toThrow('the packet size was set to 1400, and the camera reads back 16');
  });
});
