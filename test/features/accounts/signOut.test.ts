import { choices, lists } from '../../fakes/fakeQuickInput';
import { shownMessages } from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { isFailure } from '../../../src/core/base/failure';
import type { Session } from '../../../src/core/model/session';
import { chooseAndSignOut } from '../../../src/features/accounts/signOut';
import { answer } from '../../fakes/fakeHttp';
import { jane, sampleSession, sampleTokens } from '../../fakes/sampleSession';
import { Installation, type TestCore } from '../../fakes/installation';
import { type Asked, scriptedPrompt } from '../../fakes/scriptedPrompt';

const label = 'jane@acme.com (auth.reltio.com)';
const here = 'Sign Out Here';
const atReltioToo = 'Revoke at Reltio Too';
const stay = 'Stay Signed In';

/** Two accounts that differ in user, client and server. */
const omars = { identityServer: 'https://auth-stg.reltio.com', clientId: 'acme_dev', user: 'omar@acme.com' };

describe('signing out', () => {
  let installation: Installation;
  let core: TestCore;
  let asked: readonly Asked[];
  beforeEach(() => {
    shownMessages.length = 0;
    lists.length = 0;
    choices.length = 0;
    installation = new Installation().alone();
    core = installation.openCore();
  });

  const janeAndOmar = async () => {
    const tokens = sampleTokens({ accessToken: 'omars access', refreshToken: 'omars refresh' });
    await core.holds({ id: 'omar', account: omars, tokens }, { id: 'acme_dev', secret: 'omars secret' });
    return await core.holds();
  };
  const run = async (sessionId: string | undefined, answers: readonly string[], inUse?: Session) => {
    const prompt = scriptedPrompt(answers);
    asked = prompt.asked;
    const signingOut = chooseAndSignOut(sessionId, core.sessions, { session: inUse }, prompt);
    await installation.clock.finish(signingOut);
    return core.sessions.known.map(({ id }) => id);
  };

  it('asks in a modal that names account and host, and whose first button keeps the account', async () => {
    await janeAndOmar();
    assert.deepEqual(await run('jane', [stay]), ['omar', 'jane']);
    assert.deepEqual(asked.at(-1)?.items, [stay, here, atReltioToo]);
    assert.equal(asked.at(-1)?.question, `Sign out ${label}?`);
    assert.match(
      asked.at(-1)?.modal ?? '',
      /stay valid at auth\.reltio\.com until they expire.* also revokes them at auth\.reltio\.com/s,
    );
    assert.deepEqual(lists, [], 'no list, which a command could accept');
    assert.deepEqual(shownMessages, []);
    assert.deepEqual(installation.http.requests, []);
  });

  it('says that the secret of a client account stays stored, and how to remove it', async () => {
    const account = { identityServer: 'https://auth.reltio.com', clientId: 'acme_robot' };
    await core.holds({ id: 'robot', account, renewal: 'clientAgain' }, { id: 'acme_robot', secret: 's' });
    await run('robot', [stay]);
    assert.match(
      asked.at(-1)?.modal ?? '',
      /\n\nThe secret of client acme_robot stays stored for its next sign-in\. "Reltio: Forget Everything" removes it\.$/,
    );
    await janeAndOmar();
    await run('jane', [stay]);
    assert.doesNotMatch(asked.at(-1)?.modal ?? '', /secret/);
    assert.match(asked.at(-1)?.modal ?? '', /\n\nA browser in which you signed in to Reltio stays signed in\.$/);
  });

  it('also asks when the only account is named, because another extension can name it', async () => {
    await core.holds();
    await assert.rejects(run('jane', []), (error) => isFailure(error) && error.code === 'cancelled');
    assert.equal(asked.length, 1);
    assert.equal(core.sessions.known.length, 1);
  });

  it('begins with the outcome, which is all that a collapsed message shows: here only', async () => {
    await janeAndOmar();
    assert.deepEqual(await run('jane', [here]), ['omar']);
    assert.deepEqual(shownMessages, [
      { how: 'information', texts: [`Signed out here: ${label}. The token stays valid at Reltio until it expires.`] },
    ]);
    assert.deepEqual(installation.http.requests, []);
  });

  it('… at Reltio too, and revokes the tokens of that account alone', async () => {
    await janeAndOmar();
    installation.http.next(answer(200));
    assert.deepEqual(await run('jane', [atReltioToo]), ['omar']);
    assert.deepEqual(shownMessages, [{ how: 'information', texts: [`Signed out here and at Reltio: ${label}.`] }]);
    assert.deepEqual(
      installation.http.requests.map(({ url, form }) => [url, form['token']]),
      [['https://auth.reltio.com/oauth/revoke', 'r0']],
    );
  });

  it('… of the other account at the other server', async () => {
    await janeAndOmar();
    installation.http.next(answer(200));
    assert.deepEqual(await run('omar', [atReltioToo]), ['jane']);
    assert.match(asked.at(-1)?.question ?? '', /^Sign out omar@acme\.com \(auth-stg\.reltio\.com\) · acme_dev\?$/);
    assert.deepEqual(
      installation.http.requests.map(({ url, form }) => [url, form['token']]),
      [['https://auth-stg.reltio.com/oauth/revoke', 'omars refresh']],
    );
  });

  it('… not revoked, with a button, so that the message is shown whole', async () => {
    await core.holds();
    installation.http.next(answer(503));
    assert.deepEqual(await run('jane', [atReltioToo]), []);
    assert.deepEqual(shownMessages, [
      {
        how: 'warning',
        texts: [
          'Not revoked at Reltio: auth.reltio.com is having problems (HTTP 503). ' +
            `${label} is signed out here only; the token stays valid until it expires.`,
          'Show Log',
        ],
      },
    ]);
  });

  describe('by the command', () => {
    const holding = (...sessions: readonly unknown[]) => {
      const text = JSON.stringify({ version: 1, storeId: 'store', revision: 5, sessions });
      installation.secrets.values.set('sessions', text);
    };

    it('finds the account that VS Code has kept, although nothing suggests it', async () => {
      holding(sampleSession());
      assert.deepEqual(await run(undefined, [here]), []);
      assert.deepEqual(installation.secrets.json('sessions')?.['sessions'], []);
    });

    it('asks which account if there are several, and then asks about that one', async () => {
      holding(sampleSession(), sampleSession({ id: 'omar', account: { ...jane, user: 'omar@acme.com' } }));
      choices.push('omar@acme.com (auth.reltio.com)');
      assert.deepEqual(await run(undefined, [here]), ['jane']);
      assert.equal(asked.at(-1)?.question, 'Sign out omar@acme.com (auth.reltio.com)?');
    });

    it('says that there is nothing to sign out of', async () => {
      await run(undefined, []);
      assert.deepEqual(shownMessages, [{ how: 'information', texts: ['You are not signed in to Reltio.'] }]);
      assert.deepEqual(lists, []);
    });

    it('does not say that there is nothing when the storage cannot be read', async () => {
      holding();
      installation.secrets.values.set('sessions', 'garbage');
      await run(undefined, ['Keep']);
      assert.deepEqual(shownMessages, [], 'the question has said it all');
      assert.equal(asked[0]?.question, 'Your stored Reltio sign-ins cannot be read. Remove them?');
      assert.deepEqual(asked[0].items, ['Keep', 'Remove'], 'Enter presses the first');
      assert.ok(installation.secrets.values.get('sessions.damaged') === 'garbage', 'it stays unless the user agrees');

      await run(undefined, ['Remove']);
      assert.equal(installation.secrets.values.get('sessions.damaged') ?? '', '');
      assert.deepEqual(shownMessages, [{ how: 'information', texts: ['The stored Reltio sign-ins were removed.'] }]);
    });
  });
});
