import type * as helpPages from '../helpPages';
import type { SignInMethod } from '../../../core/model/signInMethod';

/** Where the extension runs, as far as sign-in methods depend on it. */
export interface Place {
  /** Whether the user's browser reaches a listener on the machine of the extension. */
  readonly isBesideBrowser: boolean;
}

/**
 * A way to sign in, as it is offered to the user.
 *
 * @typeParam T what is stored of it with each session
 */
export interface OfferedMethod<T extends SignInMethod = SignInMethod> {
  readonly kind: T['kind'];
  /** Its item in the list "How do you sign in?". */
  readonly label: () => string;
  readonly detail: () => string;
  /** Whom it signs in, and so the form of the account: that of a client has no user name. */
  readonly signsIn: 'user' | 'client' | 'pastedToken';
  /**
   * A page in the browser asks the user, so nothing can be sent a second time without opening it again. `returns`: the
   * browser comes back to a listener on this machine. `pasted`: the user pastes the address at which it ends.
   */
  readonly opensBrowser?: 'returns' | 'pasted';
  /** Reltio's own page about it. The address is loaded with the boxes. */
  readonly help: keyof typeof helpPages;
  /** Why it cannot be used here, in one sentence; undefined if it can. Missing if it can be used everywhere. */
  unavailable?(place: Place): string | undefined;
  /** What is stored of it unless one of its steps asks for something else. */
  readonly initial: T;
}
