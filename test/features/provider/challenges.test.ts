import '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { AuthenticationProvider } from '../../../src/features/provider/authenticationProvider';
import { readConstraint, type Challenge, type Constraint } from '../../../src/features/provider/challenges';
import { Failure } from '../../../src/core/base/failure';
import { accountId, accountLabel, type Account } from '../../../src/core/model/account';
import { parseEnvironments } from '../../../src/editor/settings/environments';
import { answer, invalidRefreshToken, pair } from '../../fakes/fakeHttp';
import { Installation, type TestCore } from '../../fakes/installation';
import { preloadedProvider } from '../../fakes/preloadedProvider';
import { jane, pastedSession, sampleTokens } from '../../fakes/sampleSession';

const hour = 3_600_000;
const omar = { ...jane, user: 'omar@acme.com' };
const rejected: Challenge = {
  scheme: 'Bearer',
  params: { realm: 'oauth2-resource', error: 'invalid_token', error_description: 'Invalid access token: a0' },
};
const valid = answer(200, { user: { username: 'jane' }, errorCode: null });
const notValid = answer(401, { error: 'invalid_token', error_description: 'Invalid access token: a0' });

describe('a challenge that another extension got from an environment', () => {
  let shared: Installation;
  let core: TestCore;
  let provider: AuthenticationProvider;
  let prompts: number;
  let offered: string[];

  beforeEach(async () => {
    shared = new Installation().alone();
    core = shared.openCore();
    prompts = 0;
    offered = [];
    const settings = parseEnvironments([{ name: 'dev', url: 'https://dev.reltio.com' }], ['reltio.com']);
    provider = new AuthenticationProvider({
      ...preloadedProvider(core),
      sessions: core.sessions,
      onDidChangeSessions: core.store.onDidChange,
      signIn: {
        start: () => {
          prompts += 1;
          return Promise.reject(new Failure('cancelled'));
        },
      },
      readSettings: () => Promise.resolve({ ...settings, identityServers: [], trusted: ['reltio.com'] }),
      offerRemedy: ({ id }) => offered.push(id),
      noticeOutdated: () => undefined,
      log: shared.log,
    });
    await core.holds();
    await shared.clock.pass(10_000);
  });
  afterEach(() => {
    provider.dispose();
  });

  const infoOf = (account: Account) => ({ id: accountId(account), label: accountLabel(account) });
  const ask = async (
    challenges: readonly Challenge[] = [rejected],
    fallbackScopes?: readonly string[],
    account?: vscode.AuthenticationSessionAccountInformation,
  ) =>
    await shared.clock.finish(
      provider.getSessionsFromChallenges(
        { challenges, ...(fallbackScopes === undefined ? {} : { fallbackScopes }) },
        account === undefined ? {} : { account },
      ),
    );
  const tokensOf = (sessions: readonly vscode.AuthenticationSession[]) =>
    sessions.map(({ accessToken }) => accessToken).sort();
  const paths = () => shared.http.requests.map(({ url }) => new URL(url).pathname);

  it('lets Reltio be asked about the token; one that is valid is returned, and nothing else is requested', async () => {
    shared.http.next(valid);
    const [session] = await ask([rejected], ['entities_api']);
    assert.deepEqual([session?.accessToken, session?.scopes], ['a0', ['entities_api']]);
    assert.deepEqual(paths(), ['/oauth/checkToken']);
    await ask();
    assert.deepEqual(paths(), ['/oauth/checkToken'], 'at most once a minute, whatever an extension claims');
  });

  it('brings a new token if Reltio says that this one is not valid', async () => {
    shared.http.next(notValid, pair('a1', 'r1'));
    assert.deepEqual(tokensOf(await ask()), ['a1']);
    assert.deepEqual(paths(), ['/oauth/checkToken', '/oauth/token']);
    await ask();
    assert.equal(shared.http.requests.length, 2, 'the new token is not checked within ten seconds');
  });

  it('brings no session if only a sign-in brings another token, so that VS Code prompts', async () => {
    shared.http.next(notValid, pair('a0', 'r0', 3_000));
    assert.deepEqual(await ask(), []);
    assert.equal(core.stored()?.state, 'rejected');
    const constraint = { challenges: [rejected] };
    await assert.rejects(shared.clock.finish(provider.createSessionFromChallenges(constraint, {})), {
      name: 'Canceled',
    });
    assert.equal(prompts, 1);
    assert.deepEqual(offered, [], 'VS Code asks the user itself');
  });

  it('is answered with the session that another sign-in has brought meanwhile', async () => {
    await core.sessions.signOut('jane', 'here');
    const constraint = { challenges: [rejected], fallbackScopes: ['entities_api'] };
    assert.deepEqual(await ask([rejected], ['entities_api']), []);
    await core.holds({ id: 'again' });
    const session = await shared.clock.finish(provider.createSessionFromChallenges(constraint, {}));
    assert.deepEqual([session.id, session.scopes, prompts], ['again', ['entities_api'], 0]);
  });

  it('is also announced under what VS Code calls its request, once there is a session', async () => {
    await core.sessions.signOut('jane', 'here');
    const added: (readonly string[])[] = [];
    provider.onDidChangeSessions((event) => added.push(...(event.added ?? []).map(({ scopes }) => scopes)));
    const server = { scheme: 'Bearer', params: { realm: 'oauth', error: 'invalid_token' } };
    assert.deepEqual(await ask([server], ['relations_api', 'entities_api']), []);
    assert.deepEqual(await ask([server], ['relations_api', 'entities_api']), []);
    await core.holds({ id: 'again', tokens: sampleTokens({ scopes: ['entities_api', 'relations_api'] }) });
    await shared.clock.pass(0);
    assert.deepEqual(added, [
      ['entities_api', 'relations_api'],
      ['Bearer', 'realm="oauth",', 'error="invalid_token":relations_api', 'entities_api'],
    ]);
  });

  it('changes nothing when Reltio cannot say whether the token is valid', async () => {
    shared.http.next({ kind: 'failure', code: 'dns' });
    assert.deepEqual(tokensOf(await ask()), ['a0']);
    assert.equal(core.stored()?.state, 'signedIn');
    assert.deepEqual(paths(), ['/oauth/checkToken'], 'no refresh without a reason');
  });

  it('is a sentence when the token is not valid, and there is an outage before it is refreshed', async () => {
    shared.http.next(notValid, answer(503));
    await assert.rejects(ask(), { message: /^auth\.reltio\.com is having problems \(HTTP 503\)/ });
    assert.equal(core.stored()?.state, 'signedIn');
    await shared.clock.pass(60_000);
    shared.http.next(notValid, pair('a1', 'r1'));
    assert.deepEqual(tokensOf(await ask()), ['a1']);
  });

  it('takes at most five seconds, in which other extensions wait', async () => {
    for (const reply of ['hang', notValid] as const) {
      shared.http.always = 'hang';
      if (reply !== 'hang') shared.http.next(reply);
      const before = shared.clock.now();
      assert.deepEqual(tokensOf(await ask()), ['a0']);
      assert.equal(shared.clock.now() - before, 5_000);
      await shared.clock.pass(60_000);
    }
  });

  it('takes no longer if the token is due for a refresh once the check has taken all the time', async () => {
    await shared.clock.pass(hour - 10_000 - 62_000);
    shared.http.always = 'hang';
    const before = shared.clock.now();
    assert.deepEqual(tokensOf(await ask()), ['a0']);
    assert.equal(shared.clock.now() - before, 5_000);
    assert.deepEqual(paths(), ['/oauth/checkToken', '/oauth/token']);
  });

  it('leads to the refresh alone if the token is due for one anyway', async () => {
    await shared.clock.pass(hour);
    shared.http.next(pair('a1', 'r1'));
    assert.deepEqual(tokensOf(await ask()), ['a1']);
    assert.deepEqual(paths(), ['/oauth/token']);
  });

  it('is a sentence when the token has expired and there is an outage', async () => {
    await shared.clock.pass(hour);
    shared.http.next({ kind: 'failure', code: 'dns' });
    await assert.rejects(ask(), { message: /^auth\.reltio\.com was not found/ });
  });

  it('leaves a pasted token alone that nobody can check', async () => {
    const pasted = pastedSession({ id: 'pasted', account: { ...jane, clientId: 'pasted token' } });
    await core.holds(pasted);
    shared.http.next(valid);
    const { length } = await ask();
    assert.equal(length, 2);
    assert.equal(core.stored('pasted')?.state, pasted.state);
  });

  it('is about every account that fits, or only the one that the extension passes', async () => {
    await core.holds({ id: 'omar', account: omar, tokens: sampleTokens({ accessToken: 'b0', refreshToken: 's0' }) });
    shared.http.next(valid);
    assert.deepEqual(tokensOf(await ask([rejected], [], infoOf(omar))), ['b0']);
    assert.equal(shared.http.requests.length, 1);
    shared.http.next(notValid, invalidRefreshToken());
    assert.deepEqual(tokensOf(await ask()), ['a0', 'b0']);
    assert.deepEqual(offered, ['jane'], 'the other account answers, so VS Code does not prompt');
  });

  it('reaches no account without the scopes, or of another environment than those asked for', async () => {
    await core.sessions.signOut('jane', 'here');
    await core.holds({ tokens: sampleTokens({ scopes: ['entities_api'] }) });
    assert.deepEqual(await ask([rejected], ['made_up_api']), []);
    await assert.rejects(ask([rejected], ['RELTIO_ENVIRONMENT:nowhere']), /There is no Reltio environment "nowhere"/);
    assert.equal(shared.http.requests.length, 0);
  });

  for (const [what, challenges] of [
    ['no error: the extension sent no token', [{ scheme: 'Bearer', params: { realm: 'oauth2-resource' } }]],
    ['another error', [{ scheme: 'Bearer', params: { error: 'unauthorized' } }]],
    ['another scheme', [{ scheme: 'Basic', params: { error: 'invalid_token' } }]],
    ['nothing that VS Code can read', []],
  ] as const) {
    it(`is no reason to check anything with ${what}`, async () => {
      assert.deepEqual(tokensOf(await ask(challenges)), ['a0']);
      assert.equal(shared.http.requests.length, 0);
    });
  }

  it('is recognised in any case, and among others', async () => {
    shared.http.next(valid);
    await ask([
      { scheme: 'Basic', params: { realm: 'reltio' } },
      { scheme: 'bearer', params: { Error: 'invalid_token' } },
    ]);
    assert.deepEqual(paths(), ['/oauth/checkToken']);
  });

  it('never reaches the log', async () => {
    shared.http.next(notValid, pair('a1', 'r1'));
    await ask();
    const text = JSON.stringify(shared.log);
    assert.ok(!/a0|oauth2-resource|Invalid access token/.test(text), text);
  });
});

