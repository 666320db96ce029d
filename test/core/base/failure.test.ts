import assert from 'node:assert/strict';
import { Failure, isFailure } from '../../../src/core/base/failure';

describe('Failure', () => {
  it('is an Error that shows code, host, status and Node code, and nothing else', () => {
    const failure = new Failure('tls', { host: 'auth.reltio.com', nodeCode: 'CERT_HAS_EXPIRED' });
    assert.ok(failure instanceof Error);
    assert.equal(failure.message, 'tls auth.reltio.com CERT_HAS_EXPIRED');
    assert.equal(new Failure('serverError', { host: 'h', status: 503 }).message, 'serverError h 503');
    assert.equal(new Failure('signedOut').message, 'signedOut');
  });

  it('is recognised across bundle files that each contain the class', () => {
    const twin = Object.assign(new Error('x'), { name: 'ReltioFailure', code: 'dns' });
    assert.ok(isFailure(twin));
    assert.ok(isFailure(new Failure('dns')));
  });

  it('is not confused with other errors', () => {
    for (const other of [new Error('dns'), { name: 'ReltioFailure', code: 'dns' }, undefined, null, 'dns']) {
      assert.ok(!isFailure(other));
    }
  });
});
