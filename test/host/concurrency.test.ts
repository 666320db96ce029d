import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Reltio } from './reltio';

describe('concurrent requests', () => {
  let reltio: Reltio;
  beforeEach(async () => {
    reltio = await Reltio.start();
    reltio.server.policy.accessTokenLifetime = 3;
    await reltio.signIn();
    await reltio.letConsumerIn(['entities_api']);
    reltio.server.policy.accessTokenLifetime = 3600;
    await new Promise((resolve) => setTimeout(resolve, 3_100));
    reltio.server.requests.clear();
  });
  afterEach(async () => {
    reltio.server.faults.clear();
    await reltio.stop();
  });

  it('makes one token request for a consumer, Copy and Refresh of an expired token', async () => {
    await vscode.env.clipboard.writeText('');
    const [session] = await Promise.all([
      reltio.ask(['entities_api'], { silent: true }, reltio.dataUrl),
      vscode.commands.executeCommand('reltioAuth.copyToken'),
      vscode.commands.executeCommand('reltioAuth.refreshToken'),
    ]);
    assert.equal(session?.status, 200);
    const copied = await vscode.env.clipboard.readText();
    const answer = await fetch(reltio.dataUrl, { headers: { authorization: `Bearer ${copied}` } });
    assert.equal(answer.status, 200);
    assert.equal(reltio.server.requests.tokenCalls().length, 1);
  });

  for (const kind of ['hang', 'resetAfterReading'] as const) {
    it(`answers ten consumers with ten scope lists within 6 s with one request: ${kind}`, async () => {
      reltio.server.faults.always({ kind }, { path: '/oauth/token' });
      const all = reltio.server.clients.documented.scopes;
      const lists = Array.from({ length: 10 }, (_, index) => [
        ...all.slice(index % 6),
        ...(index > 5 ? all.slice(0, 1) : []),
      ]);
      const start = performance.now();
      const answers = await Promise.allSettled(lists.map((scopes) => reltio.ask(scopes)));
      const took = performance.now() - start;
      for (const answer of answers) {
        assert.equal(answer.status, 'rejected');
        assert.match(String(answer.reason), /127\.0\.0\.1:\d+ (did not answer in time|cannot be reached)/);
      }
      assert.ok(took < 6_000, `took ${Math.round(took)} ms`);
      assert.equal(reltio.server.requests.tokenCalls().length, 1);
    });
  }

  it('returns no expired token, and recovers when the server does', async () => {
    reltio.server.faults.next({ kind: 'serverError', status: 503, body: 'html' }, { path: '/oauth/token' });
    await assert.rejects(async () => await reltio.ask(['entities_api']), /is having problems \(HTTP 503\)/);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const session = await reltio.ask(['entities_api'], { silent: true }, reltio.dataUrl);
    assert.equal(session?.status, 200);
  });
});
