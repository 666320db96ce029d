import type { FailureKind } from '../../core/dataApi/failedCall';

/*
 * The answers of the commands reltioAuth.api.v1.*: plain JSON, so that they reach extensions in every extension host. Within
 * v1, fields and values of `kind` and `state` are only added.
 */

/** `reltioAuth.api.v1.environments`, which takes nothing. */
export interface EnvironmentsAnswer {
  /** As in the user's settings and in their order, without those that cannot be used. */
  readonly environments: readonly EnvironmentAnswer[];
  /** Why they cannot be listed, in a sentence for the user, if so. */
  readonly problem?: string;
}

export interface EnvironmentAnswer {
  /** For the scope `RELTIO_ENVIRONMENT:<name>`. */
  readonly name: string;
  /** Origin, such as `https://dev.reltio.com`: a token of this environment belongs to no other host. */
  readonly url: string;
  /** Origin of the server that issues its tokens. */
  readonly identityServer: string;
  /** The id of its tenant, if the settings have one. A token may reach others too. */
  readonly tenant?: string;
  readonly production: boolean;
  /** Whether this workspace uses it with the active account. */
  readonly inUse: boolean;
}

/** `reltioAuth.api.v1.activeAccount`, which takes nothing. */
export interface ActiveAccountAnswer {
  /**
   * - `signedIn`: there is an account, and a token can be had without the user, unless there is an outage;
   * - `actionNeeded`: there is an account, and the user has to act, for example to sign in again;
   * - `notChosen`: several accounts are signed in, and the user has not chosen one for this workspace;
   * - `signedOut`: no account is signed in;
   * - `unavailable`: it cannot be read, usually because VS Code's secret storage does not answer.
   */
  readonly state: 'signedIn' | 'actionNeeded' | 'notChosen' | 'signedOut' | 'unavailable';
  /** For `getSession('reltio', scopes, { account })`. */
  readonly account?: { readonly id: string; readonly label: string };
  /** Origin of the server that issues its tokens. */
  readonly identityServer?: string;
  /** The name of the environment that this workspace uses with it. */
  readonly environment?: string;
  /** Why the state is `unavailable`, in a sentence for the user. */
  readonly problem?: string;
}

/** `reltioAuth.api.v1.explain`: what is known of a failed call. Only `status` or `code` is needed. */
export interface ExplainQuestion {
  /** The HTTP status. Missing or 0 if there was no answer. */
  readonly status?: number;
  /** The body, as text or parsed. It is not quoted, logged or kept: Reltio's may contain the token. */
  readonly body?: unknown;
  /** As an object, in any case. `Retry-After`, `Date`, `Content-Type` and `WWW-Authenticate` are read. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the request. */
  readonly url?: string;
  /** The name of the environment that was meant. By default, the one whose address the URL has. */
  readonly environment?: string;
  /** The id or the label of the account whose token was sent. */
  readonly account?: string;
  /** If there was no answer: the code of Node's error, such as `ENOTFOUND`. */
  readonly code?: string;
}

export interface ExplainAnswer {
  readonly kind: FailureKind;
  /** A sentence for the user. */
  readonly message: string;
  /** A sentence for the user, too: what to do about it. */
  readonly nextStep?: string;
  /** How long Reltio asks to wait. */
  readonly retryAfterSeconds?: number;
}
