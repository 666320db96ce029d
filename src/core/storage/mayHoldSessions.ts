import type { Recalled } from './rememberedState';
import type { State } from './stateFile';

/**
 * Whether the secret storage may hold sessions, decided without reading it. Reading it may ask for a keyring password,
 * so it is not read for a user who never signed in, or who has signed out of every account.
 *
 * `state.json` and the copy in a profile can each be gone, come from a backup, or belong to another machine.
 * `state.json` is shared by all profiles, so it alone can say that a remembered session was signed out since.
 */
export function mayHoldSessions(
  state: State | 'missing' | 'unknown',
  remembered: Recalled,
  distrustEmptyState: boolean,
): boolean {
  if (state === 'unknown') {
    return true; // even if a sign-out is remembered: another profile may have signed in since
  }
  if (state === 'missing') {
    return typeof remembered === 'object' ? remembered.sessions > 0 : remembered === 'signedInOnce';
  }
  return state.sessions > 0 || distrustEmptyState || !isSignedOutSince(remembered, state);
}

/** Whether the empty `state` is newer than the copy. Traces of a sign-in do not count, because signing out leaves them. */
function isSignedOutSince(remembered: Recalled, state: State): boolean {
  return (
    typeof remembered !== 'object' ||
    remembered.sessions === 0 ||
    (remembered.storeId === state.storeId && remembered.revision <= state.revision)
  );
}
