import assert from 'node:assert/strict';
import { basicHeader, type Client } from '../../../src/core/oauth/client';
import { answer, badClient } from '../../fakes/fakeHttp';
import { Installation, type TestCore } from '../../fakes/installation';
import { jane, pastedSession } from '../../fakes/sampleSession';

const minute = 60_000;
const hour = 60 * minute;
const known: Client = { id: 'reltio_ui', secret: 'its secret' };

describe('a session with a pasted token', () => {
  let shared: Installation;
  let core: TestCore;
  beforeEach(async () => {
    shared = new Installation().alone();
    core = shared.openCore();
    await core.store.change((sessions) => [...sessions, pastedSession()]);
  });

  const fresh = () => shared.clock.finish(core.sessions.fresh('pasted'));
  const refresh = () => shared.clock.finish(core.sessions.refreshNow('pasted'));
  const report = () => shared.clock.finish(core.real.reportRejected('p0'));

  it('gives its token until that expires, and then asks for another, without a request', async () => {
    await shared.clock.pass(hour - 1);
    assert.equal((await fresh()).tokens.accessToken, 'p0');
    await assert.rejects(refresh(), { code: 'neverRefreshed' });
    await shared.clock.pass(1);
    await assert.rejects(fresh(), { code: 'pasteAgain' });
    await assert.rejects(refresh(), { code: 'pasteAgain' });
    core.isKeepAliveWanted = true;
    core.real.keepAlive.check();
    await shared.clock.pass(5 * minute);
    core.real.keepAlive.dispose();
    assert.deepEqual(shared.http.requests, []);
  });

  it('is checked with a client that is known at its server when an environment rejects it', async () => {
    await core.clients.save(jane.identityServer, known);
    shared.http.next(answer(200, { user: { username: 'jane' }, errorCode: null }));
    assert.equal((await report()).kind, 'valid');
    const [request] = shared.http.requests;
    assert.deepEqual([request?.form, request?.headers['authorization']], [{ token: 'p0' }, basicHeader(known)]);
  });

  it('is not valid any more when the server says so too', async () => {
    await core.clients.save(jane.identityServer, known);
    shared.http.next(answer(401, { error: 'invalid_token' }));
    assert.equal((await report()).kind, 'signInAgain');
    await assert.rejects(fresh(), { code: 'pasteAgain' });
    assert.equal((await report()).kind, 'signInAgain');
    assert.equal(shared.http.requests.length, 1);
  });

  it('is kept where the server cannot be asked about it', async () => {
    const codeOf = async () => {
      const outcome = await report();
      await shared.clock.pass(10_000);
      return outcome.kind === 'notNow' ? outcome.failure.code : outcome.kind;
    };
    assert.equal(await codeOf(), 'pastedNotChecked');
    await core.clients.save('https://auth-eu.reltio.com', known);
    assert.equal(await codeOf(), 'pastedNotChecked', 'a client of another server');
    assert.deepEqual(shared.http.requests, []);
    await core.clients.save(jane.identityServer, known);
    shared.http.next(badClient);
    assert.equal(await codeOf(), 'pastedNotChecked', 'the user does not know of this client here');
    shared.http.next(answer(503));
    assert.equal(await codeOf(), 'serverError');
    assert.equal((await fresh()).tokens.accessToken, 'p0');
  });
});
