import * as tls from 'node:tls';
import { readAuthorities, readClientCertificate } from './certificateFiles';
import type { NetworkSettings } from './networkSettings';

export interface TlsMaterial {
  /** For identity servers: whom to believe, and our own certificate. */
  readonly servers: tls.SecureContext;
  /** For the proxy: whom to believe. Our certificate is none of its business. */
  readonly proxy: tls.SecureContext;
}

/**
 * Whom the explicit client believes: Node's list, what `NODE_EXTRA_CA_CERTS` adds, the system's store, and the person's
 * own file. Built once for all connections: parsing some hundred certificates takes tens of milliseconds.
 *
 * @param signal ends the waiting for the person's files
 * @throws {CertificateFileError}
 */
export async function tlsMaterial(
  settings: NetworkSettings,
  passphrase: () => Promise<string | undefined>,
  signal?: AbortSignal,
): Promise<TlsMaterial> {
  const { caFile, clientCertificate, systemCertificates } = settings;
  const ca = [
    ...knownAuthorities('default'),
    ...(systemCertificates ? knownAuthorities('system') : []),
    ...(caFile === '' ? [] : await readAuthorities(caFile, signal)),
  ];
  const proxy = tls.createSecureContext({ ca });
  if (clientCertificate === undefined) {
    return { servers: proxy, proxy };
  }
  const client = await readClientCertificate(clientCertificate, passphrase, signal);
  return { servers: tls.createSecureContext({ ca, ...client }), proxy };
}

/** `getCACertificates` came with Node 22.15, which every VS Code we run in has; the plain tests also run on Node 20. */
function knownAuthorities(store: 'default' | 'system'): readonly string[] {
  const { getCACertificates } = tls as { getCACertificates?: (type: string) => string[] };
  return getCACertificates?.(store) ?? (store === 'default' ? tls.rootCertificates : []);
}
