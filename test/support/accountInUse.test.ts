import assert from 'node:assert/strict';
import { isFailure } from '../../src/oauth/failure';
import { AccountInUse } from '../../src/support/accountInUse';
import { monday } from '../sessions/fakeClock';
import { jane } from '../sessions/sampleSession';
import { Installation } from '../sessions/window';

const omar = { ...jane, user: 'omar@acme.com' };

describe('the account in use', () => {
  const setUp = () => {
    const installation = new Installation();
    const window = installation.window();
    const values = new Map<string, unknown>();
    const memory = {
      get: (key: string) => values.get(key),
      update: (key: string, value: unknown) => {
        values.set(key, value);
        return Promise.resolve();
      },
    };
    return { window, inUse: new AccountInUse(window.sessions, memory, installation.log) };
  };

  it('is the last signed in until one is chosen, and the chosen one over its next sign-in', async () => {
    const { window, inUse } = setUp();
    await window.holds();
    await window.holds({ id: 'omar', account: omar, signedInAt: monday + 1 });
    assert.equal(inUse.session?.id, 'omar');
    await inUse.choose(jane);
    assert.equal(inUse.session?.id, 'jane');
    await window.store.change((sessions) =>
      sessions.map((one) => (one.id === 'jane' ? { ...one, id: 'jane again' } : one)),
    );
    assert.equal(inUse.session.id, 'jane again');
  });

  it('is another one when the chosen one has signed out', async () => {
    const { window, inUse } = setUp();
    await window.holds();
    await window.holds({ id: 'omar', account: omar, signedInAt: monday + 1 });
    await inUse.choose(jane);
    await window.sessions.signOut('jane', 'here');
    assert.equal(inUse.session?.id, 'omar');
  });

  it('gives way to the session that a command names, and says when there is none', async () => {
    const { window, inUse } = setUp();
    await assert.rejects(inUse.sessionFor(undefined), (error) => isFailure(error) && error.code === 'signedOut');
    await window.holds();
    await window.holds({ id: 'omar', account: omar, signedInAt: monday + 1 });
    assert.equal((await inUse.sessionFor('jane')).id, 'jane');
    await assert.rejects(inUse.sessionFor('gone'), (error) => isFailure(error) && error.code === 'signedOut');
    assert.equal((await inUse.sessionFor(undefined)).id, 'omar');
  });

  it('tells when another is chosen', async () => {
    const { inUse } = setUp();
    let told = 0;
    inUse.onDidChange(() => told++);
    await inUse.choose(omar);
    assert.equal(told, 1);
  });
});
