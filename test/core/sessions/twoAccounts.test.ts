import assert from 'node:assert/strict';
import type { Failure } from '../../../src/core/base/failure';
import { KeepAlive } from '../../../src/core/sessions/keepAlive';
import type { Rejection } from '../../../src/core/rejections/rejections';
import type { Session } from '../../../src/core/model/session';
import { monday } from '../../fakes/fakeClock';
import { answer, badClient, invalidRefreshToken, pair } from '../../fakes/fakeHttp';
import { jane, sampleTokens } from '../../fakes/sampleSession';
import { Installation, type TestCore } from '../../fakes/installation';

const hour = 3_600_000;
const second = 1_000;

const secretOf = ({ headers }: { readonly headers: Readonly<Record<string, string>> }): string =>
  Buffer.from((headers['authorization'] ?? '').slice('Basic '.length), 'base64').toString();

/** Jane's token has expired; so have those of Omar, and of Jane at another server and through another client. */
describe('of several accounts whose tokens have expired', () => {
  let shared: Installation;
  let core: TestCore;
  const others = ['omar', 'stage', 'dev'] as const;

  beforeEach(async () => {
    shared = new Installation();
    core = shared.openCore();
    await signIn('jane', {});
    await signIn('omar', { user: 'omar@acme.com' });
    await signIn('stage', { identityServer: 'https://auth-stg.reltio.com' }, 'secret of stage');
    await signIn('dev', { clientId: 'acme_dev' }, 'secret of dev');
    await shared.clock.pass(hour);
  });

  async function signIn(id: string, changes: Partial<typeof jane>, secret = 'secret'): Promise<Session> {
    const account = { ...jane, ...changes };
    const tokens = sampleTokens({ accessToken: `a-${id}`, refreshToken: `r-${id}` });
    return await core.holds({ id, account, tokens }, { id: account.clientId, secret });
  }
  const fresh = async (id: string, from = core): Promise<string> =>
    await shared.clock.finish(
      from.sessions.fresh(id).then(
        ({ tokens }) => tokens.accessToken,
        (error: unknown) => (error as Failure).code,
      ),
    );
  const asIs = (id: string) => {
    const { account, state, tokens } = core.stored(id)!;
    return { user: account.user, state, access: tokens.accessToken, refresh: tokens.refreshToken };
  };
  const allButJane = () => others.map((id) => [id, asIs(id), core.stored(id)?.refreshErrors]);
  const outageOf = (id: string) => core.sessions.activity(core.store.find(id)!).outage?.failure.code;

  it('one is refreshed with its own token, at its own server, through its own client', async () => {
    shared.http.always = ({ form }) => pair(`new-${form['refresh_token']}`, `next-${form['refresh_token']}`);
    for (const id of ['dev', 'jane', 'stage', 'omar']) {
      assert.equal(await fresh(id), `new-r-${id}`);
    }
    assert.deepEqual(
      shared.http.requests.map((request) => [
        new URL(request.url).host,
        secretOf(request),
        request.form['refresh_token'],
      ]),
      [
        ['auth.reltio.com', 'acme_dev:secret of dev', 'r-dev'],
        ['auth.reltio.com', 'reltio_ui:secret', 'r-jane'],
        ['auth-stg.reltio.com', 'reltio_ui:secret of stage', 'r-stage'],
        ['auth.reltio.com', 'reltio_ui:secret', 'r-omar'],
      ],
    );
    assert.equal(core.stored('omar')?.tokens.refreshToken, 'next-r-omar');
  });

  it('all are refreshed at once without mixing up their answers', async () => {
    shared.http.takes = 300;
    shared.http.always = ({ form }) => pair(`new-${form['refresh_token']}`, `next-${form['refresh_token']}`);
    const ids = ['jane', ...others];
    assert.deepEqual(
      await shared.clock.finish(Promise.all(ids.map(async (id) => (await core.sessions.fresh(id)).tokens.accessToken))),
      ids.map((id) => `new-r-${id}`),
    );
  });

  it('a rejected client is the trouble of its accounts only: the one that asked is marked, and it is remembered', async () => {
    const before = allButJane();
    shared.http.next(badClient);
    assert.equal(await fresh('jane'), 'clientRejected');
    await shared.clock.pass(0);
    assert.equal(core.stored('jane')?.state, 'clientRejected');
    assert.deepEqual(allButJane(), before);
    assert.deepEqual([outageOf('omar'), outageOf('stage'), outageOf('dev')], ['clientRejected', undefined, undefined]);
    shared.http.next(pair('a1', 'r1'), pair('a2', 'r2'));
    assert.deepEqual([await fresh('stage'), await fresh('dev')], ['a1', 'a2']);
  });

  it('a rejected refresh token costs no other account its own', async () => {
    const before = allButJane();
    shared.http.next(invalidRefreshToken('r-jane'));
    assert.equal(await fresh('jane'), 'signInAgain');
    assert.deepEqual(
      [core.stored('jane')?.state, core.stored('jane')?.tokens.refreshToken],
      ['signInAgain', undefined],
    );
    assert.deepEqual(allButJane(), before);
    assert.deepEqual([outageOf('omar'), outageOf('stage'), outageOf('dev')], [undefined, undefined, undefined]);
  });

  it('an error of the server is noted for the one that asked', async () => {
    const before = allButJane();
    shared.http.next(answer(500));
    assert.equal(await fresh('jane'), 'serverError');
    await shared.clock.pass(0);
    assert.notEqual(core.stored('jane')?.refreshErrors, undefined);
    assert.deepEqual(allButJane(), before);
    assert.equal(outageOf('stage'), undefined, 'another server');
    shared.http.next(pair('a1', 'r1'));
    assert.equal(await fresh('stage'), 'a1');
  });

  it('an outage of one server is over for its accounts once another window has reached it, and not for other servers', async () => {
    const other = shared.openCore();
    await other.store.load();
    shared.http.always = answer(503);
    for (const id of ['jane', 'stage']) {
      assert.equal(await fresh(id), 'serverError');
    }
    const asked = shared.http.requests.length;
    assert.equal(await fresh('omar'), 'serverError');
    assert.equal(shared.http.requests.length, asked, 'answered from memory');

    shared.http.always = ({ form }) => pair(`new-${form['refresh_token']}`, `next-${form['refresh_token']}`);
    assert.equal(await fresh('dev', other), 'new-r-dev');
    await shared.clock.pass(0);
    assert.equal(await fresh('stage'), 'serverError', 'no window has reached that one');
    assert.equal(outageOf('jane'), undefined);
    assert.equal(await fresh('omar'), 'new-r-omar', 'it is asked at once');
  });

  it('what a closing window left for one is taken by that one', async () => {
    const before = allButJane();
    const left = sampleTokens({
      accessToken: 'a-left',
      refreshToken: 'r-left',
      accessTokenExpiresAt: monday + 3 * hour,
    });
    await shared.journal.put('jane', 'r-jane', { ...left, expiryKnownAt: monday + hour });
    assert.equal(await fresh('jane'), 'a-left');
    assert.deepEqual(asIs('jane'), { user: jane.user, state: 'signedIn', access: 'a-left', refresh: 'r-left' });
    assert.deepEqual(allButJane(), before);
    assert.deepEqual(shared.http.requests, []);
  });

  it('the journal of a closing window is not used when another window has stored something newer meanwhile', async () => {
    const other = shared.openCore();
    await other.store.load();
    const now = shared.clock.now();
    const times = { accessTokenExpiresAt: now + hour, expiryKnownAt: now };
    await shared.journal.put(
      'jane',
      'r-jane',
      sampleTokens({ ...times, accessToken: 'a-left', refreshToken: 'r-left' }),
    );
    const { find } = shared.journal;
    shared.journal.find = async (id, spent) => {
      const found = await find.call(shared.journal, id, spent);
      await other.alter('jane', { tokens: sampleTokens({ ...times, accessToken: 'a-new', refreshToken: 'r-new' }) });
      return found;
    };
    assert.equal(await fresh('jane'), 'a-new');
    assert.equal(core.stored('jane')?.tokens.refreshToken, 'r-new');
  });

  it('one signs in again while another refreshes: each keeps its own', async () => {
    shared.http.takes = 300;
    shared.http.next(pair('a1', 'r1'));
    const refreshing = core.sessions.fresh('jane');
    await shared.clock.pass(100);
    const { account, method } = core.store.find('omar')!;
    const again = await core.sessions.add({
      kind: 'signedIn',
      account,
      method,
      startedAt: shared.clock.now(),
      answer: {
        kind: 'granted',
        accessToken: 'a9',
        refreshToken: 'r9',
        expiresIn: 3600,
        expiryIsEstimate: false,
        scopes: undefined,
      },
    });
    assert.equal((await shared.clock.finish(refreshing)).tokens.accessToken, 'a1');
    assert.deepEqual([asIs('jane').refresh, asIs(again.id).refresh, asIs('dev').refresh], ['r1', 'r9', 'r-dev']);
    assert.equal(core.stored('omar'), undefined, 'replaced under a new id');
  });

  it('keepAlive refreshes each of them in its last minute, and none whose token has expired or has more time left', async () => {
    const now = shared.clock.now();
    const expiring = (id: string, expiresAt: number) =>
      sampleTokens({
        accessToken: `a-${id}`,
        refreshToken: `r-${id}`,
        accessTokenExpiresAt: expiresAt,
        expiryKnownAt: now,
      });
    for (const [id, seconds] of [
      ['jane', 59],
      ['omar', 61],
      ['stage', 30],
      ['dev', 0],
    ] as const) {
      await core.alter(id, { tokens: expiring(id, now + seconds * second) });
    }
    await shared.clock.pass(2 * second);
    shared.http.always = ({ form }) => pair(`new-${form['refresh_token']}`, `next-${form['refresh_token']}`);
    let isWanted = true;
    const keepAlive = new KeepAlive({ sessions: core.sessions, clock: shared.clock, isWanted: () => isWanted });
    keepAlive.check();
    await shared.clock.pass(second);
    assert.deepEqual(shared.http.requests.map(({ form }) => form['refresh_token']).toSorted(), [
      'r-jane',
      'r-omar',
      'r-stage',
    ]);
    isWanted = false;
    keepAlive.check();
    await shared.clock.pass(2 * hour);
    assert.equal(shared.http.requests.length, 3, 'it is not wanted any more');
    keepAlive.dispose();
  });

  describe('signing out', () => {
    it('revokes the tokens of the one, at its server, through its client', async () => {
      const kept = ['jane', 'omar', 'dev'].map(asIs);
      shared.http.next(answer(200, { status: 'success' }));
      const outcome = await shared.clock.finish(core.sessions.signOut('stage', 'atReltioToo'));
      assert.equal(outcome?.session.id, 'stage');
      assert.deepEqual(
        shared.http.requests.map((request) => [request.url, secretOf(request), request.form]),
        [['https://auth-stg.reltio.com/oauth/revoke', 'reltio_ui:secret of stage', { token: 'r-stage' }]],
      );
      assert.equal(core.stored('stage'), undefined);
      assert.deepEqual(['jane', 'omar', 'dev'].map(asIs), kept);
    });

    it('revokes what the refresh of this one brings, not of another that is under way too', async () => {
      shared.http.takes = 300;
      shared.http.always = ({ url, form }) =>
        url.endsWith('/revoke') ? answer(200, { status: 'success' }) : pair('a1', `next-${form['refresh_token']}`);
      const refreshing = ['omar', 'jane'].map((id) => core.sessions.fresh(id).catch(() => undefined));
      await shared.clock.pass(100);
      await shared.clock.finish(core.sessions.signOut('jane', 'atReltioToo'));
      await shared.clock.finish(Promise.all(refreshing));
      const revoked = shared.http.requests.filter(({ url }) => url.endsWith('/revoke'));
      assert.deepEqual(
        revoked.map(({ form }) => form['token']),
        ['next-r-jane'],
      );
      assert.equal(asIs('omar').refresh, 'next-r-omar');
    });

    it('leaves what was left on the disk for another', async () => {
      await shared.journal.put('omar', 'r-omar', sampleTokens({ refreshToken: 'r-omars-next' }));
      await core.sessions.signOut('jane', 'here');
      assert.deepEqual([...shared.journal.files.keys()], ['omar']);
    });

    it('to renew one revokes that one, and the others go on', async () => {
      const before = allButJane();
      shared.http.next(answer(200, { status: 'success' }));
      await shared.clock.finish(core.sessions.revokeToRenew('jane'));
      assert.deepEqual(
        shared.http.requests.map(({ form }) => form['token']),
        ['r-jane'],
      );
      assert.deepEqual(asIs('jane'), { user: jane.user, state: 'signInAgain', access: 'a-jane', refresh: undefined });
      assert.deepEqual(allButJane(), before);
    });
  });

  describe('a token that an environment rejects', () => {
    const report = (token: string): Promise<Rejection> => shared.clock.finish(core.real.reportRejected(token));
    const over = (token: string) =>
      answer(401, { error: 'invalid_token', error_description: `Invalid access token: ${token}` });
    /** As if the tokens had been received just now. */
    const afterRefresh = async () => {
      const now = shared.clock.now();
      const times = { accessTokenReceivedAt: now, accessTokenExpiresAt: now + hour, expiryKnownAt: now };
      for (const id of ['jane', ...others]) {
        const tokens = sampleTokens({ ...times, accessToken: `a-${id}`, refreshToken: `r-${id}` });
        await core.alter(id, { tokens });
      }
      await shared.clock.pass(10 * second);
    };
    const verdictFor = (id: string) => [pair(`a-${id}`, `r-${id}`, 3_000), over(`a-${id}`)];
    beforeEach(afterRefresh);

    it('is followed up for the session that holds it, at its server and through its client', async () => {
      const before = ['jane', 'omar', 'dev'].map(asIs);
      shared.http.next(...verdictFor('stage'));
      const rejection = await report('a-stage');
      assert.ok(rejection.kind === 'signInAgain' && rejection.session.id === 'stage');
      assert.deepEqual(
        shared.http.requests.map((request) => [
          request.url,
          secretOf(request),
          request.form['refresh_token'] ?? request.form['token'],
        ]),
        [
          ['https://auth-stg.reltio.com/oauth/token', 'reltio_ui:secret of stage', 'r-stage'],
          ['https://auth-stg.reltio.com/oauth/checkToken', 'reltio_ui:secret of stage', 'a-stage'],
        ],
      );
      assert.equal(asIs('stage').state, 'rejected');
      assert.deepEqual(['jane', 'omar', 'dev'].map(asIs), before);
    });

    it('is ignored once the session has another token, even if it was reported before', async () => {
      shared.http.next(pair('a1', 'r1'));
      assert.equal((await report('a-jane')).kind, 'refreshed');
      const before = asIs('jane');
      for (const token of ['a-jane', 'a-jane', 'a-jan', '']) {
        assert.equal((await report(token)).kind, 'unknown', token);
      }
      assert.deepEqual(asIs('jane'), before);
      assert.equal(shared.http.requests.length, 1);
    });

    it('is followed up on its own: what was found out about the token before says nothing', async () => {
      shared.http.next(pair('a1', 'r1'));
      assert.equal((await report('a-jane')).kind, 'refreshed');
      await shared.clock.pass(20 * second);
      shared.http.next(pair('a1', 'r1', 3_000), over('a1'));
      assert.equal((await report('a1')).kind, 'signInAgain');
      assert.equal(asIs('jane').state, 'rejected');
    });

    it('of one session says nothing of the tokens of the others', async () => {
      shared.http.next(...verdictFor('jane'));
      assert.equal((await report('a-jane')).kind, 'signInAgain');
      await shared.clock.pass(20 * second);
      shared.http.next(pair('a-new', 'r-new'));
      const rejection = await report('a-omar');
      assert.ok(rejection.kind === 'refreshed' && rejection.session.id === 'omar');
    });

    for (const [what, keepsRefreshToken] of [
      ['refuses', true],
      ['refuses, and that cannot be refreshed,', false],
    ] as const) {
      it(`that the server ${what} marks no token that another window has stored meanwhile`, async () => {
        const other = shared.openCore();
        const { refreshToken: _token, refreshTokenReceivedAt: _date, ...bare } = core.stored('jane')!.tokens;
        if (!keepsRefreshToken) await core.alter('jane', { tokens: bare });
        await other.store.load();
        const now = shared.clock.now();
        const tokens = sampleTokens({
          accessToken: 'a-other',
          refreshToken: 'r-other',
          accessTokenExpiresAt: now + hour,
          expiryKnownAt: now,
        });
        shared.http.takes = second;
        shared.http.next(...(keepsRefreshToken ? verdictFor('jane') : [over('a-jane')]));
        const reporting = core.real.reportRejected('a-jane');
        await shared.clock.pass(keepsRefreshToken ? 1.5 * second : 0.5 * second); // the server is being asked about it
        await other.alter('jane', { tokens });
        await shared.clock.finish(reporting);
        assert.deepEqual(asIs('jane'), { user: jane.user, state: 'signedIn', access: 'a-other', refresh: 'r-other' });
        assert.equal(core.stored('jane')?.tokens.accessTokenExpiresAt, now + hour);
      });
    }

    it('is checked for ten seconds, then the caller learns that the server does not answer', async () => {
      shared.http.next(pair('a-jane', 'r-jane', 3_000), 'hang');
      const before = shared.clock.now();
      const rejection = await report('a-jane');
      assert.ok(rejection.kind === 'notNow' && rejection.failure.code === 'timeout');
      assert.equal(rejection.failure.host, 'auth.reltio.com');
      assert.equal(shared.clock.now() - before, 10 * second);
      assert.equal(asIs('jane').state, 'signedIn');
      assert.equal(shared.clock.waiting, 0);
    });
  });

  it('a client secret that could not be written is that of its own server', async () => {
    const { clients } = core;
    core.secrets.failing = 'store';
    await clients.save('https://auth-new.reltio.com', { id: 'reltio_ui', secret: 'secret of new' });
    await clients.save('https://auth-new.reltio.com', { id: 'acme_dev', secret: 'dev of new' });
    assert.equal((await clients.find('https://auth.reltio.com', 'reltio_ui'))?.secret, 'secret');
    assert.equal((await clients.find('https://auth-stg.reltio.com', 'reltio_ui'))?.secret, 'secret of stage');
    assert.equal((await clients.find('https://auth.reltio.com', 'acme_dev'))?.secret, 'secret of dev');
    assert.equal((await clients.find('https://auth-new.reltio.com', 'reltio_ui'))?.secret, 'secret of new');
    assert.equal((await clients.find('https://auth-new.reltio.com', 'acme_dev'))?.secret, 'dev of new');
    assert.equal(await clients.find('https://auth-stg.reltio.com', 'acme_dev'), undefined);
    shared.http.always = pair('a1', 'r1');
    await fresh('jane');
    assert.equal(secretOf(shared.http.requests[0]!), 'reltio_ui:secret');
  });
});
