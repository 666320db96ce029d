import { clientStep } from './clientStep';
import { identityProviderStep } from './identityProviderStep';
import { oneTimeCodeStep } from './oneTimeCodeStep';
import { passwordStep, providerPasswordStep } from './passwordStep';
import type { Step } from './steps';
import { userStep } from './userStep';

export const passwordSteps: readonly Step[] = [clientStep, userStep, passwordStep, oneTimeCodeStep];

export const identityProviderSteps: readonly Step[] = [
  identityProviderStep,
  clientStep,
  userStep,
  providerPasswordStep,
  oneTimeCodeStep,
];
