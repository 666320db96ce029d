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
  let proxy: WindowProxy;
  let notices: ProxyNotices;
  let isFocused: boolean;
  let ran: string[];
  const open = (): void => {
    const core = new Installation().alone().openCore();
    const host = fakeHost(core, { isFocused: () => isFocused });
    proxy = new WindowProxy({ localProxy, key: new FakeKey(), core: core.real, host });
    notices = new ProxyNotices(proxy, host);
  };
  const here = (port: number, more: { exposedOn?: number } = {}): void => {
    localProxy.become({ kind: 'here', port, since: 0, ...more }, { port });
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
      /uses port 4711\..*If a tool has called port 4711 meanwhile.* make a new one\. \| Open Settings \| New Key$/,
    );
    assert.deepEqual(ran, ['newLocalProxyKey']);
    here(4711, { exposedOn: 4711 });
    assert.equal(said().length, 1, 'that the key may be known was said');
    localProxy.become({ kind: 'portTaken', port: 4711 });
    assert.equal(said().length, 2, 'it is taken again');
  });

  it('leave that to the command that starts it, and offer a new key once it listens', () => {
    proxy.isStarting = true;
    localProxy.become({ kind: 'portTaken', port: 4711 }, { port: 4711 });
    proxy.isStarting = false;
    localProxy.become({ kind: 'portTaken', port: 4711 });
    assert.deepEqual(said(), []);
    here(4711, { exposedOn: 4711 });
    here(4711, { exposedOn: 4711 });
    assert.equal(said().length, 1);
    assert.match(said()[0] ?? '', /^Another program has used port 4711\. If a tool .* \| New Key$/);
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
    localProxy.become({ kind: 'off' }, { port: 4711 }); // what the file says of yesterday
    presses.push('Copy Address');
    here(5000, { exposedOn: 4711 });
    here(5000, { exposedOn: 4711 });
    here(5000);
    await settle();
    assert.equal(said().length, 1);
    assert.match(
      said()[0] ?? '',
      /^The local proxy now listens on port 5000\. Copy the addresses of your tools again\. Another program has used port 4711\..* \| Copy Address \| New Key$/,
    );
    assert.deepEqual(ran, ['copyLocalProxyAddress']);
  });

  it('blame no program when the user has chosen another port', () => {
    here(4711);
    here(5000);
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
    here(4711);
    localProxy.become({ kind: 'off' });
    here(4711);
    localProxy.become({ kind: 'elsewhere', port: 5000 }, { port: 5000 });
    here(5000);
    assert.deepEqual(said(), []);
  });
});
