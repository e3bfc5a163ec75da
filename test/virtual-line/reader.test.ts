import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Act, Emulator, OpticalFault, PictureWay } from '#virtual-line/messages.ts';
import { FLAWLESS } from '#virtual-line/print-defects.ts';
import { createReader } from '#virtual-line/reader/emulator.ts';
import { SETTINGS } from './emulator-settings.ts';
import { openRaw, type RawLine, until } from './stranger.ts';

const CONTENT = '010952012345678821AB12\u001d172811221012345678';
let reader: Emulator;
let raw: RawLine;
let port: number;
let acts: Act[];

beforeEach(async () => {
  acts = [];
  reader = createReader((more) => acts.push(...more));
  const reply = await reader.answer({ ask: 'start', settings: SETTINGS });
  port = reply.listening?.port ?? 0;
  raw = await openRaw({ host: '127.0.0.1', port });
});

afterEach(async () => {
  raw.socket.destroy();
  await reader.close();
});

async function command(line: string): Promise<string> {
  raw.text = '';
  raw.send(`${line}\r\n`);
  await until(`an answer to ${line}`, () => raw.text.endsWith('\r\n'));
  return raw.text.slice(0, -2);
}

const expose = (content = CONTENT, quality = 3.6, extras = false, way: PictureWay = 'sent'): void =>
  reader.hear({ tell: 'expose', item: 1, content, quality, print: FLAWLESS, over: '', extras, way });

async function results(count: number): Promise<readonly string[]> {
  const lines = () => raw.text.split('\r\n').filter((line) => line.includes('<result'));
  await until(`${count} results`, () => lines().length >= count);
  return lines();
}

async function arm(): Promise<void> {
  await command('||>SET COM.DMCC-RESPONSE 1');
  await command('||>TRIGGER ON');
  raw.text = '';
}

