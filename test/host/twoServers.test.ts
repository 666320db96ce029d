import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type IdentityServer, startIdentityServer } from '../identity/server';
import { pause, Reltio, useEnvironments } from './reltio';

const HERE = ['RELTIO_ENVIRONMENT:here', 'entities_api'];
const THERE = ['RELTIO_ENVIRONMENT:there', 'entities_api'];

/** The same user at two identity servers, each with its own environment, which accepts only its own tokens. */
describe('a consumer, with two environments of different identity servers', () => {
  let reltio: Reltio;
  let there: IdentityServer;
  beforeEach(async () => {
    reltio = await Reltio.start();
    there = await startIdentityServer();
    await useEnvironments([
      { name: 'here', url: reltio.server.url, authUrl: reltio.server.url },
      { name: 'there', url: there.url, authUrl: there.url },
    ]);
  });
  afterEach(async () => {
    await reltio.stop();
    await there.close();
  });

  const jane = 'jane@acme.com';
  const hostOf = ({ url }: IdentityServer): string => new URL(url).host;
  const signInAt = async (server: IdentityServer): Promise<void> => {
    const { password } = server.users.plain;
    await reltio.answer([hostOf(server), 'Password', 'Use reltio_ui', jane, password]);
  };
  const accountAt = ({ url }: IdentityServer): vscode.AuthenticationSessionAccountInformation => ({
    id: `${url}/?client=reltio_ui&user=${encodeURIComponent(jane)}`,
    label: `${jane} (${url})`,
  });
  /** The environment that accepts the consumer's token, and nothing else may accept it. */
  const served = async (
    scopes: readonly string[],
    options: vscode.AuthenticationGetSessionOptions = { silent: true },
  ): Promise<'here' | 'there' | 'none' | 'both' | 'neither'> => {
    const urls = [reltio.server, there].map(({ url }) => `${url}/reltio/tenants/AcmeDev01/name`);
    const asked = [];
    for (const url of urls) {
      asked.push(await reltio.ask(scopes, options, url));
    }
    const [atHere, atThere] = asked;
    if (atHere === undefined || atThere === undefined) {
      assert.equal(atHere, atThere);
      return 'none';
    }
    assert.equal(atHere.fingerprint, atThere.fingerprint);
    const owner = atHere.label === accountAt(reltio.server).label ? 'here' : 'there';
    const accepting = [atHere.status === 200 ? 'here' : '', atThere.status === 200 ? 'there' : ''].filter(
      (name) => name !== '',
    );
    if (accepting.length !== 1) return accepting.length === 0 ? 'neither' : 'both';
    assert.equal(accepting[0], owner, 'the token is that of the account on the label');
    return owner;
  };

  /** Without an account, VS Code 1.103 answers only for the account that the consumer used last. Never for another one. */
  const assertSilently = async (expected: 'here' | 'there', scopes = expected === 'here' ? HERE : THERE) => {
    const isOld = vscode.version.startsWith('1.103.');
    const answer = await served(scopes);
    assert.ok(answer === expected || (isOld && answer === 'none'), answer);
  };

  it('silently gets the token of the environment that it names, and never the other', async () => {
    await signInAt(reltio.server);
    assert.equal(await served(THERE), 'none', 'the other account is no substitute');
    await signInAt(there);
    await reltio.letConsumerIn(HERE);
    assert.equal(await served(HERE), 'here');
    assert.notEqual(await served(THERE), 'here');
    await reltio.letConsumerIn(THERE);
    assert.equal(await served(THERE), 'there');
    await assertSilently('here');
  });

  it('gets the other account only by a sign-in at the other server, whose boxes lead nowhere else', async () => {
    await signInAt(reltio.server);
    await reltio.letConsumerIn(HERE);
    const { scriptedPrompt } = await import('../fakes/scriptedPrompt');
    const prompt = scriptedPrompt(['Password', 'Use reltio_ui', jane, there.users.plain.password]);
    reltio.seam.prompt = prompt;
    const before = reltio.server.requests.all.length;
    await reltio.letConsumerIn(THERE);
    assert.equal(await served(THERE), 'there');
    await assertSilently('here');
    const texts = prompt.asked.flatMap(({ title, items }) => [title, ...items]).join('\n');
    assert.ok(!texts.includes(hostOf(reltio.server)), texts);
    const signIns = reltio.server.requests.all.slice(before).filter(({ path }) => path === '/oauth/token');
    assert.deepEqual(signIns, [], 'the password went to the other server only');
  });

  it('that passes an account gets its token, whatever it used before', async () => {
    await signInAt(reltio.server);
    await signInAt(there);
    await reltio.letConsumerIn(HERE);
    await reltio.letConsumerIn(THERE);
    const [account, other] = [accountAt(reltio.server), accountAt(there)];
    for (const options of [{ silent: true }, {}, { createIfNone: true }]) {
      assert.equal(await served(['entities_api'], { ...options, account }), 'here');
      assert.equal(await served(['entities_api'], { ...options, account: other }), 'there');
      assert.equal(await served(HERE, { ...options, account }), 'here');
      assert.equal(await served(THERE, { ...options, account: other }), 'there');
    }
  });

  it('that passes the account of another environment gets nothing', async () => {
    await signInAt(reltio.server);
    await signInAt(there);
    await reltio.letConsumerIn(HERE);
    await reltio.letConsumerIn(THERE);
    for (const [scopes, account] of [
      [HERE, accountAt(there)],
      [THERE, accountAt(reltio.server)],
    ] as const) {
      const answer = await served(scopes, { silent: true, account }).catch(() => 'rejected');
      assert.ok(['none', 'rejected'].includes(answer), answer);
    }
  });

  it('gets no other token when its own cannot be refreshed', async () => {
    there.policy.accessTokenLifetime = 3;
    await signInAt(there);
    await signInAt(reltio.server);
    await reltio.letConsumerIn(HERE);
    await reltio.letConsumerIn(THERE);
    await pause(3_100);
    there.invalidateRefreshTokens();
    assert.equal(await served(THERE), 'none');
    await assertSilently('here');
    const given = await served(['entities_api'], { silent: true, account: accountAt(there) }).catch(() => 'rejected');
    assert.ok(['none', 'rejected'].includes(given), given);
  });

  it('gets each its own token when both tokens are refreshed at the same time', async () => {
    for (const server of [reltio.server, there]) {
      server.policy.accessTokenLifetime = 3;
      await signInAt(server);
    }
    await reltio.letConsumerIn(HERE);
    await reltio.letConsumerIn(THERE);
    reltio.server.policy.accessTokenLifetime = there.policy.accessTokenLifetime = 3600;
    await pause(3_100);
    const [account, other] = [accountAt(reltio.server), accountAt(there)].map((one) => ({
      silent: true,
      account: one,
    }));
    const asked = [served(HERE, account), served(THERE, other), served(HERE, account), served(THERE, other)];
    assert.deepEqual(await Promise.all(asked), ['here', 'there', 'here', 'there']);
  });
});
