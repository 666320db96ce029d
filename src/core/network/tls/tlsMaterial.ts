import * as tls from 'node:tls';
import { readAuthorities, readClientCertificate } from './certificateFiles';
import type { NetworkSettings } from '../networkSettings';

export interface TlsMaterial {
  /** For identity servers: trusted authorities, and the user's client certificate. */
  readonly servers: tls.SecureContext;
  /** For the proxy: trusted authorities, without the client certificate. */
  readonly proxy: tls.SecureContext;
}

/** How the explicit client verifies certificates. */
export interface Trust {
  readonly material: TlsMaterial;
  readonly proxyStrictSSL: boolean;
}

/**
 * The authorities that the explicit client trusts: Node's list, those that `NODE_EXTRA_CA_CERTS` adds, the system's store
 * and the user's own file. Built once for all connections: parsing a few hundred certificates takes tens of milliseconds.
 *
 * @param signal ends the wait for the user's files
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

/** `getCACertificates` exists since Node 22.15, so in every supported VS Code; the unit tests also run on Node 20. */
function knownAuthorities(store: 'default' | 'system'): readonly string[] {
  const { getCACertificates } = tls as { getCACertificates?: (type: string) => string[] };
  return getCACertificates?.(store) ?? (store === 'default' ? tls.rootCertificates : []);
}
