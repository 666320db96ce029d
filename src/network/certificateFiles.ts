import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { TransportFailure } from '../oauth/httpClient';
import type { ClientCertificateFiles } from './networkSettings';

/** A file that the person named and that cannot be used. */
export class CertificateFileError extends Error {
  override readonly name = 'ReltioCertificateFileError';

  constructor(readonly failure: TransportFailure) {
    super(failure.code);
  }
}

/** The certificates in a PEM or DER file, as PEM. */
export async function readAuthorities(path: string): Promise<readonly string[]> {
  const bytes = await read(path, 'caFile');
  try {
    const pem = bytes.toString('latin1').match(/-----BEGIN CERTIFICATE-----[^]+?-----END CERTIFICATE-----/g);
    return (pem ?? [bytes]).map((one) => new X509Certificate(one).toString());
  } catch {
    throw unusable('caFile', 'NOT_A_CERTIFICATE');
  }
}

export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
  readonly passphrase?: string;
}

/** @param passphrase asked for only where the key is locked */
export async function readClientCertificate(
  files: ClientCertificateFiles,
  passphrase: () => Promise<string | undefined>,
): Promise<ClientCertificate> {
  const cert = (await read(files.cert, 'clientCertificate')).toString('latin1');
  const key = (await read(files.key, 'clientCertificate')).toString('latin1');
  if (!/-----BEGIN CERTIFICATE-----/.test(cert)) {
    throw unusable('clientCertificate', 'NOT_A_CERTIFICATE');
  }
  if (openKey(key) === 'opened') {
    return { cert, key };
  }
  const entered = isLocked(key) ? await passphrase() : undefined;
  switch (openKey(key, entered)) {
    case 'opened':
      return { cert, key, ...(entered === undefined ? {} : { passphrase: entered }) };
    case 'locked':
      throw new CertificateFileError({ kind: 'failure', code: 'passphrase' });
    case 'unusable':
      throw unusable('clientCertificate', 'NOT_A_KEY');
  }
}

/** @throws {CertificateFileError} */
export async function readKey(path: string): Promise<string> {
  return (await read(path, 'clientCertificate')).toString('latin1');
}

/** Whether a key can be used: `locked` where the passphrase is missing or wrong. */
export function openKey(pem: string, passphrase?: string): 'opened' | 'locked' | 'unusable' {
  try {
    createPrivateKey({ key: pem, ...(passphrase === undefined ? {} : { passphrase }) });
    return 'opened';
  } catch {
    return isLocked(pem) ? 'locked' : 'unusable';
  }
}

function isLocked(pem: string): boolean {
  return /-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(pem);
}

async function read(path: string, code: 'caFile' | 'clientCertificate'): Promise<Buffer> {
  const full = path.replace(/^~(?=[\\/]|$)/, homedir());
  if (!isAbsolute(full)) {
    throw unusable(code, path === '' ? 'NOT_SET' : 'NOT_ABSOLUTE');
  }
  try {
    return await readFile(join(full));
  } catch (error) {
    throw unusable(code, error instanceof Error && 'code' in error ? String(error.code) : 'UNREADABLE');
  }
}

function unusable(code: 'caFile' | 'clientCertificate', nodeCode: string): CertificateFileError {
  return new CertificateFileError({ kind: 'failure', code, nodeCode });
}
