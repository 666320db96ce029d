/** The network settings: ours, and VS Code's own under `http.`. */
export interface NetworkSettings {
  /** `reltioAuth.network.proxy`; empty for none. */
  readonly ownProxy: string;
  /** `reltioAuth.network.caFile`; empty for none. */
  readonly caFile: string;
  readonly clientCertificate: ClientCertificateFiles | undefined;
  /** `http.proxy`; empty where VS Code uses the proxy of the environment or the system. */
  readonly proxy: string;
  /** `http.proxyAuthorization`: a whole header, such as `Basic …`. */
  readonly proxyAuthorization: string;
  /** `http.proxySupport` is not `off`. */
  readonly proxySupport: boolean;
  /** Where this is off, the TLS connection to the proxy, and no other, is not verified. */
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

/**
 * Reads the settings by their full names. A value of the wrong type counts as not set. Half a `clientCertificate` is kept,
 * so that the connection fails with a message instead of going without a certificate.
 */
export function networkSettings(read: (name: string) => unknown): NetworkSettings {
  const text = (name: string): string => asText(read(name));
  const isOn = (name: string): boolean => read(name) !== false;
  const noProxy = read('http.noProxy');
  return {
    ownProxy: text('reltioAuth.network.proxy'),
    caFile: text('reltioAuth.network.caFile'),
    clientCertificate: clientCertificateFiles(read('reltioAuth.network.clientCertificate')),
    proxy: text('http.proxy'),
    proxyAuthorization: text('http.proxyAuthorization'),
    proxySupport: read('http.proxySupport') !== 'off',
    proxyStrictSSL: isOn('http.proxyStrictSSL'),
    noProxy: Array.isArray(noProxy) ? noProxy.map(asText).filter((entry) => entry !== '') : [],
    fetchAdditionalSupport: isOn('http.fetchAdditionalSupport'),
    systemCertificates: isOn('http.systemCertificates'),
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
