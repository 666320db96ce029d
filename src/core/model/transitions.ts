import type { Failure } from '../base/failure';
import { failureTable } from '../base/failureTable';
import type { GrantedToken } from '../oauth/tokenResponse';
import type { Account } from './account';
import { isSuperseded, receive, receivePasted, receiveSignIn } from './receive';
import { isAnswer, withError } from './refreshErrors';
import { canRefresh } from './refreshMeans';
import type { Session } from './session';
import type { Renewal, SignInMethod } from './signInMethod';
import { expireNow, isExpired, withoutRefreshToken, type Tokens } from './tokens';

/*
 * Everything that can happen to a session, one pure function each. A function returns the new session, or the same
 * object if nothing changes. docs/sessions.md draws these functions, and test/documents/stateDiagram.test.ts compares
 * the two.
 */

export interface GrantedSignIn {
  readonly account: Account;
  /** The client that signed in, if it is not the one that names the account. */
  readonly clientId?: string;
  readonly method: SignInMethod;
  readonly renewal?: Renewal;
  readonly answer: GrantedToken;
  /** When the request was sent, milliseconds since 1970. */
  readonly startedAt: number;
}

/**
 * The identity server granted a sign-in. The account keeps its name, and if a rejected token is returned again it stays
 * rejected.
 *
 * @param before the session of the same account, which this one replaces
 * @param isSpent whether the refresh token of the answer was replaced since the sign-in began
 */
export function signInGranted(
  before: Session | undefined,
  id: string,
  { account, clientId, method, renewal = 'refreshToken', answer, startedAt }: GrantedSignIn,
  isSpent: boolean,
  now: number,
): Session {
  const tokens =
    renewal === 'none'
      ? receivePasted(before?.tokens, answer, startedAt)
      : receiveSignIn(before?.tokens, usedPart(answer, renewal), startedAt, isSpent, now);
  const isStillRejected = before?.state === 'rejected' && before.tokens.accessToken === tokens.accessToken;
  return {
    id,
    account: before?.account ?? account,
    ...(clientId === undefined ? {} : { clientId }),
    method,
    ...(renewal === 'refreshToken' ? {} : { renewal }),
    signedInAt: startedAt,
    state: isStillRejected ? 'rejected' : 'signedIn',
    tokens,
  };
}

export interface RefreshAnswer {
  /** The tokens that were held when the request was sent. */
  readonly sent: Tokens;
  readonly answer: GrantedToken;
  /** When the request was sent, milliseconds since 1970. */
  readonly startedAt: number;
}

/**
 * The identity server granted a refresh. Nothing changes if the session holds newer tokens by now. A rejected token
 * stays rejected while the server returns the same one before its expiry.
 */
export function refreshed(session: Session, { sent, startedAt, ...rest }: RefreshAnswer, now: number): Session {
  const answer = usedPart(rest.answer, session.renewal);
  if (isSuperseded(session.tokens, sent, answer, startedAt)) {
    return session;
  }
  const tokens = receive(session.tokens, answer, startedAt);
  const isSameToken =
    tokens.accessToken === session.tokens.accessToken && startedAt < session.tokens.accessTokenExpiresAt;
  return withTokens(session, session.state === 'rejected' && isSameToken ? 'rejected' : 'signedIn', tokens, now);
}

/** A client that asks again needs no refresh token, and should not get one (RFC 6749 section 4.4.3). */
function usedPart(answer: GrantedToken, renewal: Renewal | undefined): GrantedToken {
  return renewal === 'clientAgain' ? { ...answer, refreshToken: undefined } : answer;
}

/**
 * The journal contained the tokens of a refresh that another window could not store.
 *
 * @param spent the refresh token that they replace; nothing changes if the session holds another one by now
 */
export function restored(session: Session, spent: string | undefined, tokens: Tokens, now: number): Session {
  return session.tokens.refreshToken === spent ? withTokens(session, 'signedIn', tokens, now) : session;
}

/** Tokens that have already expired are not a success, so the errors stay counted. */
function withTokens(session: Session, state: Session['state'], tokens: Tokens, now: number): Session {
  const { refreshErrors, ...rest } = session;
  const isSuccess = !isExpired(tokens, now) || refreshErrors === undefined;
  return isSuccess ? { ...rest, state, tokens } : { ...rest, refreshErrors, state, tokens };
}

/** A refresh failed, in a way that leaves the refresh token as it is. */
export function refreshFailed(session: Session, failure: Failure, now: number): Session {
  if (failure.code === 'clientRejected') {
    return clientRejected(session);
  }
  if (!isAnswer(failure)) {
    return session;
  }
  if (session.state === 'clientRejected' && failureTable[failure.code].group === 'account') {
    return clientAccepted(session, now);
  }
  const refreshErrors = withError(session.refreshErrors, now);
  return refreshErrors === session.refreshErrors ? session : { ...session, refreshErrors };
}

/** The identity server rejected our client. This is conclusive, so earlier inconclusive errors are forgotten. */
export function clientRejected(session: Session): Session {
  const { refreshErrors, ...rest } = session;
  const isNews = session.state === 'signedIn' || (session.state === 'clientRejected' && refreshErrors !== undefined);
  return isNews ? { ...rest, state: 'clientRejected' } : session;
}

/** The identity server knows the client after all, and refused the refresh for another reason. */
export function clientAccepted(session: Session, now: number): Session {
  return session.state === 'clientRejected'
    ? { ...session, state: 'signedIn', refreshErrors: { from: now, to: now } }
    : session;
}

/**
 * The identity server rejected this refresh token for good. Nothing changes if the session holds another one by now.
 */
export function refreshTokenRejected(session: Session, refreshToken: string | undefined): Session {
  return session.tokens.refreshToken === refreshToken
    ? { ...session, state: 'signInAgain', tokens: withoutRefreshToken(session.tokens) }
    : session;
}

/**
 * An environment and the identity server rejected this access token before its expiry. Nothing changes if the session
 * holds another one by now. If the session cannot be refreshed, the token counts as expired.
 */
export function accessTokenRejected(session: Session, accessToken: string, now: number): Session {
  if (session.tokens.accessToken !== accessToken) {
    return session;
  }
  if (canRefresh(session)) {
    return session.state === 'rejected' ? session : { ...session, state: 'rejected' };
  }
  const isKnown = session.state === 'signInAgain' && isExpired(session.tokens, now);
  return isKnown ? session : { ...session, state: 'signInAgain', tokens: expireNow(session.tokens, now) };
}

/** The tokens were revoked at the identity server. */
export function revoked(session: Session, now: number): Session {
  return { ...session, state: 'signInAgain', tokens: expireNow(withoutRefreshToken(session.tokens), now) };
}
