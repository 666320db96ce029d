import assert from 'node:assert/strict';
import * as v from 'valibot';
import { Failure, type FailureCode } from '../../../src/core/base/failure';
import { withEitherAuthentication } from '../../../src/core/calls/eitherAuthentication';
import type { SignInAttempt } from '../../../src/core/calls/signInAttempt';
import type { TokenCallResult } from '../../../src/core/calls/tokenCalls';
import { basicHeader, type Client } from '../../../src/core/oauth/client';
import { authorizationCodeGrant, clientCredentialsGrant } from '../../../src/core/oauth/grants';
import type { Method } from '../../../src/features/signIn/methods/method';
import { badge } from '../../fakes/badgeMethod';
import { badClient, pair, type SeenRequest } from '../../fakes/fakeHttp';
import { Installation, type TestCore } from '../../fakes/installation';
import { preloadedMethods } from '../../fakes/preloadedMethods';
import { grantedToken, robot, robotSession } from '../../fakes/sampleSession';

const loader: Client = { id: robot.clientId, secret: 'a secret & more' };
const inBody: Client = { ...loader, authentication: 'client_secret_post' };
const signal = new AbortController().signal;

/** Where a request has the client: in one of the two places, never in both. */
function placeOf({ headers, form }: SeenRequest): 'header' | 'body' {
  const isInHeader = headers['authorization'] !== undefined;
  assert.equal(isInHeader, form['client_secret'] === undefined && form['client_id'] === undefined);
  if (isInHeader) {
    assert.equal(headers['authorization'], basicHeader(loader));
    return 'header';
  }
  assert.deepEqual([form['client_id'], form['client_secret']], [loader.id, loader.secret]);
  return 'body';
}

describe('withEitherAuthentication', () => {
  const result: TokenCallResult = { answer: grantedToken(), startedAt: () => 0 };
  const outcome = async (client: Client, ...codes: (FailureCode | 'granted')[]) => {
    const sent: Client[] = [];
    const work = withEitherAuthentication(client, (as) => {
      sent.push(as);
      const code = codes.shift() ?? 'granted';
      return code === 'granted' ? Promise.resolve(result) : Promise.reject(new Failure(code));
    });
    const end = await work.then(
      (done) => done.client,
      (error: unknown) => (error as Failure).code,
    );
    return { sent, end };
  };

  it('sends one request where the header is accepted', async () => {
    assert.deepEqual(await outcome(loader, 'granted'), { sent: [loader], end: loader });
  });

  it('sends the client in the body if it is rejected in the header', async () => {
    assert.deepEqual(await outcome(loader, 'clientRejected'), { sent: [loader, inBody], end: inBody });
  });

  it('begins with the body where the client was accepted there before', async () => {
    assert.deepEqual(await outcome(inBody, 'granted'), { sent: [inBody], end: inBody });
    assert.deepEqual(await outcome(inBody, 'clientRejected'), { sent: [inBody, loader], end: loader });
  });

  it('sends one request for a client without a secret', async () => {
    const registered: Client = { id: 'registered', secret: '', authentication: 'none' };
    assert.deepEqual(await outcome(registered, 'clientRejected'), { sent: [registered], end: 'clientRejected' });
  });

  it('sends one request after any other failure', async () => {
    for (const code of ['wrongPassword', 'grantNotAllowed', 'forbidden', 'timeout', 'quotaUsedUp'] as const) {
      assert.deepEqual(await outcome(loader, code), { sent: [loader], end: code });
    }
  });

  it('says of two failures the one that says more', async () => {
    const second: readonly FailureCode[] = ['clientRejected', 'requestRefused', 'badAnswer'];
    for (const code of second) {
      assert.equal((await outcome(loader, 'clientRejected', code)).end, 'clientRejected');
    }
    for (const code of ['signInCodeRejected', 'quotaUsedUp', 'grantNotAllowed', 'unreachable', 'cancelled'] as const) {
      assert.equal((await outcome(loader, 'clientRejected', code)).end, code);
    }
  });
});

describe('a client that expects its secret in the body', () => {
  const byClient: Method = {
    ...badge,
    kind: 'byClient',
    schema: v.object({ kind: v.literal('byClient') }),
    initial: { kind: 'byClient' },
    grant: clientCredentialsGrant,
  };
  const code = { code: 'c', redirectUri: 'http://localhost:8081' };
  const byCode: Method = { ...byClient, kind: 'byCode', grant: () => authorizationCodeGrant(code) };

  let shared: Installation;
  let core: TestCore;
  let attempt: SignInAttempt;
  beforeEach(() => {
    shared = new Installation().alone();
    shared.methods = [...preloadedMethods, byClient, byCode];
    core = shared.openCore();
    attempt = core.attempt(robot.identityServer, loader);
    shared.http.always = (request) => (placeOf(request) === 'body' ? pair('c1', undefined) : badClient);
  });
  const places = () => shared.http.requests.map(placeOf);

  for (const kind of ['byClient', 'byCode']) {
    it(`signs in (${kind}), and is stored as it works`, async () => {
      const step = await attempt.send({ kind }, { user: 'jane' }, signal);
      assert.ok(step.kind === 'signedIn');
      assert.deepEqual(places(), ['header', 'body']);
      assert.deepEqual(step.client, inBody);
    });
  }

  it('is not tried with a password, which would be sent twice', async () => {
    const credentials = { user: 'jane@acme.com', secret: 'a password' };
    await assert.rejects(attempt.send({ kind: 'password' }, credentials, signal), { code: 'clientRejected' });
    assert.deepEqual(places(), ['header']);
  });

  it('is refreshed in one request once that is known', async () => {
    await core.holds(robotSession(), inBody);
    await shared.clock.pass(3_600_000);
    await shared.clock.finish(core.sessions.fresh('robot'));
    assert.deepEqual(places(), ['body']);
    assert.deepEqual(shared.http.requests[0]?.form['grant_type'], 'client_credentials');
  });

  it('is not found out by a refresh, which sends the secret that it has always sent', async () => {
    await core.holds(robotSession(), loader);
    await shared.clock.pass(3_600_000);
    await assert.rejects(shared.clock.finish(core.sessions.fresh('robot')), { code: 'clientRejected' });
    assert.deepEqual(places(), ['header']);
  });

  it('is found out with the new secret that the user has just entered', async () => {
    await core.holds(robotSession(), loader);
    const { session } = await shared.clock.finish(core.sessions.refreshNow('robot', 'newSecret'));
    assert.equal(session.tokens.accessToken, 'c1');
    assert.deepEqual(places(), ['header', 'body']);
    assert.deepEqual(await core.clients.find(robot.identityServer, loader.id), inBody);
  });
});
