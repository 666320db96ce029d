import assert from 'node:assert/strict';
import { passwordForm, post, refresh, serverForEachTest, signIn, stateTokenOf } from './caller';
import type { User } from './users';

const locked = { error: 'invalid_grant', error_description: 'User account is locked' };

describe('Locking an account', () => {
  const server = serverForEachTest();

  const wrongPassword = (user: User) => post(server(), '/oauth/token', { ...passwordForm(user), password: 'no idea' });
  const sendCode = (state: string, totp: string) =>
    post(server(), '/oauth/token', { grant_type: 'state_token', state_token: state, totp });
  const times = async (count: number, act: () => Promise<unknown>) => {
    for (let done = 0; done < count; done += 1) {
      await act();
    }
  };

  const sendWrongOn = (state: string, count: number) => times(count, () => sendCode(state, 'wrong'));

  it('happens after five wrong passwords, and then refuses the right one too', async () => {
    const { plain } = server().users;
    await times(4, () => wrongPassword(plain));
    assert.equal((await wrongPassword(plain)).body['error_description'], 'Invalid Username or Password');
    const right = await signIn(server());
    assert.deepEqual([right.status, right.body], [400, locked]);
  });

  it('does not happen after four, and the right password resets the count', async () => {
    const { plain } = server().users;
    await times(4, () => wrongPassword(plain));
    assert.equal((await signIn(server())).status, 200);
    await times(4, () => wrongPassword(plain));
    assert.equal((await signIn(server())).status, 200);
  });

  it('counts wrong codes separately', async () => {
    const { withAuthenticator } = server().users;
    await times(4, () => wrongPassword(withAuthenticator));
    const { token } = stateTokenOf(await signIn(server(), withAuthenticator));
    await times(4, () => sendCode(token, 'wrong'));
    await times(4, () => wrongPassword(withAuthenticator));
    assert.notDeepEqual((await signIn(server(), withAuthenticator)).body, locked);
    assert.equal((await sendCode(token, 'wrong')).body['error_description'], 'Invalid one-time code');
    assert.deepEqual((await sendCode(token, withAuthenticator.code())).body, locked);
    assert.deepEqual((await signIn(server(), withAuthenticator)).body, locked);
  });

  it('keeps the count of codes over several logins, until a right code', async () => {
    const { withAuthenticator } = server().users;
    const login = async () => stateTokenOf(await signIn(server(), withAuthenticator)).token;
    await sendWrongOn(await login(), 4);
    assert.equal((await sendCode(await login(), withAuthenticator.code())).status, 200);
    await sendWrongOn(await login(), 2);
    await sendWrongOn(await login(), 3);
    assert.deepEqual((await signIn(server(), withAuthenticator)).body, locked);
  });

  it('affects one user and not another', async () => {
    await times(5, () => wrongPassword(server().users.withEmail));
    assert.equal((await signIn(server())).status, 200);
  });

  it('is undone by unlock, which resets both counters', async () => {
    const { plain } = server().users;
    await times(5, () => wrongPassword(plain));
    server().unlock(plain.name);
    await times(4, () => wrongPassword(plain));
    assert.equal((await signIn(server())).status, 200);
    const { withAuthenticator } = server().users;
    const { token } = stateTokenOf(await signIn(server(), withAuthenticator));
    await sendWrongOn(token, 4);
    server().unlock(withAuthenticator.name);
    await sendWrongOn(token, 4);
    assert.equal((await sendCode(token, withAuthenticator.code())).status, 200);
  });

  it('happens after another number where the policy says so', async () => {
    server().policy.lockAfter = 2;
    await times(2, () => wrongPassword(server().users.plain));
    assert.deepEqual((await signIn(server())).body, locked);
  });

  it('does not happen for unknown names, and does not end earlier sign-ins', async () => {
    const { body } = await signIn(server());
    await times(6, () => post(server(), '/oauth/token', { ...passwordForm(server().users.plain), username: 'who' }));
    await times(5, () => wrongPassword(server().users.plain));
    assert.equal((await refresh(server(), body['refresh_token'])).status, 200);
  });
});
