/** What the person set about the way to the network: ours, and VS Code's own under `http.`. */
export interface NetworkSettings {
  /** `reltioAuth.network.proxy`; empty for none. */
  readonly ownProxy: string;
  /** `reltioAuth.network.caFile`; empty for none. */
  readonly caFile: string;
  readonly clientCertificate: ClientCertificateFiles | undefined;
  /** `http.proxy`; empty where VS Code asks the environment and the system. */
  readonly proxy: string;
  /** `http.proxyAuthorization`: a whole header, such as `Basic …`. */
  readonly proxyAuthorization: string;
  /** `http.proxySupport` is not `off`. */
  readonly proxySupport: boolean;
  /** Loosens the TLS connection to the proxy, and nothing else. */
  readonly proxyStrictSSL: boolean;
  readonly noProxy: readonly string[];
  /** `http.fetchAdditionalSupport`: without it the host's `fetch` knows no proxy and no system certificates. */
  readonly fetchAdditionalSupport: boolean;
  readonly systemCertificates: boolean;
}

/** Paths of PEM files. */
export interface ClientCertificateFiles {
  readonly cert: string;
  readonly key: string;
}

export const usualNetworkSettings: NetworkSettings = {
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
 * Reads the settings by their full names. What has the wrong form counts as not set, except `clientCertificate`: half
 * of it is kept, so that the connection fails with a sentence instead of going without.
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
