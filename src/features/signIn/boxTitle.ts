import * as l10n from '@vscode/l10n';
import { timeText } from '../../editor/messages/timeText';
import type { SignInRequest } from '../../editor/signIn';
import { foreignHost } from './hostConsent';

/**
 * The title of every box of a sign-in: what it is for, the host that gets the secrets if it is not Reltio's own, and when the
 * box closes by itself.
 */
export function boxTitle(
  request: Pick<SignInRequest, 'renews'>,
  identityServer: string | undefined,
  endsAt: number | undefined,
  now: number,
): string {
  const name = purpose(request.renews === true, foreignHost(identityServer));
  return endsAt === undefined ? name : l10n.t('{0} (closes at {1})', name, timeText(endsAt, now));
}

function purpose(renews: boolean, host: string | undefined): string {
  if (host === undefined) {
    return renews ? l10n.t('Renew the Reltio sign-in') : l10n.t('Sign in to Reltio');
  }
  return renews ? l10n.t('Renew the Reltio sign-in at {0}', host) : l10n.t('Sign in to Reltio at {0}', host);
}
