import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type { LazyModules } from '../../../src/core/core';
import { isAnswer } from '../../../src/core/model/refreshErrors';
import { asFailure, Failure, isFailure } from '../../../src/core/base/failure';
import { pair } from '../../fakes/fakeHttp';
import { Installation, type TestCore } from '../../fakes/installation';
import { preloaded } from '../../fakes/preloaded';
import { sampleTokens } from '../../fakes/sampleSession';

const minute = 60_000;
const hour = 60 * minute;

/** What Node throws where the file is missing. */
const missing = (): Promise<never> =>
  Promise.resolve().then(() => createRequire(__filename)('./no-such-file') as never);

describe('a window whose late files VS Code has deleted', () => {
  let shared: Installation;
  let core: TestCore;
  const whole: LazyModules = { ...preloaded };
  beforeEach(async () => {
    shared = new Installation();
    core = shared.openCore();
    await core.holds({ state: 'rejected', refreshErrors: { from: shared.clock.now(), to: shared.clock.now() } });
  });
  afterEach(() => {
    Object.assign(preloaded, whole);
  });
  const jane = () => core.store.find('jane');
  const fresh = () => shared.clock.finish(core.sessions.fresh('jane'));
  const codeOf = async (work: Promise<unknown>): Promise<unknown> =>
    await work.then(
      () => 'nothing',
      (error: unknown) => (isFailure(error) ? error.code : error),
    );

  for (const [name, break_] of Object.entries({
    'the call': () => (preloaded.tokenCalls = missing),
    'the refresh': () => (preloaded.exchange = missing),
    'the network': () => {
      for (let times = 0; times < 3; times += 1) shared.http.next({ kind: 'failure', code: 'windowOutdated' });
    },
    'the journal': () => (shared.journal.find = missing),
  })) {
    it(`fails to refresh for that reason (${name}), changes no session and remembers no outage`, async () => {
      await shared.clock.pass(hour);
      const before = jane();
      break_();
      assert.equal(await codeOf(fresh()), 'windowOutdated');
      await shared.clock.pass(2 * hour);
      assert.equal(await codeOf(fresh()), 'windowOutdated', 'also after more than a minute');
      assert.deepEqual(jane(), before);
      assert.equal(core.sessions.activity(before!).outage, undefined);
      assert.equal(core.sessions.problem, undefined);
      assert.equal(await codeOf(shared.clock.finish(core.sessions.refreshNow('jane'))), 'windowOutdated');
      assert.deepEqual(jane(), before);
    });
  }

  it('sends at once when the files are there again', async () => {
    await shared.clock.pass(hour);
    preloaded.tokenCalls = missing;
    assert.equal(await codeOf(fresh()), 'windowOutdated');
    Object.assign(preloaded, whole);
    shared.http.next(pair('a1', 'r1'));
    assert.equal((await fresh()).tokens.accessToken, 'a1');
  });

  it('still gives a token that is valid', async () => {
    await core.alter('jane', { state: 'signedIn' });
    await shared.clock.pass(hour - 30_000);
    preloaded.tokenCalls = missing;
    assert.equal((await fresh()).tokens.accessToken, sampleTokens().accessToken);
  });

  it('says so when a token is reported as rejected, and does not expire it', async () => {
    await core.alter('jane', { state: 'signedIn' });
    const before = jane();
    preloaded.tokenCalls = missing;
    const outcome = await shared.clock.finish(core.real.reportRejected('a0'));
    assert.equal(outcome.kind === 'notNow' && outcome.failure.code, 'windowOutdated');
    assert.deepEqual(jane(), before);
  });

  it('signs out here, and says why the token was not revoked', async () => {
    preloaded.revoker = missing;
    const outcome = await shared.clock.finish(core.sessions.signOut('jane', 'atReltioToo'));
    assert.equal(isFailure(outcome?.atReltio) && outcome.atReltio.code, 'windowOutdated');
    assert.equal(jane(), undefined);
  });

  it('keeps the old sign-in if its tokens cannot be revoked for a renewal', async () => {
    preloaded.revoker = missing;
    const before = jane();
    assert.equal(await codeOf(core.sessions.revokeToRenew('jane')), 'windowOutdated');
    assert.deepEqual(jane(), before);
  });

  it('is recognised by what Node throws, and by nothing else', async () => {
    const thrown: unknown = await missing().catch((error: unknown) => error);
    assert.equal(asFailure(thrown)?.code, 'windowOutdated');
    for (const other of [
      new Error('MODULE_NOT_FOUND'),
      Object.assign(new Error(), { code: 'ENOENT' }),
      'x',
      undefined,
    ]) {
      assert.equal(asFailure(other), undefined);
    }
    const failure = new Failure('dns');
    assert.equal(asFailure(failure), failure);
    assert.ok(!isAnswer(new Failure('windowOutdated')));
  });
});
