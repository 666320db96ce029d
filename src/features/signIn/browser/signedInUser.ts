import * as l10n from '@vscode/l10n';
import { isFailure } from '../../../core/base/failure';
import { displayText } from '../../../core/base/displayText';
import type { SignedIn } from '../../../core/calls/signInAttempt';
import type { Client } from '../../../core/oauth/client';
import type { Refused } from './browserVisit';
import { isWantedUser } from '../isWantedUser';
import type { SignInContext } from '../signInContext';

/**
 * Adds the user to a sign-in in the browser, as the identity server names it: only the browser knows who typed what.
 *
 * @param clients are tried in this order, because the server may answer some of them only
 * @returns the sign-in without a user if the server does not say
 */
export async function withSignedInUser(
  { checks, request }: SignInContext,
  signedIn: SignedIn,
  clients: readonly Client[],
  signal: AbortSignal,
): Promise<SignedIn | Refused> {
  const { account, answer } = signedIn;
  for (const client of clients) {
    const found = await checks
      .check(account.identityServer, client, answer.accessToken, signal)
      .catch((error: unknown) => {
        if (signal.aborted || !isFailure(error)) {
          throw error;
        }
        return error;
      });
    if (isFailure(found) && found.code === 'clientRejected') {
      continue;
    }
    if (isFailure(found) || found === 'notValid' || found.user === undefined) {
      break;
    }
    return isWantedUser(found.user, request.user)
      ? { ...signedIn, account: { ...account, user: found.user } }
      : { refused: otherUserText(found.user, request.user) };
  }
  return signedIn;
}

function otherUserText(user: string, wanted = ''): string {
  return l10n.t(
    'The browser signed in as {0}, but this sign-in is for {1}. Sign out of Reltio in the ' +
      'browser, then open it again with the button above.',
    displayText(user),
    displayText(wanted),
  );
}
