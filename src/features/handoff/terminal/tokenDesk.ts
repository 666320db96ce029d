import * as vscode from 'vscode';
import { asFailure, Failure, isFailure } from '../../../core/base/failure';
import type { Log } from '../../../core/base/log';
import { accountLabel } from '../../../core/model/account';
import type { TokenDesk } from '../../../core/terminal/answerCalls';
import type { PrintableToken } from '../../../core/terminal/printedToken';
import type { TokenWish } from '../../../core/terminal/tokenWish';
import { describe } from '../../../editor/messages/messages';
import type { TokenAccess } from '../access/tokenAccess';
import type { FoundToken } from '../access/workspaceTokens';

type Access = Pick<TokenAccess, 'tokens' | 'allowance' | 'answerOf'>;

/** Gives tokens to the terminals of this workspace, if the user allows it. */
export function tokenDesk(access: Access, log: Log): TokenDesk {
  return {
    token: async (wish, signal) => {
      try {
        const found = await token(wish, signal, access);
        log.info('terminals: token given', { session: found.session.id });
        return printable(found);
      } catch (error) {
        const failure = asFailure(error);
        log.warn('terminals: no token given', failure === undefined ? {} : { code: failure.code });
        throw error;
      }
    },
    sentence: describe,
  };
}

async function token(wish: TokenWish, signal: AbortSignal, access: Access): Promise<FoundToken> {
  const { tokens, allowance } = access;
  mustNotBeRefused(access);
  const { session, environment } = await tokens.find(wish).catch((error: unknown) => {
    throw hasYes(access) ? error : withoutNames(error);
  });
  const named = wish.environment === undefined ? undefined : environment;
  if (!(await allowance.has('terminals', session.account, named))) {
    throw new Failure('tokenAccessDenied');
  }
  signal.throwIfAborted(); // no request for a caller who has left
  // The user may have switched accounts while the question was open: the answer was about this one.
  return await tokens.fresh({ ...wish, account: accountLabel(session.account) });
}

/** Before anything is looked up: a caller who is refused learns nothing, not even which accounts there are. */
function mustNotBeRefused({ answerOf }: Access): void {
  if (!vscode.workspace.isTrusted) {
    throw new Failure('tokensNeedTrust');
  }
  if (answerOf('terminals') === 'never') {
    throw new Failure('tokenAccessDenied');
  }
}

function hasYes({ answerOf }: Access): boolean {
  return answerOf('terminals') !== undefined;
}

/** Which accounts and environments there are is only for those who may have tokens. */
function withoutNames(error: unknown): unknown {
  return isFailure(error) && error.names.length > 0
    ? new Failure(error.code, error.host === undefined ? {} : { host: error.host })
    : error;
}

function printable({ session: { account, tokens }, environment }: FoundToken): PrintableToken {
  return {
    accessToken: tokens.accessToken,
    expiresAt: tokens.accessTokenExpiresAt,
    metadata: {
      account: accountLabel(account),
      identity_server: account.identityServer,
      ...(environment === undefined ? {} : { environment: environment.name }),
      ...(environment?.tenant === undefined ? {} : { tenant: environment.tenant }),
    },
  };
}
