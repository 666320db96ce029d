import type { Method } from '../../src/features/signIn/methods/method';
import { methods } from '../../src/features/signIn/methods/methods';
import { browserSteps, loginPageSteps } from '../../src/features/signIn/steps/browserSteps';
import { clientCredentialsSteps } from '../../src/features/signIn/steps/clientCredentialsSteps';
import { identityProviderSteps, passwordSteps } from '../../src/features/signIn/steps/passwordSteps';
import { pastedTokenSteps } from '../../src/features/signIn/pastedToken/pastedTokenSteps';
import type { Step } from '../../src/features/signIn/steps/steps';

const loaded: Readonly<Record<string, readonly Step[]>> = {
  password: passwordSteps,
  identityProvider: identityProviderSteps,
  browser: browserSteps,
  pastedCallback: browserSteps,
  loginPage: loginPageSteps,
  clientCredentials: clientCredentialsSteps,
  pastedToken: pastedTokenSteps,
};

/**
 * The real sign-in methods, with their steps already loaded: a fake clock does not measure the time that loading a
 * module takes.
 */
export const preloadedMethods: readonly Method[] = methods.map((method) => ({
  ...method,
  steps: async () => await Promise.resolve(loaded[method.kind] ?? method.steps()),
}));
