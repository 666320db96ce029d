import * as l10n from '@vscode/l10n';
import type { Log } from '../../../core/base/log';
import { displayHostOf } from '../../../core/base/displayText';
import { asFailure, Failure } from '../../../core/base/failure';
import { isSameAccount } from '../../../core/model/account';
import type { Session } from '../../../core/model/session';
import { describe } from '../../../editor/messages/messages';
import { sentences } from '../../../editor/messages/sentences';
import type { Environment } from '../../../editor/settings/environments';
import type { Allowance } from '../access/allowance';
import type { WorkspaceTokens } from '../access/workspaceTokens';
import { destinationOf, type Destination } from './destination';
import { NotSent } from './notSent';

export interface ClearanceParts {
  readonly isTrusted: () => boolean;
  /** Those of the settings now. */
  readonly environments: () => Promise<readonly Environment[]>;
  readonly tokens: WorkspaceTokens;
  readonly allowance: Allowance;
  /** Whether the host of this environment may get a token of this identity server. Asks the user if it has to. */
  readonly mayReceiveToken: (url: string, issuer: string) => Promise<boolean>;
  readonly log: Log;
}

/** A request that may be sent now, and the session whose token it gets. */
export interface Clearance extends Destination {
  readonly session: Session;
}

/**
 * Whether a request may be sent with a token now: to an environment of the account in use, if the user allows it. May take
 * as long as the user and the identity server do.
 *
 * @throws {NotSent} with the reason
 */
export async function clear(url: string, parts: ClearanceParts): Promise<Clearance> {
  try {
    return await cleared(url, parts);
  } catch (error) {
    const failure = asFailure(error);
    parts.log.warn('request file: not sent', failure === undefined ? {} : { code: failure.code });
    throw error instanceof NotSent
      ? error
      : new NotSent(sentences(l10n.t('The request was not sent.'), describe(error)));
  }
}

async function cleared(url: string, parts: ClearanceParts): Promise<Clearance> {
  const { isTrusted, allowance, tokens, mayReceiveToken } = parts;
  if (!isTrusted()) {
    throw new Failure('tokensNeedTrust');
  }
  const { account, environment } = await destination(url, parts);
  if (!(await allowance.has('requestFiles', account, environment))) {
    throw new Failure('tokenAccessDenied');
  }
  if (!(await mayReceiveToken(environment.url, account.identityServer))) {
    throw new NotSent(
      l10n.t(
        'The request was not sent, because you did not agree to send your token to {0}.',
        displayHostOf(environment.url),
      ),
    );
  }
  const { session } = await tokens.fresh({});
  const now = await destination(url, parts); // a question may have waited for a minute
  if (!isSameAccount(session.account, account) || !isSame(now.environment, environment)) {
    throw new NotSent(
      l10n.t('The request was not sent, because the account or the environment has changed meanwhile. Send it again.'),
    );
  }
  return { environment, url: now.url, session };
}

async function destination(
  url: string,
  { tokens, environments }: ClearanceParts,
): Promise<Destination & Pick<Session, 'account'>> {
  const { session, environment: inUse } = await tokens.find({});
  const { account } = session;
  return { account, ...destinationOf(url, account, await environments(), inUse) };
}

/** As far as it can differ: both are for the same account. */
function isSame(now: Environment, before: Environment): boolean {
  return now.url === before.url && now.production === before.production;
}
