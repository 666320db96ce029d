import { Failure } from '../../core/base/failure';
import type { Account } from '../../core/model/account';
import { methodOf } from '../../core/model/signInMethod';
import type { Clock } from '../../core/base/clock';
import type { DataApi } from '../../core/dataApi/dataApi';
import type { TokenChecks } from '../../core/calls/tokenChecks';
import type { SignInAttempt } from '../../core/calls/signInAttempt';
import type { Client } from '../../core/oauth/client';
import type { Prompt } from '../../editor/prompt/prompt';
import type { Environment } from '../../editor/settings/environments';
import type { SignInRequest } from '../../editor/signIn';
import type { BrowserTools } from './browser/browserTools';
import type { Draft } from './draft';
import type { FailedTries } from './failedTries';
import * as helpPages from './helpPages';
import type { ConfirmedHosts } from '../../editor/confirmedHosts';
import type { KnownClients } from './knownClients';
import type { LastSignIn } from './lastSignIn';
import type { OfferedMethod, Place } from './methods/offeredMethod';
import { offers, type Offer } from './methods/offers';

/** What the steps of one sign-in work with. */
export interface SignInContext {
  readonly prompt: Prompt;
  readonly request: SignInRequest;
  readonly draft: Draft;
  readonly methods: readonly OfferedMethod[];
  readonly place: Place;
  readonly browser: BrowserTools;
  /** The identity servers that the user can choose, most recently used first. */
  readonly servers: readonly string[];
  readonly environments: readonly Environment[];
  readonly clients: KnownClients;
  readonly confirmedHosts: ConfirmedHosts;
  readonly last: LastSignIn;
  readonly tries: FailedTries;
  /** The ids of registered clients whose last visit to a login page brought nothing, in any sign-in of this window. */
  readonly doubtfulClients: Set<string>;
  readonly checks: Pick<TokenChecks, 'check'>;
  readonly dataApi: Pick<DataApi, 'tenants'>;
  readonly clock: Pick<Clock, 'now'>;
  /** The title of a box that asks on behalf of this identity server; undefined while none is chosen. */
  readonly title: (identityServer: string | undefined) => string;
  readonly attempt: (identityServer: string, client: Client) => SignInAttempt;
  /** Whether a sign-in as this account may send the password a second time, to start over. */
  readonly mayStartOver: (account: Account) => boolean;
}

/** The list of methods, as it is at the identity server that is chosen by now. */
export function offersIn({ methods, request, place, last, draft }: SignInContext): readonly Offer[] {
  return offers(methods, { request, place, last: last.method(draft.identityServer) });
}

/** The chosen method, or the first one in the list until the user has chosen. */
export function methodInUse(context: SignInContext): OfferedMethod {
  const { draft, methods } = context;
  const kind = draft.method?.kind ?? offersIn(context)[0]?.method.kind ?? '';
  return methodOf(methods, { kind });
}

/** Reltio's own page about the method in use. */
export function helpInUse(context: SignInContext): string {
  return helpPages[methodInUse(context).help];
}

/** A sign-in attempt with the answers so far. */
export function attemptOf({ draft, clients, attempt }: SignInContext): SignInAttempt {
  const client = clients.of(draft);
  if (draft.identityServer === undefined || client === undefined) {
    throw new Failure('clientUnknown');
  }
  return attempt(draft.identityServer, client);
}
