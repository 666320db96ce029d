import assert from 'node:assert/strict';
import { ScopeRequest } from '../../../src/features/provider/scopeRequest';
import { parseEnvironments } from '../../../src/editor/settings/environments';
import { sampleSession, sampleTokens } from '../../fakes/sampleSession';

const { environments } = parseEnvironments(
  [
    { name: 'dev', url: 'https://dev.reltio.com' },
    { name: 'staging', url: 'https://tst.reltio.com', authUrl: 'https://auth-stg.reltio.com' },
  ],
  ['reltio.com'],
);
const granted = (...scopes: string[]) => sampleSession({ tokens: sampleTokens({ scopes }) });

describe('the scopes of a request', () => {
  it('fit a session in any order, and the list stays unchanged', () => {
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

  it('fit a session for which the server did not say what it granted', () => {
    const { scopes: _unknown, ...tokens } = sampleTokens();
    assert.equal(ScopeRequest.parse(['users_api'], environments).fits(sampleSession({ tokens })), true);
  });

  it('select the identity server of an environment', () => {
    assert.equal(ScopeRequest.parse(['RELTIO_ENVIRONMENT:dev'], environments).fits(granted()), true);
    assert.equal(ScopeRequest.parse(['RELTIO_ENVIRONMENT:staging'], environments).fits(granted()), false);
    const spaced = ['RELTIO_ENVIRONMENT: dev ', 'RELTIO_ENVIRONMENT:dev'];
    assert.equal(ScopeRequest.parse(spaced, environments).environment?.name, 'dev', 'as in the settings');
  });

  it('list the known environments where one is unknown, and accept one at a time', () => {
    assert.throws(() => ScopeRequest.parse(['RELTIO_ENVIRONMENT:prod'], environments), {
      message:
        'There is no Reltio environment "prod". Known environments: dev, staging. Add others to reltioAuth.environments.',
    });
    assert.throws(() => ScopeRequest.parse(['RELTIO_ENVIRONMENT:prod'], []), /Add it to reltioAuth\.environments\.$/);
    assert.throws(
      () => ScopeRequest.parse(['RELTIO_ENVIRONMENT:dev', 'RELTIO_ENVIRONMENT:staging'], environments),
      /one Reltio environment at a time, not for dev, staging\.$/,
    );
  });

  it('are scopes: bounded in number and length, and of the characters that RFC 6749 allows', () => {
    const most = Array.from({ length: 64 }, (_, index) => `scope_${index}`);
    assert.equal(ScopeRequest.parse(most, environments).original, most);
    assert.equal(ScopeRequest.parse(['x'.repeat(200), 'a:b/c.d-e[f]!'], environments).original.length, 2);
    const hostile: unknown[][] = [
      [...most, 'one_more'],
      ['x'.repeat(201)],
      [`RELTIO_ENVIRONMENT:${'x'.repeat(200)}`],
      [''],
      ['two words'],
      ['quo"ted'],
      ['back\\slash'],
      ['größe'],
      ['entities_api\nSign in at evil.example'],
      ['entities\u202Eapi'],
      [7],
      [null],
      [{ toString: null }],
    ];
    for (const scopes of hostile) {
      assert.throws(
        () => ScopeRequest.parse(scopes as string[], environments),
        { name: 'Refusal', message: /^These are not Reltio scopes, so the request was refused\. [\x20-\x7E]+$/ },
        JSON.stringify(scopes),
      );
    }
  });

  it('may name an environment with any letters and with spaces', () => {
    const named = parseEnvironments([{ name: 'Größe ⚠️ 生产', url: 'https://dev.reltio.com' }], ['reltio.com']);
    const request = ScopeRequest.parse(['RELTIO_ENVIRONMENT:Größe ⚠️ 生产'], named.environments);
    assert.equal(request.environment?.url, 'https://dev.reltio.com');
  });

  it('say why an environment of the settings cannot be used', () => {
    const corp = parseEnvironments([{ name: 'corp', url: 'https://api.corp.example' }], ['reltio.com']);
    assert.throws(() => ScopeRequest.parse(['RELTIO_ENVIRONMENT:corp'], corp.environments, corp.ignored), {
      message:
        'Environment "corp", url: api.corp.example is not a trusted host. If it is yours, add it to reltioAuth.trustedHosts.',
    });
  });
});
