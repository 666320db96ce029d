import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/base/failure';
import { back, type Back } from '../../../../src/editor/prompt/prompt';
import { clientCredentialsStep } from '../../../../src/features/signIn/steps/clientCredentialsStep';
import { startIdentityServer, type IdentityServer } from '../../../identity/server';
import { Desk } from '../../../fakes/desk';
import { sampleContext } from '../../../fakes/sampleContext';
import { goBack, scriptedPrompt } from '../../../fakes/scriptedPrompt';

const method = { kind: 'clientCredentials' };

describe('signing in with client credentials', () => {
  let server: IdentityServer;
  let desk: Desk;
  let here: string;
  beforeEach(async () => {
    server = await startIdentityServer();
    here = `127.0.0.1:${server.port}`;
    desk = new Desk([{ name: 'local', url: server.url, authUrl: server.url }]);
    desk.installation.alone();
  });
  afterEach(() => server.close());
  const typed = ({ id, secret } = server.clients.batch) => ['Enter client id and secret', id, secret];
  const calls = () => server.requests.tokenCalls('client_credentials').length;

  it('asks for a client and nothing else', async () => {
    const session = await desk.signIn([here, 'Client credentials', ...typed()]);
    assert.deepEqual(
      desk.asked.map(({ question }) => question),
      [
        'Which identity server signs you in?',
        'How do you sign in?',
        'Which client do you sign in with?',
        'Client id, or the whole Basic header that Reltio sent',
        "Secret of client acme_batch. It is stored in VS Code's secret storage.",
        `Signing in client acme_batch at ${here} …`,
      ],
    );
    assert.deepEqual(session.account, { identityServer: server.url, clientId: 'acme_batch' });
    assert.deepEqual(
      [session.method, session.renewal, session.tokens.refreshToken],
      [method, 'clientAgain', undefined],
    );
    assert.deepEqual(
      (await desk.core.clients.list(server.url)).map(({ id }) => id),
      ['acme_batch'],
    );
  });

  it('leaves a user the choice of the client, because one that signs in itself seldom signs in users', async () => {
    await desk.signIn([here, 'Client credentials', ...typed()]);
    const session = await desk.signIn([
      ...[here, 'Password', 'Use reltio_ui', 'jane@acme.com'],
      server.users.plain.password,
    ]);
    assert.equal(session.account.clientId, 'reltio_ui');
    const next = await desk.signIn([
      here,
      'Password',
      'omar@acme.com',
      goBack,
      'jane@acme.com',
      server.users.plain.password,
    ]);
    assert.equal(next.account.clientId, 'reltio_ui', 'the only client that has signed in a user');
  });

  it('asks which client, even if one is known, and not for the documented one', async () => {
    await desk.core.clients.save(server.url, { id: 'reltio_ui', secret: 'secret' });
    await desk.signIn([here, 'Client credentials', ...typed()]);
    await desk.signIn([here, 'Client credentials', 'acme_batch']);
    const lists = desk.asked.filter(({ question }) => question === 'Which client do you sign in with?');
    assert.deepEqual(
      lists.map(({ items }) => items),
      [
        [
          'acme_batch: used before',
          'Enter client id and secret: Reltio sent them with your tenant',
          'Paste the Basic header that Reltio sent: It starts with "Basic"',
        ],
      ],
    );
  });

  it('offers the client that the settings name', async () => {
    const { id, secret } = server.clients.batch;
    desk = new Desk([{ name: 'local', url: server.url, authUrl: server.url, clientId: id }]);
    const session = await desk.signIn([here, 'Client credentials', id, goBack, id, secret]);
    assert.equal(session.account.clientId, id);
    assert.equal(desk.asked[2]?.items[0], 'acme_batch: named in your settings');
    await desk.signIn([here, 'Client credentials', id]);
    assert.equal(desk.asked[2]?.items[0], 'acme_batch: used before');
  });

  it('is the first in the list the next time, at this server', async () => {
    await desk.signIn([here, 'Client credentials', ...typed()]);
    await desk.signIn([here, 'Client credentials', 'acme_batch']);
    assert.deepEqual(
      desk.asked[1]?.items.slice(0, 2).map((item) => item.split(':')[0]),
      ['Client credentials', 'Password'],
    );
    await assert.rejects(desk.signIn(['auth.reltio.com']), { code: 'cancelled' });
    assert.match(desk.asked[1]?.items[0] ?? '', /^Password:/);
  });

  it('asks for the secret again if the server rejects the client, and says so', async () => {
    const { id, secret } = server.clients.batch;
    const session = await desk.signIn([here, 'Client credentials', 'Enter', id, 'wrong', id, secret]);
    assert.equal(session.account.clientId, id);
    const again = desk.asked.find(({ question }) => question.includes('rejects'));
    assert.equal(again?.question, `${here} rejects client acme_batch or its secret. Enter it again.`);
    assert.equal(again.items[0], 'acme_batch: rejected: enter its secret again');
  });

  it('keeps what was typed when the server does not answer, and tries again when the user wants it', async () => {
    server.faults.next({ kind: 'serverError', status: 503, body: 'html' }, { path: '/oauth/token' });
    const session = await desk.signIn([here, 'Client credentials', ...typed(), 'Try Again']);
    assert.equal(session.account.clientId, 'acme_batch');
    const modal = desk.asked.find((one) => one.modal !== undefined);
    assert.equal(modal?.question, 'Client acme_batch could not sign in.');
    assert.match(modal.modal ?? '', new RegExp(`^${here} `));
    assert.deepEqual(modal.items, ['Do Not Sign In', 'Try Again', 'Use Another Client']);
    assert.equal(calls(), 2);
  });

  it('says that a client may not sign in like this, and lets the user choose another', async () => {
    const session = await desk.signIn([
      ...[here, 'Client credentials', ...typed(server.clients.own), 'Use Another Client'],
      ...typed(),
    ]);
    assert.equal(session.account.clientId, 'acme_batch');
    assert.match(
      desk.asked.find((one) => one.modal !== undefined)?.modal ?? '',
      /^Reltio does not allow this client to get tokens with this sign-in method\. Sign in with another method or another client\./,
    );
    assert.deepEqual(
      (await desk.core.clients.list(server.url)).map(({ id }) => id),
      ['acme_batch'],
    );
  });

  it('stores nothing when the user gives up', async () => {
    await assert.rejects(desk.signIn([here, 'Client credentials', ...typed(server.clients.own), 'Do Not Sign In']), {
      code: 'cancelled',
    });
    assert.deepEqual(await desk.core.clients.list(server.url), []);
    assert.deepEqual(await desk.core.sessions.list(), []);
  });

  it('drops the client when the user goes back to sign in with a password', async () => {
    const { name, password } = server.users.plain;
    const { own } = server.clients;
    const session = await desk.signIn([
      ...[here, 'Client credentials', 'Enter', own.id, own.secret, 'Use Another Client'],
      ...[goBack, 'Password', 'Use reltio_ui', name, password],
    ]);
    assert.deepEqual(session.account, { identityServer: server.url, clientId: 'reltio_ui', user: name });
  });

  it('does not take a client that a login page has registered', async () => {
    await desk.core.clients.save(server.url, {
      id: 'registered',
      secret: '',
      authentication: 'none',
      registeredFor: 'https://login.reltio.com',
    });
    await assert.rejects(desk.signIn([here, 'Client credentials']), { code: 'cancelled' });
    assert.ok(desk.asked.at(-1)?.items.every((item) => !item.startsWith('registered')));
    const { name, password } = server.users.plain;
    await desk.signIn([here, 'Password', 'Use reltio_ui', name, password]);
  });

  it('goes back, or ends, when the user does not wait for the answer', async () => {
    const asked: string[] = [];
    const choose = ({ message }: { readonly message: string }) => {
      asked.push(message);
      return Promise.resolve(undefined);
    };
    const position = { step: 1, totalSteps: 1, canGoBack: true };
    const leaving = async (pick: () => Promise<Back>) =>
      await clientCredentialsStep.ask(
        await sampleContext({
          draft: { identityServer: server.url, method },
          prompt: { ...scriptedPrompt([]), pick, choose },
        }),
        position,
      );
    assert.equal(await leaving(() => Promise.resolve(back)), back);
    await assert.rejects(
      leaving(() => Promise.reject(new Failure('cancelled'))),
      { code: 'cancelled' },
    );
    assert.deepEqual(asked, []);
  });

  it('asks nothing when it signs in again', async () => {
    const first = await desk.signIn([here, 'Client credentials', ...typed()]);
    const request = { identityServer: server.url, clientId: 'acme_batch', isClient: true };
    const again = await desk.signIn([], { ...request, method });
    assert.equal(again.tokens.accessToken, first.tokens.accessToken);
    assert.equal(desk.isSameToken, true);
    await desk.signIn([], request); // an extension that asks for the account does not know the method
    assert.equal(calls(), 3);
  });

  it('asks for the secret if only the client id is known', async () => {
    const request = { identityServer: server.url, clientId: 'acme_batch', isClient: true, method };
    const { secret } = server.clients.batch;
    const session = await desk.signIn(['wrong', secret], request);
    assert.equal(session.account.clientId, 'acme_batch');
    assert.deepEqual(
      desk.asked.map(({ question }) => question).filter((question) => /ecret/.test(question)),
      [
        "Secret of client acme_batch. It is stored in VS Code's secret storage.",
        `${here} rejects client acme_batch or its secret. Enter it again. It is stored in VS Code's secret storage.`,
      ],
    );
  });
});
