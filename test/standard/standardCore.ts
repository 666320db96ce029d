import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Network } from '../../src/core/network/network';
import { defaultNetworkSettings } from '../../src/core/network/networkSettings';
import type { Client } from '../../src/core/oauth/client';
import { authorizationCodeGrant, type AuthorizationCode } from '../../src/core/oauth/grants';
import type { HttpRequest } from '../../src/core/oauth/httpClient';
import { mayReceiveSecrets } from '../../src/core/trust/trustedHosts';
import type { Session } from '../../src/core/model/session';
import { Installation, type TestCore } from '../fakes/installation';
import { openInBrowser } from './browser';
import { redirectUri, user } from './standardServer';

/** One window: the real core over the real network, with the fake clock and storage of its installation. */
export class StandardCore {
  readonly core: TestCore;
  readonly sent: HttpRequest[] = [];
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

  /** Opens the sign-in page, and returns what the exchange of the code needs. */
  async authorize(client: Client): Promise<AuthorizationCode> {
    const codeVerifier = randomBytes(32).toString('base64url');
    const state = randomBytes(16).toString('hex');
    const query = new URLSearchParams({
      tenant_id: 'AcmeDev01',
      client_id: client.id,
      response_type: 'code',
      redirect_uri: redirectUri,
      state,
      code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    const callback = await openInBrowser(`${this.server}/oauth/sso?${query.toString()}`);
    const code = callback.searchParams.get('code');
    if (callback.searchParams.get('state') !== state || code === null) {
      throw new Error(`The callback is ${callback.href}.`);
    }
    return { code, redirectUri, codeVerifier };
  }

  /** Exchanges a code for the tokens of a session. */
  async exchange(client: Client, code: AuthorizationCode): Promise<Session> {
    const { calls, clients, sessions } = this.core;
    await clients.save(this.server, client);
    const { answer, startedAt } = await calls.request(this.server, client, authorizationCodeGrant(code));
    if (answer.kind !== 'granted') {
      throw new Error('The server asks for a one-time code.');
    }
    const account = { identityServer: this.server, clientId: client.id, user };
    return await sessions.add({
      kind: 'signedIn',
      account,
      method: { kind: 'password' },
      answer,
      startedAt: startedAt(),
    });
  }

  async signIn(client: Client): Promise<Session> {
    return await this.exchange(client, await this.authorize(client));
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
}
