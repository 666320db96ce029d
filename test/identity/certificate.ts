import { makeCertificate, newKeyPair } from './x509';

const day = 86_400_000;

/**
 * A key and a self-signed certificate for 127.0.0.1 and localhost, as PEM: for `options.tls`, and for the `ca` of a
 * caller that should trust it. Valid from a day ago until a day from now, unless `notAfter` says otherwise.
 */
export function selfSignedCertificate(notAfter = new Date(Date.now() + day)): { key: string; cert: string } {
  const { privateKey, publicKey } = newKeyPair();
  const cert = makeCertificate({
    subject: '127.0.0.1',
    issuer: '127.0.0.1',
    publicKey,
    signingKey: privateKey,
    notBefore: new Date(notAfter.getTime() - 2 * day),
    notAfter,
    names: ['localhost'],
    addresses: ['127.0.0.1'],
    isAuthority: true,
  });
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert };
}
