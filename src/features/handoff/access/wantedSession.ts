import { Failure } from '../../../core/base/failure';
import { accountLabel, hostOf, type Account } from '../../../core/model/account';
import type { Session } from '../../../core/model/session';
import type { Environment } from '../../../editor/settings/environments';
import { environmentsOf } from '../../../editor/settings/environmentsOf';
import type { Wanted } from './workspaceTokens';

/** The environment of this name. Names are exact: another one may be production. */
export function wantedEnvironment(
  name: string | undefined,
  environments: readonly Environment[],
): Environment | undefined {
  if (name === undefined) {
    return undefined;
  }
  const found = environments.find((environment) => environment.name === name);
  if (found === undefined) {
    throw new Failure('environmentUnknown', { names: environments.map((environment) => environment.name) });
  }
  return found;
}

/**
 * The session of the account or for the environment that is named. Never a substitute: the token of another account may
 * open what this one does not.
 *
 * @param inUse the session that the workspace uses
 * @throws {Failure} if no account fits, or several do and none of them is in use
 */
export function wantedSession(
  account: Wanted['account'],
  environment: Environment | undefined,
  sessions: readonly Session[],
  inUse: Session | undefined,
): Session {
  const named = account === undefined ? sessions : sessionsNamed(account, sessions);
  if (named.length === 0) {
    throw new Failure('accountUnknown', { names: labelsOf(sessions) });
  }
  const fitting = environment === undefined ? named : named.filter((one) => fits(one.account, environment));
  const [first, ...others] = fitting;
  if (first === undefined) {
    const host = environment === undefined ? {} : { host: hostOf(environment) };
    throw new Failure(account === undefined ? 'noAccountFits' : 'accountElsewhere', host);
  }
  const chosen = others.length === 0 ? first : fitting.find(({ id }) => id === inUse?.id);
  if (chosen === undefined) {
    throw new Failure('accountAmbiguous', { names: labelsOf(fitting) });
  }
  return chosen;
}

export function labelsOf(sessions: readonly Session[]): readonly string[] {
  return sessions.map(({ account }) => accountLabel(account));
}

/** A label names one account, a user name maybe several: at two servers, or through two clients. */
function sessionsNamed(name: string, sessions: readonly Session[]): readonly Session[] {
  const labelled = sessions.filter(({ account }) => accountLabel(account) === name);
  const user = name.trim().toLowerCase();
  return labelled.length > 0
    ? labelled
    : sessions.filter(({ account }) => account.user !== undefined && account.user.trim().toLowerCase() === user);
}

function fits(account: Account, environment: Environment): boolean {
  return environmentsOf(account, [environment]).length > 0;
}
