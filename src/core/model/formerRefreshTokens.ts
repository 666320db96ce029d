import { createHash } from 'node:crypto';
import { accountId } from './account';
import type { Session } from './session';

/**
 * The refresh token of a session that was signed out here. Reltio may return the same token at the next sign-in, and
 * its 28 days count from its first receipt. Kept as a hash of the account and the token.
 */
export interface FormerRefreshToken {
  readonly hash: string;
  readonly receivedAt: number;
}

/** The most tokens that are remembered: hardly anyone signs out more often while a refresh token is valid. */
const most = 20;

/** The tokens to remember after the sessions have changed. */
export function formerAfter(
  former: readonly FormerRefreshToken[],
  before: readonly Session[],
  after: readonly Session[],
): readonly FormerRefreshToken[] {
  const kept = new Set(after.map(({ id }) => id));
  const left = before.flatMap((session) => {
    const receivedAt = session.tokens.refreshTokenReceivedAt;
    const hash = hashOf(session);
    return kept.has(session.id) || hash === undefined || receivedAt === undefined ? [] : [{ hash, receivedAt }];
  });
  const others = former.filter(({ hash }) => !left.some((one) => one.hash === hash));
  return left.length === 0 ? former : [...left, ...others].slice(0, most);
}

/** The sessions, with the first receipt of refresh tokens that were held before. */
export function withTrueAges(sessions: readonly Session[], former: readonly FormerRefreshToken[]): readonly Session[] {
  if (former.length === 0) {
    return sessions;
  }
  return sessions.map((session) => {
    const own = hashOf(session);
    const known = former.find(({ hash }) => hash === own);
    return known === undefined || known.receivedAt >= (session.tokens.refreshTokenReceivedAt ?? 0)
      ? session
      : { ...session, tokens: { ...session.tokens, refreshTokenReceivedAt: known.receivedAt } };
  });
}

function hashOf({ account, tokens: { refreshToken } }: Session): string | undefined {
  return refreshToken === undefined
    ? undefined
    : createHash('sha256')
        .update(`${accountId(account)}\n${refreshToken}`)
        .digest('base64url');
}
