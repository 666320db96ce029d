import type { LocalProxyView } from '../../src/editor/localProxyState';
import type { StatusState } from '../../src/features/statusBar/state';
import { methodText } from '../../src/editor/messages/sessionText';
import { methods } from '../../src/features/signIn/methods/methods';
import { monday } from './fakeClock';
import { sampleSession } from './sampleSession';

/** Signed in, one account, no outage. */
export function sampleState(changes: Partial<StatusState> = {}): StatusState {
  const session = 'session' in changes ? changes.session : sampleSession();
  return {
    session,
    signedInWith: session === undefined ? '' : methodText(methods, session.method),
    question: undefined,
    isNamed: false,
    otherAccounts: [],
    environment: undefined,
    hasSeveralEnvironments: false,
    isRefreshing: false,
    outage: undefined,
    refreshTokenExpiresAt: undefined,
    copied: undefined,
    localProxy: undefined,
    problem: undefined,
    ...changes,
  };
}

/** The local proxy runs in this window, for one environment. */
export function sampleProxyView(changes: Partial<LocalProxyView> = {}): LocalProxyView {
  return {
    state: 'here',
    port: 4711,
    since: monday,
    requests: 0,
    environments: [{ name: 'dev', account: 'jane@acme.com (auth.reltio.com)' }],
    ...changes,
  };
}
