import type { Core } from '../../core/core';
import { isSameAccount } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import type { AccountQuestion } from '../../editor/accountInUse';
import type { Host } from '../../editor/host';
import { chooseAccountInUse } from './chooseAccountInUse';

/**
 * Lets the user pick the account that this workspace uses, or sign in with another.
 *
 * @throws {Failure} `cancelled` when the user leaves the list or the sign-in
 */
export async function askForAccount(
  { signedOutAccount }: AccountQuestion,
  { sessions }: Core,
  host: Host,
): Promise<Session> {
  const { environments } = await host.settings.read();
  const choice = { known: sessions.known, inUse: host.accountInUse.session, signedOutAccount, environments };
  return await chooseAccountInUse(choice, (account) =>
    host.signIn.start(
      account,
      undefined,
      ({ account: signedIn }) => account === undefined || isSameAccount(signedIn, account),
    ),
  );
}
