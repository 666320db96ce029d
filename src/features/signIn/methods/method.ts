import type { CoreMethod, SignInMethod } from '../../../core/model/signInMethod';
import type { DescribedMethod } from '../../../editor/messages/sessionText';
import type { Step } from '../steps/steps';
import type { OfferedMethod } from './offeredMethod';

/**
 * A way to sign in: everything that differs from the other ways. `methods.ts` lists them all.
 *
 * @typeParam T what is stored of it with each session
 */
export interface Method<T extends SignInMethod = SignInMethod>
  extends CoreMethod<T>, OfferedMethod<T>, DescribedMethod<T> {
  /** Its boxes, in order. Loaded by the first sign-in: most windows never show one. */
  steps(): Promise<readonly Step[]>;
}
