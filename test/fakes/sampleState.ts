import type { StatusState } from '../../src/features/statusBar/state';
import { sampleSession } from './sampleSession';

/** Signed in, one account, good weather. */
export function sampleState(changes: Partial<StatusState> = {}): StatusState {
  return {
    session: sampleSession(),
    question: undefined,
    isNamed: false,
    isRefreshing: false,
    outage: undefined,
    refreshTokenExpiresAt: undefined,
    copied: undefined,
    problem: undefined,
    ...changes,
  };
}
