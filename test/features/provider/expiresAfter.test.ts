import '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { AuthenticationProvider } from '../../../src/features/provider/authenticationProvider';
import { expiresAfter } from '../../../src/features/provider/expiresAfter';
import { toVSCode } from '../../../src/features/provider/vscodeSession';
import { pair } from '../../fakes/fakeHttp';
import { Installation, type TestCore } from '../../fakes/installation';
import { preloadedProvider } from '../../fakes/preloadedProvider';
import { sampleSession } from '../../fakes/sampleSession';

const hour = 3_600_000;

describe('the time left that a session carries', () => {
  it('is a whole number of milliseconds above 0, as VS Code requires', () => {
    assert.deepEqual(expiresAfter(sampleSession(), 59_999.7), { expiresAfter: 59_999 });
    assert.deepEqual(expiresAfter(sampleSession(), 1), { expiresAfter: 1 });
  });

  it('is left out once the token has expired, was rejected, or is not handed out', () => {
    for (const left of [0, 0.9]) {
      assert.deepEqual(Object.keys(expiresAfter(sampleSession(), left)), []);
    }
    assert.equal('expiresAfter' in toVSCode(sampleSession({ state: 'rejected' }), [], 60_000), false);
    assert.equal('expiresAfter' in toVSCode(sampleSession(), []), false);
  });

  it('is there while only the refresh token was rejected: the access token is valid', () => {
    assert.deepEqual(expiresAfter(sampleSession({ state: 'signInAgain' }), 60_000), { expiresAfter: 60_000 });
  });
});

describe('a session that the provider hands out', () => {
  let shared: Installation;
  let core: TestCore;
  let provider: AuthenticationProvider;
  beforeEach(async () => {
    shared = new Installation().alone();
    core = shared.openCore();
    provider = new AuthenticationProvider({
      ...preloadedProvider(core),
      sessions: core.sessions,
      onDidChangeSessions: core.store.onDidChange,
      signIn: { start: async () => await core.holds({ id: 'again' }) },
      readSettings: () =>
        Promise.resolve({ environments: [], ignored: new Map(), problems: [], identityServers: [], trusted: [] }),
      offerRemedy: () => undefined,
      noticeOutdated: () => undefined,
      log: shared.log,
    });
    await core.holds();
  });
  afterEach(() => {
    provider.dispose();
  });

  const left = ([session]: readonly object[]) => (session as { expiresAfter?: number }).expiresAfter;
  const ask = async (scopes?: readonly string[]) => left(await shared.clock.finish(provider.getSessions(scopes, {})));

  it('says each time how long its token is valid then: to extensions, to the menu and after a sign-in', async () => {
    assert.equal(await ask([]), hour);
    await shared.clock.pass(1_000);
    assert.equal(await ask([]), hour - 1_000);
    assert.equal(await ask(), hour - 1_000);
    assert.ok((left([await shared.clock.finish(provider.createSession([], {}))]) ?? 0) > 0);
  });

  it('says so of the new token after a refresh, and nothing of an expired one, which only the menu gets', async () => {
    await shared.clock.pass(hour);
    assert.equal(await ask(), undefined);
    shared.http.next(pair('a1', 'r1', 1_800));
    assert.equal(await ask([]), hour / 2);
  });

  it('counts right after the clock was set back', async () => {
    await ask([]);
    await shared.clock.pass(hour / 2);
    shared.clock.set(shared.clock.now() - 10 * 60_000);
    assert.equal(await ask([]), hour / 2);
  });
});
