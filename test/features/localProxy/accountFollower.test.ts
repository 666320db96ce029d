import { workspaceTrust } from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { accountId, type Account } from '../../../src/core/model/account';
import type { Host } from '../../../src/editor/host';
import { followAccount } from '../../../src/features/localProxy/accountFollower';
import { fakeHost } from '../../fakes/fakeHost';
import { FakeLocalProxy } from '../../fakes/fakeLocalProxy';
import { Installation, type TestCore } from '../../fakes/installation';
import { jane } from '../../fakes/sampleSession';

const omar: Account = { ...jane, user: 'omar@acme.com' };

describe('the account that the local proxy uses where several fit', () => {
  let core: TestCore;
  let host: Host;
  let localProxy: FakeLocalProxy;
  let stop: () => void;
  const here = { kind: 'here', port: 4711, since: 0 } as const;
  const elsewhere = { kind: 'elsewhere', port: 4711 } as const;

  beforeEach(async () => {
    core = new Installation().alone().openCore();
    await core.holds();
    await core.holds({ id: 'omar', account: omar });
    host = fakeHost(core);
    localProxy = new FakeLocalProxy();
    stop = followAccount(localProxy, core.real, host);
  });
  afterEach(() => {
    stop();
    workspaceTrust.isTrusted = true;
  });

  it('is the one that the user chooses in the window that listens', async () => {
    localProxy.become(here, { account: accountId(jane) });
    await host.accountInUse.choose(omar);
    assert.equal(localProxy.shared.account, accountId(omar));
  });

  it('does not change with a choice in another window, but where none was chosen yet or it has signed out', async () => {
    localProxy.become(elsewhere, { account: accountId(jane) });
    await host.accountInUse.choose(omar);
    assert.equal(localProxy.shared.account, accountId(jane));
    for (const account of [undefined, accountId({ ...jane, user: 'gone@acme.com' })]) {
      localProxy.become(elsewhere, { account });
      await host.accountInUse.choose(omar);
      assert.equal(localProxy.shared.account, accountId(omar));
    }
  });

  it('is not chosen in a workspace that is not trusted, or while the proxy is off', async () => {
    await host.accountInUse.choose(omar);
    workspaceTrust.isTrusted = false;
    localProxy.become(here);
    await host.accountInUse.choose(omar);
    assert.equal(localProxy.shared.account, undefined);
  });

  it('is the first one that signs in after the start, and stays it', async () => {
    stop();
    core = new Installation().alone().openCore();
    host = fakeHost(core);
    stop = followAccount(localProxy, core.real, host);
    localProxy.become(here);
    await core.holds();
    assert.equal(localProxy.shared.account, accountId(jane));
    await core.holds({ id: 'omar', account: omar });
    assert.equal(localProxy.shared.account, accountId(jane));
  });

  it('is none after a start with several and no choice there: neither a take-over nor a session that changes decides', async () => {
    await host.accountInUse.choose(omar);
    localProxy.become(here);
    await core.alter('jane', { signedInAt: 5 });
    assert.equal(localProxy.shared.account, undefined);
  });
});