describe('the emulated reader', () => {
  it('is silent until it is asked for responses', async () => {
    raw.send('||>GET DEVICE.NAME\r\n||>TRIGGER ON\r\n');
    expect(await command('||0:7>SET COM.DMCC-RESPONSE 1')).toBe('||0:7[0]');
  });

  it.each([
    ['||0:17>GET DEVICE.NAME', '||0:17[0]Virtual line reader'],
    ['||>get device.type', '||0:0[0]DM-VIRTUAL'],
    ['||>GET DEVICE.SERIAL-NUMBER', '||0:0[0]VL0000001'],
    ['||>SET SYMBOL.DATAMATRIX ON', '||0:0[0]'],
    ['||>SET SYMBOL.DATAMATRIX MAYBE', '||0:0[102]'],
    ['||>TRIGGER ON', '||0:0[0]'],
    ['||>TRIGGER OFF', '||0:0[0]'],
    ['||>IMAGE.SEND', '||0:0[101]'],
    ['||>GET DEVICE.COLOUR', '||0:0[101]'],
    ['||1:3>GET DEVICE.NAME?', '||1:3[103]'],
  ])('answers %s', async (line, answer) => {
    await command('||>SET COM.DMCC-RESPONSE 1');
    expect((await command(line)).slice(0, answer.length)).toBe(answer);
  });

  it('checks and gives a checksum where the client uses one', async () => {
    await command('||>SET COM.DMCC-RESPONSE 1');
    const sum = (text: string): string => String.fromCharCode([...text].reduce((x, char) => x ^ char.charCodeAt(0), 0));
    const asked = '||1:3>GET DEVICE.TYPE';
    const answered = '||1:3[0]DM-VIRTUAL';
    expect(await command(asked + sum(asked))).toBe(answered + sum(answered));
  });

  it('understands commands that come byte by byte', async () => {
    for (const char of '||>SET COM.DMCC-RESPONSE 1\r\n||:5>GET DEVICE.TYP') raw.send(char);
    expect(await command('E')).toMatch(/\|\|0:5\[0\]DM-VIRTUAL$/);
  });

  it('tells what is printed on the item, with grade and counters', async () => {
    await arm();
    expose();
    const [line = ''] = await results(1);
    expect(line.replace(/<decode_time>\d+</, '<decode_time>12<')).toBe(
      `||0:0[1]<result id="1" image_id="1" version="1"><general><status>GOOD READ</status><full_string encoding="base64">${Buffer.from(`]d2${CONTENT}`).toString('base64')}</full_string><symbology>Data Matrix</symbology><decode_time>12</decode_time><trigger_index>1</trigger_index></general><trucheck_verificaiton_result><overall_grade>3.6</overall_grade></trucheck_verificaiton_result></result>`,
    );
  });

  it.each([
    ['a blank item', '', 4],
    ['a print nobody can read', CONTENT, -1],
  ])('reads nothing on %s', async (_what, content, quality) => {
    await arm();
    expose(content, quality);
    const [line = ''] = await results(1);
    expect(line).toContain('<status>NO READ</status><full_string encoding="base64"></full_string>');
    expect(line).not.toContain('trucheck');
  });

  it('sends nothing and counts nothing while it is not armed, and tells the line so', async () => {
    await command('||>SET COM.DMCC-RESPONSE 1');
    expose();
    await arm();
    expose();
    expect((await results(1))[0]).toContain('<trigger_index>1<');
    expect(acts).toEqual([{ act: 'armed', armed: true }]);
  });

  it('sends results to every client that asked for responses', async () => {
    await arm();
    const second = await openRaw({ host: '127.0.0.1', port });
    second.send('||>SET COM.DMCC-RESPONSE 1\r\n');
    await until('an answer', () => second.text.endsWith('\r\n'));
    expose();
    await results(1);
    await until('the second has it', () => second.text.includes('<result'));
    second.socket.destroy();
  });

  it('keeps results in the order of their triggers', async () => {
    await arm();
    for (let n = 0; n < 10; n++) expose();
    const triggers = (await results(10)).map((line) => Number(/<trigger_index>(\d+)</.exec(line)?.[1]));
    expect(triggers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('answers with the picture before while a frame is late, and says so by image_id', async () => {
    await arm();
    expose('A');
    reader.hear({ tell: 'frame-lag', active: true });
    expose('B');
    expose('C');
    reader.hear({ tell: 'frame-lag', active: false });
    expose('D');
    const seen = (await results(4)).map((line) => [
      Number(/image_id="(\d+)"/.exec(line)?.[1]),
      Number(/<trigger_index>(\d+)</.exec(line)?.[1]),
      Buffer.from(/base64">([^<]*)</.exec(line)?.[1] ?? '', 'base64').toString(),
    ]);
    expect(seen).toEqual([
      [1, 1, ']d2A'],
      [1, 2, ']d2A'],
      [2, 3, ']d2B'],
      [4, 4, ']d2D'],
    ]);
  });

  it('adds an unsolicited, a repeated and a no-read line when told to', async () => {
    await arm();
    expose(CONTENT, 3.6, true);
    const kinds = (await results(4)).map((line) => [
      /<trigger_index>(\d+)</.exec(line)?.[1],
      /<status>([^<]*)</.exec(line)?.[1],
    ]);
    expect(kinds).toEqual([
      ['1', 'GOOD READ'],
      [undefined, 'GOOD READ'],
      ['1', 'GOOD READ'],
      ['1', 'NO READ'],
    ]);
  });

  it.each<[string, OpticalFault, string]>([
    ['reads nothing without light', 'black', 'NO READ'],
    ['reads nothing through a dirty window', 'dirt', 'NO READ'],
    ['grades low what it sees out of focus', 'defocus', 'GOOD READ 0.8'],
  ])('%s', async (_does, fault, shows) => {
    await arm();
    reader.hear({ tell: 'optics', fault, active: true });
    expose();
    reader.hear({ tell: 'optics', fault, active: false });
    expose();
    const seen = (await results(2)).map((line) =>
      [/<status>([^<]*)</.exec(line)?.[1], /<overall_grade>([^<]*)</.exec(line)?.[1]].join(' ').trim(),
    );
    expect(seen).toEqual([shows, 'GOOD READ 3.6']);
  });

  it('says of each item what it saw before its sensor froze', async () => {
    await arm();
    expose('A');
    reader.hear({ tell: 'optics', fault: 'frozen', active: true });
    expose('B');
    expose('C');
    const seen = (await results(3)).map((line) =>
      Buffer.from(/base64">([^<]*)</.exec(line)?.[1] ?? '', 'base64').toString(),
    );
    expect(seen).toEqual([']d2A', ']d2A', ']d2A']);
  });

  it('counts a picture that did not come out whole, and tells nothing of it', async () => {
    await arm();
    expose('A', 3.6, false, 'incomplete');
    expose('B');
    expect((await results(1))[0]).toContain('<trigger_index>2<');
  });

  it('restarts without its settings when its power comes back', async () => {
    await arm();
    reader.hear({ tell: 'reboot', seconds: 0.05 });
    await until('the connection is reset', () => raw.isClosed);
    expect(acts.at(-1)).toEqual({ act: 'armed', armed: false });
    await until('it answers again', async () => {
      const again = await openRaw({ host: '127.0.0.1', port }).catch(() => undefined);
      if (!again) return false;
      raw = again;
      raw.send('||>SET COM.DMCC-RESPONSE 1\r\n');
      await until('an answer or a reset', () => raw.isClosed || raw.text !== '');
      return raw.text === '||0:0[0]\r\n';
    });
  });

  it('closes the connection on a line over 16384 bytes', async () => {
    raw.send('x'.repeat(20_000));
    await until('closed', () => raw.isClosed);
  });
});
