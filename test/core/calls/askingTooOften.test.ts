import assert from 'node:assert/strict';
import { isFailure, type Failure } from '../../../src/core/base/failure';
import type { Session } from '../../../src/core/model/session';
import { describe as inWords } from '../../../src/editor/messages/messages';
import type { HttpClient } from '../../../src/core/oauth/httpClient';
import { IdentityHttp } from '../../fakes/identityHttp';
import type { User } from '../../identity/users';
import { Installation, type TestCore } from '../../fakes/installation';

const second = 1_000;
const signal = new AbortController().signal;

/** Two windows with two accounts of one client, at one identity server. */
describe('asking too often', () => {
  let shared: Installation;
  let server: IdentityHttp;
  let elsewhere: IdentityHttp;
  let core: TestCore;
  let other: TestCore;
  let jane: Session;
  let olga: Session;

  beforeEach(async () => {
    shared = new Installation();
    server = new IdentityHttp(shared.clock);
    elsewhere = new IdentityHttp(shared.clock, 'https://auth-eu.reltio.com');
    [core, other] = [open(), open()];
    const twin = server.users.add({ name: 'olga@acme.com', password: 'another-password' });
    jane = await signIn(server.users.plain);
    olga = await signIn(twin);
    await shared.clock.pass(20 * second);
    await other.sessions.list();
  });

  const network: HttpClient = {
    send: (request) => (request.url.startsWith(elsewhere.url) ? elsewhere : server).send(request),
  };
  const open = (): TestCore => shared.openCore(network);
  const refreshes = (): number => server.requests.tokenCalls('refresh_token').length;

  async function signIn({ name, password }: User): Promise<Session> {
    const client = server.clients.own;
    await core.clients.save(server.url, client);
    const step = await core
      .attempt(server.url, client)
      .send({ kind: 'password' }, { user: name, secret: password }, signal);
    assert.ok(step.kind === 'signedIn');
    return await core.sessions.add(step);
  }

  async function failureOf(work: Promise<unknown>): Promise<Failure> {
    const error: unknown = await work.then(
      () => assert.fail('must fail'),
      (thrown: unknown) => thrown,
    );
    assert.ok(isFailure(error), String(error));
    return error;
  }

  describe('when the server asks to wait for a minute', () => {
    beforeEach(async () => {
      server.faults.next({ kind: 'tooManyRequests', retryAfter: 60 }, { path: '/oauth/token' });
      await failureOf(core.sessions.refreshNow(jane.id));
      assert.equal(refreshes(), 1);
    });

    it('sends nothing for a hundred manual refreshes, of either account and in either window', async () => {
      for (let press = 0; press < 50; press += 1) {
        await failureOf(core.sessions.refreshNow(jane.id));
        const failure = await failureOf(other.sessions.refreshNow(olga.id));
        assert.ok(failure.retryAt !== undefined && failure.retryAt > shared.clock.now());
        await shared.clock.pass(second);
      }
      assert.equal(refreshes(), 1);
    });

    it('says until when', async () => {
      const until = shared.clock.now() + 60 * second;
      await shared.clock.pass(15 * second);
      for (const asked of [core, other]) {
        const failure = await failureOf(asked.sessions.refreshNow(olga.id));
        assert.equal(failure.retryAt, until);
        assert.match(inWords(failure), /asked for a pause until \d\d:\d\d:\d\d\. Try again after that\.$/);
      }
    });

    it('sends nothing when a window gets the focus, for a consumer, for a report, or with a password', async () => {
      await shared.clock.pass(second);
      for (const asked of [core, other]) {
        asked.memory.resetAllBackOffs();
        assert.equal((await asked.real.reportRejected(jane.tokens.accessToken)).kind, 'notNow');
        const { name, password } = server.users.plain;
        const attempt = asked.attempt(server.url, server.clients.own);
        const failure = await failureOf(attempt.send({ kind: 'password' }, { user: name, secret: password }, signal));
        assert.equal(failure.code, 'rateLimited');
      }
      assert.equal(refreshes(), 1);
      assert.equal(server.requests.tokenCalls('password').length, 2, 'the two sign-ins at the start');
    });

    it('sends a request again when the minute is over', async () => {
      await shared.clock.pass(60 * second);
      assert.ok((await other.sessions.refreshNow(jane.id)).isNewToken);
      assert.equal(refreshes(), 2);
    });
  });

  it('respects a wait for five minutes at most', async () => {
    server.faults.next({ kind: 'tooManyRequests', retryAfter: 86_400 }, { path: '/oauth/token' });
    await failureOf(core.sessions.refreshNow(jane.id));
    await shared.clock.pass(290 * second);
    await failureOf(core.sessions.refreshNow(jane.id));
    assert.equal(refreshes(), 1);
    await shared.clock.pass(10 * second);
    assert.ok((await core.sessions.refreshNow(jane.id)).isNewToken);
  });

  it('does not delay the accounts of another server', async () => {
    server.faults.next({ kind: 'tooManyRequests', retryAfter: 60 }, { path: '/oauth/token' });
    await failureOf(core.sessions.refreshNow(jane.id));
    const { plain } = elsewhere.users;
    const attempt = core.attempt(elsewhere.url, elsewhere.clients.own);
    const step = await attempt.send({ kind: 'password' }, { user: plain.name, secret: plain.password }, signal);
    assert.equal(step.kind, 'signedIn');
  });

  describe('a manual refresh', () => {
    it('sends one request in ten seconds for each account, whichever window asks', async () => {
      for (let press = 0; press < 40; press += 1) {
        const outcome = await [core, other][press % 2]!.sessions.refreshNow(jane.id);
        assert.equal(outcome.nextAt === undefined, press % 20 === 0, `press ${press}`);
        await shared.clock.pass(500);
      }
      assert.equal(refreshes(), 2);
      await core.sessions.refreshNow(olga.id);
      assert.equal(refreshes(), 3);
    });

    it('gives the next one the result of the last, and says when another request is possible', async () => {
      const first = await core.sessions.refreshNow(jane.id);
      assert.ok(first.isNewToken && first.nextAt === undefined);
      const before = shared.clock.now();
      await shared.clock.pass(3 * second);
      const again = await other.sessions.refreshNow(jane.id);
      assert.equal(again.session.tokens.accessToken, first.session.tokens.accessToken);
      assert.equal(again.nextAt, before + 10 * second);
    });

    it('fails for the same reason as the last one, and is sent again after ten seconds', async () => {
      server.faults.next({ kind: 'serverError', status: 502, body: 'html' }, { path: '/oauth/token' });
      assert.equal((await failureOf(core.sessions.refreshNow(jane.id))).code, 'serverError');
      await shared.clock.pass(4 * second);
      const again = await failureOf(core.sessions.refreshNow(jane.id));
      assert.deepEqual([again.code, (again.cause as Failure).code], ['askedJustNow', 'serverError']);
      assert.match(
        inWords(again),
        /is having problems \(HTTP 502\).* The next request can be sent at \d\d:\d\d:\d\d\.$/,
      );
      const elsewhere = await failureOf(other.sessions.refreshNow(jane.id));
      assert.match(
        inWords(elsewhere),
        /received a request for this token a moment ago\. The next request can be sent at /,
      );
      assert.equal(refreshes(), 1);
      await shared.clock.pass(6 * second);
      assert.ok((await other.sessions.refreshNow(jane.id)).isNewToken);
    });

    it('is always sent with a client secret that was just entered', async () => {
      await core.sessions.refreshNow(jane.id);
      await core.sessions.refreshNow(jane.id, 'newSecret');
      assert.equal(refreshes(), 2);
    });

    it('joins the refresh that is in flight', async () => {
      const [one, two] = await Promise.all([core.sessions.refreshNow(jane.id), core.sessions.refreshNow(jane.id)]);
      assert.equal(one.session.tokens.accessToken, two.session.tokens.accessToken);
      assert.equal(two.nextAt, undefined);
      assert.equal(refreshes(), 1);
    });
  });

  describe('a consumer that reports each new token as rejected', () => {
    it('causes one refresh in ten seconds, and learns when it may report again', async () => {
      for (let round = 0; round < 200; round += 1) {
        const asked = [core, other][round % 2]!;
        const { tokens } = await asked.sessions.fresh(jane.id);
        const rejection = await asked.real.reportRejected(tokens.accessToken);
        if (rejection.kind === 'notNow') {
          assert.equal(rejection.failure.code, 'askedJustNow');
        }
        await shared.clock.pass(200);
      }
      assert.equal(server.requests.all.filter(({ path }) => path.startsWith('/oauth/')).length - 2, 4, 'in 40 s');
    });

    it('gets the new token while another window is checking the same one', async () => {
      const { accessToken } = jane.tokens;
      const both = await shared.clock.finish(
        Promise.all([core, other].map((asked) => asked.real.reportRejected(accessToken))),
      );
      assert.deepEqual(
        both.map(({ kind }) => kind),
        ['refreshed', 'refreshed'],
      );
      assert.equal(refreshes(), 1);
    });
  });
});
