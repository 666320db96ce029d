import { Failure, isFailure, type FailureCode } from '../../core/base/failure';
import { failureTable, type Remedy as FailureRemedy } from '../../core/base/failureTable';
import { displayHost } from '../../core/base/displayText';
import { networkSentences } from './networkSentences';
import type { Sentence } from './sentence';
import { serverSentences } from './serverSentences';
import { sessionSentences } from './sessionSentences';
import { signInSentences } from './signInSentences';

/** What the user can do about an error, offered as a button. */
export type Remedy = FailureRemedy | 'reloadWindow';

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
  if (isFailure(error)) {
    return sentences[error.code](withDisplayHost(error), (cause) => describe(cause), step);
  }
  return isUpdated(error)
    ? 'Reltio Authentication was updated or removed while this window was open. Reload the window, then try again.'
    : 'Reltio Authentication had an internal error. Run "Reltio: Show Log" and report its last lines.';
}

/** Only what happened, in one sentence: for a failure after which there is nothing left to try. */
export function whatHappened(error: unknown): string {
  return describe(error).replace(/(?<=\.) (?=[A-Z]).*$/s, '');
}

export function remedyFor(error: unknown): Remedy | undefined {
  if (!isFailure(error)) {
    return isUpdated(error) ? 'reloadWindow' : 'showLog';
  }
  if (error.code === 'askedJustNow' && isFailure(error.cause)) {
    return remedyFor(error.cause);
  }
  const { remedy } = failureTable[error.code];
  return remedy === 'none' ? undefined : remedy;
}

export function isCancelled(error: unknown): boolean {
  return isFailure(error) && error.code === 'cancelled';
}

/** Whether one of our files is missing: VS Code deletes those of an old version, even while a window still uses it. */
function isUpdated(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';
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
    ...(isFailure(cause) ? { cause } : {}),
  });
}
