import { personalSettings, workspaceTrust } from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { isFailure } from '../../../src/core/base/failure';
import { accountId } from '../../../src/core/model/account';
import type { Host } from '../../../src/editor/host';
import { WindowProxy } from '../../../src/features/localProxy/windowProxy';
import { fakeHost } from '../../fakes/fakeHost';
import { FakeKey, FakeLocalProxy } from '../../fakes/fakeLocalProxy';
import { Installation, type TestCore } from '../../fakes/installation';
import { jane } from '../../fakes/sampleSession';
import { type Answer, scriptedPrompt } from '../../fakes/scriptedPrompt';

const omar = { ...jane, user: 'omar@acme.com' };
const rejectsWith = (code: string) => (error: unknown) => isFailure(error) && error.code === code;

describe('the local proxy of a window', () => {
  let core: TestCore;
  let localProxy: FakeLocalProxy;
  let proxy: WindowProxy;
  let host: Host;
  let prompt: ReturnType<typeof scriptedPrompt>;
  let key: FakeKey;
  const open = (answers: readonly Answer[] = [], changes: Partial<Host> = {}): void => {
    prompt = scriptedPrompt(answers);
    host = fakeHost(core, { loadPrompt: () => Promise.resolve(prompt), ...changes });
    key = new FakeKey();
    proxy = new WindowProxy({ localProxy, key, core: core.real, host });
  };

  beforeEach(() => {
    core = new Installation().alone().openCore();
    localProxy = new FakeLocalProxy();
    personalSettings.clear();
    workspaceTrust.isTrusted = true;
    open();
  });
  afterEach(() => {
    personalSettings.clear();
    workspaceTrust.isTrusted = true;
  });

  it('starts after a yes in a modal that says what it gives away, and whose default button starts nothing', async () => {
    personalSettings.set('reltioAuth.environments', [
      { name: 'dev', url: 'https://dev.reltio.com' },
      { name: 'live', url: 'https://live.reltio.com', production: true },
    ]);
    open(['Start']);
    await proxy.ensureStarted();
    assert.equal(proxy.status.kind, 'here');
    const [asked] = prompt.asked;
    assert.deepEqual(asked?.items, ['Do Not Start', 'Start']);
    assert.match(
      asked?.modal ?? '',
      /whoever has it, on this computer, can call Reltio as you until you run "Reltio: Stop/,
    );
    assert.match(asked?.modal ?? '', /dev \(dev\.reltio\.com\), live \(live\.reltio\.com, production\)\.$/);
  });

  it('does not start after a no, or if the user leaves the question', async () => {
    for (const answers of [['Do Not Start'], []]) {
      open(answers);
      await assert.rejects(proxy.ensureStarted(), rejectsWith('cancelled'));
    }
    assert.ok(!localProxy.calls.includes('start'));
  });

  it('stays off if the user stops it, here or in another window, while the secret storage is slow', async () => {
    for (const start of [() => proxy.startIfAgreed(), () => proxy.ensureStarted()]) {
      open();
      localProxy.become({ kind: 'off' }, { agreed: true });
      key.get = async () => {
        await localProxy.stop();
        return 'key';
      };
      await start();
      assert.deepEqual([proxy.status.kind, proxy.shared.agreed, key.announced], ['off', false, 0]);
    }
    assert.equal(await proxy.startIfAgreed(), false);
  });

  it('asks once, however often a program runs the command meanwhile', async () => {
    let answer = (_text: string): void => undefined;
    const asked = new Promise<void>((resolve) => {
      const wait = (): Promise<string> => {
        resolve();
        return new Promise((answered) => (answer = answered));
      };
      open([wait]);
    });
    const starts = [1, 2, 3].map(() => proxy.ensureStarted());
    await asked;
    answer('Do Not Start');
    for (const start of starts) {
      await assert.rejects(start, rejectsWith('cancelled'));
    }
    assert.equal(prompt.asked.length, 1);
  });

  it('does not ask a user who has agreed before, and asks again after a stop', async () => {
    localProxy.shared = { ...localProxy.shared, agreed: true };
    await proxy.ensureStarted();
    assert.equal(prompt.asked.length, 0);
    await proxy.stop();
    assert.equal(localProxy.shared.agreed, false);
    await assert.rejects(proxy.ensureStarted(), rejectsWith('cancelled'));
    assert.equal(prompt.asked.length, 1);
  });

  it('learns first what other windows have decided', async () => {
    localProxy.shared = { ...localProxy.shared, agreed: true };
    localProxy.join = () => {
      localProxy.shared = { ...localProxy.shared, agreed: false };
      return Promise.resolve();
    };
    assert.equal(await proxy.startIfAgreed(), false);
    localProxy.shared = { ...localProxy.shared, agreed: true };
    await assert.rejects(proxy.ensureStarted(), rejectsWith('cancelled'));
    assert.equal(prompt.asked.length, 1);
  });

  it('neither starts nor asks in a window without focus, even if the user has agreed', async () => {
    localProxy.shared = { ...localProxy.shared, agreed: true };
    open(['Start'], { isFocused: () => false });
    await assert.rejects(proxy.ensureStarted(), rejectsWith('windowNotFocused'));
    assert.deepEqual([prompt.asked.length, localProxy.calls], [0, []]);
  });

  it('neither starts nor asks in a workspace that is not trusted, and stops there all the same', async () => {
    localProxy.shared = { ...localProxy.shared, agreed: true };
    workspaceTrust.isTrusted = false;
    open(['Start']);
    await assert.rejects(proxy.ensureStarted(), rejectsWith('workspaceNotTrusted'));
    await assert.rejects(proxy.startIfAgreed(), rejectsWith('workspaceNotTrusted'));
    assert.ok(!localProxy.calls.includes('start'));
    assert.equal(prompt.asked.length, 0);
    await proxy.stop();
    assert.equal(localProxy.shared.agreed, false);
  });

  it('starts for MCP without a question, and without the focus, but only if the user has agreed', async () => {
    open([], { isFocused: () => false });
    assert.equal(await proxy.startIfAgreed(), false);
    assert.equal(proxy.status.kind, 'off');
    localProxy.shared = { ...localProxy.shared, agreed: true };
    assert.equal(await proxy.startIfAgreed(), true);
    assert.equal(await proxy.startIfAgreed(), true);
    assert.equal(localProxy.calls.filter((call) => call === 'start').length, 1);
    assert.equal(prompt.asked.length, 0);
  });

  it('says that another program has its port', async () => {
    localProxy.shared = { ...localProxy.shared, agreed: true };
    localProxy.port = 'taken';
    await assert.rejects(proxy.ensureStarted(), rejectsWith('localProxyPortTaken'));
    await assert.rejects(proxy.startIfAgreed(), rejectsWith('localProxyPortTaken'));
    assert.deepEqual([key.announced, proxy.isStarting], [1, false], 'other windows try too');
  });

  it('uses the account of the window in which the user starts it, and keeps the one before if there is none', async () => {
    localProxy.shared = { ...localProxy.shared, agreed: true, account: accountId(omar) };
    await core.holds();
    await core.holds({ id: 'omar', account: omar });
    await proxy.ensureStarted();
    assert.equal(localProxy.shared.account, accountId(omar), 'no account is in use in this window');
    await host.accountInUse.choose(jane);
    await proxy.ensureStarted();
    assert.equal(localProxy.shared.account, accountId(jane));
  });

  it('serves each environment with the account that fits, and none if that is not clear', async () => {
    personalSettings.set('reltioAuth.environments', [
      { name: 'dev', url: 'https://dev.reltio.com' },
      { name: 'other', url: 'https://other.reltio.com', authUrl: 'https://auth-other.reltio.com' },
    ]);
    const served = async (): Promise<unknown> =>
      (await proxy.served()).map(({ environment, session }) => [environment.name, session?.id]);
    await core.holds();
    assert.deepEqual(await served(), [
      ['dev', 'jane'],
      ['other', undefined],
    ]);
    await core.holds({ id: 'omar', account: omar });
    assert.deepEqual(await served(), [
      ['dev', undefined],
      ['other', undefined],
    ]);
    localProxy.shared = { ...localProxy.shared, account: accountId(omar) };
    assert.deepEqual(await served(), [
      ['dev', 'omar'],
      ['other', undefined],
    ]);
  });

  it('has an address with the key in it, and one without, while it runs', async () => {
    await assert.rejects(proxy.addressOf({ name: 'dev' }, 'plain'), rejectsWith('localProxyStopped'));
    localProxy.become({ kind: 'waiting', port: 0 });
    await assert.rejects(proxy.addressOf({ name: 'dev' }, 'plain'), rejectsWith('localProxyStopped'));
    localProxy.become({ kind: 'elsewhere', port: 4712 });
    assert.equal(await proxy.addressOf({ name: 'dev' }, 'keyInPath'), 'http://127.0.0.1:4712/first-key/dev');
    assert.equal(await proxy.addressOf({ name: 'my dev/é' }, 'plain'), 'http://127.0.0.1:4712/my%20dev%2F%C3%A9');
  });

  it('cuts all connections when its key was replaced, in this window or another, and tells its listeners', async () => {
    let changes = 0;
    proxy.onDidChange(() => (changes += 1));
    await proxy.replaceKey();
    assert.equal(await proxy.key(), 'second-key');
    proxy.keyChanged();
    assert.deepEqual(localProxy.calls, ['endConnections']);
    assert.deepEqual([changes, proxy.keyChanges], [1, 1]);
  });

  it('notifies other windows of a start, and not of each command that finds it running', async () => {
    localProxy.shared = { ...localProxy.shared, agreed: true };
    await proxy.ensureStarted();
    await proxy.ensureStarted();
    assert.equal(key.announced, 1);
  });

  it('does not start without a key, and quotes no error of the secret storage', async () => {
    localProxy.shared = { ...localProxy.shared, agreed: true };
    key.get = () => Promise.reject(new Error('first-key'));
    key.replace = () => Promise.reject(new Error('first-key'));
    await assert.rejects(proxy.ensureStarted(), rejectsWith('sessionsUnreadable'));
    await assert.rejects(proxy.replaceKey(), rejectsWith('storeNotWritten'));
    assert.ok(!localProxy.calls.includes('start'));
  });
});
