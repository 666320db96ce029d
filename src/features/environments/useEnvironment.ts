import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { displayText } from '../../core/base/displayText';
import { accountLabel } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import type { Sessions } from '../../core/sessions/sessions';
import type { Host } from '../../editor/host';
import { pickSession } from '../../editor/pickSession';
import type { Environment } from '../../editor/settings/environments';
import { environmentName, environmentsOf } from '../../editor/settings/environmentsOf';

/**
 * Makes an environment the one in use. If its identity server or client is not that of the account in use, another account
 * is used with it: the only one that fits, the one that the user picks, or the one they sign in with.
 *
 * @throws {Failure} `cancelled` when the user leaves: then nothing has changed
 */
export async function useEnvironment(
  environment: Environment,
  sessions: Pick<Sessions, 'list'>,
  { accountInUse, environmentInUse, signIn }: Pick<Host, 'accountInUse' | 'environmentInUse' | 'signIn'>,
): Promise<void> {
  const known = await sessions.list();
  const fits = ({ account }: Session): boolean => environmentsOf(account, [environment]).length > 0;
  const { session: inUse } = accountInUse;
  if (known.length === 0 || (inUse !== undefined && fits(inUse))) {
    await environmentInUse.choose(environment);
    return;
  }
  const fitting = known.filter(fits);
  const { identityServer, clientId } = environment;
  const session =
    fitting.length === 0
      ? await signIn.start({ identityServer, ...(clientId === undefined ? {} : { clientId }) }, undefined, fits)
      : await pickSession(
          fitting,
          undefined,
          l10n.t('Reltio account'),
          l10n.t('Which account do you want to use with {0}?', displayText(environment.name)),
        );
  await accountInUse.choose(session.account);
  await environmentInUse.choose(environment);
  void vscode.window.showInformationMessage(
    l10n.t('This workspace now uses {0} as {1}.', environmentName(environment), accountLabel(session.account)),
  );
}
