import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OPCUAClientOptions } from 'node-opcua-client';

/** Equal to the subject alternative name of the certificate, or a server refuses it (OPC 10000-4, 7.37). */
export const APPLICATION_URI = 'urn:linewright:workstation';

const CERTIFICATE_FILE = 'workstation-certificate.pem';
const KEY_FILE = 'workstation-key.pem';
const YEARS = 10;

/** The workstation's certificate and key, in the form the OPC UA library takes them. */
export type OwnCertificate = NonNullable<OPCUAClientOptions['certificateKeyPairProvider']>;

/** Makes a new pair as PEM texts: the library's business, since Node can read certificates but not write them. */
export type MakePair = () => Promise<{ readonly certificate: string; readonly key: string }>;

/** Reads the pair from the folder; makes and keeps one when there is none. */
export async function ownCertificate(folder: string, make: MakePair): Promise<OwnCertificate> {
  const pair = (await readPair(folder)) ?? (await keepPair(folder, await make()));
  const der = new X509Certificate(pair.certificate).raw;
  const key = { hidden: createPrivateKey(pair.key) };
  return {
    getCertificate: () => der,
    getCertificateChain: () => [der],
    getPrivateKey: () => key,
  };
}

type Pair = Awaited<ReturnType<MakePair>>;

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
    await writeFile(draft, text, { mode: 0o600 });
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
