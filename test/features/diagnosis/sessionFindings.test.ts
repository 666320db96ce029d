import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/base/failure';
import type { Session } from '../../../src/core/model/session';
import { sessionFindings } from '../../../src/features/diagnosis/sessionFindings';
import { monday } from '../../fakes/fakeClock';
import { pastedSession, robotSession } from '../../fakes/sampleSession';

const minute = 60_000;
const hour = 60 * minute;

describe('what the diagnosis finds', () => {
  const found = (session: Session, now: number, failure?: Failure) => {
    const [{ state, says, next } = assert.fail()] = sessionFindings([session], now, () => failure);
    return [state, says, next];
  };

  it('of a client', () => {
    const more = 'The client asks for another one after that.';
    const valid = `Signed in. The token expires in 20 min. ${more}`;
    assert.deepEqual(found(robotSession(), monday + 40 * minute), ['ok', valid, undefined]);
    const expired = 'Signed in. The token has expired. The client asks for another one on next use.';
    assert.deepEqual(found(robotSession(), monday + hour), ['ok', expired, undefined]);
    const rejected = 'auth.reltio.com rejects the client of this account.';
    const update = 'Run "Reltio: Update Client Secret".';
    assert.deepEqual(found(robotSession({ state: 'clientRejected' }), monday), ['wrong', rejected, update]);
    const missing = 'The client secret of this account is missing.';
    assert.deepEqual(found(robotSession(), monday, new Failure('clientUnknown')), ['wrong', missing, update]);
  });

  it('of a client whose quota is used up, or that may not get tokens', () => {
    const [state, says] = found(robotSession(), monday + hour, new Failure('quotaUsedUp', { host: 'auth.reltio.com' }));
    assert.equal(state, 'wrong');
    assert.match(says ?? '', /^auth\.reltio\.com grants this client no more tokens/);
    const refused = found(robotSession(), monday + hour, new Failure('grantNotAllowed', { host: 'auth.reltio.com' }));
    assert.equal(refused[0], 'wrong');
  });

  it('of a pasted token', () => {
    const valid = 'Signed in. The token expires in 20 min. It was pasted and is never refreshed.';
    assert.deepEqual(found(pastedSession(), monday + 40 * minute), ['ok', valid, undefined]);
    const expired = 'The pasted token is no longer valid.';
    assert.deepEqual(found(pastedSession(), monday + hour), [
      'wrong',
      expired,
      'Run "Reltio: Sign In" and paste another token.',
    ]);
  });
});
