import * as l10n from '@vscode/l10n';
import type { FailureCodeOf } from '../../core/base/failureTable';
import { hostIn, statusIn, type Sentence } from './sentence';
import { exactTimeText } from './timeText';

/**
 * If the server said when to try again, that is the message, whatever else its answer was. The sentence must stay true:
 * the last failure is shown until a refresh succeeds.
 */
function orWait(sentence: (failure: Parameters<Sentence>[0]) => string): Sentence {
  return (failure) =>
    failure.retryAt === undefined
      ? sentence(failure)
      : l10n.t(
          '{0} asked for a pause until {1}. Try again after that.',
          hostIn(failure),
          exactTimeText(failure.retryAt),
        );
}

/** Sentences for answers without a token, from an identity server or from something in its place. */
export const serverSentences = {
  forbidden: (failure) =>
    l10n.t(
      '{0} denies access{1}. Your role or your network is not allowed; ask your Reltio administrator.',
      hostIn(failure),
      statusIn(failure),
    ),
  rateLimited: orWait((failure) =>
    l10n.t(
      '{0} received too many token requests{1}. Wait a minute, then try again.',
      hostIn(failure),
      statusIn(failure),
    ),
  ),
  quotaUsedUp: orWait((failure) =>
    l10n.t(
      '{0} grants this client no more tokens at the moment{1}: it has as many valid ones as it may have. Wait until one expires, or ask your Reltio administrator for a larger quota.',
      hostIn(failure),
      statusIn(failure),
    ),
  ),
  serverError: orWait((failure) =>
    l10n.t('{0} is having problems{1}. Try again in a minute.', hostIn(failure), statusIn(failure)),
  ),
  tokenNotAccepted: (failure, _describe, step) => {
    const what = l10n.t('{0} does not accept your token{1}.', hostIn(failure), statusIn(failure));
    return step === undefined
      ? `${what} ${l10n.t('If it has not expired, check "authUrl" of this environment in reltioAuth.environments.')}`
      : `${what} ${step} ${l10n.t('If that does not help, check "authUrl" of this environment in reltioAuth.environments.')}`;
  },
  requestRefused: (failure) =>
    l10n.t(
      '{0} refused the request{1}. Try again in a minute. If the problem persists, see the log.',
      hostIn(failure),
      statusIn(failure),
    ),
  badAnswer: (failure) =>
    l10n.t(
      '{0} sent an answer that cannot be used. Try again. If the problem persists, ask Reltio Support.',
      hostIn(failure),
    ),
  tokenUnchanged: (failure) => l10n.t('{0} returned an expired token. Try again in a moment.', hostIn(failure)),
  notReltio: (failure) =>
    l10n.t(
      'Something other than Reltio answered for {0}. On a guest network, open its sign-in page in a browser, then try again.',
      hostIn(failure),
    ),
  redirected: (failure) =>
    l10n.t(
      '{0} redirected the request{1}, and redirects are not followed. Check the address; on a guest network, open its sign-in page in a browser first.',
      hostIn(failure),
      statusIn(failure),
    ),
  noTokenEndpoint: (failure) =>
    l10n.t(
      '{0} does not offer Reltio sign-in{1}. Check "authUrl" in reltioAuth.environments.',
      hostIn(failure),
      statusIn(failure),
    ),
  notAnEnvironment: (failure) =>
    l10n.t(
      '{0} does not answer like a Reltio environment{1}. Check the address; on a guest network, open its sign-in page in a browser first.',
      hostIn(failure),
      statusIn(failure),
    ),
  tooLarge: (failure) =>
    l10n.t(
      'The answer from {0} is too large to be a token. Check that the address is that of an identity server.',
      hostIn(failure),
    ),
} satisfies Readonly<Record<FailureCodeOf<'refusal' | 'answer'>, Sentence>>;
