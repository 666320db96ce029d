import assert from 'node:assert/strict';
import { startIdentityServer, type IdentityServer } from '../../identity/server';
import type { User } from '../../identity/users';
import { Desk } from '../../fakes/desk';
import { goBack, press } from '../../fakes/scriptedPrompt';

const password = { kind: 'password' } as const;
const again = 'Replace It';

/** Two identity servers that know the same user names and client ids, each with its own secrets. */
describe('signing in with two identity servers and two accounts', () => {
  let dev: IdentityServer;
  let stage: IdentityServer;
  let desk: Desk;
  beforeEach(async () => {
    [dev, stage] = await Promise.all([startIdentityServer(), startIdentityServer()]);
    desk = new Desk([
      { name: 'dev', url: dev.url, authUrl: dev.url },
      { name: 'stage', url: stage.url, authUrl: stage.url },
    ]);
    stage.users.plain.password = 'of stage';
  });
  afterEach(() => Promise.all([dev.close(), stage.close()]));

  const hostOf = ({ port }: IdentityServer) => `127.0.0.1:${port}`;
  const jane = (server: IdentityServer): readonly string[] => ['jane@acme.com', server.users.plain.password];
  const documented = (server: IdentityServer) => [hostOf(server), 'Password', 'Use reltio_ui', ...jane(server)];
  const typedClient = (id: string, secret: string) => ['Enter client id and secret', id, secret];
  const questions = () => desk.asked.map(({ question }) => question);
  const requestFor = (server: IdentityServer, user: string, clientId = 'reltio_ui') =>
    ({ identityServer: server.url, clientId, user, method: password }) as const;
  const storedTokens = (id: string) => desk.core.store.find(id)?.tokens;

  it('adds a session for each server, and sends each server its own password and client', async () => {
    const first = await desk.signIn(documented(dev));
    const second = await desk.signIn(documented(stage));
    assert.deepEqual(
      desk.core.sessions.known.map(({ account }) => account.identityServer).toSorted(),
      [dev.url, stage.url].toSorted(),
    );
    assert.notEqual(first.tokens.accessToken, second.tokens.accessToken);
    assert.deepEqual(
      [dev, stage].map((server) => server.requests.tokenCalls('password').length),
      [1, 1],
    );
    assert.equal(stage.requests.tokenCalls('password')[0]?.form['password'], 'of stage');
  });

  it('signs in through the other client that was asked for, and not through the one that is known', async () => {
    const { own } = dev.clients;
    await desk.core.clients.save(dev.url, { id: 'reltio_ui', secret: 'secret' });
    const session = await desk.signIn([
      ...[hostOf(dev), 'Password', press('Use a client other than reltio_ui')],
      ...[...typedClient(own.id, own.secret), ...jane(dev)],
    ]);
    assert.equal(session.account.clientId, own.id);
    assert.deepEqual((await desk.core.clients.list(dev.url)).map(({ id }) => id).toSorted(), [own.id, 'reltio_ui']);
  });

  describe('going back and choosing the other server', () => {
    const leave = [goBack, goBack, goBack]; // from the user name over the client and the method to the server

    it('asks for its client: the one entered for the first server stays with that', async () => {
      const { own } = dev.clients;
      const session = await desk.signIn([
        ...[hostOf(dev), 'Password', ...typedClient(own.id, own.secret), ...leave],
        ...documented(stage),
      ]);
      assert.deepEqual(session.account, {
        identityServer: stage.url,
        clientId: 'reltio_ui',
        user: 'jane@acme.com',
      });
      assert.deepEqual(await desk.core.clients.list(stage.url), [{ id: 'reltio_ui', secret: 'secret' }]);
      assert.deepEqual(dev.requests.all, []);
      assert.ok(
        !JSON.stringify(stage.requests.all).includes(Buffer.from(`${own.id}:${own.secret}`).toString('base64')),
      );
    });

    it('uses the client that is known there, although another one was chosen at the first server', async () => {
      await desk.core.clients.save(dev.url, { id: 'reltio_ui', secret: 'secret' });
      await desk.core.clients.save(stage.url, { id: 'acme_dev', secret: stage.clients.own.secret });
      const session = await desk.signIn([
        ...[hostOf(dev), 'Password', press('Use a client other than reltio_ui'), goBack, goBack],
        ...[goBack, hostOf(stage), 'Password', ...jane(stage)],
      ]);
      assert.equal(session.account.clientId, 'acme_dev');
      assert.equal(
        questions().filter((question) => question.startsWith('Which client')).length,
        1,
        'for the first only',
      );
    });

    it('does not blame its client for what the first server has rejected', async () => {
      await desk.core.clients.save(dev.url, { id: 'reltio_ui', secret: 'of last year' });
      await desk.core.clients.save(stage.url, { id: 'reltio_ui', secret: 'secret' });
      const session = await desk.signIn([
        ...[hostOf(dev), 'Password', ...jane(dev), goBack, goBack],
        ...[hostOf(stage), 'Password', ...jane(stage)],
      ]);
      assert.equal(session.account.identityServer, stage.url);
      assert.deepEqual(
        questions().filter((question) => question.includes('rejects')),
        [`${hostOf(dev)} rejects client reltio_ui or its secret. Enter it again.`],
      );
      assert.equal((await desk.core.clients.find(dev.url, 'reltio_ui'))?.secret, 'of last year');
    });

    it('fills the box with the user who signed in there last', async () => {
      await desk.signIn(documented(dev));
      const zoe = stage.users.add({ name: 'zoe@acme.com', password: 'zoe' });
      await desk.signIn([hostOf(stage), 'Password', 'Use reltio_ui', zoe.name, zoe.password]);
      await desk.signIn([
        ...[hostOf(dev), 'Password', 'jane@acme.com', goBack, goBack, goBack],
        ...[hostOf(stage), 'Password', zoe.name, zoe.password],
      ]);
      const boxes = desk.asked.filter(({ question }) => question === 'User name').map(({ value }) => value);
      assert.deepEqual(boxes, ['jane@acme.com', 'jane@acme.com', 'zoe@acme.com']);
    });

    it('sends the password to the server that the box names', async () => {
      await desk.signIn([hostOf(dev), 'Password', 'Use reltio_ui', ...leave, ...documented(stage)]);
      assert.match(questions().at(-1) ?? '', new RegExp(`It is sent to ${hostOf(stage)} and is not stored\\.$`));
      assert.equal(stage.requests.tokenCalls('password').length, 1);
      assert.deepEqual(dev.requests.all, []);
    });
  });

  it('offers the clients that are known at the chosen server only', async () => {
    await desk.core.clients.save(dev.url, { id: 'acme_dev', secret: dev.clients.own.secret });
    await desk.core.clients.save(dev.url, { id: 'acme_reports', secret: dev.clients.fewScopes.secret });
    await assert.rejects(desk.signIn([hostOf(stage), 'Password']), { code: 'cancelled' });
    const offered = desk.asked.at(-1)?.items ?? [];
    assert.ok(!offered.some((item) => item.includes('used before')), offered.join());
    await assert.rejects(desk.signIn([hostOf(dev), 'Password']), { code: 'cancelled' });
    assert.deepEqual(desk.asked.at(-1)?.items.slice(0, 2), ['acme_reports: used before', 'acme_dev: used before']);
  });

  it('names the environments of each server, and puts the last one first', async () => {
    await desk.signIn(documented(stage));
    await assert.rejects(desk.signIn([]), { code: 'cancelled' });
    assert.deepEqual(desk.asked[0]?.items, [`${hostOf(stage)}: stage`, `${hostOf(dev)}: dev`, 'auth.reltio.com']);
  });

  it('uses the client that an environment names, at its own server', async () => {
    desk = new Desk([
      { name: 'dev', url: dev.url, authUrl: dev.url, clientId: 'acme_dev' },
      { name: 'stage', url: stage.url, authUrl: stage.url, clientId: 'reltio_ui' },
    ]);
    const first = await desk.signIn([hostOf(dev), 'Password', dev.clients.own.secret, ...jane(dev)]);
    assert.match(questions().at(-3) ?? '', /^Secret of client acme_dev\./);
    const second = await desk.signIn([hostOf(stage), 'Password', 'secret', ...jane(stage)]);
    assert.match(questions().at(-3) ?? '', /^Secret of client reltio_ui\./);
    assert.deepEqual([first.account.clientId, second.account.clientId], ['acme_dev', 'reltio_ui']);
  });

  it('asks for the client if two environments of one server name different ones', async () => {
    desk = new Desk([
      { name: 'dev', url: dev.url, authUrl: dev.url, clientId: 'acme_dev' },
      { name: 'reports', url: dev.url, authUrl: dev.url, clientId: 'acme_reports' },
    ]);
    await assert.rejects(desk.signIn([hostOf(dev), 'Password']), { code: 'cancelled' });
    assert.equal(questions().at(-1), 'Which client do you sign in with?');
  });

  it('counts wrong passwords for each user at each server', async () => {
    const zoe = dev.users.add({ name: 'zoe@acme.com', password: 'zoe' });
    const start = (server: IdentityServer) => [hostOf(server), 'Password', 'Use reltio_ui'];
    await assert.rejects(desk.signIn([...start(dev), 'jane@acme.com', 'one', 'two']), { code: 'cancelled' });
    await assert.rejects(desk.signIn([...start(stage), 'jane@acme.com', 'one']), { code: 'cancelled' });
    await assert.rejects(desk.signIn([...start(dev), zoe.name, 'one']), { code: 'cancelled' });
    assert.ok(!desk.refusals.some((sentence) => sentence.includes('Careful')), 'these are first tries');
    await assert.rejects(desk.signIn([...start(dev), 'JANE@acme.com', 'three']), { code: 'cancelled' });
    assert.match(desk.refusals.join(), /Careful: 3 wrong attempts in a row/);
    await desk.installation.clock.pass(60_000); // no more than five token calls a second
    await desk.signIn(documented(dev));
    await assert.rejects(desk.signIn([hostOf(dev), 'Password', 'jane@acme.com', 'one']), { code: 'cancelled' });
    assert.ok(!desk.refusals.join().includes('Careful'), 'a right one resets the count');
  });

  describe('Renew', () => {
    let zoe: User;
    beforeEach(async () => {
      zoe = dev.users.add({ name: 'zoe@acme.com', password: 'zoe' });
      await desk.core.clients.save(dev.url, { id: 'reltio_ui', secret: 'secret' });
      await desk.core.clients.save(dev.url, { id: 'acme_dev', secret: dev.clients.own.secret });
      await desk.core.clients.save(stage.url, { id: 'reltio_ui', secret: 'secret' });
    });
    const signInAs = async (server: IdentityServer, user: User, clientId?: string) => {
      desk.installation.clock.set(desk.installation.clock.now() + 60_000);
      return await desk.signIn([user.password], requestFor(server, user.name, clientId));
    };
    const allSessions = async () => ({
      jane: await signInAs(dev, dev.users.plain),
      stage: await signInAs(stage, stage.users.plain),
      other: await signInAs(dev, dev.users.plain, 'acme_dev'),
      zoe: await signInAs(dev, zoe),
    });

    it('compares with the sign-in of that account, revokes that, and leaves the others signed in', async () => {
      const before = await allSessions();
      await desk.installation.clock.pass(60_000);
      const request = { ...requestFor(dev, 'jane@acme.com'), renews: true };
      const after = await desk.signIn([dev.users.plain.password, again], request);
      assert.notEqual(after.tokens.refreshToken, before.jane.tokens.refreshToken);
      assert.equal(after.account.clientId, 'reltio_ui');
      assert.deepEqual(
        dev.requests.to('/oauth/revoke').map(({ form, clientId }) => [form['token'], clientId]),
        [[before.jane.tokens.refreshToken, 'reltio_ui']],
      );
      assert.deepEqual(stage.requests.to('/oauth/revoke'), []);
      for (const { id, tokens } of [before.stage, before.other, before.zoe]) {
        assert.deepEqual(storedTokens(id), tokens);
      }
      assert.equal(storedTokens(before.jane.id), undefined);
    });

    it('of the last account that signed in asks about no earlier one', async () => {
      const before = await allSessions();
      await desk.installation.clock.pass(60_000);
      const request = { ...requestFor(dev, zoe.name), renews: true };
      const after = await desk.signIn([zoe.password, 'Keep It'], request);
      assert.equal(after.tokens.refreshToken, before.zoe.tokens.refreshToken);
      assert.equal(desk.keptUntil, before.zoe.tokens.refreshTokenReceivedAt! + 28 * 24 * 3_600_000);
      assert.deepEqual(dev.requests.to('/oauth/revoke'), []);
    });

    it('is offered at a plain sign-in to the account whose token Reltio revoked, and to no other', async () => {
      const before = await allSessions();
      await desk.core.alter(before.jane.id, { state: 'rejected' });
      await desk.installation.clock.pass(60_000);
      const zoes = await desk.signIn([zoe.password], requestFor(dev, zoe.name));
      assert.equal(zoes.state, 'signedIn');
      await desk.signIn([dev.users.plain.password], requestFor(dev, 'jane@acme.com', 'acme_dev'));
      assert.deepEqual(dev.requests.to('/oauth/revoke'), []);
      const renewed = await desk.signIn([dev.users.plain.password, again], requestFor(dev, 'jane@acme.com'));
      assert.equal(renewed.state, 'signedIn');
      assert.equal(dev.requests.to('/oauth/revoke')[0]?.form['token'], before.jane.tokens.refreshToken);
    });
  });

  it('sends a password to the identity provider that was chosen last, and signs in again at the same one', async () => {
    const sara = dev.users.salesforceOnly;
    const token = sara.idpAccessToken!;
    const session = await desk.signIn([
      ...[hostOf(dev), 'Password at another', 'Another one', 'okta', goBack],
      ...['Salesforce', 'Use reltio_ui', sara.name, token],
    ]);
    assert.deepEqual(session.method, { kind: 'identityProvider', idpSystem: 'salesforce' });
    const { method } = session;
    const again = await desk.signIn([token], { ...requestFor(dev, sara.name), method });
    assert.deepEqual(again.method, method);
    assert.deepEqual(
      dev.requests.tokenCalls().map(({ form }) => form['idp_system']),
      ['salesforce', 'salesforce'],
    );
    const okta = { ...requestFor(dev, sara.name), method: { kind: 'identityProvider', idpSystem: 'okta' } as const };
    await assert.rejects(desk.signIn([token], okta), { code: 'cancelled' });
    assert.equal(dev.requests.tokenCalls().at(-1)?.form['idp_system'], 'okta');
  });

  it('does not confuse an account that is signed in again with accounts of the same name elsewhere', async () => {
    await desk.signIn(documented(dev));
    await desk.signIn(documented(stage));
    assert.equal(desk.isSameToken, false);
    await desk.core.clients.save(dev.url, { id: 'acme_dev', secret: dev.clients.own.secret });
    await desk.signIn([dev.users.plain.password], requestFor(dev, 'jane@acme.com', 'acme_dev'));
    assert.equal(desk.isSameToken, false);
    await desk.signIn([dev.users.plain.password], requestFor(dev, 'jane@acme.com'));
    assert.equal(desk.isSameToken, true);
    assert.equal(desk.core.sessions.known.length, 3);
  });

  it('shows dots wherever a secret is typed, and characters nowhere else', async () => {
    const { own } = dev.clients;
    const omar = dev.users.withAuthenticator;
    await desk.core.clients.save(stage.url, { id: 'acme_dev', secret: 'of last year' });
    await desk.signIn([
      ...[hostOf(dev), 'Password', 'Paste the Basic header', press('Enter client id and secret instead')],
      ...[own.id, own.secret, omar.name, omar.password, omar.code()],
    ]);
    const readable = desk.asked.filter(
      ({ secret, placeholder, items }) => !secret && items.length === 0 && placeholder !== '',
    );
    assert.deepEqual(
      readable.map(({ placeholder }) => placeholder),
      ['Client id, such as acme_dev', 'User name, such as name@company.com'],
    );
    const hidden = desk.asked.filter(({ secret }) => secret).map(({ placeholder }) => placeholder);
    assert.deepEqual(hidden, ['Basic …', 'Client secret', 'Password', 'One-time code, such as 123456']);

    await desk.installation.clock.pass(60_000);
    const required = requestFor(stage, 'jane@acme.com', 'acme_dev');
    await desk.signIn([jane(stage)[1]!, stage.clients.own.secret, jane(stage)[1]!], required);
    assert.deepEqual(
      desk.asked.map(({ secret, placeholder }) => [placeholder, secret]),
      [
        ['Password', true],
        ['Client secret', true],
        ['Password', true],
      ],
    );
  });
});
