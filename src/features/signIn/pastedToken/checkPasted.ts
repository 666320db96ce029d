import * as l10n from '@vscode/l10n';
import { displayHostOf } from '../../../core/base/displayText';
import { isFailure, isWindowOutdated, type Failure } from '../../../core/base/failure';
import { checkThroughAny } from '../../../core/calls/checkThroughAny';
import type { TokenInfo } from '../../../core/oauth/tokenInfo';
import { wouldExpose } from '../../../core/trust/trustedHosts';
import { back, type Back } from '../../../editor/prompt/prompt';
import { agreesToToken } from '../../../editor/tokenConsent';
import { helpInUse, type SignInContext } from '../signInContext';
import type { Position } from '../steps/steps';
import type { CheckedToken } from './checkedToken';

export interface RefusedToken {
  /** The origin of the server that refuses it. */
  readonly refusedBy: string;
}

/** The most environments that are asked: each call counts against the customer's contract. */
const maxEnvironments = 2;

/**
 * Asks the identity server about a token, through a client that is known there. If it does not call the token valid, asks
 * the environments that trust it: they accept a token of another cluster, which the identity server does not know
 * (docs/reltio.md, R40).
 */
export async function checkPasted(
  context: SignInContext,
  position: Position,
  token: string,
): Promise<CheckedToken | RefusedToken | Back> {
  const { prompt, draft, clients, confirmedHosts } = context;
  const { identityServer = '' } = draft;
  let refusedBy: string | undefined;
  if (clients.list(draft).length > 0) {
    const info = await waiting(context, position, identityServer, (signal) =>
      askIdentityServer(context, token, signal),
    );
    if (info === back) {
      return back;
    }
    if (typeof info === 'object') {
      return { isAccepted: true, info };
    }
    refusedBy = info === 'notValid' ? identityServer : undefined;
  }
  for (const url of environmentsToAsk(context)) {
    if (!(await agreesToToken(url, confirmedHosts, () => Promise.resolve(prompt)))) {
      continue;
    }
    const verdict = await waiting(context, position, url, (signal) => askEnvironment(context, url, token, signal));
    if (verdict === back) {
      return back;
    }
    if (verdict === 'accepted') {
      return { isAccepted: true };
    }
    refusedBy = verdict === 'refused' ? url : refusedBy;
  }
  return refusedBy === undefined ? { isAccepted: false } : { refusedBy };
}

/** A call to a server, while a list shows which one is asked. */
async function waiting<T>(
  context: SignInContext,
  position: Position,
  server: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | Back> {
  const { prompt, title, draft } = context;
  return await prompt.pick<T>({
    ...position,
    title: title(draft.identityServer),
    placeholder: l10n.t('Asking {0} about the token …', displayHostOf(server)),
    help: helpInUse(context),
    items: [],
    work,
  });
}

async function askIdentityServer(
  { checks, clients, draft }: SignInContext,
  token: string,
  signal: AbortSignal,
): Promise<TokenInfo | 'notValid' | 'silent'> {
  const { identityServer = '' } = draft;
  const asking = checkThroughAny(checks, identityServer, clients.list(draft), token, signal);
  const answer = await orFailure(asking, signal);
  return isFailure(answer) || answer === 'noClient' ? 'silent' : answer;
}

/** The smallest call that every user of an environment may make. */
async function askEnvironment(
  { dataApi }: SignInContext,
  url: string,
  token: string,
  signal: AbortSignal,
): Promise<'accepted' | 'refused' | 'silent'> {
  const answer = await orFailure(dataApi.tenants(url, token, signal), signal);
  if (!isFailure(answer)) {
    return 'accepted';
  }
  return answer.code === 'tokenNotAccepted' ? 'refused' : 'silent';
}

/** Production comes last: the check of a token is no reason to call it, nor to send it unprotected. */
function environmentsToAsk({ environments, draft }: SignInContext): readonly string[] {
  const trusting = environments.filter(
    ({ url, identityServer }) => identityServer === draft.identityServer && !wouldExpose(identityServer, url),
  );
  const sorted = trusting.toSorted((one, other) => Number(one.production) - Number(other.production));
  return [...new Set(sorted.map(({ url }) => url))].slice(0, maxEnvironments);
}

async function orFailure<T>(call: Promise<T>, signal: AbortSignal): Promise<T | Failure> {
  return await call.catch((error: unknown) => {
    if (signal.aborted || !isFailure(error) || isWindowOutdated(error)) {
      throw error;
    }
    return error;
  });
}
