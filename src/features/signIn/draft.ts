import type { SignInMethod } from '../../core/model/signInMethod';
import type { Client } from '../../core/oauth/client';
import type { CodeNeeded, SignedIn } from '../../core/calls/signInAttempt';

/** What a sign-in knows so far. It exists as long as its boxes. No password is in it, except inside `signInOnceMore`. */
export interface Draft {
  identityServer?: string;
  method?: SignInMethod;
  client?: ClientAnswer;
  user?: string;
  /** What the identity server said to the last secret that it accepted. */
  answer?: SignedIn | CodeNeeded;
  /** For starting over only: sends the password that was just accepted a second time. */
  signInOnceMore?: () => Promise<SignedIn | CodeNeeded>;
  /** Fills the box for the client id when the user comes back to it. */
  typedClientId?: string;
  /** Why the password is asked for again. */
  passwordProblem?: string;
}

interface ClientAnswer {
  /** Missing where the user has yet to choose. */
  readonly client?: Client;
  /** The user wants another client than the one that would be used without asking. */
  readonly isOther?: boolean;
  /** The identity server rejected it. */
  readonly isRejected?: boolean;
}
