import type { SignInMethod } from '../../../core/model/signInMethod';

/**
 * A way to sign in, as it is offered to the user.
 *
 * @typeParam T what is stored of it with each session
 */
export interface OfferedMethod<T extends SignInMethod = SignInMethod> {
  readonly kind: T['kind'];
  /** Its item in the list "How do you sign in?". */
  readonly label: string;
  readonly detail: string;
  /** Reltio's own page about it. */
  readonly help: string;
  /** What is stored of it unless one of its steps asks for something else. */
  readonly initial: T;
}
