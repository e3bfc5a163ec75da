import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crypto_utils } from 'node-opcua-client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ownCertificate, pairMaker } from '#devices/plc/opcua/own-certificate.ts';

const CERTIFICATE = 'workstation-certificate.pem';
const KEY = 'workstation-key.pem';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pki-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The certificate of a start, and what the log said of it. */
async function atStart(pki = folder) {
  const said: string[] = [];
  const note = (event: string): void => void said.push(event);
  const own = await ownCertificate(pki, pairMaker({ crypto_utils }), { info: note, warn: note });
  return { der: own.getCertificate(), said };
}

it('is made once, kept, and left behind as it was without a draft', async () => {
  const first = await atStart();
  const second = await atStart();
  expect(second.der).toEqual(first.der);
  expect([...first.said, ...second.said]).toEqual([]);
  expect(readdirSync(folder).sort()).toEqual([CERTIFICATE, KEY]);
});

it.each([
  ['an empty certificate', () => truncateSync(join(folder, CERTIFICATE))],
  ['an empty key', () => truncateSync(join(folder, KEY))],
  ['a torn key', () => truncateSync(join(folder, KEY), 400)],
  ['another text', () => writeFileSync(join(folder, CERTIFICATE), 'none')],
])(
  'a power cut that left %s does not keep the PLC away for ever: a new pair is made, and said so',
  async (_, spoil) => {
    const first = await atStart();
    spoil();
    const second = await atStart();
    expect(second.der).not.toEqual(first.der);
    expect(second.said).toEqual(['opcua.certificate-unusable']);
    expect(await atStart()).toEqual({ der: second.der, said: [] });
  },
);

it('a key of another certificate is no pair', async () => {
  const elsewhere = join(folder, 'elsewhere');
  await Promise.all([atStart(), atStart(elsewhere)]);
  writeFileSync(join(folder, KEY), readFileSync(join(elsewhere, KEY)));
  expect((await atStart()).said).toEqual(['opcua.certificate-unusable']);
});
