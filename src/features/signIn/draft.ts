import type { Client } from '../../core/oauth/client';
import type { SignInMethod } from '../../core/model/session';
import type { CodeNeeded, SignedIn } from '../../core/calls/signInAttempt';

/** What a sign-in knows so far. It lives as long as its boxes; a password never gets in here, but for beginning anew. */
export interface Draft {
  identityServer?: string;
  method?: SignInMethod;
  client?: Client;
  /** The person wants another client than the one that would be taken without asking. */
  choosesClient?: boolean;
  typedClientId?: string;
  user?: string;
  renews?: boolean;
  codeNeeded?: CodeNeeded;
  signedIn?: SignedIn;
  /** For beginning anew only: sends the password that was just accepted a second time. */
  signInOnceMore?: () => Promise<SignedIn | CodeNeeded>;
  /** The identity server rejected the client: its step asks again. */
  isClientRejected?: boolean;
  /** Why the password is asked for again. */
  passwordProblem?: string;
}

/** What whoever asked for the sign-in has already decided. */
export interface SignInRequest {
  readonly identityServer?: string;
  readonly clientId?: string;
  readonly user?: string;
  readonly method?: SignInMethod;
  /** Whether the sign-in is to begin a new life, and not to go on with the one that is ending. */
  readonly renews?: boolean;
}
