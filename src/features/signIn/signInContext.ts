import { Failure } from '../../core/base/failure';
import type { Account } from '../../core/model/account';
import { methodOf } from '../../core/model/signInMethod';
import type { SignInAttempt } from '../../core/calls/signInAttempt';
import type { Client } from '../../core/oauth/client';
import type { Prompt } from '../../editor/prompt/prompt';
import type { Environment } from '../../editor/settings/environments';
import type { SignInRequest } from '../../editor/signIn';
import type { Draft } from './draft';
import type { FailedTries } from './failedTries';
import type { ConfirmedHosts } from './hostConsent';
import type { KnownClients } from './knownClients';
import type { LastSignIn } from './lastSignIn';
import type { OfferedMethod } from './methods/offeredMethod';

/** What the steps of one sign-in work with. */
export interface SignInContext {
  readonly prompt: Prompt;
  readonly request: SignInRequest;
  readonly draft: Draft;
  readonly methods: readonly OfferedMethod[];
  /** The identity servers that the user can choose, most recently used first. */
  readonly servers: readonly string[];
  readonly environments: readonly Environment[];
  readonly clients: KnownClients;
  readonly confirmedHosts: ConfirmedHosts;
  readonly last: LastSignIn;
  readonly tries: FailedTries;
  /** The title of a box that asks on behalf of this identity server; undefined while none is chosen. */
  readonly title: (identityServer: string | undefined) => string;
  readonly attempt: (identityServer: string, client: Client) => SignInAttempt;
  /** Whether a sign-in as this account may send the password a second time, to start over. */
  readonly mayStartOver: (account: Account) => boolean;
}

/** The chosen method, or the first one until the user has chosen. */
export function methodInUse<M extends OfferedMethod>(methods: readonly M[], draft: Draft): M {
  const method = draft.method ?? methods[0]?.initial;
  if (method === undefined) {
    throw new Error('There is no sign-in method.');
  }
  return methodOf(methods, method);
}

/** A sign-in attempt with the answers so far. */
export function attemptOf({ draft, clients, attempt }: SignInContext): SignInAttempt {
  const client = clients.of(draft);
  if (draft.identityServer === undefined || client === undefined) {
    throw new Failure('clientUnknown');
  }
  return attempt(draft.identityServer, client);
}
