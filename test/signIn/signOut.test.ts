import { choices, lists } from './fakeWindow';
import { told } from '../provider/fakeVscode';
import assert from 'node:assert/strict';
import { signOut } from '../../src/signIn/signOut';
import { answer } from '../sessions/fakeHttp';
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
});
