import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadLine, refuseProduction } from '#main/load-line.ts';

const shipped = join(import.meta.dirname, '../../resources/lines/training.json');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'line-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function written(text: string): string {
  const file = join(folder, 'line.json');
  writeFileSync(file, text);
  return file;
}

it('reads the training line that ships with the product', () => {
  const line = loadLine(shipped);
  expect([line.line, line.mode, line.devices.map(({ id, driver }) => `${id} ${driver}`)]).toEqual([
    'LINE-1',
    'TRAINING',
    ['printer-1 leibinger-jet', 'reader-1 cognex-dataman', 'plc-1 opcua-station'],
  ]);
  refuseProduction(shipped, line);
});

it('names the file that is not there', () => {
  const file = join(folder, 'none.json');
  expect(() => loadLine(file)).toThrow(`The line file ${file} cannot be read`);
});

it('names the file that is not JSON', () => {
  expect(() => loadLine(written('{'))).toThrow('is not JSON');
});

it('names each field that is wrong', () => {
  const line = { ...loadLine(shipped), mode: 'REHEARSAL', colour: 'red' };
  expect(() => loadLine(written(JSON.stringify(line)))).toThrow(/mode: [\s\S]*colour/);
});

it('refuses two devices with one id', () => {
  const line = loadLine(shipped);
  const devices = line.devices.map((device) => ({ ...device, id: 'twin' }));
  expect(() => loadLine(written(JSON.stringify({ ...line, devices })))).toThrow('two devices "twin"');
});

it('refuses a production line while nobody can sign in', () => {
  const line = loadLine(shipped);
  expect(() => refuseProduction('x.json', { ...line, mode: 'PRODUCTION' })).toThrow('no sign-in with passwords');
});
