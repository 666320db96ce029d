import assert from 'node:assert/strict';
import { pastedTokenClient } from '../../../src/core/model/account';
import type { Environment } from '../../../src/editor/settings/environments';
import { askReltio, type Findings, type NotAsked } from '../../../src/features/whoAmI/askReltio';
import { answer, badClient } from '../../fakes/fakeHttp';
import { Installation, type TestCore } from '../../fakes/installation';
import { jane } from '../../fakes/sampleSession';

const dev: Environment = {
  name: 'dev',
  url: 'https://dev.reltio.com',
  identityServer: jane.identityServer,
  tenant: undefined,
  production: false,
  clientId: undefined,
  mcp: false,
};
const tenantsIn = (environment: Findings['environment']) =>
  typeof environment === 'string' ? environment : environment.tenants;
const forever = new AbortController().signal;

describe('askReltio', () => {
  let installation: Installation;
  let core: TestCore;
  beforeEach(() => {
    installation = new Installation().alone();
    core = installation.openCore();
  });
  const ask = async (environment: Environment | NotAsked, session = {}, signal = forever) => {
    const held = await core.holds(session);
    return await installation.clock.finish(askReltio(held, environment, core.real, signal));
  };
  const asked = () => installation.http.requests.map(({ url, form }) => [url, form['token']]);

  it('asks the identity server and the environment once each, and the environment with the bearer only', async () => {
    installation.http.always = ({ url }) =>
      url.endsWith('/oauth/checkToken')
        ? answer(200, { user: { username: 'jane@acme.com' } })
        : answer(200, [{ tenantId: 'abc123', tenantName: 'Acme Dev' }]);
    const { check, environment } = await ask(dev);
    assert.deepEqual(asked().sort(), [
      ['https://auth.reltio.com/oauth/checkToken', 'a0'],
      ['https://dev.reltio.com/reltio/enhancedTenants?showAll=true', undefined],
    ]);
    const toDev = installation.http.requests.find(({ url }) => url.startsWith(dev.url));
    assert.equal(toDev?.headers['authorization'], 'Bearer a0');
    assert.equal(typeof check === 'object' && 'user' in check ? check.user : undefined, 'jane@acme.com');
    assert.deepEqual(tenantsIn(environment), [{ id: 'abc123', name: 'Acme Dev' }]);
  });

  it('asks no environment if none is in use', async () => {
    installation.http.always = answer(200, {});
    assert.equal((await ask('none')).environment, 'none');
    assert.deepEqual(asked(), [['https://auth.reltio.com/oauth/checkToken', 'a0']]);
  });

  it('returns a failure of one beside the answer of the other', async () => {
    installation.http.always = ({ url }) =>
      url.endsWith('/checkToken') ? answer(404, 'no such page') : answer(200, []);
    const { check, environment } = await ask(dev);
    assert.ok(typeof check === 'object' && 'code' in check, JSON.stringify(check));
    assert.deepEqual(tenantsIn(environment), []);
  });

  it('asks with any client of the server for a pasted token, and not at all without one', async () => {
    installation.http.always = answer(200, {});
    const pasted = { id: 'pasted', account: { ...jane, clientId: pastedTokenClient } };
    assert.notEqual((await ask('none', pasted)).check, 'noClient');
    assert.equal(installation.http.requests.length, 1);

    installation = new Installation().alone();
    core = installation.openCore();
    const session = await core.holds();
    await core.clients.forget();
    const { check } = await installation.clock.finish(askReltio(session, 'none', core.real, forever));
    assert.equal(check, 'noClient');
    assert.deepEqual(installation.http.requests, []);
  });

  it('tries another client for a pasted token if the first is rejected, and none that a login page registered', async () => {
    installation.http.next(badClient);
    installation.http.always = answer(200, { user: { username: 'jane@acme.com' } });
    await core.clients.save(jane.identityServer, { id: 'acme_dev', secret: 's2' });
    await core.clients.save(jane.identityServer, {
      id: 'page',
      secret: '',
      authentication: 'none',
      registeredFor: 'x',
    });
    const { check } = await ask('none', { account: { ...jane, clientId: pastedTokenClient } });
    assert.ok(typeof check === 'object' && 'user' in check, JSON.stringify(check));
    const used = installation.http.requests.map(({ headers }) =>
      Buffer.from((headers['authorization'] ?? '').slice('Basic '.length), 'base64').toString(),
    );
    assert.deepEqual(used, ['reltio_ui:secret', 'acme_dev:s2']);
  });

  it('blames no client of a pasted token if the server rejects all of them', async () => {
    installation.http.always = badClient;
    assert.equal((await ask('none', { account: { ...jane, clientId: pastedTokenClient } })).check, 'noClient');
    const own = (await ask('none')).check;
    assert.ok(typeof own === 'object' && 'code' in own && own.code === 'clientRejected');
  });

  it('is over when the user cancels', async () => {
    const cancelled = new AbortController();
    cancelled.abort();
    await assert.rejects(ask(dev, {}, cancelled.signal), { code: 'cancelled' });
  });
});
