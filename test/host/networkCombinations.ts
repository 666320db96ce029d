import type { Fault } from '../identity/server';
import type { ProxyOptions } from '../fakes/proxy';

/** Values for the settings of a combination, from its running servers. */
export interface Ingredients {
  /** The proxy's address, empty where there is none. */
  readonly proxy: string;
  readonly caFile: string;
  readonly clientCertificate: { readonly cert: string; readonly key: string };
  readonly lockedCertificate: { readonly cert: string; readonly key: string };
}

export interface Combination {
  readonly network: string;
  readonly settings: string;
  /** Values by full name. */
  readonly values?: (ingredients: Ingredients) => Record<string, unknown>;
  /**
   * The certificate of the identity server: from an authority in the system's store, from one that only the CA file
   * holds, expired, or for another host; or a valid one at a server that requires a client certificate.
   */
  readonly server: 'system' | 'private' | 'expired' | 'misnamed' | 'demanding';
  /**
   * `none`: the server is reached directly. `gone`: no proxy listens there. `inPac`: only the system's PAC file names it.
   * Without TLS its own certificate is `private`.
   */
  readonly proxy: 'none' | 'gone' | 'inPac' | (Omit<ProxyOptions, 'tls' | 'port'> & { readonly tls?: 'private' });
  readonly fault?: Fault;
  /** Entered by our command before the sign-in. */
  readonly passphrase?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Which client sends the request. */
  readonly client: 'VS Code' | 'extension';
  /** A part of the message: unit tests check all of it. */
  readonly outcome: 'signs in' | RegExp;
}

/** The passphrase of `lockedCertificate`. */
export const lockedKeyPassphrase = 'open sesame';

const basic = `Basic ${Buffer.from('jane:p@ss').toString('base64')}`;
const credentials = 'jane:p@ss';
const withPassword = (proxy: string): string => proxy.replace('//', '//jane:p%40ss@');
/** The extension host of a desktop always asks the window for the system's proxy; that of a server only with this. */
const asksTheSystem = { 'http.useLocalProxyConfiguration': true };
const withoutAnswer = /cannot be reached: it closed the connection without an answer/;

