import { commandHandlers } from '../../fakes/fakeVscode';
import { choices } from '../../fakes/fakeQuickInput';
import assert from 'node:assert/strict';
import { AccountInUse } from '../../../src/editor/accountInUse';
import { commandIds } from '../../../src/editor/commandIds';
import { register } from '../../../src/features/accounts/register';
import { settle } from '../../fakes/fakeClock';
import { fakeHost } from '../../fakes/fakeHost';
import { FakeMemory } from '../../fakes/fakeMemory';
import { Installation } from '../../fakes/installation';
import { jane } from '../../fakes/sampleSession';

describe('the accounts that a window finds signed in', () => {
  it('are known to its workspace from then on, so that another one that replaces them is named', async () => {
    const installation = new Installation().alone();
    const workspaceState = new FakeMemory();
    const open = async (): Promise<AccountInUse> => {
      const core = installation.openCore();
      const accountInUse = new AccountInUse(core.sessions, workspaceState, installation.log);
      const registered = register(core.real, fakeHost(core, { accountInUse }));
      await core.real.load();
      await settle();
      registered.dispose();
      return accountInUse;
    };
    const elsewhere = installation.openCore();
    await elsewhere.holds();
    assert.equal((await open()).isNamed, false);

    await elsewhere.sessions.signOut('jane', 'here');
    await elsewhere.holds({ id: 'omar', account: { ...jane, user: 'omar@acme.com' } });
    assert.equal((await open()).isNamed, true);
  });

  it('are read once, also by a keyring that refuses, which may ask the user for a password each time', async () => {
    const installation = new Installation();
    await installation.openCore().holds();
    const core = installation.openCore();
    core.secrets.failing = 'get';
    const registered = register(core.real, fakeHost(core));
    await core.real.load();
    await settle();
    registered.dispose();
    assert.deepEqual(core.secrets.reads, ['sessions']);
  });
});

describe('the command Switch Account', () => {
  it('changes the account that this workspace uses to the one that the user picks, and returns nothing', async () => {
    const core = new Installation().alone().openCore();
    const omar = { ...jane, user: 'omar@acme.com' };
    await core.holds();
    await core.holds({ id: 'omar', account: omar });
    const host = fakeHost(core);
    const registered = register(core.real, host);
    await host.accountInUse.choose(jane);
    choices.push('omar@acme.com (auth.reltio.com)');
    assert.equal(await commandHandlers.get(commandIds.switchAccount)?.(), undefined);
    assert.equal(host.accountInUse.session?.id, 'omar');
    registered.dispose();
  });
});
