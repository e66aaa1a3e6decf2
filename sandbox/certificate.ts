import { generate } from 'selfsigned';

/** PEMs of a certificate for the sandbox's hosts, and of the authority that signed it. */
export type Certificate = {
  /** What a browser has to trust. */
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
};

const dayMs = 86_400_000;
const names = ['*.fogbugz.com', 'fogbugz.com', '*.manuscript.com', 'manuscript.com', 'localhost'];

/**
 * Makes an authority and a certificate signed by it, for FogBugz's own names and further ones. They are two, because
 * Firefox takes no authority's certificate for a server's (MOZILLA_PKIX_ERROR_CA_CERT_USED_AS_END_ENTITY).
 */
export async function makeCertificate(hosts: readonly string[] = []): Promise<Certificate> {
  const validity = {
    keyType: 'ec',
    algorithm: 'sha256',
    // A day back, because a virtual machine's clock may lag behind.
    notBeforeDate: new Date(Date.now() - dayMs),
    notAfterDate: new Date(Date.now() + 90 * dayMs),
  } as const;
  const authority = await generate([{ name: 'commonName', value: 'FogBugz sandbox authority' }], {
    ...validity,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const leaf = await generate([{ name: 'commonName', value: 'fogbugz.com' }], {
    ...validity,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...[...names, ...hosts].map(value => ({ type: 2, value }) as const),
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { authority: authority.cert, certificate: leaf.cert, key: leaf.private };
}
