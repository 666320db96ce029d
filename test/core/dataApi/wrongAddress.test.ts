import assert from 'node:assert/strict';
import { forbidden } from '../../identity/forbidden';
import { causeOf, dev, entitiesOfDev, test } from './sampleCall';

const token = { status: 401, body: { error: 'invalid_token' } };
const denied = { status: 403, body: forbidden('errorCode804').body };
const absent = { status: 404, body: '' };

describe('the address of a failed call', () => {
  it('is wrong if it is not that of the named environment', () => {
    for (const call of [token, denied, absent, { status: 405 }, { status: 401 }]) {
      assert.equal(causeOf({ ...call, url: 'https://tst-01.reltio.com/reltio/api/x/y' }, { named: dev }), 'otherHost');
      assert.equal(causeOf({ ...call, url: 'http://dev.reltio.com/reltio/api/x/y' }, { named: dev }), 'otherHost');
    }
  });

  it('is not the reason of an answer that has another', () => {
    for (const [status, cause] of [
      [400, 'requestRefused'],
      [429, 'rateLimited'],
      [503, 'serverDown'],
    ] as const) {
      assert.equal(causeOf({ status, url: 'https://tst-01.reltio.com/' }, { named: dev }), cause);
    }
  });

  it('is not known to be wrong if it is a trusted host that the settings do not have', () => {
    assert.equal(causeOf({ ...token, url: 'https://unlisted.reltio.com/reltio/api/x' }), 'tokenInvalid');
    assert.equal(causeOf({ ...denied, url: 'https://unlisted.reltio.com/reltio/api/x' }), 'roleMissing');
  });

  it('is not wrong for being that of a service of the named environment', () => {
    const workflow = 'https://dev-workflow.reltio.com/workflow-adapter/workflow/AcmeDev01/tasks';
    assert.equal(causeOf({ ...denied, url: workflow }, { named: dev }), 'roleMissing');
    for (const other of [
      'https://dev-eu.reltio.com/reltio/api/AcmeDev01/entities',
      'https://develop.reltio.com/workflow-adapter/x',
      'https://dev-workflow.cloud.reltio.com/x',
      'https://dev-workflow.evil.example/x',
    ]) {
      assert.equal(causeOf({ ...denied, url: other }, { named: dev }), 'otherHost', other);
    }
  });

  it('is wrong if no token may go there', () => {
    const challenge = { status: 401, body: '', headers: { 'www-authenticate': 'Bearer' } };
    for (const call of [token, denied, absent, challenge, { status: 401, body: '<html>' }]) {
      assert.equal(causeOf({ ...call, url: 'https://dev.reltio.com.evil.example/reltio/api/x' }), 'strangeHost');
    }
  });

  it('is not wrong for being this machine, which may forward the request', () => {
    const local = 'http://127.0.0.1:59876/key/dev/reltio/api/AcmeDev01/entities';
    assert.equal(causeOf({ ...token, url: local }, { named: dev }), 'tokenInvalid');
    assert.equal(causeOf({ ...denied, url: local }), 'roleMissing');
  });

  it('is wrong if it is that of an identity server, unless it is a call for tokens', () => {
    const url = 'https://auth.reltio.com/reltio/api/AcmeDev01/entities';
    assert.equal(causeOf({ ...absent, url }), 'identityServer');
    assert.equal(causeOf({ ...absent, url }, { named: dev }), 'identityServer');
    assert.equal(
      causeOf({ ...denied, url: 'https://auth.reltio.com/oauth/users/jane' }, { named: dev }),
      'roleMissing',
    );
  });

  it('is wrong if the tenant stands in place of the environment', () => {
    const byPath = 'https://acmedev01.reltio.com/reltio/api/AcmeDev01/entities';
    assert.equal(causeOf({ noAnswer: 'hostNotFound', url: byPath }), 'tenantAsHost');
    assert.equal(causeOf({ noAnswer: 'hostNotFound', url: 'https://AcmeDev01.reltio.com/' }), 'tenantAsHost');
    assert.equal(causeOf({ noAnswer: 'hostNotFound', url: byPath }, { environments: [] }), 'tenantAsHost');
    assert.equal(causeOf({ ...denied, url: byPath }), 'tenantAsHost');
  });

  it('is wrong if the environment stands in place of the tenant', () => {
    for (const [host, id] of [
      ['dev', 'dev'],
      ['dev', 'Dev'],
      ['dev', 'Test'],
      ['tst-01', 'tst-01'],
    ] as const) {
      for (const call of [denied, absent, { status: 400, body: '{}' }]) {
        assert.equal(causeOf({ ...call, url: `https://${host}.reltio.com/reltio/api/${id}/entities` }), 'hostAsTenant');
      }
    }
    const namesake = { ...dev, tenant: 'dev' };
    const url = 'https://dev.reltio.com/reltio/api/dev/entities';
    assert.equal(causeOf({ ...denied, url }, { environments: [namesake, test] }), 'roleMissing');
  });

  it('may have the wrong tenant if access is denied, and then only', () => {
    const url = 'https://dev.reltio.com/ui/AcmeProd01';
    assert.equal(causeOf({ ...denied, url }), 'otherTenant');
    assert.equal(causeOf({ ...denied, url: entitiesOfDev }), 'roleMissing');
    assert.equal(causeOf({ ...absent, url }), 'pathMissing');
    assert.equal(
      causeOf({ ...denied, url: 'https://tst-01.reltio.com/ui/AcmeProd01' }),
      'roleMissing',
      'no tenant is set',
    );
    const second = { ...dev, name: 'second', tenant: 'AcmeProd01' };
    assert.equal(causeOf({ ...denied, url }, { environments: [dev, second, test] }), 'roleMissing', 'the same host');
  });
});
