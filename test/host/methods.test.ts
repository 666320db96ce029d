import assert from 'node:assert/strict';
import { scriptedPrompt } from '../fakes/scriptedPrompt';
import { pause, Reltio } from './reltio';

const SCOPES = ['entities_api', 'relations_api'];

describe('a session that another extension asks for', () => {
  let reltio: Reltio;
  beforeEach(async () => {
    reltio = await Reltio.start();
  });
  afterEach(() => reltio.stop());

  const jane = () => [reltio.server.users.plain.name, reltio.server.users.plain.password];
  /** An access token of Jane, as another tool gets it. */
  const token = async (): Promise<string> => {
    const [username = '', password = ''] = jane();
    const answer = await fetch(`${reltio.server.url}/oauth/token`, {
      method: 'POST',
      headers: { authorization: reltio.server.clients.own.basic, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ grant_type: 'password', username, password }).toString(),
    });
    return ((await answer.json()) as { access_token: string }).access_token;
  };
  const client = () => {
    const { id, secret } = reltio.server.clients.batch;
    return ['Client credentials', 'Enter client id and secret', id, secret];
  };
  /** The consumer asks, VS Code agrees, and the user answers the boxes. */
  const letConsumerIn = async (answers: readonly string[]) => {
    const prompt = scriptedPrompt(['127.0.0.1', ...answers]);
    reltio.seam.prompt = prompt;
    await reltio.letConsumerIn(SCOPES);
    return prompt.asked;
  };
  const ask = () => reltio.ask(SCOPES, { silent: true }, reltio.dataUrl);

  for (const [how, answers, label] of [
    [
      'with a password',
      () => ['Password', 'Use reltio_ui', ...jane()],
      /^jane@acme\.com \(http:\/\/127\.0\.0\.1:\d+\)$/,
    ],
    [
      'with a password at another identity provider',
      () => {
        const { name, password } = reltio.server.users.salesforceOnly;
        return ['Password at another identity provider', 'Salesforce', 'Use reltio_ui', name, password];
      },
      /^sara@acme\.com \(http:\/\/127\.0\.0\.1:\d+\)$/,
    ],
    ['with client credentials', client, /^client acme_batch \(http:\/\/127\.0\.0\.1:\d+\)$/],
    [
      'with a pasted token',
      async () => ['Paste a token', await token(), 'jane@acme.com', '45'],
      /^jane@acme\.com \(http:\/\/127\.0\.0\.1:\d+\) · pasted token$/,
    ],
  ] as const) {
    it(`may be signed in ${how}`, async () => {
      await letConsumerIn(await answers());
      const session = await ask();
      assert.match(session?.label ?? '', label);
      assert.deepEqual([session?.status, session?.scopes], [200, SCOPES]);
    });
  }

  it('gets the next token of a client without a prompt, once the last one has expired', async () => {
    reltio.server.policy.accessTokenLifetime = 3;
    await letConsumerIn(client());
    const before = await ask();
    reltio.seam.prompt = scriptedPrompt([]);
    await pause(3_100);
    const after = await ask();
    assert.deepEqual([after?.id, after?.status], [before?.id, 200]);
    assert.notEqual(after?.fingerprint, before?.fingerprint);
  });

  it('needs another token from the user, once a pasted one has expired', async () => {
    const { policy } = reltio.server;
    await reltio.answer(['127.0.0.1', ...client()]); // a client that is known can ask when a token expires
    await reltio.signOut();
    Object.assign(policy, { accessTokenLifetime: 3, secondLoginReturns: 'newPair' });
    await letConsumerIn(['Paste a token', await token()]);
    const before = await ask();
    assert.equal(before?.status, 200);
    await pause(3_100);
    assert.equal(await ask(), undefined);
    policy.accessTokenLifetime = 3600;
    const asked = await letConsumerIn(['Paste a token', await token()]);
    assert.match(asked[1]?.items[0] ?? '', /^Paste a token/, 'the last used comes first');
    const after = await ask();
    assert.deepEqual([after?.label, after?.status], [before.label, 200]);
    assert.notEqual(after?.id, before.id);
  });
});
