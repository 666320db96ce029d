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
      : `${hostIn(failure)} asked for a pause until ${exactTimeText(failure.retryAt)}. Try again after that.`;
}

/** Sentences for answers without a token, from an identity server or from something in its place. */
export const serverSentences = {
  forbidden: (failure) =>
    `${hostIn(failure)} denies access${statusIn(failure)}. Your role or your network is not allowed; ask your Reltio ` +
    'administrator.',
  rateLimited: orWait(
    (failure) =>
      `${hostIn(failure)} received too many token requests${statusIn(failure)}. Wait a minute, then try again.`,
  ),
  quotaUsedUp: orWait(
    (failure) =>
      `${hostIn(failure)} grants this client no more tokens at the moment${statusIn(failure)}: it has as many valid ones ` +
      'as it may have. Wait until one expires, or ask your Reltio administrator for a larger quota.',
  ),
  serverError: orWait((failure) => `${hostIn(failure)} is having problems${statusIn(failure)}. Try again in a minute.`),
  tokenNotAccepted: (failure, _describe, step) =>
    `${hostIn(failure)} does not accept your token${statusIn(failure)}. ` +
    (step === undefined
      ? 'If it has not expired, check "authUrl" of this environment in reltioAuth.environments.'
      : `${step} If that does not help, check "authUrl" of this environment in reltioAuth.environments.`),
  requestRefused: (failure) =>
    `${hostIn(failure)} refused the request${statusIn(failure)}. Try again in a minute. If the problem persists, see the log.`,
  badAnswer: (failure) =>
    `${hostIn(failure)} sent an answer that cannot be used. Try again. If the problem persists, ask Reltio Support.`,
  tokenUnchanged: (failure) => `${hostIn(failure)} returned an expired token. Try again in a moment.`,
  notReltio: (failure) =>
    `Something other than Reltio answered for ${hostIn(failure)}. On a guest network, open its sign-in page in a browser, ` +
    'then try again.',
  redirected: (failure) =>
    `${hostIn(failure)} redirected the request${statusIn(failure)}, and redirects are not followed. Check the address; on a ` +
    'guest network, open its sign-in page in a browser first.',
  noTokenEndpoint: (failure) =>
    `${hostIn(failure)} does not offer Reltio sign-in${statusIn(failure)}. Check "authUrl" in reltioAuth.environments.`,
  notAnEnvironment: (failure) =>
    `${hostIn(failure)} does not answer like a Reltio environment${statusIn(failure)}. Check the address; on a guest network, ` +
    'open its sign-in page in a browser first.',
  tooLarge: (failure) =>
    `The answer from ${hostIn(failure)} is too large to be a token. Check that the address is that of an identity server.`,
} satisfies Readonly<Record<FailureCodeOf<'refusal' | 'answer'>, Sentence>>;
