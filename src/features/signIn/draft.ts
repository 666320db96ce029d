import type { SignInMethod } from '../../core/model/signInMethod';
import type { Client } from '../../core/oauth/client';
import type { CodeNeeded, SignedIn } from '../../core/calls/signInAttempt';
import type { CheckedToken } from './pastedToken/checkedToken';

/**
 * The answers of a sign-in so far. Exists while its boxes are open. Holds a token that was pasted, but no password, except
 * inside `signInOnceMore`.
 */
export interface Draft {
  identityServer?: string;
  method?: SignInMethod;
  client?: ClientAnswer;
  user?: string;
  /** Its id is missing while the user has yet to choose. */
  tenant?: { readonly id?: string };
  /** The origin of the environment whose login page signs in. It is missing while the user has yet to choose. */
  environment?: { readonly url?: string };
  /** The identity server's answer to the last secret that it accepted. */
  answer?: SignedIn | CodeNeeded;
  /** Only for starting over: sends the password that was just accepted a second time. */
  signInOnceMore?: () => Promise<SignedIn | CodeNeeded>;
  /** Fills the box for the client id when the user comes back to it. */
  typedClientId?: string;
  /** Why the password is asked for again. */
  passwordProblem?: string;
  /** An access token, as the user pasted it. */
  pasted?: string;
  /** What servers say of it. */
  checked?: CheckedToken;
  /** When it expires, as the user thinks, milliseconds since 1970. */
  expiresAt?: number;
  /** Why another token is asked for. */
  pastedProblem?: string;
}

interface ClientAnswer {
  /** Missing while the user has yet to choose. */
  readonly client?: Client;
  /** The user wants another client than the one that would be used without asking. */
  readonly isOther?: boolean;
  /** The identity server rejected it. */
  readonly isRejected?: boolean;
}
