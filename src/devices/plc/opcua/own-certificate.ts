import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OPCUAClientOptions } from 'node-opcua-client';
import type { DeviceLog } from '#devices/log.ts';

/** Equal to the subject alternative name of the certificate, or a server refuses it (OPC 10000-4, 7.37). */
export const APPLICATION_URI = 'urn:linewright:workstation';

const CERTIFICATE_FILE = 'workstation-certificate.pem';
const KEY_FILE = 'workstation-key.pem';
const YEARS = 10;

/** The workstation's certificate and key, in the form the OPC UA library takes them. */
export type OwnCertificate = NonNullable<OPCUAClientOptions['certificateKeyPairProvider']>;

/** Makes a new pair as PEM texts: the library's business, since Node can read certificates but not write them. */
export type MakePair = () => Promise<{ readonly certificate: string; readonly key: string }>;

/** Reads the pair from the folder; makes and keeps one when there is none, or none that can be used. */
export async function ownCertificate(folder: string, make: MakePair, log: DeviceLog): Promise<OwnCertificate> {
  const kept = await readPair(folder);
  const usable = kept && usablePair(kept);
  if (kept !== undefined && usable === undefined)
    log.warn('opcua.certificate-unusable', { detail: 'a new one is made; a PLC that knew the old one must trust it' });
  return usable ?? openPair(await keepPair(folder, await make()));
}

type Pair = Awaited<ReturnType<MakePair>>;

/** undefined when it is no pair: torn by a power cut, or a key of another certificate. */
function usablePair(pair: Pair): OwnCertificate | undefined {
  try {
    return openPair(pair);
  } catch {
    return undefined;
  }
}

/** Throws when a text cannot be read, or when they do not belong together. */
function openPair({ certificate: text, key }: Pair): OwnCertificate {
  const certificate = new X509Certificate(text);
  const hidden = createPrivateKey(key);
  if (!certificate.checkPrivateKey(hidden)) throw new Error('the key belongs to another certificate');
  const der = certificate.raw;
  const privateKey = { hidden };
  return {
    getCertificate: () => der,
    getCertificateChain: () => [der],
    getPrivateKey: () => privateKey,
  };
}

async function readPair(folder: string): Promise<Pair | undefined> {
  try {
    const [certificate, key] = await Promise.all([
      readFile(join(folder, CERTIFICATE_FILE), 'utf8'),
      readFile(join(folder, KEY_FILE), 'utf8'),
    ]);
    return { certificate, key };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The key first: a certificate without its key would be read as a pair. */
async function keepPair(folder: string, pair: Pair): Promise<Pair> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const [name, text] of [[KEY_FILE, pair.key] as const, [CERTIFICATE_FILE, pair.certificate] as const]) {
    const draft = join(folder, `${name}.tmp`);
    // `flush`: a name that outlives a power cut must not name an empty file.
    await writeFile(draft, text, { mode: 0o600, flush: true });
    await rename(draft, join(folder, name));
  }
  return pair;
}

/** A pair made by the library: RSA 2048, self-signed, ten years. */
export function pairMaker({
  crypto_utils: crypto,
}: Pick<typeof import('node-opcua-client'), 'crypto_utils'>): MakePair {
  return async () => {
    const { privateKey } = await crypto.generateKeyPair(2048);
    const { cert } = await crypto.createSelfSignedCertificate({
      privateKey,
      applicationUri: APPLICATION_URI,
      subject: 'CN=Linewright workstation',
      dns: ['localhost'],
      notBefore: new Date(),
      validity: 365 * YEARS,
      purpose: crypto.CertificatePurpose.ForApplication,
    });
    return { certificate: cert, key: (await crypto.privateKeyToPEM(privateKey)).privPem };
  };
}
