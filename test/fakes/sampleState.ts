import type { StatusState } from '../../src/features/statusBar/state';
import { methodText } from '../../src/editor/messages/sessionText';
import { methods } from '../../src/features/signIn/methods/methods';
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
    problem: undefined,
    ...changes,
  };
}
