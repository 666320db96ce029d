import { setTimeout as sleep } from 'node:timers/promises';
import type { AuthorizationRequest } from '../../src/core/browserSignIn/authorizationRequest';
import { isCallbackOf, readCallback, singleSignOn } from '../../src/core/browserSignIn/browserSignIn';
import type { Session } from '../../src/core/model/session';
import { Network } from '../../src/core/network/network';
import { defaultNetworkSettings } from '../../src/core/network/networkSettings';
import type { Client } from '../../src/core/oauth/client';
import type { AuthorizationCode } from '../../src/core/oauth/grants';
import type { HttpRequest } from '../../src/core/oauth/httpClient';
import { mayReceiveSecrets } from '../../src/core/trust/trustedHosts';
import { Installation, type TestCore } from '../fakes/installation';
import { openInBrowser } from './browser';
import { user } from './standardServer';

/** One window: the real core over the real network, with the fake clock and storage of its installation. */
export class StandardCore {
  readonly core: TestCore;
  readonly sent: HttpRequest[] = [];
  readonly limit = new AbortController().signal;
  private readonly network = new Network({
    userAgent: 'test',
    mayReceiveSecrets: (url) => Promise.resolve(mayReceiveSecrets(url, ['reltio.com'])),
    settings: () => defaultNetworkSettings,
    passphrase: () => Promise.resolve(undefined),
    env: {},
    onChoice: () => undefined,
  });

  constructor(
    private readonly server: string,
    readonly shared = new Installation().alone(),
  ) {
    this.core = shared.openCore({
      send: (request, signal) => {
        this.sent.push(request);
        return this.network.send(request, signal);
      },
    });
  }

  /** What the browser opens, after everything that is asked before. */
  async request({ id }: Client, redirectUri: string): Promise<AuthorizationRequest> {
    const parts = { identityServer: this.server, tenant: 'AcmeDev01', clientId: id, redirectUri };
    return (await singleSignOn(this.core.real, parts, this.limit)).request;
  }

  /** Opens the sign-in page, and returns what the exchange of the code needs. */
  async authorize(client: Client, redirectUri = 'http://localhost:8081'): Promise<AuthorizationCode> {
    const request = await this.request(client, redirectUri);
    const { searchParams } = await openInBrowser(request.url);
    return codeIn(request, searchParams);
  }

  /** Exchanges a code for the tokens of a session. */
  async exchange(client: Client, code: AuthorizationCode): Promise<Session> {
    return await this.signInWith(client, { kind: 'browser' }, { user, code });
  }

  async signIn(client: Client): Promise<Session> {
    return await this.exchange(client, await this.authorize(client));
  }

  /** The client signs in, without a user. */
  async signInAsClient(client: Client): Promise<Session> {
    return await this.signInWith(client, { kind: 'clientCredentials' }, {});
  }

  /** Another tool on this login, which has received the same tokens. */
  async adopt(session: Session, client: Client): Promise<Session> {
    return await this.core.holds(session, client);
  }

  /** Lets time pass while the server answers, as windows that wait for each other need. */
  async whileTimePasses<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const done = (): void => {
      isDone = true;
    };
    work.then(done, done);
    while (!isDone) {
      await this.shared.clock.pass(5);
      await sleep(5);
    }
    return await work;
  }

  readonly close = (): void => {
    this.network.dispose();
  };

  private async signInWith(
    client: Client,
    ...[method, credentials]: [{ readonly kind: string }, { readonly user?: string; readonly code?: AuthorizationCode }]
  ): Promise<Session> {
    const signedIn = await this.core.attempt(this.server, client).send(method, credentials, this.limit);
    if (signedIn.kind !== 'signedIn') {
      throw new Error('The server asks for a one-time code.');
    }
    await this.core.clients.save(this.server, signedIn.client ?? client);
    return await this.core.sessions.add(signedIn);
  }
}

/** The code of a callback that belongs to the request. */
export function codeIn(request: AuthorizationRequest, parameters: URLSearchParams): AuthorizationCode {
  const callback = readCallback(request, parameters);
  if (!isCallbackOf(request, parameters) || callback.kind !== 'code') {
    throw new Error(`The callback is ${parameters.toString()}.`);
  }
  const { redirectUri, codeVerifier } = request;
  return { code: callback.code, redirectUri, ...(codeVerifier === undefined ? {} : { codeVerifier }) };
}
