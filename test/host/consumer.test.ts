import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { pause, Reltio, until } from './reltio';

const SCOPES = ['relations_api', 'entities_api'];

describe('another extension', () => {
  let reltio: Reltio;
  beforeEach(async () => {
    reltio = await Reltio.start();
  });
  afterEach(() => reltio.stop());

  it('gets a session that the data API accepts, with the scopes in the order asked', async () => {
    await reltio.signIn();
    await reltio.letConsumerIn(SCOPES);
    const session = await reltio.ask(SCOPES, { silent: true }, reltio.dataUrl);
    assert.equal(session?.status, 200);
    assert.deepEqual(session.scopes, SCOPES);
    assert.match(session.label, /^jane@acme\.com \(http:\/\/127\.0\.0\.1:\d+\)$/);
  });

  it('causes a prompt when there is no session, and gets what it asked for', async () => {
    const { password } = reltio.server.users.plain;
    await reltio.ask(SCOPES, {});
    const { scriptedPrompt } = await import('../fakes/scriptedPrompt');
    reltio.seam.prompt = scriptedPrompt(['127.0.0.1', 'Password', 'Use reltio_ui', 'jane@acme.com', password]);
    await reltio.letConsumerIn(SCOPES);
    const session = await reltio.ask(SCOPES, { silent: true }, reltio.dataUrl);
    assert.equal(session?.status, 200);
    assert.equal(reltio.server.requests.tokenCalls('password').length, 1);
  });

  describe('leaves no sign-in request in the Accounts menu', () => {
    const requests = async (): Promise<number> =>
      (await vscode.commands.getCommands(true)).filter((id) => /^reltio:test-fixtures\..*:signIn/.test(id)).length;

    it('once the user has signed in, in whatever order the scopes were asked', async () => {
      const before = await requests();
      await reltio.ask(['groups_api', 'graphs_api'], {});
      await reltio.ask(['graphs_api', 'groups_api', 'entities_api'], {});
      assert.ok((await requests()) > before, 'VS Code keeps an entry for each request');
      await reltio.signIn();
      await until('the entries to disappear', async () => (await requests()) === 0);
    });

    it('once a refresh has restored a session whose token was rejected', async () => {
      await reltio.signIn();
      await vscode.commands.executeCommand('reltioAuth.copyToken');
      const token = await vscode.env.clipboard.readText();
      reltio.server.faults.next({ kind: 'fields', fields: { access_token: token } }, { grant: 'refresh_token' });
      const answer = await vscode.commands.executeCommand<{ outcome: string }>('reltioAuth.reportRejected', token);
      assert.equal(answer.outcome, 'signInAgain');
      await reltio.ask(['graphs_api', 'entities_api'], {});
      assert.equal(await requests(), 1);
      await vscode.commands.executeCommand('reltioAuth.refreshToken');
      await until('the entry to disappear', async () => (await requests()) === 0);
    });

    it('once the account it asked for has signed in, although another had the same scopes before', async () => {
      const omar = reltio.server.users.withAuthenticator;
      await reltio.signIn();
      const { host } = new URL(reltio.server.url);
      const account = {
        id: `${reltio.server.url}/?client=reltio_ui&user=${encodeURIComponent(omar.name)}`,
        label: `${omar.name} (${host})`,
      };
      await reltio.ask(['graphs_api', 'groups_api'], { account });
      assert.equal(await requests(), 1);
      await reltio.ask(['graphs_api', 'groups_api'], { silent: true });
      await reltio.answer(['127.0.0.1', 'Password', omar.name, omar.password, omar.code()]);
      await until('the entry to disappear', async () => (await requests()) === 0);
    });
  });

  it('causes a prompt where it asked for another account than the one that is there: the entry does not say for which', async () => {
    await reltio.signIn();
    const { host } = new URL(reltio.server.url);
    const user = encodeURIComponent('omar@acme.com');
    const account = { id: `${reltio.server.url}/?client=reltio_ui&user=${user}`, label: `omar@acme.com (${host})` };
    assert.equal(await reltio.ask(['graphs_api'], { account }), undefined);
    const { scriptedPrompt } = await import('../fakes/scriptedPrompt');
    const { withAuthenticator: omar } = reltio.server.users;
    reltio.seam.prompt = scriptedPrompt(['127.0.0.1', 'Password', omar.name, omar.password, omar.code()]);
    await reltio.letIn('test-fixtures.reltio-auth-consumer', () => Promise.resolve(true));
    const session = await reltio.ask(['graphs_api'], { silent: true, account }, reltio.dataUrl);
    assert.equal(session?.status, 200);
  });

  it('keeps its account when that cannot be refreshed and another could be', async () => {
    reltio.server.policy.accessTokenLifetime = 3;
    await reltio.signIn();
    await reltio.letConsumerIn(SCOPES);
    reltio.server.policy.accessTokenLifetime = 3600;
    const omar = reltio.server.users.withAuthenticator;
    await reltio.answer(['127.0.0.1', 'Password', omar.name, omar.password, omar.code()]);
    await pause(3_100);
    reltio.server.invalidateRefreshTokens('jane@acme.com');
    const session = await reltio.ask(SCOPES, { silent: true }, reltio.dataUrl);
    assert.match(session?.label ?? '', /^jane@acme\.com/);
    assert.equal(session?.status, 401);
  });

  it('has no session when the only account cannot be refreshed, so that asking prompts', async () => {
    reltio.server.policy.accessTokenLifetime = 3;
    await reltio.signIn();
    await reltio.letConsumerIn(SCOPES);
    await pause(3_100);
    reltio.server.invalidateRefreshTokens();
    assert.equal(await reltio.ask(SCOPES), undefined);
  });

  it('keeps the session id over a refresh and is notified once, of a change', async () => {
    await reltio.signIn();
    await reltio.letConsumerIn(SCOPES);
    const before = await reltio.ask(SCOPES);
    const known = await reltio.consumerEvents();
    const announced = reltio.seam.announced.length;

    await vscode.commands.executeCommand('reltioAuth.refreshToken');
    await until('the consumer is notified', async () => (await reltio.consumerEvents()) > known);
    const after = await reltio.ask(SCOPES, { silent: true }, reltio.dataUrl);

    assert.equal(after?.id, before?.id);
    assert.notEqual(after?.fingerprint, before?.fingerprint);
    assert.equal(after?.status, 200);
    assert.equal(await reltio.consumerEvents(), known + 1);
    assert.deepEqual(reltio.seam.announced.slice(announced), [{ added: [], removed: [], changed: [before?.id] }]);
  });

  it('loses the session at sign-out with one event, and the server refuses the revoked token', async () => {
    await reltio.signIn();
    await reltio.letConsumerIn(SCOPES);
    const session = await reltio.ask(SCOPES, { silent: true }, reltio.dataUrl);
    const announced = reltio.seam.announced.length;
    await vscode.commands.executeCommand('reltioAuth.copyToken');
    const token = await vscode.env.clipboard.readText();

    await reltio.signOut('atReltioToo');

    assert.deepEqual(reltio.seam.announced.slice(announced), [{ added: [], removed: [session?.id], changed: [] }]);
    assert.equal(await reltio.ask(SCOPES), undefined);
    const answer = await fetch(reltio.dataUrl, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(answer.status, 401);
    assert.equal(
      reltio.server.requests.all.some((request) => request.secretInUrl),
      false,
    );
  });

  it('gets a working token after it reports one that expired early, and the answer contains no token', async () => {
    await reltio.signIn();
    await reltio.letConsumerIn(SCOPES);
    assert.equal(await vscode.commands.executeCommand('reltioAuth.copyToken'), undefined);
    const token = await vscode.env.clipboard.readText();
    reltio.server.expireAccessTokens();
    assert.equal((await reltio.ask(SCOPES, { silent: true }, reltio.dataUrl))?.status, 401);

    const answer = await vscode.commands.executeCommand('reltioAuth.reportRejected', token);

    assert.deepEqual(answer, { outcome: 'refreshed', message: 'There is a new token. Ask for the session again.' });
    assert.equal((await reltio.ask(SCOPES, { silent: true }, reltio.dataUrl))?.status, 200);
    assert.equal(await vscode.commands.executeCommand('reltioAuth.refreshToken'), undefined);
  });

  it('learns that the environment is wrong when Reltio considers the rejected token valid', async () => {
    reltio.server.policy.refreshReturns = 'samePairSameExpiry';
    reltio.server.policy.dataApiRefuses = true;
    await reltio.signIn();
    await vscode.commands.executeCommand('reltioAuth.copyToken');
    const token = await vscode.env.clipboard.readText();
    const answer: { outcome: string; message: string } = await vscode.commands.executeCommand(
      'reltioAuth.reportRejected',
      token,
    );
    assert.equal(answer.outcome, 'valid');
    assert.match(answer.message, /considers valid\. Check its address and cluster/);
  });

  it('leaves the token valid at the server when the user signs out here only', async () => {
    await reltio.signIn();
    await vscode.commands.executeCommand('reltioAuth.copyToken');
    const token = await vscode.env.clipboard.readText();
    await reltio.signOut('here');
    const answer = await fetch(reltio.dataUrl, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(answer.status, 200);
  });

  it('learns which environments there are when it asks for an unknown one', async () => {
    await assert.rejects(
      async () => await reltio.ask(['RELTIO_ENVIRONMENT:nowhere']),
      /There is no Reltio environment "nowhere"\. Known environments: local\./,
    );
  });

  it('gets no session with a scope that Reltio did not grant', async () => {
    await reltio.signIn();
    await reltio.letConsumerIn(SCOPES);
    assert.equal(await reltio.ask(['entities_api', 'made_up_api']), undefined);
  });

  it('gets the account of the environment it names', async () => {
    await reltio.signIn();
    const scopes = ['RELTIO_ENVIRONMENT:local', 'entities_api'];
    await reltio.letConsumerIn(scopes);
    const session = await reltio.ask(scopes, { silent: true }, reltio.dataUrl);
    assert.equal(session?.status, 200);
    assert.deepEqual(session.scopes, scopes);
  });

  it('keeps the session when the same user signs in again: one event, a new id, the same account', async () => {
    await reltio.signIn();
    await reltio.letConsumerIn(SCOPES);
    const before = await reltio.ask(SCOPES);
    const announced = reltio.seam.announced.length;
    const { password } = reltio.server.users.plain;
    await reltio.answer(['127.0.0.1', 'Password', '  JANE@acme.com ', password]);
    await until('the sign-in is announced', () => reltio.seam.announced.length > announced);
    const after = await reltio.ask(SCOPES);
    assert.equal(after?.label, before?.label);
    assert.equal(after?.accountId, before?.accountId);
    assert.notEqual(after?.id, before?.id);
    assert.deepEqual(reltio.seam.announced.slice(announced), [
      { added: [after?.id], removed: [before?.id], changed: [] },
    ]);
  });
});
