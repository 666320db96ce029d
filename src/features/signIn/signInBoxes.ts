import type { Core } from '../../core/core';
import type { Host } from '../../editor/host';
import type { SignInBoxes } from '../../editor/signIn';
import { confirmedHosts } from '../../editor/confirmedHosts';
import { LastSignIn } from './lastSignIn';
import type { Method } from './methods/method';
import { showFoundAccounts } from './showFoundAccounts';
import { SignInFlow } from './signInFlow';
import { showSignedIn } from './showSignedIn';

// Loaded with the boxes: a separate bundle file would repeat most of this code.
export { pastedTokenSteps } from './pastedToken/pastedTokenSteps';
export { browserSteps, loginPageSteps } from './steps/browserSteps';
export { clientCredentialsSteps } from './steps/clientCredentialsSteps';
export { identityProviderSteps, passwordSteps } from './steps/passwordSteps';

/** The boxes of a sign-in, and the messages during and after it. Loaded by the first sign-in of a window. */
export function signInBoxes(core: Core, host: Host, methods: readonly Method[]): SignInBoxes {
  const { sessions, clients, calls, checks, dataApi, http, clock, log } = core;
  const { globalState, settings, openBrowser, copyText } = host;
  const flow = new SignInFlow({
    readSettings: () => settings.read(),
    sessions,
    clients,
    calls,
    checks,
    dataApi,
    methods,
    place: () => ({ isBesideBrowser: host.isBesideBrowser() }),
    browser: { http, clock, clients, open: openBrowser, copy: copyText },
    clock,
    log,
    last: new LastSignIn(globalState),
    confirmedHosts: confirmedHosts(globalState),
    refreshTokenDays: () => settings.value('refreshTokenDays'),
    onFound: (found) => void showFoundAccounts(found),
  });
  return {
    run: async (request, prompt, endsAt) => {
      const outcome = await flow.run(request, prompt, endsAt);
      void showSignedIn(outcome, clock);
      return outcome.session;
    },
  };
}
