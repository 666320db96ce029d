import { clientCredentialsStep } from './clientCredentialsStep';
import { clientAccountStep } from './clientStep';
import type { Step } from './steps';

export const clientCredentialsSteps: readonly Step[] = [clientAccountStep, clientCredentialsStep];
