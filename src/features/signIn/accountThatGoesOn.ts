import type { SignedIn } from '../../core/calls/signInAttempt';
import { isSameAccount } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import { methodOf } from '../../core/model/signInMethod';
import type { OfferedMethod } from './methods/offeredMethod';

/**
 * The sign-in, under the name of the account that the user already has. A login page that has forgotten the client of this
 * computer registers another one, which no user notices: so the account of the same user at the same login page goes on,
 * instead of a second one beside it. It keeps its name, because VS Code stores under it who may use the account.
 *
 * @param clientId of the account that this sign-in is for, if any
 */
export function withAccountThatGoesOn(
  signedIn: SignedIn,
  sessions: readonly Session[],
  methods: readonly OfferedMethod[],
  clientId: string | undefined,
): SignedIn {
  if (methodOf(methods, signedIn.method).initial.registersClient !== true) {
    return signedIn;
  }
  const { account, method } = signedIn;
  const goingOn = sessions.filter(
    (session) =>
      session.method.kind === method.kind &&
      session.method['environment'] === method['environment'] &&
      isSameAccount(session.account, { ...account, clientId: session.account.clientId }),
  );
  const named = (id: string | undefined): Session | undefined => goingOn.find((one) => one.account.clientId === id);
  const found = named(clientId) ?? named(account.clientId) ?? goingOn[0];
  return found === undefined || found.account.clientId === account.clientId
    ? signedIn
    : { ...signedIn, account: found.account, clientId: account.clientId };
}
