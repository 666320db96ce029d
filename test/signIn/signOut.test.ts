import { choices, lists } from './fakeWindow';
import { told } from '../provider/fakeVscode';
import assert from 'node:assert/strict';
import { chooseAndSignOut, signOut } from '../../src/signIn/signOut';
import { answer } from '../sessions/fakeHttp';
import { sampleSession } from '../sessions/sampleSession';
import { Installation } from '../sessions/window';

const jane = 'jane@acme.com (auth.reltio.com)';
const hereOnly = 'Sign out here only';
const atReltioToo = 'Sign out here and revoke at Reltio too';

describe('signing out', () => {
  beforeEach(() => {
    told.length = 0;
    lists.length = 0;
    choices.length = 0;
  });

  const choose = async (choice: string | undefined, ...answers: readonly ReturnType<typeof answer>[]) => {
    if (choice !== undefined) choices.push(choice);
    const installation = new Installation();
    const window = installation.window();
    const session = await window.holds();
    installation.http.next(...answers);
    await installation.clock.finish(signOut(session, window.sessions));
    return window.sessions.known.length;
  };

  it('asks how in few words, with the account in the title only', async () => {
    assert.equal(await choose(undefined), 1);
    assert.deepEqual(lists, [
      { title: `Sign out ${jane}`, labels: [hereOnly, atReltioToo], placeHolder: 'Here only, or at Reltio too?' },
    ]);
    assert.deepEqual(told, []);
  });

  it('begins with the outcome, which is all that a folded message shows: here only', async () => {
    assert.equal(await choose(hereOnly), 0);
    assert.deepEqual(told, [
      { how: 'information', texts: [`Signed out here: ${jane}. The token lives on at Reltio until it ends.`] },
    ]);
  });

  it('… at Reltio too', async () => {
    assert.equal(await choose(atReltioToo, answer(200)), 0);
    assert.deepEqual(told, [{ how: 'information', texts: [`Signed out here and at Reltio: ${jane}.`] }]);
  });

  it('… not revoked, with a button, so that the message is shown whole', async () => {
    assert.equal(await choose(atReltioToo, answer(503)), 0);
    assert.deepEqual(told, [
      {
        how: 'warning',
        texts: [
          'Not revoked at Reltio: auth.reltio.com is out of order (HTTP 503). Try again in a minute. ' +
            `${jane} is signed out here only.`,
          'Show Log',
        ],
      },
    ]);
  });

  describe('by the command', () => {
    let installation: Installation;
    beforeEach(() => {
      installation = new Installation();
    });
    const run = async (sessionId?: string) => {
      const { sessions } = installation.window();
      await sessions.list();
      await installation.clock.finish(chooseAndSignOut(sessionId, sessions, { session: undefined }));
      return sessions.known;
    };
    const holding = (...sessions: readonly unknown[]) => {
      const text = JSON.stringify({ version: 1, storeId: 'store', revision: 5, sessions });
      installation.secrets.values.set('sessions', text);
    };

    it('finds the account that VS Code has kept, although nothing tells of it', async () => {
      holding(sampleSession());
      choices.push(hereOnly);
      assert.deepEqual(await run(), []);
      assert.deepEqual(installation.secrets.json('sessions')?.['sessions'], []);
    });

    it('asks which, where there are several', async () => {
      const omar = sampleSession({ id: 'omar', account: { ...sampleSession().account, user: 'omar@acme.com' } });
      holding(sampleSession(), omar);
      choices.push('omar@acme.com (auth.reltio.com)', hereOnly);
      const left = await run();
      assert.deepEqual(
        left.map(({ id }) => id),
        ['jane'],
      );
    });

    it('says that there is nothing to sign out of', async () => {
      await run();
      assert.deepEqual(told, [{ how: 'information', texts: ['You are not signed in to Reltio.'] }]);
      assert.deepEqual(lists, []);
    });

    it('does not say that there is nothing where it cannot be read', async () => {
      holding();
      installation.secrets.values.set('sessions', 'garbage');
      await assert.rejects(run(), { code: 'storeDamaged' });
      assert.equal(told[0]?.texts[0], 'Your stored Reltio sign-ins cannot be read. Remove them?');
      assert.ok(installation.secrets.values.get('sessions.damaged') === 'garbage', 'it stays unless the person agrees');
    });
  });
});
