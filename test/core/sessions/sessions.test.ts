import assert from 'node:assert/strict';
import { accountLabel } from '../../../src/core/model/account';
import type { Session } from '../../../src/core/model/session';
import type { SignedIn } from '../../../src/core/calls/signInAttempt';
import { monday } from '../../fakes/fakeClock';
import { answer, pair } from '../../fakes/fakeHttp';
import { jane, sampleSignIn, sampleTokens } from '../../fakes/sampleSession';
import { Installation, type TestCore } from '../../fakes/installation';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

describe('signing in', () => {
  let shared: Installation;
  let core: TestCore;
  beforeEach(() => {
    shared = new Installation();
    core = shared.openCore();
  });

  const fresh = (id = 'jane', wait?: number): Promise<Session> => shared.clock.finish(core.sessions.fresh(id, wait));

  const signedIn = (changes: Partial<SignedIn['answer']> = {}, account = jane): SignedIn =>
    sampleSignIn(shared.clock.now(), changes, account);
  it('stores a session with everything that the server said', async () => {
    const session = await core.sessions.add(signedIn());
    assert.deepEqual(session.account, jane);
    assert.equal(session.state, 'signedIn');
    assert.equal(session.signedInAt, monday);
    assert.deepEqual(session.tokens.scopes, ['entities_api']);
    assert.deepEqual(core.stored(session.id), session);
    assert.deepEqual(core.changes, [{ added: [session], removed: [], changed: [] }]);
  });

  it('again as the same account replaces the session under a new id, with one event, and keeps the label', async () => {
    const first = await core.sessions.add(signedIn());
    await shared.clock.pass(minute);
    const again = await core.sessions.add(
      signedIn({ accessToken: 'a2', refreshToken: 'r2' }, { ...jane, user: 'JANE@Acme.com' }),
    );
    assert.notEqual(again.id, first.id);
    assert.equal(accountLabel(again.account), accountLabel(first.account));
    assert.deepEqual(core.store.sessions, [again]);
    assert.deepEqual(core.changes.slice(1), [{ added: [again], removed: [first], changed: [] }]);
  });

  it('again restores a session whose refresh token was dropped', async () => {
    const { refreshToken: _token, refreshTokenReceivedAt: _date, ...bare } = sampleTokens();
    await core.holds({ state: 'signInAgain', tokens: bare });
    const again = await core.sessions.add(signedIn());
    assert.deepEqual([again.state, again.tokens.refreshToken], ['signedIn', 'r1']);
  });

  it('again with the same tokens keeps their known expiry and their age', async () => {
    await core.holds();
    await shared.clock.pass(10 * minute);
    const again = await core.sessions.add(signedIn({ accessToken: 'a0', refreshToken: 'r0', expiresIn: 3600 }));
    assert.equal(again.tokens.accessTokenExpiresAt, monday + hour);
    assert.equal(again.tokens.refreshTokenReceivedAt, monday);
  });

  it('as another user, at another server or through another client adds a session beside the first', async () => {
    const accounts = [
      jane,
      { ...jane, user: 'omar@acme.com' },
      { ...jane, clientId: 'acme_dev' },
      { ...jane, identityServer: 'https://auth-stg.reltio.com' },
    ];
    for (const account of accounts) {
      await core.sessions.add(signedIn({}, account));
    }
    assert.deepEqual(
      core.store.sessions.map(({ account }) => account),
      accounts,
    );
    assert.ok(core.changes.every(({ removed }) => removed.length === 0));
  });

  it('through a client that stands for the one before keeps the account, and every later request uses that client', async () => {
    const before = await core.holds();
    await core.clients.save(jane.identityServer, { id: 'registered-2', secret: '', authentication: 'none' });
    const { id } = await core.sessions.add({ ...signedIn(), clientId: 'registered-2' });
    const session = core.stored(id);
    assert.deepEqual([session?.account, session?.clientId], [before.account, 'registered-2']);
    assert.equal(core.store.find('jane'), undefined);
    await shared.clock.pass(hour);
    shared.http.next(pair('a2', 'r2'), answer(200, { status: 'success' }));
    assert.equal((await fresh(id)).tokens.accessToken, 'a2');
    assert.equal(core.stored(id)?.clientId, 'registered-2', 'a refresh keeps it');
    await shared.clock.finish(core.sessions.signOut(id, 'atReltioToo'));
    const clients = shared.http.requests.map(({ form, headers }) => [form['client_id'], headers['authorization']]);
    assert.ok(clients.length > 1);
    clients.forEach((client) => {
      assert.deepEqual(client, ['registered-2', undefined]);
    });
    const again = await core.sessions.add(signedIn());
    assert.ok(!('clientId' in again), 'a sign-in through its own client forgets the other');
  });

  it('works, for this window, even if the storage refuses to keep it', async () => {
    core.secrets.failing = 'store';
    await core.clients.save(jane.identityServer, { id: 'reltio_ui', secret: 'secret' });
    const { id } = await core.sessions.add(signedIn());
    assert.equal((await core.sessions.fresh(id)).tokens.accessToken, 'a1');
    await shared.clock.pass(hour);
    shared.http.next(pair('a2', 'r2'));
    assert.equal((await fresh(id)).tokens.accessToken, 'a2');
  });

  it('works, for this window, even if the storage cannot be read just then, and is written later', async () => {
    await core.holds({ id: 'omar', account: { ...jane, user: 'omar@acme.com' } });
    core.secrets.failing = 'get';
    const added = await core.sessions.add(signedIn());
    assert.equal(core.sessions.problem?.code, 'storeNotWritten');
    core.secrets.failing = undefined;
    await shared.clock.pass(5_000);
    assert.equal(core.stored(added.id)?.account.user, 'jane@acme.com');
    assert.ok(core.stored('omar'));
  });

  it('is refused if the store belongs to a newer version', async () => {
    shared.secrets.values.set('sessions', '{"version":99}');
    await assert.rejects(core.sessions.add(signedIn()), { code: 'storeNewer' });
  });

  it('is refused if everything was forgotten since it began, and nothing of it is stored', async () => {
    const answered = signedIn();
    await shared.clock.pass(1);
    await core.store.forget(shared.clock.now());
    await assert.rejects(core.sessions.add(answered), { code: 'signedOut' });
    assert.deepEqual(core.store.sessions, []);
    await shared.clock.pass(1);
    const { id } = await core.sessions.add(signedIn());
    assert.ok(core.stored(id));
  });
});
