import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { hostFetch } from '../../../src/core/network/hostFetch';
import { mayReceiveSecrets } from '../../../src/core/trust/trustedHosts';
import type { Session } from '../../../src/core/model/session';
import { startIdentityServer, type Client, type Fault, type IdentityServer, type Policy } from '../../identity/server';
import { Installation, type TestCore } from '../../fakes/installation';

const hour = 3_600_000;
const signal = new AbortController().signal;

describe('the core at an identity server', () => {
  let shared: Installation;
  let core: TestCore;
  let identity: IdentityServer;

  beforeEach(async () => {
    shared = new Installation();
    identity = await startIdentityServer({ clock: shared.clock.now });
    core = open();
  });
  afterEach(() => identity.close());

  const open = () =>
    shared.openCore(
      hostFetch({
        userAgent: 'test',
        mayReceiveSecrets: (url) => Promise.resolve(mayReceiveSecrets(url, ['reltio.com'])),
      }),
    );

  async function signIn(client: Client = identity.clients.own): Promise<Session> {
    await core.clients.save(identity.url, client);
    const { plain } = identity.users;
    const method = { kind: 'password' } as const;
    const step = await core
      .attempt(identity.url, client)
      .send(method, { user: plain.name, secret: plain.password }, signal);
    assert.ok(step.kind === 'signedIn');
    return core.sessions.add(step);
  }

  async function works(session: Session): Promise<boolean> {
    const headers = { authorization: `Bearer ${session.tokens.accessToken}` };
    return (await fetch(`${identity.url}/reltio/enhancedTenants?showAll=true`, { headers })).status === 200;
  }

  const refreshes = () => identity.requests.tokenCalls('refresh_token').length;

  it('makes exactly one token request for a hundred callers whose token has expired', async () => {
    const { id } = await signIn();
    await shared.clock.pass(hour);
    const all = await Promise.all(Array.from({ length: 100 }, () => core.sessions.fresh(id)));
    assert.equal(refreshes(), 1);
    assert.equal(new Set(all.map(({ tokens }) => tokens.accessToken)).size, 1);
    assert.ok(all.every((session) => session.id === id));
    assert.ok(all[0] !== undefined && (await works(all[0])));
  });

  it('makes one token request for a consumer, Copy and Refresh at once', async () => {
    const { id } = await signIn();
    await shared.clock.pass(hour);
    await Promise.all([core.sessions.fresh(id), core.sessions.refreshNow(id), core.sessions.fresh(id, 5_000)]);
    assert.equal(refreshes(), 1);
  });

  const returns: readonly Policy['refreshReturns'][] = [
    'samePairSameExpiry',
    'samePairNewExpiry',
    'rotatedPair',
    'noRefreshToken',
    'sameRefreshToken',
  ];
  for (const refreshReturns of returns) {
    for (const earlyRefreshReturns of ['sameAccessToken', 'newAccessToken'] as const) {
      it(`works for a day of ${refreshReturns}, early: ${earlyRefreshReturns}, with about one request for each token`, async () => {
        Object.assign(identity.policy, { refreshReturns, earlyRefreshReturns, responseTypes: 'documented' });
        const { id } = await signIn();
        for (let minute = 0; minute < 24 * 60; minute += 20) {
          await shared.clock.pass(1_200_000 - 7_000);
          const session = await core.sessions.fresh(id);
          assert.ok(await works(session), `after ${minute} minutes`);
          assert.equal(session.id, id);
          await shared.clock.pass(7_000);
        }
        assert.ok(refreshes() <= 26, `${refreshes()} requests`);
      });
    }
  }

  it('uses the token that another window has refreshed, without a request of its own', async () => {
    const { id } = await signIn();
    const other = open();
    await other.sessions.list();
    await shared.clock.pass(hour);
    const first = await core.sessions.fresh(id);
    const second = await other.sessions.fresh(id);
    assert.deepEqual(second, first);
    assert.equal(refreshes(), 1);
  });

  for (const policy of ['invalidGrant400', 'invalidToken401'] as const) {
    it(`asks to sign in again when the refresh token is rejected (${policy}), and works after that`, async () => {
      identity.policy.invalidRefreshToken = policy;
      const { id } = await signIn();
      identity.invalidateRefreshTokens();
      await shared.clock.pass(hour);
      await assert.rejects(core.sessions.fresh(id), { code: 'signInAgain' });
      assert.equal(core.sessions.known[0]?.state, 'signInAgain');
      const again = await signIn();
      assert.ok(await works(await core.sessions.fresh(again.id)));
    });
  }

  it('keeps the session when the client secret was changed at Reltio, and works with the new one', async () => {
    const { id } = await signIn();
    const { own } = identity.clients;
    await core.clients.save(identity.url, { id: own.id, secret: 'outdated' });
    await shared.clock.pass(hour);
    await assert.rejects(core.sessions.fresh(id), { code: 'clientRejected' });
    await core.store.reload();
    assert.equal(core.sessions.known[0]?.state, 'clientRejected');
    await core.clients.save(identity.url, own);
    const { session } = await core.sessions.refreshNow(id);
    assert.equal(session.state, 'signedIn');
    assert.ok(await works(session));
  });

  it('revokes the token at Reltio when it signs out there too', async () => {
    identity.policy.revokeNeedsClient = true;
    const session = await signIn();
    assert.ok(await works(session));
    assert.equal((await core.sessions.signOut(session.id, 'atReltioToo'))?.atReltio, 'revoked');
    assert.ok(!(await works(session)));
  });

  it('leaves the token valid at Reltio when it signs out here only', async () => {
    const session = await signIn();
    await core.sessions.signOut(session.id, 'here');
    assert.ok(await works(session));
    assert.deepEqual(identity.requests.to('/oauth/revoke'), []);
  });

  describe('in no log line, no error, no file and no URL, whatever happens,', () => {
    const faults: readonly Fault[] = [
      { kind: 'tooManyRequests', retryAfter: 60 },
      { kind: 'forbidden', shape: 'errorCode804' },
      { kind: 'serverError', status: 503, body: 'errorCode2001' },
      { kind: 'captivePortal' },
      { kind: 'emptyBody' },
      { kind: 'brokenJson' },
      { kind: 'redirect', to: 'https://evil.example/' },
      { kind: 'resetBeforeReading' },
      { kind: 'resetAfterReading' },
      { kind: 'lostAnswer' },
      { kind: 'hugeBody', bytes: 2_000_000 },
    ];

    /** Every way in which a secret could be written in a text. */
    function spellings(secret: string): string[] {
      const bytes = Buffer.from(secret);
      return [
        secret,
        encodeURIComponent(secret),
        bytes.toString('base64'),
        bytes.toString('base64url'),
        bytes.toString('hex'),
      ];
    }

    it('is a token, password, code, client secret or response body', async () => {
      const texts: string[] = [];
      const collect = async (work: Promise<unknown>): Promise<void> => {
        const error: unknown = await work.then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        if (error !== undefined) {
          const { message, stack } = error as Error;
          texts.push(message, stack ?? '', JSON.stringify(error), inspect(error, { depth: 20, showHidden: true }));
        }
        await shared.clock.pass(61_000);
      };
      const { own } = identity.clients;
      const planted = { accessToken: 'planted.access+token/93f2', refreshToken: 'planted.refresh&token=93f2' };
      identity.addLogin({ userName: 'jane@acme.com', clientId: own.id, ...planted });
      const { id, tokens } = await signIn();
      assert.equal(tokens.refreshToken, planted.refreshToken);

      const attempt = core.attempt(identity.url, own);
      const password = { kind: 'password' } as const;
      await collect(attempt.send(password, { user: 'jane@acme.com', secret: 'wrong-password-93f2' }, signal));
      const { withAuthenticator: omar } = identity.users;
      const step = await attempt.send(password, { user: omar.name, secret: omar.password }, signal);
      assert.ok(step.kind === 'codeNeeded');
      await collect(attempt.sendCode(step, 'wrong-code-93f2', signal));
      await collect(attempt.sendCode({ ...step, stateToken: 'wrong-state-93f2' }, '123', signal));
      const idp = { kind: 'identityProvider', idpSystem: 'salesforce' } as const;
      await collect(attempt.send(idp, { user: 'sara@acme.com', secret: 'wrong-idp-93f2' }, signal));
      await collect(
        core.attempt(identity.url, { id: 'x', secret: 'client-93f2' }).send(idp, { user: 'u', secret: 'p' }, signal),
      );
      for (const fault of faults) {
        identity.faults.next(fault);
        await collect(core.sessions.refreshNow(id));
        assert.equal(identity.faults.pending, 0, fault.kind);
      }
      core.secrets.failing = 'store';
      await collect(core.sessions.refreshNow(id));
      core.secrets.failing = undefined;
      for (const policy of ['invalidGrant400', 'invalidToken401'] as const) {
        identity.policy.invalidRefreshToken = policy;
        identity.addLogin({ userName: 'jane@acme.com', clientId: own.id, ...planted });
        const session = await signIn();
        identity.invalidateRefreshTokens();
        await collect(core.sessions.refreshNow(session.id));
      }
      shared.secrets.put('sessions', `garbage ${planted.refreshToken}`);
      await collect(open().sessions.list());
      identity.addLogin({ userName: 'jane@acme.com', clientId: own.id, ...planted });
      const last = await signIn();
      identity.faults.next({ kind: 'serverError', status: 500, body: 'html' });
      const outcome = await core.sessions.signOut(last.id, 'atReltioToo');
      texts.push(inspect(outcome?.atReltio, { depth: 20 }), JSON.stringify(outcome?.atReltio));

      assert.ok(texts.length > 50 && shared.log.lines.length > 30, 'there was something to say');
      const everything = [...texts, shared.log.text, JSON.stringify(shared.stateFile.state)].join('\n');
      const secrets = [
        ...Object.values(planted),
        '93f2',
        identity.users.plain.password,
        omar.password,
        step.stateToken,
        own.secret,
        `${own.id}:${own.secret}`,
        'Invalid Username',
        'Hotel',
        'an outage',
      ];
      for (const spelling of secrets.flatMap(spellings)) {
        assert.ok(!everything.includes(spelling), spelling);
      }
      assert.ok(
        identity.requests.all.every(({ secretInUrl, query }) => !secretInUrl && Object.keys(query).length === 0),
      );
    });
  });
});
