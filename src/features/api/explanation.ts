import type { Core } from '../../core/core';
import { displayHostOf, displayText } from '../../core/base/displayText';
import { explainFailedCall, type FailedCallExplanation } from '../../core/dataApi/explainFailedCall';
import type { FailedCall } from '../../core/dataApi/failedCall';
import { readErrorAnswer } from '../../core/dataApi/errorAnswer';
import { environmentMeant } from '../../core/dataApi/wrongAddress';
import { accountId, accountLabel } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import { defaultTrustedSuffixes, isLoopback, mayReceiveSecrets } from '../../core/trust/trustedHosts';
import type { Host } from '../../editor/host';
import type { SettingsValue } from '../../editor/settings/settingsValue';
import type { About } from './explanationWords';
import { readQuestion, type Question } from './question';

export interface Explanation extends FailedCallExplanation {
  readonly about: About;
}

/** What the facts, the settings and the accounts say about a failed call. Never throws, and sends nothing. */
export async function explanation(core: Core, host: Host, asked: unknown): Promise<Explanation> {
  const question = readQuestion(asked);
  const { environments, trusted } = await host.settings.read().catch(() => noSettings);
  const { known } = core.sessions;
  const call = failedCall(question, trusted);
  const surroundings = {
    environments,
    named: environments.find(({ name }) => name === question.environment),
    issuer: issuerOf(question.account, known),
    issuers: known.map(({ account }) => account.identityServer),
  };
  const explained = explainFailedCall(call, surroundings);
  const meant = environmentMeant(call, surroundings);
  const { address } = call;
  const isNamable = address?.isTrusted === true || address?.isLocal === true; // any other host may be a part of a secret
  return {
    ...explained,
    about: {
      status: call.status,
      retryAfterMs: explained.retryAfterMs,
      host: isNamable ? displayHostOf(address.url.origin) : undefined,
      issuer: surroundings.issuer === undefined ? undefined : displayHostOf(surroundings.issuer),
      environment:
        meant === undefined
          ? undefined
          : {
              name: displayText(meant.name),
              host: displayHostOf(meant.url),
              identityServer: displayHostOf(meant.identityServer),
            },
    },
  };
}

const noSettings: Pick<SettingsValue, 'environments' | 'trusted'> = {
  environments: [],
  trusted: defaultTrustedSuffixes,
};

function failedCall(question: Question, trusted: SettingsValue['trusted']): FailedCall {
  const { url } = question;
  return {
    ...question,
    answer: readErrorAnswer(question.body),
    address:
      url === undefined
        ? undefined
        : { url, isTrusted: mayReceiveSecrets(url.href, trusted), isLocal: isLoopback(url.hostname) },
  };
}

function issuerOf(name: string | undefined, sessions: readonly Session[]): string | undefined {
  const session = sessions.find(({ account }) =>
    [accountId(account), accountLabel(account)].some((one) => one === name),
  );
  return session?.account.identityServer;
}
