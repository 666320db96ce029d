import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { TransportFailure } from '../../oauth/httpClient';
import type { ClientCertificateFiles } from '../networkSettings';

/** A file from the settings cannot be used. */
export class CertificateFileError extends Error {
  override readonly name = 'ReltioCertificateFileError';

  constructor(readonly failure: TransportFailure) {
    super(failure.code);
  }
}

/** Larger than a bundle of all public authorities (bytes). */
const maxFileSize = 10 * 1024 * 1024;

/** With the names that OpenSSL also knows: `ca-bundle.trust.crt` of Red Hat and Fedora has the first of them. */
const pemCertificate = /-----BEGIN ((?:TRUSTED |X509 )?CERTIFICATE)-----[^]+?-----END \1-----/g;

/**
 * The certificates in a PEM or DER file, as PEM.
 *
 * @param signal ends the wait for a file system that does not respond
 * @throws {CertificateFileError}
 */
export async function readAuthorities(path: string, signal?: AbortSignal): Promise<readonly string[]> {
  const bytes = await read(path, 'caFile', signal);
  try {
    const pem = bytes.toString('latin1').match(pemCertificate);
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

/**
 * @param passphrase called only if the key is encrypted
 */
export async function readClientCertificate(
  files: ClientCertificateFiles,
  passphrase: () => Promise<string | undefined>,
  signal?: AbortSignal,
): Promise<ClientCertificate> {
  const cert = (await read(files.cert, 'clientCertificate', signal)).toString('latin1');
  const key = (await read(files.key, 'clientCertificate', signal)).toString('latin1');
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
export async function readKey(path: string, signal?: AbortSignal): Promise<string> {
  return (await read(path, 'clientCertificate', signal)).toString('latin1');
}

/** Whether a key can be used. `locked`: the passphrase is missing or wrong. */
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

type FileSetting = 'caFile' | 'clientCertificate';

async function read(path: string, code: FileSetting, signal: AbortSignal | undefined): Promise<Buffer> {
  const full = path.replace(/^~(?=[\\/]|$)/, homedir());
  if (!isAbsolute(full)) {
    throw unusable(code, path === '' ? 'NOT_SET' : 'NOT_ABSOLUTE');
  }
  try {
    const reading = content(join(full), code);
    return await (signal === undefined ? reading : Promise.race([reading, timeout(signal, code)]));
  } catch (error) {
    if (error instanceof CertificateFileError) {
      throw error;
    }
    throw unusable(code, error instanceof Error && 'code' in error ? String(error.code) : 'UNREADABLE');
  }
}

/**
 * Reads only regular files: reading a pipe would block one of the extension host's four file-access threads for ever.
 */
async function content(path: string, code: FileSetting): Promise<Buffer> {
  const file = await stat(path);
  if (!file.isFile()) {
    throw unusable(code, 'NOT_A_FILE');
  }
  if (file.size > maxFileSize) {
    throw unusable(code, 'TOO_LARGE');
  }
  return await readFile(path);
}

function timeout(signal: AbortSignal, code: FileSetting): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (): void => {
      reject(unusable(code, 'ETIMEDOUT'));
    };
    if (signal.aborted) {
      fail();
    }
    signal.addEventListener('abort', fail, { once: true });
  });
}

function unusable(code: FileSetting, nodeCode: string): CertificateFileError {
  return new CertificateFileError({ kind: 'failure', code, nodeCode });
}