export const combinations: readonly Combination[] = [
  {
    network: "TLS inspection, its authority in the system's store",
    settings: 'none',
    server: 'system',
    proxy: 'none',
    client: 'VS Code',
    outcome: 'signs in',
  },
  {
    network: 'TLS inspection, its authority unknown to the system',
    settings: 'none',
    server: 'private',
    proxy: 'none',
    client: 'VS Code',
    outcome: /does not trust the certificate of .* reltioAuth\.network\.caFile/,
  },
  {
    network: 'TLS inspection, its authority unknown to the system',
    settings: '`reltioAuth.network.caFile`',
    values: ({ caFile }) => ({ 'reltioAuth.network.caFile': caFile }),
    server: 'private',
    proxy: 'none',
    client: 'extension',
    outcome: 'signs in',
  },
  {
    network: 'no proxy',
    settings: '`reltioAuth.network.caFile` names a missing file',
    values: () => ({ 'reltioAuth.network.caFile': '/nowhere/ca.pem' }),
    server: 'system',
    proxy: 'none',
    client: 'extension',
    outcome: /The file in reltioAuth\.network\.caFile cannot be used \(ENOENT\)/,
  },
  {
    network: 'proxy',
    settings: '`http.proxy`',
    values: ({ proxy }) => ({ 'http.proxy': proxy }),
    server: 'system',
    proxy: {},
    client: 'VS Code',
    outcome: 'signs in',
  },
  {
    network: 'proxy',
    settings: 'none',
    server: 'system',
    proxy: {},
    client: 'VS Code',
    outcome: /auth\.reltio\.test:\d+ was not found/,
  },
  {
    network: 'proxy',
    settings: '`http.proxy`, `http.noProxy` names the identity server',
    values: ({ proxy }) => ({ 'http.proxy': proxy, 'http.noProxy': ['reltio.test'] }),
    server: 'system',
    proxy: {},
    client: 'VS Code',
    outcome: /auth\.reltio\.test:\d+ was not found/,
  },
  {
    network: 'proxy',
    settings: '`http.proxy`, `http.proxySupport: "off"`',
    values: ({ proxy }) => ({ 'http.proxy': proxy, 'http.proxySupport': 'off' }),
    server: 'system',
    proxy: {},
    client: 'VS Code',
    outcome: /auth\.reltio\.test:\d+ was not found/,
  },
  {
    network: 'proxy',
    settings: '`http.proxy`, `http.fetchAdditionalSupport: false`',
    values: ({ proxy }) => ({ 'http.proxy': proxy, 'http.fetchAdditionalSupport': false }),
    server: 'system',
    proxy: {},
    client: 'extension',
    outcome: 'signs in',
  },
  {
    network: 'proxy',
    settings: '`reltioAuth.network.proxy`',
    values: ({ proxy }) => ({ 'reltioAuth.network.proxy': proxy }),
    server: 'system',
    proxy: {},
    client: 'extension',
    outcome: 'signs in',
  },
  {
    network: 'proxy',
    settings: '`reltioAuth.network.proxy`, `http.noProxy` names the identity server',
    values: ({ proxy }) => ({ 'reltioAuth.network.proxy': proxy, 'http.noProxy': ['.reltio.test'] }),
    server: 'system',
    proxy: {},
    client: 'extension',
    outcome: /auth\.reltio\.test:\d+ was not found/,
  },
  {
    network: 'proxy and TLS inspection, its authority unknown to the system',
    settings: '`http.proxy`, `reltioAuth.network.caFile`',
    values: ({ proxy, caFile }) => ({ 'http.proxy': proxy, 'reltioAuth.network.caFile': caFile }),
    server: 'private',
    proxy: {},
    client: 'extension',
    outcome: 'signs in',
  },
  {
    network: 'proxy with Basic authentication',
    settings: '`http.proxy` with user and password',
    values: ({ proxy }) => ({ 'http.proxy': withPassword(proxy) }),
    server: 'system',
    proxy: { credentials },
    client: 'VS Code',
    outcome: 'signs in',
  },
  {
    network: 'proxy with Basic authentication',
    settings: '`http.proxy`, `http.proxyAuthorization`',
    values: ({ proxy }) => ({ 'http.proxy': proxy, 'http.proxyAuthorization': basic }),
    server: 'system',
    proxy: { credentials },
    client: 'extension',
    outcome: 'signs in',
  },
  {
    network: 'proxy with Basic authentication',
    settings: '`reltioAuth.network.proxy` with user and password',
    values: ({ proxy }) => ({ 'reltioAuth.network.proxy': withPassword(proxy) }),
    server: 'system',
    proxy: { credentials },
    client: 'extension',
    outcome: 'signs in',
  },
  {
    network: 'proxy with Basic authentication',
    settings: '`http.proxy`, no password',
    values: ({ proxy }) => ({ 'http.proxy': proxy }),
    server: 'system',
    proxy: { credentials },
    client: 'VS Code',
    outcome: /proxy requires a user name and password .* \(HTTP 407\)/,
  },
  {
    network: 'proxy with Basic authentication',
    settings: '`reltioAuth.network.proxy`, no password',
    values: ({ proxy }) => ({ 'reltioAuth.network.proxy': proxy }),
    server: 'system',
    proxy: { credentials },
    client: 'extension',
    outcome: /proxy requires a user name and password .* \(HTTP 407\)/,
  },
  {
    network: 'proxy that refuses the host (403)',
    settings: '`http.proxy`',
    values: ({ proxy }) => ({ 'http.proxy': proxy }),
    server: 'system',
    proxy: { refuses: 403 },
    client: 'VS Code',
    outcome: /proxy does not allow connections to .* \(HTTP 403\)/,
  },
  {
    network: 'proxy that cannot reach the host (502)',
    settings: '`reltioAuth.network.proxy`',
    values: ({ proxy }) => ({ 'reltioAuth.network.proxy': proxy }),
    server: 'system',
    proxy: { refuses: 502 },
    client: 'extension',
    outcome: /proxy could not reach .* \(HTTP 502\)/,
  },
  {
    network: 'proxy that is switched off',
    settings: '`http.proxy`',
    values: ({ proxy }) => ({ 'http.proxy': proxy }),
    server: 'system',
    proxy: 'gone',
    client: 'VS Code',
    outcome: /Your proxy cannot be reached \(ECONNREFUSED\)/,
  },
  {
    network: 'proxy that is switched off',
    settings: '`reltioAuth.network.proxy`',
    values: ({ proxy }) => ({ 'reltioAuth.network.proxy': proxy }),
    server: 'system',
    proxy: 'gone',
    client: 'extension',
    outcome: /Your proxy cannot be reached \(ECONNREFUSED\)/,
  },
  {
    network: 'proxy',
    settings: '`reltioAuth.network.proxy` without `http://`',
    values: ({ proxy }) => ({ 'reltioAuth.network.proxy': proxy.replace('http://', '') }),
    server: 'system',
    proxy: {},
    client: 'extension',
    outcome: /The proxy address in reltioAuth\.network\.proxy, "http\.proxy" or HTTPS_PROXY cannot be used/,
  },
  {
    network: "proxy from the system's PAC file",
    settings: 'none',
    values: () => ({ ...asksTheSystem }),
    server: 'system',
    proxy: 'inPac',
    client: 'VS Code',
    outcome: 'signs in',
  },
  {
    network: "proxy from the system's PAC file",
    settings: '`http.proxySupport: "off"`',
    values: () => ({ ...asksTheSystem, 'http.proxySupport': 'off' }),
    server: 'system',
    proxy: 'inPac',
    client: 'VS Code',
    outcome: /pac\.reltio\.test:\d+ was not found/,
  },
  {
    network: "proxy from the system's PAC file",
    settings: '`reltioAuth.network.caFile`',
    values: ({ caFile }) => ({ ...asksTheSystem, 'reltioAuth.network.caFile': caFile }),
    server: 'private',
    proxy: 'inPac',
    client: 'extension',
    outcome: /pac\.reltio\.test:\d+ was not found/,
  },
  {
    network: "proxy from the system's PAC file",
    settings: '`reltioAuth.network.caFile`, `reltioAuth.network.proxy`',
    values: ({ caFile, proxy }) => ({
      ...asksTheSystem,
      'reltioAuth.network.caFile': caFile,
      'reltioAuth.network.proxy': proxy,
    }),
    server: 'private',
    proxy: 'inPac',
    client: 'extension',
    outcome: 'signs in',
  },
  {
    network: 'https proxy with a certificate that no computer trusts',
    settings: '`http.proxy`, `http.proxyStrictSSL: false`',
    values: ({ proxy }) => ({ 'http.proxy': proxy, 'http.proxyStrictSSL': false }),
    server: 'system',
    proxy: { tls: 'private' },
    client: 'extension',
    outcome: 'signs in',
  },
  {
    network: 'https proxy with a certificate that no computer trusts',
    settings: '`reltioAuth.network.proxy`',
    values: ({ proxy }) => ({ 'reltioAuth.network.proxy': proxy }),
    server: 'system',
    proxy: { tls: 'private' },
    client: 'extension',
    outcome: /The certificate of your proxy cannot be verified/,
  },
  {
    network: 'client certificate required',
    settings: '`reltioAuth.network.clientCertificate`',
    values: ({ clientCertificate }) => ({ 'reltioAuth.network.clientCertificate': clientCertificate }),
    server: 'demanding',
    proxy: 'none',
    client: 'extension',
    outcome: 'signs in',
  },
  {
    network: 'client certificate required, behind a proxy',
    settings: '`http.proxy`, `reltioAuth.network.clientCertificate`',
    values: ({ proxy, clientCertificate }) => ({
      'http.proxy': proxy,
      'reltioAuth.network.clientCertificate': clientCertificate,
    }),
    server: 'demanding',
    proxy: {},
    client: 'extension',
    outcome: 'signs in',
  },
  {
    network: 'client certificate required',
    settings: '`reltioAuth.network.clientCertificate`, its key encrypted, no passphrase',
    values: ({ lockedCertificate }) => ({ 'reltioAuth.network.clientCertificate': lockedCertificate }),
    server: 'demanding',
    proxy: 'none',
    client: 'extension',
    outcome: /The key of your client certificate needs its passphrase/,
  },
  {
    network: 'client certificate required',
    settings: '`reltioAuth.network.clientCertificate`, its key encrypted, passphrase entered',
    values: ({ lockedCertificate }) => ({ 'reltioAuth.network.clientCertificate': lockedCertificate }),
    server: 'demanding',
    proxy: 'none',
    passphrase: lockedKeyPassphrase,
    client: 'extension',
    outcome: 'signs in',
  },
  {
    network: 'client certificate required',
    settings: 'none',
    server: 'demanding',
    proxy: 'none',
    client: 'VS Code',
    outcome: withoutAnswer,
  },
  {
    network: 'identity server with an expired certificate',
    settings: 'none',
    server: 'expired',
    proxy: 'none',
    client: 'VS Code',
    outcome: /The certificate of .* has expired/,
  },
  {
    network: 'identity server with an expired certificate, behind a proxy',
    settings: '`http.proxy`, `http.proxyStrictSSL: false`',
    values: ({ proxy }) => ({ 'http.proxy': proxy, 'http.proxyStrictSSL': false }),
    server: 'expired',
    proxy: {},
    client: 'VS Code',
    outcome: /The certificate of .* has expired/,
  },
  {
    network: 'identity server with an expired certificate, behind an https proxy',
    settings: '`http.proxy`, `http.proxyStrictSSL: false`',
    values: ({ proxy }) => ({ 'http.proxy': proxy, 'http.proxyStrictSSL': false }),
    server: 'expired',
    proxy: { tls: 'private' },
    client: 'extension',
    outcome: /The certificate of .* has expired/,
  },
  {
    network: "identity server with another host's certificate",
    settings: '`http.proxyStrictSSL: false`',
    values: () => ({ 'http.proxyStrictSSL': false }),
    server: 'misnamed',
    proxy: 'none',
    client: 'VS Code',
    outcome: /has the certificate of another host/,
  },
  {
    network: 'certificate checks turned off: another extension set NODE_TLS_REJECT_UNAUTHORIZED=0',
    settings: 'none',
    server: 'private',
    proxy: 'none',
    env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    client: 'extension',
    outcome: /does not trust the certificate of/,
  },
  {
    network: 'captive portal that redirects',
    settings: 'none',
    server: 'system',
    proxy: 'none',
    fault: { kind: 'redirect', to: 'https://portal.example/', status: 302 },
    client: 'VS Code',
    outcome: /redirected the request/,
  },
  {
    network: 'captive portal that answers with a page',
    settings: 'none',
    server: 'system',
    proxy: 'none',
    fault: { kind: 'captivePortal' },
    client: 'VS Code',
    outcome: /Something other than Reltio answered .* On a guest network/,
  },
];
