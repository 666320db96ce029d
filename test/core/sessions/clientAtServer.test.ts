import assert from 'node:assert/strict';
import { hostFetch } from '../../../src/core/network/hostFetch';
import type { Session } from '../../../src/core/model/session';
import { startIdentityServer, type Client, type IdentityServer } from '../../identity/server';
import { Installation, type TestCore } from '../../fakes/installation';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const signal = new AbortController().signal;

describe('a client that signs in at an identity server', () => {
  let shared: Installation;
  let core: TestCore;
  let identity: IdentityServer;

  beforeEach(async () => {
    shared = new Installation().alone();
    identity = await startIdentityServer({ clock: shared.clock.now });
    core = open();
  });
  afterEach(() => identity.close());

  const open = () => shared.openCore(hostFetch({ userAgent: 'test', mayReceiveSecrets: () => Promise.resolve(true) }));

  async function signIn({ id, secret }: Client = identity.clients.batch): Promise<Session> {
    const method = { kind: 'clientCredentials' };
    const step = await core.attempt(identity.url, { id, secret }).send(method, {}, signal);
    assert.ok(step.kind === 'signedIn' && step.client !== undefined);
    await core.clients.save(identity.url, step.client);
    return core.sessions.add(step);
  }

  async function works(session: Session): Promise<boolean> {
    const headers = { authorization: `Bearer ${session.tokens.accessToken}` };
    return (await fetch(`${identity.url}/reltio/enhancedTenants?showAll=true`, { headers })).status === 200;
  }

  const requests = () => identity.requests.tokenCalls('client_credentials').length;

  for (const multiTokenQuota of [0, 200]) {
    it(`works for a day with one request for each token, with a quota of ${multiTokenQuota} tokens`, async () => {
      identity.policy.multiTokenQuota = multiTokenQuota;
      const { id } = await signIn();
      const other = open();
      await other.sessions.list();
      for (let passed = 0; passed < 24 * hour; passed += 10 * minute) {
        const session = await core.sessions.fresh(id);
        assert.ok(await works(session), `after ${passed / minute} minutes`);
        assert.deepEqual(await other.sessions.fresh(id), session);
        await shared.clock.pass(10 * minute);
      }
      assert.equal(requests(), 24);
      assert.equal(identity.requests.to('/oauth/checkToken').length, 0);
    });
  }

  it('keeps no refresh token, even if the server sends one', async () => {
    identity.policy.clientCredentialsRefreshToken = true;
    const { id } = await signIn();
    await shared.clock.pass(hour);
    assert.equal((await core.sessions.fresh(id)).tokens.refreshToken, undefined);
    assert.equal(identity.requests.tokenCalls('refresh_token').length, 0);
  });

  it('authenticates where it is allowed to, and then only there', async () => {
    const { inBody } = identity.clients;
    const { id } = await signIn(inBody);
    assert.equal((await core.clients.find(identity.url, inBody.id))?.authentication, 'client_secret_post');
    assert.deepEqual(statuses(), [401, 200]);
    await shared.clock.pass(hour);
    assert.ok(await works(await core.sessions.fresh(id)));
    assert.deepEqual(statuses(), [401, 200, 200]);
    await core.sessions.refreshNow(id);
    await core.sessions.signOut(id, 'atReltioToo');
    const rejected = identity.requests.all.filter(({ status }) => status !== 200);
    assert.equal(rejected.length, 1, 'checks and revocations authenticate in the same way');
  });
  const statuses = () => identity.requests.tokenCalls().map(({ status }) => status);

  it('is told that its token is valid when the user refreshes it, and gets another once it is not', async () => {
    const session = await signIn();
    await shared.clock.pass(20 * minute);
    assert.equal((await core.sessions.refreshNow(session.id)).isStillValid, true);
    assert.equal(requests(), 1);
    identity.expireAccessTokens();
    await shared.clock.pass(10 * second);
    const outcome = await core.sessions.refreshNow(session.id);
    assert.ok(outcome.isNewToken && (await works(outcome.session)));
  });

  it('gets another token by a renewal, which revokes the old one', async () => {
    const old = await signIn();
    await core.sessions.revokeToRenew(old.id);
    assert.ok(!(await works(old)));
    const renewed = await signIn();
    assert.ok(await works(renewed));
    assert.notEqual(renewed.tokens.accessToken, old.tokens.accessToken);
    assert.deepEqual(
      core.sessions.known.map(({ id, state }) => [id, state]),
      [[renewed.id, 'signedIn']],
    );
  });

  it('gets another token with a new secret, after Reltio has revoked the old one with the old secret', async () => {
    const { id } = await signIn();
    identity.changeSecret('acme_batch');
    await assert.rejects(core.sessions.refreshNow(id), { code: 'clientRejected' });
    await core.clients.save(identity.url, { id: 'acme_batch', secret: identity.clients.batch.secret });
    const { session, isNewToken } = await core.sessions.refreshNow(id, 'newSecret');
    assert.ok(isNewToken && (await works(session)));
  });

  it('gets another token when an environment rejects the old one, and keeps one that the server considers valid', async () => {
    const session = await signIn();
    assert.equal((await core.real.reportRejected(session.tokens.accessToken)).kind, 'valid');
    assert.equal(requests(), 1);
    await shared.clock.pass(minute);
    identity.expireAccessTokens();
    const rejection = await core.real.reportRejected(session.tokens.accessToken);
    assert.ok(rejection.kind === 'refreshed' && (await works(rejection.session)));
  });

  async function until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }

  for (const quotaRefusal of ['tooManyRequests429', 'limitExceeded400'] as const) {
    it(`says that its quota is used up (${quotaRefusal}), and works again once a token has expired`, async () => {
      Object.assign(identity.policy, { multiTokenQuota: 1, quotaRefusal });
      const { id } = await signIn();
      const second = assert.rejects(signIn(), { code: 'quotaUsedUp' });
      if (quotaRefusal === 'tooManyRequests429') {
        await until(() => statuses().length === 2 && statuses()[1] === 429);
        await shared.clock.pass(3 * 1_000); // the pause before the one replay
      }
      await second;
      await shared.clock.pass(hour);
      assert.ok(await works(await core.sessions.fresh(id)));
    });
  }
});
