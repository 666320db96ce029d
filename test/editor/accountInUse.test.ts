import assert from 'node:assert/strict';
import { isFailure } from '../../src/core/base/failure';
import { accountId, type Account } from '../../src/core/model/account';
import type { Session } from '../../src/core/model/session';
import { AccountInUse, type AccountQuestion } from '../../src/editor/accountInUse';
import { monday } from '../fakes/fakeClock';
import { FakeMemory } from '../fakes/fakeMemory';
import { jane } from '../fakes/sampleSession';
import { Installation, type TestCore } from '../fakes/installation';

const omar: Account = { ...jane, user: 'omar@acme.com' };
/** The same user at another server and through another client: neither is jane. */
const janeInTest: Account = { ...jane, identityServer: 'https://auth-test.reltio.com' };
const janeByTool: Account = { ...jane, clientId: 'tool' };

const idOf = ({ session }: AccountInUse): string | undefined => session?.id;
const isSignedOut = (error: unknown): boolean => isFailure(error) && error.code === 'signedOut';

describe('the account in use', () => {
  const installation = () => {
    const shared = new Installation().alone();
    const core = shared.openCore();
    const memory = new FakeMemory();
    const asked: AccountQuestion[] = [];
    /** What the user picks; undefined if the user leaves the list. */
    let picks: string | undefined;
    const open = (): AccountInUse => {
      const opened = new AccountInUse(core.sessions, memory, shared.log);
      opened.askWith((question) => {
        asked.push(question);
        const picked = core.sessions.known.find(({ id }) => id === picks);
        return picked === undefined ? Promise.reject(new Error('left')) : Promise.resolve(picked);
      });
      return opened;
    };
    const signIn = (id: string, account: Account, later: number): Promise<Session> =>
      core.holds({ id, account, signedInAt: monday + later });
    return { window: core, memory, asked, open, signIn, pick: (id: string | undefined) => (picks = id) };
  };

  it('is the chosen one, even after it signs in again, whichever account signed in last', async () => {
    const { window: core, open, signIn, asked } = installation();
    await signIn('jane', jane, 0);
    await signIn('omar', omar, 1);
    const inUse = open();
    await inUse.choose(jane);
    assert.equal(idOf(inUse), 'jane');
    await core.store.change((sessions) =>
      sessions.map((one) => (one.id === 'jane' ? { ...one, id: 'jane again' } : one)),
    );
    assert.equal((await inUse.sessionFor(undefined)).id, 'jane again');
    assert.deepEqual(asked, []);
  });

  it('cannot be told while the storage does not answer, or belongs to a newer version: nobody is called signed out', async () => {
    const shared = new Installation().alone();
    await shared.openCore().holds({ id: 'jane' });
    const use = ({ sessions }: TestCore): AccountInUse => new AccountInUse(sessions, new FakeMemory(), shared.log);
    const [window, late] = [shared.openCore(), shared.openCore()];
    late.secrets.failing = 'hang';
    for (const asked of [use(late).sessionFor(undefined), use(late).change()]) {
      await assert.rejects(shared.clock.finish(asked), { code: 'sessionsUnreadable' });
    }
    assert.equal((await use(window).sessionFor(undefined)).id, 'jane');
    shared.secrets.put('sessions', JSON.stringify({ version: 99 }));
    await window.store.reload();
    for (const asked of [use(window).sessionFor(undefined), use(shared.openCore()).change()]) {
      await assert.rejects(asked, { code: 'storeNewer' });
    }
  });

  for (const [whom, left] of Object.entries({ omar, janeInTest, janeByTool })) {
    it(`is no other account when the chosen one was signed out, not even the only one left: ${whom}`, async () => {
      const { window: core, open, signIn, asked, pick } = installation();
      await signIn('jane', jane, 0);
      await signIn('left', left, 1);
      const inUse = open();
      await inUse.choose(jane);
      await core.sessions.signOut('jane', 'here');

      assert.equal(idOf(inUse), undefined);
      assert.deepEqual(inUse.question, { signedOutAccount: jane });
      pick(undefined);
      await assert.rejects(inUse.sessionFor(undefined), /left/);
      assert.equal(idOf(inUse), undefined, 'leaving the list chooses no account');

      pick('left');
      assert.equal((await inUse.sessionFor(undefined)).id, 'left');
      assert.deepEqual(asked, [{ signedOutAccount: jane }, { signedOutAccount: jane }]);
      assert.equal((await inUse.sessionFor(undefined)).id, 'left');
      assert.equal(asked.length, 2, 'the answer is remembered');
      assert.equal(idOf(open()), 'left', 'over a restart, too');
    });
  }

  it('is asked for if several accounts are signed in and none was ever chosen', async () => {
    const { open, signIn, asked, pick } = installation();
    await signIn('jane', jane, 0);
    await signIn('omar', omar, 1);
    const inUse = open();
    assert.equal(idOf(inUse), undefined);
    pick('jane');
    assert.equal((await inUse.sessionFor(undefined)).id, 'jane');
    assert.deepEqual(asked, [{ signedOutAccount: undefined }]);
    assert.equal(idOf(inUse), 'jane');
  });

  it('is the only one signed in if none was ever chosen, and stays the same once a command has used it', async () => {
    const { window: core, open, signIn, asked } = installation();
    await signIn('jane', jane, 0);
    const inUse = open();
    assert.equal(idOf(inUse), 'jane');
    assert.equal((await inUse.sessionFor(undefined)).id, 'jane');
    await signIn('omar', omar, 1);
    assert.equal((await inUse.sessionFor(undefined)).id, 'jane');
    await core.sessions.signOut('jane', 'here');
    assert.deepEqual(inUse.question, { signedOutAccount: jane });
    assert.deepEqual(asked, []);
  });

  it('is asked for if the stored choice cannot be read, because another version may have written it', async () => {
    const { memory, open, signIn } = installation();
    await signIn('omar', omar, 0);
    for (const stored of ['https://auth.reltio.com/?user=jane', 'jane', '', null, { user: 'jane' }, 7]) {
      memory.values.set('accountInUse', stored);
      assert.equal(idOf(open()), undefined);
      assert.deepEqual(open().question, { signedOutAccount: undefined });
    }
  });

  it('is the one that an older version has remembered by its id', async () => {
    const { memory, open, signIn, asked } = installation();
    await signIn('omar', omar, 0);
    await signIn('jane', jane, 1);
    memory.values.set('accountInUse', accountId(omar));
    assert.equal(idOf(open()), 'omar');
    assert.equal((await open().sessionFor(undefined)).id, 'omar');
    assert.deepEqual(asked, []);
    memory.values.set('accountInUse', accountId(janeInTest));
    assert.equal(idOf(open()), undefined);
    assert.deepEqual(open().question, { signedOutAccount: janeInTest });
  });

  it('is also the one that the menu of the status bar showed', async () => {
    const { open, signIn } = installation();
    await signIn('jane', jane, 0);
    const inUse = open();
    await inUse.sessionFor('jane');
    await signIn('omar', omar, 1);
    assert.equal(idOf(inUse), 'jane');
  });

  it('is not changed by a command that names another', async () => {
    const { open, signIn } = installation();
    await signIn('jane', jane, 0);
    await signIn('omar', omar, 1);
    const inUse = open();
    assert.equal((await inUse.sessionFor('omar')).id, 'omar');
    assert.equal(idOf(inUse), undefined);
    await inUse.choose(jane);
    assert.equal((await inUse.sessionFor('omar')).id, 'omar');
    assert.equal(idOf(inUse), 'jane');
  });

  it('is undefined if no account is signed in: there is nothing to choose from', async () => {
    const { window: core, open, signIn, asked } = installation();
    const inUse = open();
    await assert.rejects(inUse.sessionFor(undefined), isSignedOut);
    await signIn('jane', jane, 0);
    await inUse.choose(jane);
    await core.sessions.signOut('jane', 'here');
    assert.equal(inUse.question, undefined);
    await assert.rejects(inUse.sessionFor(undefined), isSignedOut);
    await assert.rejects(inUse.change(), isSignedOut);
    assert.deepEqual(asked, []);
  });

  it('does not replace a named session that was signed out', async () => {
    const { open, signIn } = installation();
    await signIn('jane', jane, 0);
    await assert.rejects(open().sessionFor('gone'), isSignedOut);
  });

  it('changes when the user asks for another, and notifies its listeners', async () => {
    const { open, signIn, asked, pick } = installation();
    await signIn('jane', jane, 0);
    await signIn('omar', omar, 1);
    const inUse = open();
    await inUse.choose(jane);
    let notified = 0;
    inUse.onDidChange(() => notified++);
    pick('omar');
    await inUse.change();
    assert.equal(idOf(inUse), 'omar');
    assert.deepEqual(asked, [{ signedOutAccount: undefined }]);
    assert.equal(notified, 1);
  });

  it('serves a command even if VS Code cannot remember it', async () => {
    const { memory, open, signIn, pick } = installation();
    await signIn('jane', jane, 0);
    memory.isClosed = true;
    const inUse = open();
    inUse.rememberAccounts();
    assert.equal((await inUse.sessionFor(undefined)).id, 'jane');
    await signIn('omar', omar, 1);
    pick('omar');
    assert.equal((await inUse.sessionFor(undefined)).id, 'omar');
  });

  describe('is named in messages', () => {
    it('from the moment that a second one is known in this workspace, for ever', async () => {
      const { window: core, open, signIn } = installation();
      await signIn('jane', jane, 0);
      const inUse = open();
      inUse.rememberAccounts();
      assert.equal(inUse.isNamed, false);
      await signIn('omar', omar, 1);
      assert.equal(inUse.isNamed, true, 'before anything was stored of it');
      inUse.rememberAccounts();
      await core.sessions.signOut('omar', 'here');
      assert.equal(inUse.isNamed, true);
      assert.equal(open().isNamed, true);
    });

    it('even if one replaced the other while the window was closed', async () => {
      const { window: core, memory, open, signIn } = installation();
      await signIn('jane', jane, 0);
      open().rememberAccounts();
      await core.sessions.signOut('jane', 'here');
      await signIn('omar', omar, 1);
      assert.equal(open().isNamed, true);
      open().rememberAccounts();
      await core.sessions.signOut('omar', 'here');
      await signIn('jane', jane, 2);
      assert.equal(open().isNamed, true);
      const writes = memory.writes.length;
      open().rememberAccounts();
      assert.equal(memory.writes.length, writes, 'what is known is not written again');
    });

    it('but not when one account signs in again', async () => {
      const { window: core, open, signIn } = installation();
      await signIn('jane', jane, 0);
      open().rememberAccounts();
      await core.sessions.signOut('jane', 'here');
      await signIn('jane again', { ...jane, user: 'JANE@acme.com' }, 1);
      open().rememberAccounts();
      assert.equal(open().isNamed, false);
    });
  });
});
