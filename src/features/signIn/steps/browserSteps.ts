import { browserStep } from './browserStep';
import { clientStep } from './clientStep';
import { environmentStep } from './environmentStep';
import { loginPageStep } from './loginPageStep';
import { signedInUserStep } from './signedInUserStep';
import type { Step } from './steps';
import { tenantStep } from './tenantStep';

/** On the identity server's own page, whether the browser returns by itself or the user pastes where it ends. */
export const browserSteps: readonly Step[] = [tenantStep, clientStep, browserStep, signedInUserStep];

export const loginPageSteps: readonly Step[] = [environmentStep, loginPageStep, signedInUserStep];
