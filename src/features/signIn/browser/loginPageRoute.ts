import * as l10n from '@vscode/l10n';
import { aborted } from '../../../core/base/deadline';
import { within } from '../../../core/base/clock';
import { displayHostOf } from '../../../core/base/displayText';
import { Failure, isFailure } from '../../../core/base/failure';
import type { AuthorizationRequest } from '../../../core/browserSignIn/authorizationRequest';
import type { LoginPage } from '../../../core/browserSignIn/loginPage';
import type { SignedIn } from '../../../core/calls/signInAttempt';
import type { Client } from '../../../core/oauth/client';
import type { BrowserRoute, Refused } from './browserVisit';
import { agreesToHost, nothingSentText } from '../hostConsent';
import { methodInUse, type SignInContext } from '../signInContext';
import { withSignedInUser } from './signedInUser';

/** An environment may need a moment before it accepts a new token (milliseconds; docs/reltio.md, R24). */
const settlingTime = 2_000;

/** Sign-ins at the login page that an environment announces, with a client that registers itself. */
export class LoginPageRoute implements BrowserRoute {
  /** The client of the last request. */
  client: Client | undefined;
  private page: LoginPage | undefined;
  /** A client that was remembered, and that the login page may have forgotten since. */
  private doubtful: string | undefined;

  constructor(
    private readonly context: SignInContext,
    private readonly identityServer: string,
    private readonly environment: string,
  ) {}

  async begin(signal: AbortSignal): ReturnType<BrowserRoute['begin']> {
    const { authorizationRequest, findLoginPage } = await import('../../../core/browserSignIn/browserSignIn');
    const { browser, environments } = this.context;
    const host = displayHostOf(this.environment);
    const page = await findLoginPage(browser, this.environment, browser.trusted, signal);
    this.page = page;
    if (page === undefined) {
      return {
        refused: l10n.t('{0} does not announce a login page that can be used. Sign in with another method.', host),
      };
    }
    const stranger = await this.disagreesTo(page);
    if (stranger !== undefined) {
      return { refused: nothingSentText(stranger) };
    }
    this.client = await this.registered(page, signal);
    const tenants = environments.filter(({ url }) => url === this.environment).map(({ tenant }) => tenant);
    const [tenant, ...others] = new Set(tenants);
    return {
      request: await authorizationRequest({
        endpoint: page.authorizationEndpoint,
        clientId: this.client.id,
        redirectUri: browser.redirect.address,
        issuer: page.issuer,
        usesPkce: true,
        more: tenant === undefined || others.length > 0 ? {} : { tenant },
      }),
    };
  }

  async redeem(
    { redirectUri, codeVerifier = '' }: AuthorizationRequest,
    code: string,
    signal: AbortSignal,
  ): Promise<SignedIn | Refused> {
    const { context, client, page, identityServer, environment } = this;
    if (client === undefined || page === undefined) {
      throw new Failure('clientUnknown');
    }
    const { host } = new URL(page.tokenEndpoint);
    const proof = { code, redirectUri, codeVerifier, jsonEndpoint: page.tokenEndpoint };
    try {
      const method = { ...methodInUse(context).initial, environment };
      const answer = await context.attempt(identityServer, client).send(method, { code: proof }, signal);
      if (answer.kind !== 'signedIn') {
        throw new Failure('badAnswer', { host });
      }
      this.trust(client);
      return (await this.serves(answer, signal))
        ? await withSignedInUser(context, answer, [client, ...context.clients.list(context.draft)], signal)
        : {
            refused: l10n.t(
              '{0} does not accept the token of its own login page. Sign in with another method.',
              displayHostOf(environment),
            ),
          };
    } catch (error) {
      if (isFailure(error) && error.code === 'clientRejected') {
        this.doubt(client);
        return { refused: notRegistered(page) };
      }
      throw error;
    }
  }

  wasRefused(error: string): void {
    if (this.client !== undefined && /^(invalid|unauthorized)_client$/.test(error)) {
      this.doubt(this.client);
    }
  }

  private doubt({ id }: Client): void {
    this.doubtful = id;
    this.context.doubtfulClients.add(id);
  }

  private trust({ id }: Client): void {
    this.doubtful = undefined;
    this.context.doubtfulClients.delete(id);
  }

  /** A visit of an earlier sign-in counts too: the user may have left its box because the page did not come back. */
  private isDoubtful({ id }: Client): boolean {
    return id === this.doubtful || this.context.doubtfulClients.has(id);
  }

  /**
   * Registers again if the last visit with a remembered client brought nothing: a login page that no longer knows a client
   * does not send the browser back.
   */
  private async registered({ registrationEndpoint }: LoginPage, signal: AbortSignal): Promise<Client> {
    const { registerClient, registrationKey } = await import('../../../core/browserSignIn/browserSignIn');
    const { browser } = this.context;
    const key = registrationKey(registrationEndpoint, browser.redirect.address);
    const clients = await browser.clients.list(this.identityServer); // the last one that was registered comes first
    const remembered = clients.find(({ registeredFor }) => registeredFor === key);
    if (remembered !== undefined && !this.isDoubtful(remembered)) {
      this.doubt(remembered);
      return remembered;
    }
    const askedAt = browser.clock.now();
    const client = await registerClient(browser, registrationEndpoint, browser.redirect.address, signal);
    const before = await browser.clients.find(this.identityServer, client.id);
    if (before !== undefined && before.registeredFor !== key) {
      throw new Failure('badAnswer', { host: new URL(registrationEndpoint).host }); // saving it would replace a client of the user
    }
    await browser.clients.save(this.identityServer, client, askedAt);
    return client;
  }

  /** The first host to which the user does not agree. The environment is asked about too: the token is tried there. */
  private async disagreesTo(page: LoginPage): Promise<string | undefined> {
    const { prompt, confirmedHosts } = this.context;
    const endpoints = [page.registrationEndpoint, page.authorizationEndpoint, page.tokenEndpoint, this.environment];
    for (const origin of new Set(endpoints.map((endpoint) => new URL(endpoint).origin))) {
      if (!(await agreesToHost(origin, prompt, confirmedHosts))) {
        return origin;
      }
    }
    return undefined;
  }

  /** One real call. Only a rejected token is conclusive: a missing right or an outage says nothing about it. */
  private async serves({ answer }: SignedIn, signal: AbortSignal): Promise<boolean> {
    const { browser, dataApi } = this.context;
    const isAccepted = async (): Promise<boolean> => {
      try {
        await dataApi.tenants(this.environment, answer.accessToken, signal);
        return true;
      } catch (error) {
        if (signal.aborted || !isFailure(error)) {
          throw error;
        }
        return error.code !== 'tokenNotAccepted';
      }
    };
    if (await isAccepted()) {
      return true;
    }
    await within(browser.clock, settlingTime, aborted(signal), () => undefined);
    return await isAccepted();
  }
}

function notRegistered({ tokenEndpoint }: LoginPage): string {
  return l10n.t(
    '{0} no longer knows the registration of this computer. Open the browser again with the ' +
      'button above: it is registered once more.',
    displayHostOf(tokenEndpoint),
  );
}
