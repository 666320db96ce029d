import { type KeyObject, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const ecdsaWithSha256 = '06082a8648ce3d040302';

/**
 * A key and a self-signed certificate for 127.0.0.1 and localhost, as PEM: for `options.tls`, and for the `ca` of a
 * caller that shall trust it. Good for a day around now unless `notAfter` tells another end.
 */
export function selfSignedCertificate(notAfter = new Date(Date.now() + 86_400_000)): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(tag(0x31, sequence(hex('0603550403'), tag(0x0c, Buffer.from('127.0.0.1')))));
  const algorithm = sequence(hex(ecdsaWithSha256));
  const unsigned = sequence(
    tag(0xa0, hex('020102')),
    tag(0x02, Buffer.from([1, ...randomBytes(8)])),
    algorithm,
    name,
    sequence(time(new Date(notAfter.getTime() - 2 * 86_400_000)), time(notAfter)),
    name,
    spki(publicKey),
    tag(0xa3, sequence(subjectAltName(), isAuthority())),
  );
  const signature = sign('sha256', unsigned, privateKey);
  const certificate = sequence(unsigned, algorithm, tag(0x03, Buffer.concat([hex('00'), signature])));
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: pem(certificate) };
}

// The few pieces of DER (X.690) and X.509 (RFC 5280) that such a certificate needs.
function tag(type: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const size = body.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([type, ...length]), body]);
}

function sequence(...content: Buffer[]): Buffer {
  return tag(0x30, ...content);
}

function time(date: Date): Buffer {
  return tag(0x18, Buffer.from(date.toISOString().replace(/\.\d+|[-:T]/g, '')));
}

function subjectAltName(): Buffer {
  const names = sequence(tag(0x82, Buffer.from('localhost')), tag(0x87, Buffer.from([127, 0, 0, 1])));
  return sequence(hex('0603551d11'), tag(0x04, names));
}

function isAuthority(): Buffer {
  return sequence(hex('0603551d13'), hex('0101ff'), tag(0x04, sequence(hex('0101ff'))));
}

function spki(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' });
}

function hex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
