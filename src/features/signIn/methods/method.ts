import type { CoreMethod, SignInMethod } from '../../../core/model/signInMethod';
import type { Step } from '../steps/steps';

/**
 * A way to sign in: everything that differs from the other ways. `methods.ts` lists them all.
 *
 * @typeParam T what is stored of it with each session
 */
export interface Method<T extends SignInMethod = SignInMethod> extends CoreMethod<T> {
  /** Its item in the list "How do you sign in?". */
  readonly label: string;
  readonly detail: string;
  /** Reltio's own page about it. */
  readonly help: string;
  /** What is stored of it unless one of its steps asks for something else. */
  readonly initial: T;
  /** How a session was signed in: `with a password`. */
  text(method: T): string;
  /** Its boxes, in their order. Loaded by the first sign-in: most windows never show one. */
  steps(): Promise<readonly Step[]>;
}
