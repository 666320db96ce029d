import type { Client } from '../../core/oauth/client';
import { Failure } from '../../core/base/failure';
import type { ClientStore } from '../../core/storage/clientStore';
import { accountId } from '../../core/model/account';
import { within, type Clock } from '../../core/base/clock';
import type { Log } from '../../core/base/log';
import type { Session } from '../../core/model/session';
import type { Sessions } from '../../core/sessions/sessions';
import { SignInAttempt, type SignedIn } from '../../core/calls/signInAttempt';
import type { TokenCalls } from '../../core/calls/tokenCalls';
import { isExpired } from '../../core/model/tokens';
import type { SettingsValue } from '../../editor/settings/settings';
import { timeText } from '../../editor/messages/timeText';
import { clientStep } from './steps/clientStep';
import type { Draft, SignInRequest } from './draft';
import { FailedTries } from './failedTries';
import { atForeignHost, type ConfirmedHosts } from './hostConsent';
import { hostStep } from './steps/hostStep';
import { KnownClients } from './knownClients';
import type { LastSignIn } from './lastSignIn';
import { identityProviderStep, methodStep } from './steps/methodStep';
import { oneTimeCodeStep } from './steps/oneTimeCodeStep';
import { passwordStep } from './steps/passwordStep';
import type { Prompt } from '../../editor/prompt/prompt';
import { serverStep } from './steps/serverStep';
import { startOver, mayStartOver } from './renewal';
import type { SignInOutcome } from './signIn';
import { runSteps } from './steps/steps';
import { userStep } from './steps/userStep';

// What is said during and after a sign-in is loaded with it: a bundle file of its own would hold all that it needs again.
export { showFoundAccounts } from './showFoundAccounts';
export { tellSignedIn } from './tellSignedIn';

export interface SignInFlowParts {
  readonly readSettings: () => Promise<SettingsValue>;
  readonly sessions: Sessions;
  readonly clients: ClientStore;
  readonly calls: TokenCalls;
  readonly clock: Clock;
  readonly log: Log;
  readonly last: LastSignIn;
  readonly confirmedHosts: ConfirmedHosts;
  readonly refreshTokenDays: () => number;
  /** Gets the sessions that were stored although nothing said so. */
  readonly onFound: (sessions: readonly Session[]) => void;
}

/**
 * How long storing may take: other windows may take turns before, and a keyring may ask the person for its password
 * (milliseconds). Nobody sees this wait, and every other sign-in joins it.
 */
const storeWait = 30_000;

/** The boxes of a sign-in, from the identity server to the stored session. */
export class SignInFlow {
  private readonly tries = new FailedTries();

  constructor(private readonly parts: SignInFlowParts) {}

  /**
   * @param endsAt when the boxes close by themselves, milliseconds since 1970
   * @throws {Failure} `cancelled` when the person leaves
   */
  async run(request: SignInRequest, prompt: Prompt, endsAt?: number): Promise<SignInOutcome> {
    const { sessions, clock, log, last } = this.parts;
    await this.loadStored();
    const { environments, identityServers } = await this.parts.readSettings();
    const servers = request.identityServer === undefined ? last.first(identityServers) : [request.identityServer];
    const known = await KnownClients.load(this.parts.clients, servers, environments, request);
    const draft: Draft = {
      ...(servers[0] === undefined ? {} : { identityServer: servers[0] }),
      ...(request.method === undefined ? {} : { method: request.method }),
      ...(request.user === undefined ? {} : { user: request.user }),
      ...(request.renews === undefined ? {} : { renews: request.renews }),
    };
    const name = request.renews === true ? 'Renew the Reltio sign-in' : 'Sign in to Reltio';
    const closes = endsAt === undefined ? '' : ` (closes at ${timeText(endsAt, clock.now())})`;
    const title = (): string => name + atForeignHost(draft.identityServer) + closes;
    const attempt = (): SignInAttempt => this.attempt(draft, known);
    const isMethodFixed = request.method !== undefined;

    const codeStep = oneTimeCodeStep(prompt, title, draft, this.tries, attempt);
    const askClient = clientStep(prompt, title, draft, known);
    await runSteps([
      serverStep(prompt, name + closes, draft, servers, environments),
      hostStep(prompt, draft, this.parts.confirmedHosts),
      methodStep(prompt, title, draft, isMethodFixed),
      identityProviderStep(prompt, title, draft, isMethodFixed),
      askClient,
      userStep(
        prompt,
        title,
        draft,
        () => last.user(draft.identityServer),
        known,
        request.user !== undefined,
        askClient,
      ),
      passwordStep(
        prompt,
        title,
        draft,
        this.tries,
        attempt,
        (account) => mayStartOver(draft, account, sessions),
        askClient,
      ),
      codeStep,
    ]);
    const { refreshTokenDays } = this.parts;
    const keptUntil = await startOver(draft, { sessions, clock, refreshTokenDays, prompt, codeStep });

    const { signedIn } = draft;
    const client = known.of(draft);
    if (signedIn === undefined || client === undefined) {
      throw new Failure('cancelled');
    }
    const before = sessions.known.find(({ account }) => accountId(account) === accountId(signedIn.account));
    const session = await within(clock, storeWait, this.store(signedIn, client), () => {
      throw new Failure('sessionsUnreadable');
    });
    await last.remember(signedIn.account);
    log.info('sign-in: done', { session: session.id, method: session.method.kind });
    const { tokens } = session;
    const isSameToken =
      request.renews !== true &&
      before?.state === 'signedIn' && // otherwise the sign-in was for another reason, and served it
      before.tokens.accessToken === tokens.accessToken &&
      !isExpired(tokens, clock.now());
    return { session, isSameToken, ...(keptUntil === undefined ? {} : { keptUntil }) };
  }

  /** Storing the new sign-in would bring back any session that is still stored, so those are shown first. */
  private async loadStored(): Promise<void> {
    const { sessions, onFound } = this.parts;
    // It throws where they cannot be stored: no password is sent for nothing.
    const shown = new Set((await sessions.usable()).map(({ id }) => id));
    const found = (await sessions.usable('forCertain')).filter(({ id }) => !shown.has(id));
    if (found.length > 0) {
      onFound(found);
    }
  }

  private async store(signedIn: SignedIn, client: Client): Promise<Session> {
    await this.parts.clients.save(signedIn.account.identityServer, client);
    return await this.parts.sessions.add(signedIn);
  }

  private attempt(draft: Draft, known: KnownClients): SignInAttempt {
    const client = known.of(draft);
    if (draft.identityServer === undefined || client === undefined) {
      throw new Failure('clientUnknown');
    }
    return new SignInAttempt(this.parts.calls, this.parts.clock, draft.identityServer, client);
  }
}
