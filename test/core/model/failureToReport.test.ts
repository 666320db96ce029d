import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/base/failure';
import { failureToReport } from '../../../src/core/model/failureToReport';
import { signInRequired } from '../../../src/core/model/signInRequired';
import { methodOf } from '../../../src/core/model/signInMethod';
import type { Session } from '../../../src/core/model/session';
import { monday } from '../../fakes/fakeClock';
import { pastedSession, sampleSession } from '../../fakes/sampleSession';

const hour = 3_600_000;

describe('the failure to report', () => {
  const failing = sampleSession({ refreshErrors: { from: monday, to: monday + hour } });

  it('is the failure itself, before an hour of errors', () => {
    const failure = new Failure('serverError', { status: 503 });
    assert.equal(failureToReport(sampleSession(), failure, monday + 2 * hour), failure);
  });

  it('is that refreshing keeps failing, after an hour of errors, with the last one and its status', () => {
    const failure = new Failure('serverError', { status: 503 });
    const { code, host, status, cause } = failureToReport(failing, failure, monday + 2 * hour);
    assert.deepEqual([code, host, status, cause], ['refreshKeepsFailing', 'auth.reltio.com', 503, failure]);
  });

  it('has no status if the last answer had none', () => {
    const { code, status } = failureToReport(failing, new Failure('badAnswer'), monday + 2 * hour);
    assert.deepEqual([code, status], ['refreshKeepsFailing', undefined]);
  });

  it('is the failure itself if nobody answers', () => {
    const failure = new Failure('unreachable');
    assert.equal(failureToReport(failing, failure, monday + 2 * hour), failure);
  });

  it('is to sign in again if a client that registered itself is refused: the user knows no secret of it', () => {
    const method = { kind: 'loginPage', registersClient: true } as unknown as Session['method'];
    const failure = new Failure('clientRejected');
    const { code, host, cause } = failureToReport(sampleSession({ method }), failure, monday);
    assert.deepEqual([code, host, cause], ['signInAgain', 'auth.reltio.com', failure]);
    assert.equal(failureToReport(sampleSession(), failure, monday), failure, 'a client of the user');
    const other = new Failure('forbidden', { status: 403 });
    assert.equal(failureToReport(sampleSession({ method }), other, monday), other);
  });
});

describe('the failure of a session without a valid token', () => {
  it('names the host, and what to do for this kind of account', () => {
    assert.deepEqual(
      [sampleSession(), pastedSession()].map((session) => {
        const { code, host } = signInRequired(session);
        return [code, host];
      }),
      [
        ['signInAgain', 'auth.reltio.com'],
        ['pasteAgain', 'auth.reltio.com'],
      ],
    );
  });
});

describe('the method of a session', () => {
  const methods = [{ kind: 'password' }, { kind: 'browser' }] as const;

  it('is the one of its kind', () => {
    assert.equal(methodOf(methods, { kind: 'browser' }), methods[1]);
  });

  it('is a mistake of the program if there is none', () => {
    assert.throws(() => methodOf(methods, { kind: 'pasted' }), /There is no sign-in method of this kind\./);
  });
});
