import assert from 'node:assert/strict';
import { accountLabel } from '../../../../src/core/model/account';
import { timeLeft } from '../../../../src/core/model/tokens';
import { pastedToken } from '../../../../src/features/signIn/methods/pastedToken';
import { startIdentityServer, type IdentityServer } from '../../../identity/server';
import { Desk } from '../../../fakes/desk';
import { goBack } from '../../../fakes/scriptedPrompt';

const minute = 60_000;

describe('signing in with a pasted token', () => {
  let server: IdentityServer;
  let desk: Desk;
  let here: string;
  let token: string;
  beforeEach(async () => {
    server = await startIdentityServer();
    here = `127.0.0.1:${server.port}`;
    open([{ name: 'local', url: server.url, authUrl: server.url }]);
    token = await issue();
  });
  afterEach(() => server.close());
  const open = (environments: readonly object[]) => {
    desk = new Desk(environments);
    desk.installation.alone();
  };
  /** A token of Jane, as another tool gets it. */
  const issue = async ({ name, password } = server.users.plain): Promise<string> => {
    const { basic } = server.clients.own;
    const answer = await fetch(`${server.url}/oauth/token`, {
      method: 'POST',
      headers: { authorization: basic, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ grant_type: 'password', username: name, password }).toString(),
    });
    const { access_token: issued } = (await answer.json()) as { access_token: string };
    server.requests.clear();
    return issued;
  };
  const knowClient = () => desk.core.clients.save(server.url, { id: 'reltio_ui', secret: 'secret' });
  const questions = () => desk.asked.map(({ question }) => question);
  const checks = () => server.requests.to('/oauth/checkToken').filter(({ method }) => method === 'POST').length;
  const dataCalls = () => server.requests.to('/reltio/enhancedTenants').length;
  const left = (session: Awaited<ReturnType<Desk['signIn']>>) =>
    Math.round(timeLeft(session.tokens, desk.installation.clock.now()) / minute);

  it('asks the identity server through a known client, and nothing else of the user', async () => {
    await knowClient();
    const session = await desk.signIn([here, 'Paste a token', `Bearer ${token}`]);
    assert.deepEqual(questions().slice(2), [
      `Paste an access token from ${here}. It is checked, stored in VS Code's secret storage, and never refreshed.`,
      `Asking ${here} about the token …`,
    ]);
    assert.deepEqual(session.account, { identityServer: server.url, clientId: ':pasted', user: 'jane@acme.com' });
    assert.equal(accountLabel(session.account), `jane@acme.com (http://${here}) · pasted token`);
    assert.deepEqual([session.method, session.renewal, pastedToken.renewal], [{ kind: 'pastedToken' }, 'none', 'none']);
    assert.deepEqual(
      [session.tokens.accessToken, session.tokens.refreshToken, session.tokens.expiryIsEstimate],
      [token, undefined, false],
    );
    assert.ok(session.tokens.scopes?.includes('entities_api'));
    assert.deepEqual([checks(), dataCalls()], [1, 0]);
  });

  it('announces no box that Reltio usually makes unnecessary', async () => {
    await knowClient();
    await desk.signIn([here, 'Paste a token', token]);
    assert.equal(desk.numbers[2], '3/3');
  });

  it('expires when the identity server says so, not an hour after it was pasted', async () => {
    await knowClient();
    Object.assign(server.policy, { accessTokenLifetime: 1_500, secondLoginReturns: 'newPair' });
    const session = await desk.signIn([here, 'Paste a token', await issue()]);
    assert.deepEqual([left(session), session.tokens.expiryIsEstimate], [25, false]);
  });

  it('leaves the known clients as they are', async () => {
    await knowClient();
    await desk.signIn([here, 'Paste a token', token]);
    assert.deepEqual(await desk.core.clients.list(server.url), [{ id: 'reltio_ui', secret: 'secret' }]);
  });

  it('tries another client if the server rejects one', async () => {
    await knowClient();
    await desk.core.clients.save(server.url, { id: 'acme_dev', secret: 'of last year' });
    const session = await desk.signIn([here, 'Paste a token', token]);
    assert.equal(session.account.user, 'jane@acme.com');
    assert.equal(checks(), 2);
  });

  it('asks an environment where no client is known, and the user for the rest', async () => {
    const session = await desk.signIn([here, 'Paste a token', token, '  jane@acme.com ', '45']);
    assert.deepEqual(questions().slice(3), [
      `Asking ${here} about the token …`,
      'Whose token is it? The user name tells your accounts apart.',
      "When does it expire? Reltio's tokens are valid for 60 minutes when they are new.",
    ]);
    assert.deepEqual([checks(), dataCalls()], [0, 1]);
    assert.deepEqual(
      [session.account.user, session.tokens.expiryIsEstimate, left(session)],
      ['jane@acme.com', true, 45],
    );
    assert.equal(session.tokens.scopes, undefined);
  });

  it('says so if nobody could check the token', async () => {
    open([]);
    await assert.rejects(desk.signIn(['Paste a token', token, 'jane@acme.com']), { code: 'cancelled' });
    assert.deepEqual(questions().slice(2), [
      'No server could check this token. Whose token is it? The user name tells your accounts apart.',
      "No server could check this token. When does it expire? Reltio's tokens are valid for 60 minutes when they are new.",
    ]);
  });

  it('goes on if the servers have a problem', async () => {
    await knowClient();
    server.faults.always({ kind: 'serverError', status: 503, body: 'html' }, {});
    const session = await desk.signIn([here, 'Paste a token', token, 'jane@acme.com', '10']);
    assert.match(questions().at(-1) ?? '', /^No server could check this token\. When/);
    assert.equal(left(session), 10);
  });

  it('does not claim that no server could check the token if this window cannot ask', async () => {
    desk = new Desk([{ name: 'local', url: server.url, authUrl: server.url }], {
      send: () => Promise.resolve({ kind: 'failure', code: 'windowOutdated' }),
    });
    desk.installation.alone();
    await assert.rejects(desk.signIn([here, 'Paste a token', token, 'jane@acme.com', '10']), {
      code: 'windowOutdated',
    });
  });

  it('asks for another token if the servers refuse it, and does not repeat it', async () => {
    await knowClient();
    const wrong = `${token}x`;
    const session = await desk.signIn([here, 'Paste a token', wrong, token]);
    assert.equal(session.tokens.accessToken, token);
    const again = questions().filter((question) => question.includes('does not accept'));
    assert.deepEqual(again, [
      `${here} does not accept this token: it has expired, or comes from another server. Paste another one. It is checked, stored ` +
        "in VS Code's secret storage, and never refreshed.",
    ]);
    assert.ok(!JSON.stringify(desk.asked).includes(token));
  });

  it('asks for another token if only the environment could be asked, and refuses it', async () => {
    await desk.signIn([here, 'Paste a token', `${token}x`, token, 'jane@acme.com', '30']);
    assert.match(questions()[4] ?? '', new RegExp(`^${here} does not accept this token: `));
  });

  it('asks for another token if only the identity server could be asked, and refuses it', async () => {
    open([{ name: 'foreign', url: 'https://no-such-host.invalid', authUrl: server.url }]);
    await knowClient();
    await desk.signIn([here, 'Paste a token', `${token}x`, 'Do Not Send', token]);
    assert.match(questions()[5] ?? '', new RegExp(`^${here} does not accept this token: `));
  });

  it('asks no environment that trusts another identity server', async () => {
    const other = await startIdentityServer();
    try {
      open([
        { name: 'other', url: other.url, authUrl: other.url },
        { name: 'local', url: server.url, authUrl: server.url },
      ]);
      await desk.signIn([here, 'Paste a token', token, 'jane@acme.com', '30']);
      assert.deepEqual([other.requests.to('/reltio/enhancedTenants').length, dataCalls()], [0, 1]);
    } finally {
      await other.close();
    }
  });

  it('asks no program on this computer about a token of a server with https', async () => {
    open([{ name: 'proxy', url: server.url, authUrl: 'https://no-such-host.invalid' }]);
    await desk.signIn(['no-such-host.invalid', 'Send', 'Paste a token', token, 'jane@acme.com', '30']);
    assert.equal(dataCalls(), 0);
  });

  it('does not take a token that has expired by now, as the identity server says', async () => {
    await knowClient();
    const past = Math.floor(desk.installation.clock.now() / 1_000) - 1;
    server.faults.next({ kind: 'fields', fields: { expiration: past } }, { path: '/oauth/checkToken' });
    await desk.signIn([here, 'Paste a token', token, token]);
    assert.match(questions()[4] ?? '', /^This token has expired\. Paste a newer one\. /);
  });

  it('stores a token that expires while the user answers as one that has expired, and no earlier', async () => {
    await knowClient();
    server.policy.checkTokenTells = 'withoutUser';
    const { clock } = desk.installation;
    const session = await desk.signIn([
      ...[here, 'Paste a token', token],
      async () => {
        await clock.pass(61 * minute);
        return 'jane@acme.com';
      },
    ]);
    const { accessTokenExpiresAt, accessTokenReceivedAt, expiryIsEstimate } = session.tokens;
    assert.deepEqual(
      [accessTokenExpiresAt, accessTokenReceivedAt, expiryIsEstimate, left(session)],
      [clock.now(), clock.now(), false, 0],
    );
  });

  it('asks without a complaint when the user comes back', async () => {
    await knowClient();
    await desk.signIn([here, 'Paste a token', `${token}x`, goBack, 'Paste a token', token]);
    const asked = questions().filter((question) => question.includes('never refreshed'));
    assert.deepEqual(
      asked.map((question) => question.split(' ')[0]),
      ['Paste', here, 'Paste'],
    );
  });

  it('stores no client that was typed before for another method', async () => {
    const typed = ['Enter client id and secret', 'acme_dev', 'a guess'];
    await desk.signIn([
      ...[here, 'Password', ...typed, goBack, goBack, 'Paste a token', token],
      ...['jane@acme.com', '30'],
    ]);
    assert.deepEqual(await desk.core.clients.list(server.url), []);
  });

  it('believes an environment that accepts a token which the identity server does not know', async () => {
    const cluster = await startIdentityServer();
    try {
      open([{ name: 'local', url: server.url, authUrl: cluster.url }]);
      await desk.core.clients.save(cluster.url, { id: 'reltio_ui', secret: 'secret' });
      const session = await desk.signIn([`127.0.0.1:${cluster.port}`, 'Paste a token', token, 'jane@acme.com', '30']);
      assert.equal(session.account.identityServer, cluster.url);
      assert.equal(dataCalls(), 1);
    } finally {
      await cluster.close();
    }
  });

  it('touches production last, and no more than two environments', async () => {
    const others = await Promise.all([startIdentityServer(), startIdentityServer()]);
    const [prod, test] = others;
    try {
      const authUrl = server.url;
      open([
        { name: 'prod', url: prod.url, authUrl, production: true },
        { name: 'test', url: test.url, authUrl },
        { name: 'dev', url: server.url, authUrl },
      ]);
      await desk.signIn([here, 'Paste a token', token, 'jane@acme.com', '30']);
      const seen = [prod, test, server].map(({ requests }) => requests.to('/reltio/enhancedTenants').length);
      assert.deepEqual(seen, [0, 1, 1]);
    } finally {
      await Promise.all(others.map((other) => other.close()));
    }
  });

  it('asks before an environment outside reltio.com gets the token, and leaves it out if the user does not want it', async () => {
    const url = 'https://no-such-host.invalid';
    open([{ name: 'foreign', url, authUrl: server.url }]);
    await desk.signIn([here, 'Paste a token', token, 'Do Not Send', 'jane@acme.com', '30']);
    assert.ok(questions().includes('Send your access token to no-such-host.invalid?'));
    assert.ok(!questions().includes('Asking no-such-host.invalid about the token …'));
    await desk.signIn([here, 'Paste a token', token, 'Send', 'jane@acme.com', '30']);
    assert.ok(questions().includes('Asking no-such-host.invalid about the token …'));
  });

  it('keeps the answers when the user goes back, but for the token', async () => {
    const answers = [here, 'Paste a token', token, 'jane@acme.com', goBack, goBack, token, 'jane@acme.com', '5'];
    await desk.signIn(answers);
    const [first, second, third] = desk.asked.filter(({ question }) => question.startsWith('Whose token'));
    assert.deepEqual([first?.value, second?.value, third?.value], ['', 'jane@acme.com', 'jane@acme.com']);
    const boxes = desk.asked.filter(({ placeholder }) => placeholder === 'Access token');
    assert.deepEqual(
      boxes.map(({ secret, value }) => [secret, value]),
      [
        [true, ''],
        [true, ''],
      ],
    );
  });

  it('refuses what cannot be a token, without sending it', async () => {
    await knowClient();
    await desk.signIn([here, 'Paste a token', 'hunter2', 'Basic cmVsdGlvX3VpOnNlY3JldA==', token]);
    assert.equal(desk.refusals.length, 2);
    assert.equal(checks(), 1);
  });

  describe('again', () => {
    const request = (user = 'jane@acme.com') => ({
      identityServer: server.url,
      clientId: ':pasted',
      user,
      method: { kind: 'pastedToken' },
    });

    it('asks only for the token, of the same user', async () => {
      await knowClient();
      const first = await desk.signIn([here, 'Paste a token', token]);
      server.policy.secondLoginReturns = 'newPair';
      const next = await issue();
      const again = await desk.signIn([next], request('JANE@acme.com'));
      assert.match(questions()[0] ?? '', /^Paste an access token of JANE@acme\.com from /);
      assert.deepEqual([again.account, again.tokens.accessToken], [first.account, next]);
      assert.equal((await desk.core.sessions.list()).length, 1);
    });

    it('takes the better estimate of a user who pastes the same token once more', async () => {
      await desk.signIn([here, 'Paste a token', token, 'jane@acme.com', '5']);
      const again = await desk.signIn([token, '50'], request());
      assert.deepEqual([left(again), again.tokens.expiryIsEstimate], [50, true]);
      await knowClient();
      const asked = await desk.signIn([token], request());
      assert.deepEqual([left(asked), asked.tokens.expiryIsEstimate], [60, false]);
      server.policy.checkTokenTells = 'absent';
      const guessed = await desk.signIn([token, '20'], request());
      assert.deepEqual([left(guessed), guessed.tokens.expiryIsEstimate], [60, false]);
    });

    it("does not take another user's token", async () => {
      await knowClient();
      const zoe = await issue(server.users.add({ name: 'zoe@acme.com', password: 'zoe' }));
      await desk.signIn([zoe, token], request());
      assert.match(questions()[2] ?? '', /^This is a token of zoe@acme\.com\. Paste one of jane@acme\.com\. /);
    });

    it('is what an extension gets that asks for such an account', async () => {
      await knowClient();
      const { method: _unknown, ...account } = request();
      const session = await desk.signIn([token], { ...account, user: 'JANE@acme.com' });
      assert.deepEqual([session.account.clientId, session.account.user], [':pasted', 'JANE@acme.com']);
    });
  });

  it('does not replace the sign-in of the same user that can be refreshed', async () => {
    const { name, password } = server.users.plain;
    await desk.signIn([here, 'Password', 'Use reltio_ui', name, password]);
    await desk.signIn([here, 'Paste a token', token]);
    const sessions = await desk.core.sessions.list();
    assert.deepEqual(sessions.map(({ account }) => account.clientId).toSorted(), [':pasted', 'reltio_ui']);
  });
});
