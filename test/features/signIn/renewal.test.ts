import assert from 'node:assert/strict';
import { startIdentityServer, type IdentityServer } from '../../identity/server';
import { accountLabel } from '../../../src/core/model/account';
import { Desk } from '../../fakes/desk';
import { whenText } from '../../../src/editor/messages/whenText';
import { goBack } from '../../fakes/scriptedPrompt';

const day = 24 * 3_600_000;
const again = 'Replace It';

describe('Renew', () => {
  let server: IdentityServer;
  let desk: Desk;
  beforeEach(async () => {
    server = await startIdentityServer();
    desk = new Desk([{ name: 'dev', url: server.url, authUrl: server.url }]);
  });
  afterEach(() => server.close());
  const request = (user: string) => ({
    identityServer: server.url,
    clientId: 'reltio_ui',
    user,
    method: { kind: 'password' } as const,
  });
  const first = async ({ name, password } = server.users.plain, code: string[] = []) => {
    await desk.core.clients.save(server.url, { id: 'reltio_ui', secret: 'secret' });
    return await desk.signIn([password, ...code], request(name));
  };
  const renew = (answers: readonly string[], user = server.users.plain.name) =>
    desk.signIn(answers, { ...request(user), renews: true });
  const passwords = () => server.requests.tokenCalls('password').length;

  it('is offered when a plain sign-in returns the same token as before, and only then', async () => {
    const before = await first();
    assert.equal(desk.isSameToken, false, 'the first sign-in');
    const after = await first();
    assert.equal(after.tokens.accessToken, before.tokens.accessToken);
    assert.notEqual(after.id, before.id);
    assert.equal(desk.isSameToken, true);
    await renew([server.users.plain.password, again]);
    assert.equal(desk.isSameToken, false, 'Renew brought another');
    server.policy.secondLoginReturns = 'newPair';
    await first();
    assert.equal(desk.isSameToken, false, 'another token');
  });

  it('is not offered to the second of two accounts, nor if the sign-in had another purpose', async () => {
    await first();
    const user = server.users.add({ name: 'zoe@acme.com', password: 'zoe' });
    await first(user);
    assert.equal(desk.isSameToken, false);
    await desk.core.store.change((sessions) => sessions.map((session) => ({ ...session, state: 'signInAgain' })));
    await first();
    assert.equal(desk.isSameToken, false);
  });

  it('is done when another refresh token comes back', async () => {
    server.policy.secondLoginReturns = 'newPair';
    const before = await first();
    const after = await renew([server.users.plain.password]);
    assert.notEqual(after.tokens.refreshToken, before.tokens.refreshToken);
    assert.equal(passwords(), 2);
    assert.equal(server.requests.to('/oauth/revoke').length, 0);
  });

  it('revokes the same refresh token when the user agrees, and signs in with the password just accepted', async () => {
    const before = await first();
    const after = await renew([server.users.plain.password, again]);
    const { question, modal, items } = desk.asked.at(-1)!;
    assert.equal(question, `Replace the sign-in of ${accountLabel(before.account)}?`);
    assert.deepEqual(items, ['Keep It', 'Replace It'], 'Enter keeps it');
    const { host } = new URL(server.url);
    assert.match(
      modal!,
      new RegExp(`^Reltio returned the sign-in that you already have\\..* revokes it at ${host} .* Other tools`),
    );
    assert.notEqual(after.tokens.refreshToken, before.tokens.refreshToken);
    assert.notEqual(after.tokens.accessToken, before.tokens.accessToken);
    assert.ok(after.tokens.refreshTokenReceivedAt! >= before.tokens.refreshTokenReceivedAt!);
    assert.equal(passwords(), 3);
    assert.equal(desk.core.sessions.known.length, 1);
  });

  it('keeps the sign-in when the user does not agree', async () => {
    const before = await first();
    const after = await renew([server.users.plain.password, 'Keep It']);
    assert.equal(after.tokens.refreshToken, before.tokens.refreshToken);
    assert.equal(after.tokens.refreshTokenReceivedAt, before.tokens.refreshTokenReceivedAt);
    assert.equal(server.requests.to('/oauth/revoke').length, 0);
    const end = whenText(before.tokens.refreshTokenReceivedAt! + 28 * day, desk.installation.clock.now());
    assert.ok(desk.asked.at(-1)!.modal!.endsWith(`\n\nIf you keep it, it expires ${end}.`));
    assert.equal(desk.keptUntil, before.tokens.refreshTokenReceivedAt! + 28 * day);
  });

  it('has a title of its own', async () => {
    await first();
    await renew([server.users.plain.password, again]);
    assert.deepEqual(
      desk.asked.map(({ title }) => title),
      ['Renew the Reltio sign-in', ''],
    );
    assert.equal(desk.keptUntil, undefined);
  });

  it('asks for a new one-time code if one is needed', async () => {
    const user = server.users.withEmail;
    await desk.core.clients.save(server.url, { id: 'reltio_ui', secret: 'secret' });
    const start = desk.flow;
    const prompt = mailReader(() => user.code());
    const { session: before } = await start.run(request(user.name), prompt([user.password]));
    await desk.installation.clock.pass(60_000); // no more than five token calls a second
    const renewing = start.run({ ...request(user.name), renews: true }, prompt([user.password, again]));
    const { session: after } = await renewing;
    assert.notEqual(after.tokens.refreshToken, before.tokens.refreshToken);
    assert.equal(user.mails.length, 3);
  });

  it('changes nothing when the revocation fails', async () => {
    const before = await first();
    server.faults.always({ kind: 'serverError', status: 503, body: 'html' }, { path: '/oauth/revoke' });
    await assert.rejects(renew([server.users.plain.password, again]), { code: 'serverError' });
    assert.equal(desk.core.store.find(before.id)?.tokens.refreshToken, before.tokens.refreshToken);
    assert.equal(desk.core.store.find(before.id)?.state, 'signedIn');
  });

  it('says that the sign-in is no longer valid when the second one fails after the revocation', async () => {
    const before = await first();
    server.faults.next({ kind: 'wait', milliseconds: 0 }, { grant: 'password' });
    server.faults.next({ kind: 'serverError', status: 503, body: 'html' }, { grant: 'password' });
    await assert.rejects(renew([server.users.plain.password, again]), { code: 'serverError' });
    assert.equal(desk.core.store.find(before.id)?.state, 'signInAgain');
  });

  describe('of a client', () => {
    const firstToken = async () => {
      const { id, secret } = server.clients.batch;
      await desk.core.clients.save(server.url, { id, secret });
      return await desk.signIn([], batch());
    };
    const batch = () => ({
      identityServer: server.url,
      clientId: server.clients.batch.id,
      isClient: true,
      method: { kind: 'clientCredentials' },
    });

    it('revokes the token if the user agrees, and asks for another with the same secret', async () => {
      const before = await firstToken();
      const after = await desk.signIn([again], { ...batch(), renews: true });
      const { question, modal } = desk.asked.at(-1)!;
      assert.equal(question, `Replace the token of ${accountLabel(before.account)}?`);
      const { host } = new URL(server.url);
      const end = whenText(before.tokens.accessTokenExpiresAt, desk.installation.clock.now());
      assert.equal(
        modal,
        'Reltio returned the token that you already have. To replace it, the extension revokes it at ' +
          `${host} and sends your client secret there once more. Other tools that use this client lose the token too.` +
          `\n\nIf you keep it, it expires ${end}, and the next one is requested then.`,
      );
      assert.notEqual(after.tokens.accessToken, before.tokens.accessToken);
      assert.equal(after.state, 'signedIn');
      assert.equal(server.requests.tokenCalls('client_credentials').length, 3);
    });

    it('changes nothing if the user keeps the token', async () => {
      const before = await firstToken();
      const after = await desk.signIn(['Keep It'], { ...batch(), renews: true });
      assert.equal(after.tokens.accessToken, before.tokens.accessToken);
      assert.equal(desk.keptUntil, before.tokens.accessTokenExpiresAt);
      assert.equal(server.requests.to('/oauth/revoke').length, 0);
    });

    it('is done when another token comes back', async () => {
      server.policy.multiTokenQuota = 5;
      const before = await firstToken();
      const after = await desk.signIn([], { ...batch(), renews: true });
      assert.notEqual(after.tokens.accessToken, before.tokens.accessToken);
    });
  });

  describe('where Reltio revoked the token early', () => {
    const plain = (answers: readonly string[], user = server.users.plain.name) => desk.signIn(answers, request(user));
    const rejected = async () => {
      const before = await first();
      await desk.core.store.change((all) => all.map((session) => ({ ...session, state: 'rejected' })));
      server.requests.clear();
      return before;
    };

    it('is offered when a plain sign-in returns that token again', async () => {
      const before = await rejected();
      const after = await plain([server.users.plain.password, again]);
      assert.match(
        desk.asked.at(-1)!.modal!,
        /^Reltio returned the token that it had revoked\. .*\n\nIf you keep it, you cannot get another/,
      );
      assert.equal(after.state, 'signedIn');
      assert.notEqual(after.tokens.accessToken, before.tokens.accessToken);
      assert.equal(passwords(), 2);
    });

    it('is not offered when another token is returned', async () => {
      server.policy.secondLoginReturns = 'newPair';
      await rejected();
      assert.equal((await plain([server.users.plain.password])).state, 'signedIn');
      assert.equal(server.requests.to('/oauth/revoke').length, 0);
    });

    it('does not change the rejected token when the user does not agree', async () => {
      await rejected();
      assert.equal((await plain([server.users.plain.password, 'Keep It'])).state, 'rejected');
    });

    it('does not send the password of an account that the user went back from', async () => {
      const omar = server.users.withAuthenticator;
      await desk.core.clients.save(server.url, { id: 'reltio_ui', secret: 'secret' });
      const { user: _user, ...anyUser } = request('');
      await desk.signIn([omar.name, omar.password, omar.code()], anyUser);
      await rejected();
      await desk.installation.clock.pass(60_000); // no more than five token calls a second
      const { plain: jane } = server.users;
      await desk.core.store.change((all) =>
        all.map((session) => ({ ...session, state: session.account.user === omar.name ? 'rejected' : 'signedIn' })),
      );
      const janes = await desk.signIn([omar.name, omar.password, goBack, goBack, jane.name, jane.password], anyUser);
      assert.equal(janes.account.user, jane.name);
      assert.equal(server.requests.to('/oauth/revoke').length, 0);
    });
  });
});

/** A user who types the code that has just arrived by e-mail. */
function mailReader(code: () => string) {
  return (answers: readonly string[]) => {
    const left = [...answers];
    return {
      pick: (): Promise<never> => Promise.reject(new Error('no list is needed')),
      choose: async <T extends string>({ choices }: { choices: readonly T[] }): Promise<T | undefined> => {
        const answer = left.shift();
        return await Promise.resolve(choices.find((choice) => choice === answer));
      },
      box: async <T>(step: {
        prompt: string;
        submit(text: string, signal: AbortSignal): Promise<{ kind: string; value?: T }>;
      }): Promise<T> => {
        const text = /code/i.test(step.prompt) ? code() : (left.shift() ?? '');
        const submitted = await step.submit(text, new AbortController().signal);
        assert.equal(submitted.kind, 'accepted');
        return submitted.value as T;
      },
    };
  };
}
