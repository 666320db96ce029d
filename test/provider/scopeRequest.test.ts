import assert from 'node:assert/strict';
import { ScopeRequest } from '../../src/provider/scopeRequest';
import { parseEnvironments } from '../../src/support/environments';
import { sampleSession, sampleTokens } from '../sessions/sampleSession';

const { environments } = parseEnvironments(
  [
    { name: 'dev', url: 'https://dev.reltio.com' },
    { name: 'staging', url: 'https://tst.reltio.com', authUrl: 'https://auth-stg.reltio.com' },
  ],
  ['reltio.com'],
);
const granted = (...scopes: string[]) => sampleSession({ tokens: sampleTokens({ scopes }) });

describe('the scopes of a request', () => {
  it('fit a session in any order, and the list is left as it came', () => {
    const scopes = Object.freeze(['relations_api', 'entities_api', 'entities_api']);
    const request = ScopeRequest.parse(scopes, environments);
    assert.equal(request.fits(granted('entities_api', 'relations_api', 'graphs_api')), true);
    assert.equal(request.original, scopes);
  });

  it('do not fit a session that lacks one', () => {
    const request = ScopeRequest.parse(['entities_api', 'users_api'], environments);
    assert.deepEqual(request.missing(granted('entities_api')), ['users_api']);
    assert.equal(request.fits(granted('entities_api')), false);
  });

  it('fit a session of which the server did not say what it granted', () => {
    const { scopes: _unsaid, ...tokens } = sampleTokens();
    assert.equal(ScopeRequest.parse(['users_api'], environments).fits(sampleSession({ tokens })), true);
  });

  it('choose the identity server of an environment', () => {
    assert.equal(ScopeRequest.parse(['RELTIO_ENVIRONMENT:dev'], environments).fits(granted()), true);
    assert.equal(ScopeRequest.parse(['RELTIO_ENVIRONMENT:staging'], environments).fits(granted()), false);
  });

  it('name the known environments where one is unknown, and want one at a time', () => {
    assert.throws(() => ScopeRequest.parse(['RELTIO_ENVIRONMENT:prod'], environments), {
      message: 'There is no Reltio environment "prod". Known are: dev, staging. Add others to reltioAuth.environments.',
    });
    assert.throws(() => ScopeRequest.parse(['RELTIO_ENVIRONMENT:prod'], []), /Add it to reltioAuth\.environments\.$/);
    assert.throws(
      () => ScopeRequest.parse(['RELTIO_ENVIRONMENT:dev', 'RELTIO_ENVIRONMENT:staging'], environments),
      /one Reltio environment at a time, not for dev and staging/,
    );
  });

  it('tell what is wrong with an environment that stands in the settings and cannot be used', () => {
    const corp = parseEnvironments([{ name: 'corp', url: 'https://api.corp.example' }], ['reltio.com']);
    assert.throws(() => ScopeRequest.parse(['RELTIO_ENVIRONMENT:corp'], corp.environments, corp.leftOut), {
      message:
        'Environment "corp", url: api.corp.example is not a trusted host. If it is yours, add it to reltioAuth.trustedHosts.',
    });
  });
});
