import { Failure } from '../../core/base/failure';
import type { ClientStore } from '../../core/storage/clientStore';
import { methodOf } from '../../core/model/signInMethod';
import { accountId } from '../../core/model/account';
import { within, type Clock } from '../../core/base/clock';
import type { Log } from '../../core/base/log';
import type { Session } from '../../core/model/session';
import type { Sessions } from '../../core/sessions/sessions';
import { SignInAttempt, type SignedIn } from '../../core/calls/signInAttempt';
import type { TokenCalls } from '../../core/calls/tokenCalls';
import type { TokenChecks } from '../../core/calls/tokenChecks';
import type { DataApi } from '../../core/dataApi/dataApi';
import { isExpired } from '../../core/model/tokens';
import type { ReadSettings, SettingsValue } from '../../editor/settings/settingsValue';
import type { Prompt } from '../../editor/prompt/prompt';
import type { SignInRequest } from '../../editor/signIn';
import { withAccountThatGoesOn } from './accountThatGoesOn';
import type { BrowserTools } from './browser/browserTools';
import type { Draft } from './draft';
import { FailedTries } from './failedTries';
import type { ConfirmedHosts } from '../../editor/confirmedHosts';
import { boxTitle } from './boxTitle';
import { KnownClients } from './knownClients';
import type { LastSignIn } from './lastSignIn';
import type { Method } from './methods/method';
import type { Place } from './methods/offeredMethod';
import { withUsableMethod } from './methods/offers';
import { startOver, mayStartOver } from './renewal';
import type { SignInOutcome } from './signInOutcome';
import { methodInUse, type SignInContext } from './signInContext';
import { hostStep } from './steps/hostStep';
import { methodStep } from './steps/methodStep';
import { serverStep } from './steps/serverStep';
import { runSteps } from './steps/steps';

export interface SignInFlowParts {
  readonly readSettings: () => Promise<SettingsValue & Pick<ReadSettings, 'redirect'>>;
  readonly sessions: Sessions;
  readonly clients: ClientStore;
  readonly calls: Pick<TokenCalls, 'request'>;
  readonly checks: TokenChecks;
  readonly dataApi: DataApi;
  /** In the order in which they are offered. */
  readonly methods: readonly Method[];
  readonly place: () => Place;
  readonly browser: Omit<BrowserTools, 'redirect' | 'trusted'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly last: LastSignIn;
  readonly confirmedHosts: ConfirmedHosts;
  readonly refreshTokenDays: () => number;
  /** Receives sessions that were stored although nothing suggested it. */
  readonly onFound: (sessions: readonly Session[]) => void;
}

/**
 * How long storing may take: another window may hold the lock, and a keyring may ask the user for its password
 * (milliseconds). The user does not see this wait, and every other sign-in joins it.
 */
const storeWait = 30_000;

/** The boxes of a sign-in, from the identity server to the stored session. */
export class SignInFlow {
  private readonly tries = new FailedTries();
  private readonly doubtfulClients = new Set<string>();

  constructor(private readonly parts: SignInFlowParts) {}

  /**
   * @param endsAt when the boxes close by themselves, milliseconds since 1970
   * @throws {Failure} `cancelled` when the user leaves
   */
  async run(request: SignInRequest, prompt: Prompt, endsAt?: number): Promise<SignInOutcome> {
    const { sessions, clock, log, last } = this.parts;
    await this.loadStored();
    const context = await this.contextOf(request, prompt, endsAt);
    const { draft } = context;
    await runSteps(context, async () => {
      const method = methodOf(this.parts.methods, methodInUse(context));
      return [serverStep, hostStep, methodStep, ...(await method.steps())];
    });
    const keptUntil = await startOver(context, this.parts);

    if (draft.answer?.kind !== 'signedIn') {
      throw new Failure('cancelled');
    }
    const signedIn = withAccountThatGoesOn(draft.answer, sessions.known, this.parts.methods, request.clientId);
    const before = sessions.known.find(({ account }) => accountId(account) === accountId(signedIn.account));
    const session = await within(clock, storeWait, this.store(signedIn), () => {
      throw new Failure('sessionsUnreadable');
    });
    await last.remember(signedIn);
    log.info('sign-in: done', { session: session.id, method: session.method.kind });
    const { tokens } = session;
    const isSameToken =
      request.renews !== true &&
      before?.state === 'signedIn' && // otherwise the sign-in had another purpose, which it has served
      before.tokens.accessToken === tokens.accessToken &&
      !isExpired(tokens, clock.now());
    const isBrowsersChoice =
      before?.state === 'signedIn' &&
      request.user === undefined &&
      methodOf(this.parts.methods, session.method).opensBrowser !== undefined;
    return {
      session,
      isSameToken,
      ...(keptUntil === undefined ? {} : { keptUntil }),
      ...(isBrowsersChoice ? { isBrowsersChoice } : {}),
    };
  }

  private async contextOf(asked: SignInRequest, prompt: Prompt, endsAt: number | undefined): Promise<SignInContext> {
    const place = this.parts.place();
    const request = withUsableMethod(asked, this.parts.methods, place);
    const { calls, clock, clients, confirmedHosts, last, methods, sessions } = this.parts;
    const { environments, identityServers, redirect, trusted } = await this.parts.readSettings();
    const servers = request.identityServer === undefined ? last.first(identityServers) : [request.identityServer];
    const draft: Draft = {
      ...(servers[0] === undefined ? {} : { identityServer: servers[0] }),
      ...(request.method === undefined ? {} : { method: request.method }),
      ...(request.user === undefined ? {} : { user: request.user }),
    };
    return {
      prompt,
      request,
      draft,
      methods,
      place,
      browser: { ...this.parts.browser, redirect, trusted },
      servers,
      environments,
      clients: await KnownClients.load(clients, servers, environments, request, sessions.known),
      confirmedHosts,
      last,
      tries: this.tries,
      doubtfulClients: this.doubtfulClients,
      checks: this.parts.checks,
      dataApi: this.parts.dataApi,
      clock,
      title: (identityServer) => boxTitle(request, identityServer, endsAt, clock.now()),
      attempt: (identityServer, client) => new SignInAttempt(calls, clock, methods, identityServer, client),
      mayStartOver: (account) => mayStartOver(request, account, sessions),
    };
  }

  /** Storing the new sign-in would also restore any session that is still stored, so the user sees those first. */
  private async loadStored(): Promise<void> {
    const { sessions, onFound } = this.parts;
    // Throws if sessions cannot be stored, before the user sends a password in vain.
    const shown = new Set((await sessions.usable()).map(({ id }) => id));
    const found = (await sessions.usable('always')).filter(({ id }) => !shown.has(id));
    if (found.length > 0) {
      onFound(found);
    }
  }

  private async store(signedIn: SignedIn): Promise<Session> {
    const { account, client, startedAt } = signedIn;
    if (client !== undefined) {
      await this.parts.clients.save(account.identityServer, client, startedAt);
    }
    return await this.parts.sessions.add(signedIn);
  }
}
