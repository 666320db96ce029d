import { systemClock } from '../../src/core/base/clock';
import { isAccessKey, newAccessKey } from '../../src/core/localProxy/accessKey';
import { Forwarder } from '../../src/core/localProxy/forwarder';
import { openProxyServer } from '../../src/core/localProxy/proxyServer';
import type { Session } from '../../src/core/model/session';
import { Network } from '../../src/core/network/network';
import { defaultNetworkSettings } from '../../src/core/network/networkSettings';
import { ready, token } from './served';

const [, , target = '', client = ''] = process.argv;

/** The whole local proxy without VS Code: listener, admission, forwarder and network. */
const settings = { ...defaultNetworkSettings, fetchAdditionalSupport: client !== 'explicit' };
const upstream = new Network({
  userAgent: 'benchmark',
  mayReceiveSecrets: () => Promise.resolve(true),
  settings: () => settings,
  passphrase: () => Promise.resolve(undefined),
  env: {},
  onChoice: () => undefined,
});
const environment = {
  name: 'dev',
  url: target,
  identityServer: 'https://auth.reltio.com',
  clientId: undefined,
  production: false,
};
const now = systemClock.now();
const session: Session = {
  id: 'benchmark',
  account: { identityServer: environment.identityServer, clientId: 'reltio_ui', user: 'jane@acme.com' },
  method: { kind: 'password' },
  signedInAt: now,
  state: 'signedIn',
  tokens: {
    accessToken: token,
    accessTokenReceivedAt: now,
    accessTokenExpiresAt: now + 3_600_000,
    expiryKnownAt: now,
    expiryIsEstimate: false,
    refreshAgainAt: now,
    scopes: [],
  },
};
const log = { info: () => undefined, warn: () => undefined };
const forwarder = new Forwarder({
  upstream,
  environments: () => Promise.resolve([environment]),
  tokens: { fresh: () => Promise.resolve(session), reportRejected: () => Promise.resolve(false) },
  permissions: { has: () => Promise.resolve(true) },
  explain: ({ code }) => code,
  onForwarded: () => undefined,
  clock: systemClock,
  log,
});
const key = newAccessKey();
void openProxyServer(0, {
  forward: (...parts) => forwarder.forward(...parts),
  isKey: (candidate) => isAccessKey(candidate, key),
  clock: systemClock,
  log,
}).then(({ port }) => {
  ready(`http://127.0.0.1:${port}/${key}/dev`);
});
