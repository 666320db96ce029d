import assert from 'node:assert/strict';
import { changedProduction } from '../../../../src/core/localProxy/forwarding/changedProduction';
import type { ProxiedEnvironment } from '../../../../src/core/localProxy/proxiedEnvironment';

const sandbox: ProxiedEnvironment = {
  name: 'sandbox',
  url: 'https://acme.reltio.com',
  identityServer: 'https://auth.reltio.com',
  clientId: undefined,
  tenant: 'Sandbox1',
  production: false,
};
const live = { ...sandbox, name: 'live', tenant: 'Live1', production: true };
const changed = (environment: ProxiedEnvironment, target: string, ...others: ProxiedEnvironment[]) =>
  changedProduction(environment, [sandbox, live, ...others], target)?.name;

describe('the production environment that a change is made in', () => {
  it('is the one that the client has named, whatever the path', () => {
    assert.equal(changed(live, '/reltio/api/Sandbox1/entities'), 'live');
    assert.equal(changed(sandbox, '/reltio/api/Sandbox1/entities'), undefined);
  });

  it('is another one at the same host, if the path names its tenant in any form', () => {
    const written = ['Live1', 'live1', '%4Cive1', 'Live1;x=1', '%254Cive1', 'x%252FLive1', 'x%5CLive1', 'Live1%3Fx'];
    for (const name of written) {
      assert.equal(changed(sandbox, `/reltio/api/${name}/entities`), 'live', name);
    }
    assert.equal(changed(sandbox, '/reltio/tenants/Live1'), 'live');
    assert.equal(changed(sandbox, '/reltio/tenants/Live1?x=y'), 'live');
  });

  it('is none at another host, or whose tenant only looks similar', () => {
    const elsewhere = { ...sandbox, url: 'https://other.reltio.com' };
    assert.equal(changed(elsewhere, '/reltio/api/Live1/entities'), undefined);
    assert.equal(changed(sandbox, '/reltio/api/Live11/entities'), undefined);
    assert.equal(changed(sandbox, '/reltio/api/Sandbox1?tenant=Live1'), undefined);
    assert.equal(changed(sandbox, '/reltio/api/x', { ...live, name: 'any', tenant: undefined }), undefined);
  });
});
