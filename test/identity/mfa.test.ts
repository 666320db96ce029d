import assert from 'node:assert/strict';
import { post, type Reply, serverForEachTest, signIn, stateTokenOf, useToken } from './caller';
import { manualClock } from './manualClock';
import { codeFor } from './oneTimeCode';
import type { Challenge, Mail } from './server';

describe('The one-time code after the password', () => {
  let time = manualClock();
  const mails: Mail[] = [];
  const challenges: Challenge[] = [];
  const server = serverForEachTest(() => {
    time = manualClock();
    mails.length = 0;
    challenges.length = 0;
    return { clock: time.now, onMail: (mail) => mails.push(mail), onChallenge: (asked) => challenges.push(asked) };
  });

  const send = (state: string, totp: string, client?: Parameters<typeof post>[3]): Promise<Reply> =>
    post(server(), '/oauth/token', { grant_type: 'state_token', state_token: state, totp }, client);

  it('is requested with status 200, an outer number and an inner string, and no token', async () => {
    const { status, body } = await signIn(server(), server().users.withAuthenticator);
    const token = stateTokenOf({ body } as Reply).token;
    assert.equal(status, 200);
    assert.match(token, /^[0-9a-f-]{36}$/);
    assert.deepEqual(body, {
      expires_in: 599,
      state_token: { mfaType: 'AUTHENTICATOR', expires_in: '600', status: 'ENROLL', token },
    });
    server().policy.mfaStatus = 'VERIFY';
    assert.equal(stateTokenOf(await signIn(server(), server().users.withAuthenticator))['status'], 'VERIFY');
  });

  it("is the authenticator's", async () => {
    const { withAuthenticator } = server().users;
    const { token } = stateTokenOf(await signIn(server(), withAuthenticator));
    assert.equal(withAuthenticator.code(), codeFor(withAuthenticator.secret, time.now()));
    const { status, body } = await send(token, withAuthenticator.code());
    assert.equal(status, 200);
    assert.ok(body['refresh_token']);
    assert.equal(await useToken(server(), body['access_token']), 200);
    assert.deepEqual([challenges.length, mails.length], [1, 0]);
  });

  it('is the one in the latest e-mail, a new one for each password', async () => {
    const { withEmail } = server().users;
    assert.throws(() => withEmail.code(), /No code was mailed/);
    const first = stateTokenOf(await signIn(server(), withEmail));
    const firstCode = withEmail.code();
    withEmail.mails.push('000000');
    assert.equal(first['mfaType'], 'EMAIL');
    const second = stateTokenOf(await signIn(server(), withEmail));
    assert.deepEqual(
      mails.map(({ to, code }) => [to, code]),
      [
        [withEmail.email, firstCode],
        [withEmail.email, withEmail.code()],
      ],
    );
    assert.equal((await send(second.token, withEmail.code())).status, 200);
    assert.equal((await send(first.token, firstCode)).status, 200);
  });

  it('may be wrong, and be sent again without the password', async () => {
    const { withAuthenticator } = server().users;
    const { token } = stateTokenOf(await signIn(server(), withAuthenticator));
    const wrong = await send(token, 'abcdef');
    assert.deepEqual([wrong.status, wrong.body['error']], [400, 'invalid_grant']);
    assert.equal((await send(token, withAuthenticator.code())).status, 200);
    assert.equal(server().requests.tokenCalls('password').length, 1);
  });

  it('works once for each password: the right code closes the challenge', async () => {
    const { withAuthenticator } = server().users;
    const { token } = stateTokenOf(await signIn(server(), withAuthenticator));
    await send(token, withAuthenticator.code());
    const again = await send(token, withAuthenticator.code());
    assert.equal(again.body['error_description'], `Invalid state token: ${token}`);
  });

  it('must arrive before the state token expires, whatever the lifetime of access tokens', async () => {
    const { withAuthenticator } = server().users;
    server().policy.stateTokenLifetime = 30;
    const answer = await signIn(server(), withAuthenticator);
    assert.deepEqual([answer.body['expires_in'], stateTokenOf(answer)['expires_in']], [29, '30']);
    time.advance(30);
    assert.equal((await send(stateTokenOf(answer).token, withAuthenticator.code())).status, 400);
  });

  it('must be sent through the same client', async () => {
    const { withAuthenticator } = server().users;
    const { token } = stateTokenOf(await signIn(server(), withAuthenticator));
    assert.equal((await send(token, withAuthenticator.code(), server().clients.own)).status, 400);
    assert.equal((await send(token, withAuthenticator.code())).status, 200);
  });

  it('is named in the error when it is missing', async () => {
    const answer = await post(server(), '/oauth/token', { grant_type: 'state_token', state_token: 'x' });
    assert.match(String(answer.body['error_description']), /'totp' is not present/);
  });
});
