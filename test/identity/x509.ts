import { type KeyObject, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export interface CertificateOptions {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  /** Of the issuer. */
  readonly signingKey: KeyObject;
  readonly notBefore: Date;
  /** A text is written unchanged and need not be a date. */
  readonly notAfter: Date | string;
  readonly names?: readonly string[];
  /** IPv4 addresses. */
  readonly addresses?: readonly string[];
  readonly isAuthority?: boolean;
}

const ecdsaWithSha256 = '06082a8648ce3d040302';

export function newKeyPair(): KeyPair {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

/** A certificate as PEM, from the few pieces of DER (X.690) and X.509 (RFC 5280) that tests need. */
export function makeCertificate(options: CertificateOptions): string {
  const { subject, issuer, publicKey, signingKey, notBefore, notAfter, names = [], addresses = [] } = options;
  const algorithm = sequence(hex(ecdsaWithSha256));
  const extensions = [
    ...(names.length + addresses.length > 0 ? [alternativeNames(names, addresses)] : []),
    ...(options.isAuthority === true ? [basicConstraints()] : []),
  ];
  const unsigned = sequence(
    tag(0xa0, hex('020102')),
    tag(0x02, Buffer.from([1, ...randomBytes(8)])),
    algorithm,
    commonName(issuer),
    sequence(time(notBefore), time(notAfter)),
    commonName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length > 0 ? [tag(0xa3, sequence(...extensions))] : []),
  );
  const signature = sign('sha256', unsigned, signingKey);
  return pem(sequence(unsigned, algorithm, tag(0x03, Buffer.concat([hex('00'), signature]))));
}

function tag(type: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const size = body.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([type, ...length]), body]);
}

function sequence(...content: Buffer[]): Buffer {
  return tag(0x30, ...content);
}

function commonName(name: string): Buffer {
  return sequence(tag(0x31, sequence(hex('0603550403'), tag(0x0c, Buffer.from(name)))));
}

function time(date: Date | string): Buffer {
  const text = typeof date === 'string' ? date : date.toISOString().replace(/\.\d+|[-:T]/g, '');
  return tag(0x18, Buffer.from(text));
}

function alternativeNames(names: readonly string[], addresses: readonly string[]): Buffer {
  const all = [
    ...names.map((name) => tag(0x82, Buffer.from(name))),
    ...addresses.map((address) => tag(0x87, Buffer.from(address.split('.').map(Number)))),
  ];
  return sequence(hex('0603551d11'), tag(0x04, sequence(...all)));
}

function basicConstraints(): Buffer {
  return sequence(hex('0603551d13'), hex('0101ff'), tag(0x04, sequence(hex('0101ff'))));
}

function hex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