describe('the scopes of a challenge', () => {
  const scopesOf = (constraint: Constraint) =>
    readConstraint(constraint, preloadedProvider(new Installation().openCore())).scopes;
  const demands = (scope: string): Challenge => ({ scheme: 'Bearer', params: { error: 'insufficient_scope', scope } });

  it('are those of the extension, as it passed them', () => {
    const fallbackScopes = ['RELTIO_ENVIRONMENT:dev', 'entities_api'];
    assert.equal(scopesOf({ challenges: [rejected], fallbackScopes }), fallbackScopes);
    assert.deepEqual(scopesOf({ challenges: [rejected] }), []);
  });

  it('are also those that the environment misses, but never lose the environment', () => {
    const fallbackScopes = ['RELTIO_ENVIRONMENT:dev', 'entities_api'];
    assert.deepEqual(scopesOf({ challenges: [demands('entities_api  graphs_api graphs_api')], fallbackScopes }), [
      ...fallbackScopes,
      'graphs_api',
    ]);
  });

  it('do not let a server choose the environment, and with it another account', () => {
    const challenges = [demands('RELTIO_ENVIRONMENT:prod graphs_api')];
    assert.deepEqual(scopesOf({ challenges, fallbackScopes: ['entities_api'] }), ['entities_api', 'graphs_api']);
    assert.deepEqual(scopesOf({ challenges }), ['graphs_api']);
  });

  it('are not what a server only describes', () => {
    const challenge = { scheme: 'Bearer', params: { error: 'invalid_token', scope: 'everything' } };
    assert.deepEqual(scopesOf({ challenges: [challenge], fallbackScopes: ['entities_api'] }), ['entities_api']);
  });
});
