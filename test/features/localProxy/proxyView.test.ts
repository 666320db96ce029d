import { commandHandlers, personalSettings } from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { accountId } from '../../../src/core/model/account';
import type { Host } from '../../../src/editor/host';
import type { LocalProxyView } from '../../../src/editor/localProxyState';
import { ProxyView } from '../../../src/features/localProxy/proxyView';
import { WindowProxy } from '../../../src/features/localProxy/windowProxy';
import { settle } from '../../fakes/fakeClock';
import { fakeHost } from '../../fakes/fakeHost';
import { FakeKey, FakeLocalProxy } from '../../fakes/fakeLocalProxy';
import { Installation, type TestCore } from '../../fakes/installation';
import { jane } from '../../fakes/sampleSession';

describe('what the window shows of the local proxy', () => {
  let installation: Installation;
  let core: TestCore;
  let host: Host;
  let localProxy: FakeLocalProxy;
  let view: ProxyView;
  let shown: (LocalProxyView | undefined)[];
  let contexts: string[];

  beforeEach(async () => {
    installation = new Installation().alone();
    core = installation.openCore();
    host = fakeHost(core);
    localProxy = new FakeLocalProxy();
    personalSettings.set('reltioAuth.environments', [{ name: 'dev', url: 'https://dev.reltio.com' }]);
    await host.settings.read();
    view = new ProxyView(new WindowProxy({ localProxy, key: new FakeKey(), core: core.real, host }), core.real, host);
    shown = [];
    host.localProxy.onDidChange(() => shown.push(host.localProxy.current));
    contexts = [];
    commandHandlers.set('setContext', (name, value) => contexts.push(`${String(name)} ${String(value)}`));
  });
  afterEach(() => {
    view.dispose();
    commandHandlers.delete('setContext');
    personalSettings.clear();
  });

  it('is where it listens, and the account that each environment gets the token of', async () => {
    await core.holds();
    localProxy.become({ kind: 'here', port: 4711, since: 5 });
    await settle();
    const environments = [{ name: 'dev', account: 'jane@acme.com (auth.reltio.com)' }];
    assert.deepEqual(host.localProxy.current, { state: 'here', port: 4711, since: 5, requests: 0, environments });
    localProxy.become({ kind: 'elsewhere', port: 4711 });
    await settle();
    assert.equal(host.localProxy.current?.state, 'elsewhere');
    localProxy.become({ kind: 'off' });
    await settle();
    assert.equal(host.localProxy.current, undefined);
    assert.deepEqual(contexts, [
      'reltioAuth.localProxyOn true',
      'reltioAuth.localProxyOn true',
      'reltioAuth.localProxyOn false',
    ]);
  });

  it('is drawn once a second at most, and ends at the right number', async () => {
    localProxy.become({ kind: 'here', port: 4711, since: 5 });
    await settle();
    for (let request = 0; request < 1_000; request++) {
      view.count();
      await (request % 100 === 0 ? installation.clock.pass(50) : undefined);
    }
    assert.equal(shown.length, 1);
    await installation.clock.pass(500);
    await settle();
    assert.equal(shown.length, 2);
    assert.equal(host.localProxy.current?.requests, 1_000);
    await installation.clock.pass(5_000);
    assert.equal(shown.length, 2, 'nothing has changed');
  });

  it('starts to count again when this window begins to listen again', async () => {
    localProxy.become({ kind: 'here', port: 4711, since: 5 });
    view.count();
    await installation.clock.pass(1_000);
    assert.equal(host.localProxy.current?.requests, 1);
    localProxy.become({ kind: 'off' });
    localProxy.become({ kind: 'here', port: 4711, since: 9 });
    await settle();
    assert.deepEqual([host.localProxy.current.since, host.localProxy.current.requests], [9, 0]);
  });

  it('changes with the accounts, the environments and the account in use', async () => {
    localProxy.become({ kind: 'here', port: 4711, since: 5 });
    const next = async (): Promise<unknown> => {
      await installation.clock.pass(1_000);
      await settle();
      return host.localProxy.current?.environments.map(({ name, account }) => `${name} ${account ?? '-'}`);
    };
    assert.deepEqual(await next(), ['dev -']);
    await core.holds();
    assert.deepEqual(await next(), ['dev jane@acme.com (auth.reltio.com)']);
    await core.holds({ id: 'omar', account: { ...jane, user: 'omar@acme.com' } });
    assert.deepEqual(await next(), ['dev -']);
    localProxy.become(localProxy.status, { account: accountId(jane) });
    assert.deepEqual(await next(), ['dev jane@acme.com (auth.reltio.com)']);
  });
});
