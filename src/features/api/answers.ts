import type { Core } from '../../core/core';
import { accountId, accountLabel } from '../../core/model/account';
import { remedyOf } from '../../core/model/remedy';
import type { Session } from '../../core/model/session';
import { isExpired } from '../../core/model/tokens';
import type { Host } from '../../editor/host';
import { describe } from '../../editor/messages/messages';
import type { ActiveAccountAnswer, EnvironmentsAnswer, ExplainAnswer } from './apiV1';
import { explanationText } from './explanationText';
import { explanation } from './explanation';

export async function environments(core: Core, { environmentInUse }: Host): Promise<EnvironmentsAnswer> {
  await core.sessions.usable().catch(() => undefined); // says which account is in use, and with it which environment
  await environmentInUse.update();
  const { all, current } = environmentInUse;
  return {
    environments: all.map((environment) => ({
      name: environment.name,
      url: environment.url,
      identityServer: environment.identityServer,
      ...(environment.tenant === undefined ? {} : { tenant: environment.tenant }),
      production: environment.production,
      inUse: environment.name === current?.name,
    })),
  };
}

/** VS Code gives label and id of every account to every extension, as `getAccounts` does. */
export async function activeAccount(
  { sessions, clock }: Core,
  { accountInUse, environmentInUse }: Host,
): Promise<ActiveAccountAnswer> {
  const problem = await sessions.usable().then(
    (all) => (all.length === 0 ? sessions.problem : undefined),
    (error: unknown) => error,
  );
  if (problem !== undefined) {
    return { state: 'unavailable', problem: describe(problem) };
  }
  const { session, question } = accountInUse;
  if (session === undefined) {
    return { state: question === undefined ? 'signedOut' : 'notChosen' };
  }
  await environmentInUse.update();
  const { account } = session;
  const { outage } = sessions.activity(session);
  const environment = environmentInUse.current?.name;
  return {
    state: needsUser(session, clock.now(), outage?.failure) ? 'actionNeeded' : 'signedIn',
    account: { id: accountId(account), label: accountLabel(account) },
    identityServer: account.identityServer,
    ...(environment === undefined ? {} : { environment }),
  };
}

/** An account that only the user can refresh works until its token expires. */
function needsUser(session: Session, now: number, lastFailure: Parameters<typeof remedyOf>[2]): boolean {
  const isDisputed = session.state !== 'signedIn' || isExpired(session.tokens, now);
  return isDisputed && remedyOf(session, now, lastFailure) !== undefined;
}

/** Whatever the question is: an extension that handles a failure must not get another. */
export async function explain(core: Core, host: Host, question: unknown): Promise<ExplainAnswer> {
  const { cause, kind, retryAfterMs, about } = await explanation(core, host, question);
  return {
    kind,
    ...explanationText(cause, about),
    ...(retryAfterMs === undefined ? {} : { retryAfterSeconds: Math.ceil(retryAfterMs / 1_000) }),
  };
}
