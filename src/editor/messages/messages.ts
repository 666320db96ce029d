import * as l10n from '@vscode/l10n';
import { asFailure, Failure, isFailure, type FailureCode } from '../../core/base/failure';
import type { Remedy } from '../../core/base/failureRow';
import { failureTable } from '../../core/base/failureTable';
import { displayHost } from '../../core/base/displayText';
import { networkSentences } from './networkSentences';
import type { Sentence } from './sentence';
import { serverSentences } from './serverSentences';
import { sessionSentences } from './sessionSentences';
import { signInSentences } from './signInSentences';

/** Every failure in words: for notifications, input boxes and the errors that other extensions receive. */
const sentences: Readonly<Record<FailureCode, Sentence>> = {
  ...signInSentences,
  ...serverSentences,
  ...networkSentences,
  ...sessionSentences,
};

/**
 * The sentence for any thrown value. The text of an error other than `Failure` is not shown: it may contain a secret.
 *
 * @param step what gets another token, if the error is about that of a known session; see `nextStep`
 */
export function describe(error: unknown, step?: string): string {
  const failure = asFailure(error);
  return failure === undefined
    ? l10n.t('Reltio Authentication had an internal error. Run "Reltio: Show Log" and report its last lines.')
    : sentences[failure.code](withDisplayHost(failure), (cause) => describe(cause), step);
}

/** Only what happened, in one sentence: for a failure after which there is nothing left to try. */
export function whatHappened(error: unknown): string {
  return describe(error).replace(/(?<=\.) (?=[\p{Lu}¿¡"]).*$/su, '');
}

export function remedyFor(error: unknown): Remedy | undefined {
  const failure = asFailure(error);
  if (failure === undefined) {
    return 'showLog';
  }
  if (failure.code === 'askedJustNow' && isFailure(failure.cause)) {
    return remedyFor(failure.cause);
  }
  const { remedy } = failureTable[failure.code];
  return remedy === 'none' ? undefined : remedy;
}

function withDisplayHost(failure: Failure): Failure {
  const { code, host, cause } = failure;
  if (host === undefined) {
    return failure;
  }
  return new Failure(code, {
    host: displayHost(host),
    ...(failure.port === undefined ? {} : { port: failure.port }),
    ...(failure.status === undefined ? {} : { status: failure.status }),
    ...(failure.nodeCode === undefined ? {} : { nodeCode: failure.nodeCode }),
    ...(failure.retryAt === undefined ? {} : { retryAt: failure.retryAt }),
    ...(failure.secondsLeft === undefined ? {} : { secondsLeft: failure.secondsLeft }),
    names: failure.names,
    ...(isFailure(cause) ? { cause } : {}),
  });
}
