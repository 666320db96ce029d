import { commandHandlers, lookAway, presses, shownMessages } from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { ProxyNotices } from '../../../src/features/localProxy/proxyNotices';
import { WindowProxy } from '../../../src/features/localProxy/windowProxy';
import { settle } from '../../fakes/fakeClock';
import { fakeHost } from '../../fakes/fakeHost';
import { FakeKey, FakeLocalProxy } from '../../fakes/fakeLocalProxy';
import { Installation } from '../../fakes/installation';

describe('notices about the local proxy', () => {
  let localProxy: FakeLocalProxy;
  let notices: ProxyNotices;
  let proxy: WindowProxy;
  let isFocused: boolean;
  let ran: string[];
  const open = (): void => {
    const core = new Installation().alone().openCore();
    const host = fakeHost(core, { isFocused: () => isFocused });
    proxy = new WindowProxy({ localProxy, key: new FakeKey(), core: core.real, host });
    notices = new ProxyNotices(proxy, host);
  };
  const said = (): string[] => shownMessages.map(({ texts }) => texts.join(' | '));

  beforeEach(() => {
    localProxy = new FakeLocalProxy();
    isFocused = true;
    shownMessages.length = presses.length = 0;
    ran = [];
    for (const id of ['copyLocalProxyAddress', 'newLocalProxyKey']) {
      commandHandlers.set(`reltioAuth.${id}`, () => ran.push(id));
    }
    open();
  });
  afterEach(() => {
    notices.dispose();
    commandHandlers.delete('reltioAuth.copyLocalProxyAddress');
    commandHandlers.delete('reltioAuth.newLocalProxyKey');
  });

  it('say once that another program has the port, and what that program may have learned', async () => {
    presses.push('New Key');
    for (let attempt = 0; attempt < 3; attempt++) {
      localProxy.become({ kind: 'portTaken', port: 4711 });
    }
    await settle();
    assert.equal(said().length, 1);
    assert.match(
      said()[0] ?? '',
      /uses port 4711\..*If a tool has called that program, it has your key: run "Reltio: New Local Proxy Key"\. \| Open Settings \| New Key$/,
    );
    assert.deepEqual(ran, ['newLocalProxyKey']);
    localProxy.become({ kind: 'here', port: 4711, since: 0 });
    localProxy.become({ kind: 'portTaken', port: 4711 });
    assert.equal(said().length, 2, 'it is taken again');
  });

  it('say that in one window: the one in which the user works', () => {
    isFocused = false;
    localProxy.become({ kind: 'portTaken', port: 4711 });
    assert.deepEqual(said(), []);
    isFocused = true;
    lookAway(true, true);
    assert.equal(said().length, 1);
  });

  it('say that copied addresses are out of date when another program made it move', async () => {
    notices.dispose();
    localProxy.shared = { ...localProxy.shared, port: 4711 };
    open();
    presses.push('Copy Address');
    localProxy.become({ kind: 'here', port: 5000, since: 0, exposedOn: 4711 });
    localProxy.become({ kind: 'here', port: 5000, since: 0 });
    await settle();
    assert.equal(said().length, 1);
    assert.match(
      said()[0] ?? '',
      /^The local proxy now listens on port 5000\. Copy the addresses of your tools again\. Another program uses port 4711\..* \| Copy Address \| New Key$/,
    );
    assert.deepEqual(ran, ['copyLocalProxyAddress']);
  });

  it('say so in a window that opens, too, which learns only then which port addresses name', () => {
    localProxy.become({ kind: 'waiting', port: 4711 });
    localProxy.become({ kind: 'here', port: 5000, since: 0, exposedOn: 4711 });
    localProxy.become({ kind: 'here', port: 5000, since: 0, exposedOn: 4711 });
    assert.equal(said().length, 1);
    assert.match(said()[0] ?? '', /now listens on port 5000\..* Another program uses port 4711\./);
  });

  it('leave it to the command that starts the proxy to say that its port is taken', async () => {
    localProxy.port = 'taken';
    localProxy.shared = { ...localProxy.shared, agreed: true };
    await assert.rejects(proxy.ensureStarted(), { code: 'localProxyPortTaken' });
    localProxy.become({ kind: 'portTaken', port: 4711 });
    assert.deepEqual(said(), []);
    await assert.rejects(proxy.startIfAgreed());
    localProxy.become({ kind: 'here', port: 4711, since: 0 });
    localProxy.become({ kind: 'portTaken', port: 4711 });
    assert.equal(said().length, 1, 'it is taken again');
  });

  it('blame no program when the user has chosen another port', () => {
    localProxy.become({ kind: 'here', port: 4711, since: 0 });
    localProxy.become({ kind: 'here', port: 5000, since: 1 });
    assert.deepEqual(said(), [
      'The local proxy now listens on port 5000. Copy the addresses of your tools again. | Copy Address',
    ]);
  });

  it('blame a window that does not respond, which learns no key', () => {
    localProxy.become({ kind: 'portTaken', port: 4711, stuck: true });
    assert.equal(said().length, 1);
    assert.match(said()[0] ?? '', /window that runs the local proxy does not respond\. Close or reload it[^|]*$/);
  });

  it('say nothing about a first start, the same port, a stop, or what another window says itself', () => {
    localProxy.become({ kind: 'here', port: 4711, since: 0 });
    localProxy.become({ kind: 'off' });
    localProxy.become({ kind: 'here', port: 4711, since: 1 });
    localProxy.become({ kind: 'elsewhere', port: 5000 });
    localProxy.become({ kind: 'here', port: 5000, since: 2 });
    assert.deepEqual(said(), []);
  });
});
