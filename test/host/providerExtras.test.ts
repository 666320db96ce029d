import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { scriptedPrompt } from '../fakes/scriptedPrompt';
import { pause, Reltio, until } from './reltio';

const SCOPES = ['relations_api', 'entities_api'];

/** What VS Code 1.103 does not know, and 1.139 does. */
const knowsChallenges = !vscode.version.startsWith('1.103.');

describe('what a session says beyond the API of VS Code 1.103', () => {
  let reltio: Reltio;
  beforeEach(async () => {
    reltio = await Reltio.start();
  });
  afterEach(() => reltio.stop());

  /** Before a request with a secret, a server on this machine gets one without. */
  const requested = (path: string): number =>
    reltio.server.requests.to(path).filter(({ method }) => method === 'POST').length;
  const entries = async (): Promise<number> =>
    (await vscode.commands.getCommands(true)).filter((id) => /^reltio:test-fixtures\..*:signIn/.test(id)).length;

  describe('expiresAfter', () => {
    it('reaches another extension as whole milliseconds', async () => {
      await reltio.signIn();
      await reltio.letConsumerIn(SCOPES);
      const session = await reltio.ask(SCOPES);
      const { expiresAfter } = session ?? {};
      assert.ok(Number.isInteger(expiresAfter), String(expiresAfter));
      assert.ok(Number(expiresAfter) > 3_500_000 && Number(expiresAfter) <= 3_600_000, String(expiresAfter));
    });

    it('is that of the new token after a refresh', async () => {
      reltio.server.policy.accessTokenLifetime = 3;
      await reltio.signIn();
      await reltio.letConsumerIn(SCOPES);
      const before = await reltio.ask(SCOPES);
      assert.ok(Number(before?.expiresAfter) <= 3_000);
      reltio.server.policy.accessTokenLifetime = 3600;
      await pause(3_100);
      const after = await reltio.ask(SCOPES);
      assert.deepEqual([after?.id, Number(after?.expiresAfter) > 3_500_000], [before?.id, true]);
    });
  });

  describe('a challenge of an environment', () => {
    /** The request of an extension whose token this environment has just answered with 401. */
    const challenge = async () => {
      const session = await reltio.ask(SCOPES, { silent: true }, reltio.dataUrl);
      assert.equal(session?.status, 401);
      assert.match(session.wwwAuthenticate ?? '', /^Bearer .*error="invalid_token"/);
      return { wwwAuthenticate: session.wwwAuthenticate ?? '', fallbackScopes: SCOPES };
    };

    if (!knowsChallenges) {
      it('is unknown to this VS Code; asking with scopes and reporting the token work as ever', async () => {
        await reltio.signIn();
        await reltio.letConsumerIn(SCOPES);
        reltio.server.expireAccessTokens();
        const request = await challenge();
        await assert.rejects(async () => await reltio.ask(request));
        await vscode.commands.executeCommand('reltioAuth.copyToken');
        const token = await vscode.env.clipboard.readText();
        await vscode.commands.executeCommand('reltioAuth.reportRejected', token);
        assert.equal((await reltio.ask(SCOPES, { silent: true }, reltio.dataUrl))?.status, 200);
      });
      return;
    }

    it('brings a working token, if the old one is not valid any more, with the id and scopes of before', async () => {
      await reltio.signIn();
      await reltio.letConsumerIn(SCOPES);
      const before = await reltio.ask(SCOPES);
      reltio.server.expireAccessTokens();
      const after = await reltio.ask(await challenge(), { silent: true }, reltio.dataUrl);
      assert.deepEqual([after?.id, after?.scopes, after?.status], [before?.id, SCOPES, 200]);
      assert.notEqual(after?.fingerprint, before?.fingerprint);
      assert.ok(Number.isInteger(after?.expiresAfter));
      const again = await reltio.ask(SCOPES, { silent: true }, reltio.dataUrl);
      assert.deepEqual([again?.fingerprint, again?.status], [after?.fingerprint, 200], 'for all extensions');
    });

    it('brings the same token, without a refresh, if Reltio considers it valid', async () => {
      reltio.server.policy.dataApiRefuses = true;
      await reltio.signIn();
      await reltio.letConsumerIn(SCOPES);
      const before = await reltio.ask(SCOPES);
      const request = await challenge();
      const [tokens, checks] = [requested('/oauth/token'), requested('/oauth/checkToken')];
      for (let times = 0; times < 3; times += 1) {
        assert.equal((await reltio.ask(request))?.fingerprint, before?.fingerprint);
      }
      assert.deepEqual([requested('/oauth/token'), requested('/oauth/checkToken')], [tokens, checks + 1]);
    });

    it('prompts when only a sign-in brings another token, and leaves no request in the Accounts menu', async () => {
      await reltio.signIn();
      await reltio.letConsumerIn(SCOPES);
      reltio.server.expireAccessTokens();
      reltio.server.invalidateRefreshTokens();
      const request = await challenge();
      assert.equal(await reltio.ask(request, {}), undefined);
      assert.equal(await entries(), 1, 'VS Code offers a sign-in');
      const { password } = reltio.server.users.plain;
      reltio.seam.prompt = scriptedPrompt(['127.0.0.1', 'Password', 'jane@acme.com', password]);
      await reltio.letConsumerIn(SCOPES);
      assert.equal((await reltio.ask(request, { silent: true }, reltio.dataUrl))?.status, 200);
      await until('the entries to disappear', async () => (await entries()) === 0);
    });
  });
});
