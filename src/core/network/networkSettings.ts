/** The network settings: ours, and VS Code's own under `http.`. */
export interface NetworkSettings {
  /** `reltioAuth.network.proxy`; empty for none. */
  readonly ownProxy: string;
  /** `reltioAuth.network.caFile`; empty for none. */
  readonly caFile: string;
  readonly clientCertificate: ClientCertificateFiles | undefined;
  /** `http.proxy`; empty if VS Code uses the proxy of the environment or the system. */
  readonly proxy: string;
  /** `http.proxyAuthorization`: a whole header, such as `Basic …`. */
  readonly proxyAuthorization: string;
  /** `http.proxySupport` is not `off`. */
  readonly proxySupport: boolean;
  /** If this is off, only the TLS connection to the proxy is not verified. */
  readonly proxyStrictSSL: boolean;
  readonly noProxy: readonly string[];
  /** `http.fetchAdditionalSupport`: without it the host's `fetch` uses no proxy and no system certificates. */
  readonly fetchAdditionalSupport: boolean;
  readonly systemCertificates: boolean;
}

/** Paths of PEM files. */
export interface ClientCertificateFiles {
  readonly cert: string;
  readonly key: string;
}

export const defaultNetworkSettings: NetworkSettings = {
  ownProxy: '',
  caFile: '',
  clientCertificate: undefined,
  proxy: '',
  proxyAuthorization: '',
  proxySupport: true,
  proxyStrictSSL: true,
  noProxy: [],
  fetchAdditionalSupport: true,
  systemCertificates: true,
};

/** The values of our own settings below `reltioAuth.network`. */
export interface OwnNetworkSettings {
  readonly proxy: unknown;
  readonly caFile: unknown;
  readonly clientCertificate: unknown;
}

/**
 * A value of the wrong type counts as not set. Half a `clientCertificate` is kept, so that the connection fails with a
 * message instead of going without a certificate.
 *
 * @param http reads a setting of VS Code by its name below `http`
 */
export function networkSettings(own: OwnNetworkSettings, http: (name: string) => unknown): NetworkSettings {
  const isOn = (name: string): boolean => http(name) !== false;
  const noProxy = http('noProxy');
  return {
    ownProxy: asText(own.proxy),
    caFile: asText(own.caFile),
    clientCertificate: clientCertificateFiles(own.clientCertificate),
    proxy: asText(http('proxy')),
    proxyAuthorization: asText(http('proxyAuthorization')),
    proxySupport: http('proxySupport') !== 'off',
    proxyStrictSSL: isOn('proxyStrictSSL'),
    noProxy: Array.isArray(noProxy) ? noProxy.map(asText).filter((entry) => entry !== '') : [],
    fetchAdditionalSupport: isOn('fetchAdditionalSupport'),
    systemCertificates: isOn('systemCertificates'),
  };
}

function clientCertificateFiles(value: unknown): ClientCertificateFiles | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const { cert, key } = value as Record<string, unknown>;
  const files = { cert: asText(cert), key: asText(key) };
  return files.cert === '' && files.key === '' ? undefined : files;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
