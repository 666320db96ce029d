import { defaultPolicy } from '../identity/policy';
import { closeReltioWindow, openReltioWindow } from './reltioWindow';
import type { ReltioWindow, ReltioWindowOptions } from './reltioWindow';

const options: ReltioWindowOptions = {
  consumer: false,
  policy: {
    secondLoginReturns: 'newPair', // a user who signs in again does not get the tokens of the test before
    mailedCodeDigits: 14,
  },
  settings: ({ url }) => ({
    'reltioAuth.environments': [{ name: 'local', url, authUrl: url, tenant: 'AcmeDev01' }],
  }),
};

let opened: ReltioWindow | undefined;
/** How many `describe`s use the window from now on, the current one among them. */
let users = 0;

/**
 * As `reltioWindow`, for the ways to sign in that need no browser on the machine of the extension. They use one window,
 * because opening one takes as long as many tests: each starts with nothing stored and nobody signed in.
 */
export function signInWindow(use: (opened: ReltioWindow) => void): void {
  users++;
  before(async () => {
    opened ??= await openReltioWindow(options);
    use(opened);
  });
  after(async () => {
    users--;
    const isReusable = users > 0 && opened !== undefined && (await forget(opened).then(() => true, isFailed));
    if (isReusable) return;
    await closeReltioWindow(opened);
    opened = undefined;
  });
}

/** Whether a later `describe` uses the window, so that this one must not close it. */
export function isSignInWindowNeeded(): boolean {
  return users > 1;
}

async function forget({ server, window }: ReltioWindow): Promise<void> {
  await window.closeOtherPages();
  server.faults.clear();
  Object.assign(server.policy, defaultPolicy, options.policy);
  await window.runCommand('Reltio: Forget Everything');
  await window.answerDialog('Forget Everything');
  await window.untilNotification(/^Everything was forgotten/);
  await window.untilStatusBar('Reltio: Sign in');
  server.requests.clear();
}

function isFailed(error: unknown): false {
  console.error('  The window is opened anew:', error);
  return false;
}
