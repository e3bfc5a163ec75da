import { X509Certificate } from 'node:crypto';
import type { OPCUAClientOptions, StatusCode } from 'node-opcua-client';

/** What the library asks about a server's certificate. */
export type Trust = NonNullable<OPCUAClientOptions['clientCertificateManager']>;

type Shown = Buffer | Buffer[];

/** The one certificate a device may show. Throws when the text is none. */
export function parseCertificate(text: string): Buffer {
  const source = text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64');
  try {
    return new X509Certificate(source).raw;
  } catch (cause) {
    throw new Error('the certificate given for the device is not readable', { cause });
  }
}

/** Trusts exactly one certificate, byte for byte. Nothing is ever accepted, added or learnt (devices.md §5.3). */
export function trustOnly(
  trusted: Buffer,
  { Good, BadCertificateUntrusted }: { readonly Good: StatusCode; readonly BadCertificateUntrusted: StatusCode },
): Trust {
  const judge = (shown: Shown): StatusCode => {
    const first = Array.isArray(shown) ? shown[0] : shown;
    return first !== undefined && trusted.equals(first) ? Good : BadCertificateUntrusted;
  };
  const unchanged = async (): Promise<void> => {};
  return {
    referenceCounter: 0,
    initialize: unchanged,
    dispose: unchanged,
    checkCertificate: async (shown: Shown) => judge(shown),
    verifyCertificate: async (shown: Shown) => judge(shown).name,
    getTrustStatus: async (shown: Shown) => judge(shown),
    trustCertificate: unchanged,
    rejectCertificate: unchanged,
    addIssuer: unchanged,
    addRevocationList: unchanged,
  };
}
