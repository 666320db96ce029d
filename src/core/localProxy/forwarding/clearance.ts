import type { IncomingMessage } from 'node:http';
import { displayHostOf, displayList, displayText } from '../../base/displayText';
import { asFailure, type Failure } from '../../base/failure';
import { failureTable } from '../../base/failureTable';
import type { Session } from '../../model/session';
import type { AdmittedRequest } from '../admission';
import { changedProduction } from './changedProduction';
import type { ForwarderParts } from './forwarderParts';
import type { ProxiedEnvironment } from '../proxiedEnvironment';
import { failed, productionNotAllowed, tokenNotAllowed, unknownEnvironment, type Refusal } from '../refusal';
import { isChange } from './requestHeaders';

/** Where a request may go now, and the session whose token it gets. */
export interface Clearance {
  readonly environment: ProxiedEnvironment;
  readonly session: Session;
}

type Parts = Pick<ForwarderParts, 'environments' | 'permissions' | 'tokens' | 'explain'>;
type Destination = Pick<AdmittedRequest, 'environmentName' | 'target'>;

/** Whether a request to this environment may be sent now. Takes as long as the user and the identity server do. */
export async function clear(
  parts: Parts,
  { environmentName: name, target }: Destination,
  request: IncomingMessage,
): Promise<Clearance | Refusal> {
  for (;;) {
    const environment = await environmentNow(parts, name);
    const cleared = isRefusal(environment) ? environment : await clearFor(parts, environment, target, request);
    if (isRefusal(environment) || isSame(environment, await environmentNow(parts, name))) {
      return cleared; // otherwise the user has changed it meanwhile: a question may wait for a minute
    }
  }
}

async function clearFor(
  { environments, permissions, tokens, explain }: Parts,
  environment: ProxiedEnvironment,
  target: string,
  request: IncomingMessage,
): Promise<Clearance | Refusal> {
  const { method = '' } = request;
  if (!(await permissions.has('sendToken', environment, method))) {
    return tokenNotAllowed(displayHostOf(environment.url));
  }
  const changed = isChange(request) ? changedProduction(environment, await environments(), target) : undefined;
  if (changed !== undefined && !(await permissions.has('changeProduction', changed, method))) {
    return productionNotAllowed(displayText(changed.name), method);
  }
  try {
    return { environment, session: await tokens.fresh(environment) };
  } catch (error) {
    const failure = asFailure(error);
    if (failure === undefined) throw error;
    return refusalFor(failure, explain);
  }
}

/** What the client gets instead of an answer of the environment. */
export function refusalFor(failure: Failure, explain: ForwarderParts['explain']): Refusal {
  switch (failureTable[failure.code].group) {
    case 'signInRequired':
    case 'session':
    case 'client':
    case 'account':
    case 'storage':
      return failed('notSignedIn', failure.code, explain(failure));
    case 'entry':
    case 'refusal':
    case 'answer':
    case 'offline':
    case 'setup':
    case 'stopped':
      return failed('upstream', failure.code, explain(failure));
  }
}

async function environmentNow({ environments }: Parts, name: string): Promise<ProxiedEnvironment | Refusal> {
  const all = await environments();
  return (
    all.find((environment) => environment.name === name) ?? unknownEnvironment(displayList(all.map((one) => one.name)))
  );
}

function isSame(before: ProxiedEnvironment, now: ProxiedEnvironment | Refusal): boolean {
  return (
    before === now ||
    (!isRefusal(now) &&
      before.url === now.url &&
      before.identityServer === now.identityServer &&
      before.clientId === now.clientId &&
      before.production === now.production)
  );
}

export function isRefusal(value: object): value is Refusal {
  return 'code' in value;
}
