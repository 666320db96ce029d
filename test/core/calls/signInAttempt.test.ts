import assert from 'node:assert/strict';
import { hostFetch } from '../../../src/core/network/hostFetch';
import type { SignInAttempt, CodeNeeded, SignedIn } from '../../../src/core/calls/signInAttempt';
import { startIdentityServer, type IdentityServer } from '../../identity/server';
import { Installation, type TestCore } from '../../fakes/installation';

const signal = new AbortController().signal;
const password = { kind: 'password' } as const;
const salesforce = { kind: 'identityProvider', idpSystem: 'salesforce' } as const;

describe('SignInAttempt at an identity server', () => {
  let shared: Installation;
  let core: TestCore;
  let identity: IdentityServer;
  let attempt: SignInAttempt;

  beforeEach(async () => {
    shared = new Installation();
    identity = await startIdentityServer({ clock: shared.clock.now });
    core = shared.openCore(hostFetch({ userAgent: 'test', mayReceiveSecrets: () => Promise.resolve(true) }));
    attempt = core.attempt(identity.url, identity.clients.own);
  });
  afterEach(() => identity.close());

  async function codeAsked(user = identity.users.withAuthenticator): Promise<CodeNeeded> {
    const step = await attempt.send(password, { user: user.name, secret: user.password }, signal);
    assert.ok(step.kind === 'codeNeeded');
    return step;
  }

  async function works(step: SignedIn | CodeNeeded): Promise<boolean> {
    assert.ok(step.kind === 'signedIn');
    const headers = { authorization: `Bearer ${step.answer.accessToken}` };
    return (await fetch(`${identity.url}/reltio/enhancedTenants?showAll=true`, { headers })).status === 200;
  }

  it('signs in with user name and password, in one request', async () => {
    const { plain } = identity.users;
    const step = await attempt.send(password, { user: plain.name, secret: plain.password }, signal);
    assert.ok(await works(step));
    assert.equal(identity.requests.tokenCalls().length, 1);
    assert.equal(identity.requests.tokenCalls()[0]?.clientId, 'acme_dev');
    assert.deepEqual(step.account, { identityServer: identity.url, clientId: 'acme_dev', user: plain.name });
  });

  it('reads both ways in which Reltio types its answers, and tokens of several KB', async () => {
    for (const responseTypes of ['documented', 'sampled'] as const) {
      Object.assign(identity.policy, { responseTypes, leadingBlanksInScope: true, tokenForm: 'severalKilobytes' });
      const { plain } = identity.users;
      const step = await attempt.send(password, { user: plain.name, secret: plain.password }, signal);
      assert.ok(step.kind === 'signedIn');
      assert.equal(step.answer.expiresIn, 3600);
      assert.deepEqual(step.answer.scopes, identity.clients.own.scopes);
      assert.ok(step.answer.accessToken.length > 3_000);
      identity.policy.secondLoginReturns = 'newPair';
    }
  });

  it('trims the user name and never the password', async () => {
    const user = identity.users.add({ name: 'blank@acme.com', password: ' both sides ' });
    const step = await attempt.send(password, { user: `  ${user.name}\n`, secret: user.password }, signal);
    assert.equal(step.account.user, 'blank@acme.com');
    assert.equal(identity.requests.tokenCalls()[0]?.form['password'], ' both sides ');
  });

  it('sends a password once for a call, right or wrong, and never again automatically', async () => {
    const { plain } = identity.users;
    await assert.rejects(attempt.send(password, { user: plain.name, secret: 'wrong' }, signal), {
      code: 'wrongPassword',
    });
    await shared.clock.pass(600_000);
    assert.equal(identity.requests.tokenCalls('password').length, 1);
  });

  it('sends a password once also during an outage', async () => {
    for (const fault of [
      { kind: 'tooManyRequests', retryAfter: 0 },
      { kind: 'serverError', status: 503, body: 'html' },
      { kind: 'resetAfterReading' },
      { kind: 'lostAnswer' },
      { kind: 'captivePortal' },
    ] as const) {
      identity.requests.clear();
      identity.faults.next(fault);
      const { plain } = identity.users;
      const work = attempt.send(password, { user: plain.name, secret: plain.password }, signal);
      await assert.rejects(work);
      await shared.clock.pass(60_000);
      assert.equal(identity.requests.tokenCalls('password').length, 1, fault.kind);
      assert.equal(identity.faults.pending, 0);
    }
  });

  it('distinguishes a locked account from a wrong password', async () => {
    const { plain } = identity.users;
    for (let wrong = 0; wrong < 5; wrong += 1) {
      await assert.rejects(attempt.send(password, { user: plain.name, secret: 'wrong' }, signal), {
        code: 'wrongPassword',
      });
      await shared.clock.pass(1_000);
    }
    await assert.rejects(attempt.send(password, { user: plain.name, secret: plain.password }, signal), {
      code: 'accountLocked',
    });
  });

  it('distinguishes a wrong client from a wrong password, in both of its spellings', async () => {
    const { plain } = identity.users;
    const stranger = core.attempt(identity.url, { id: 'acme_dev', secret: 'guessed' });
    for (const spelling of ['unauthorized', 'invalid_client'] as const) {
      identity.policy.badClientError = spelling;
      const work = stranger.send(password, { user: plain.name, secret: plain.password }, signal);
      await assert.rejects(work, { code: 'clientRejected' });
    }
  });

  it('recognizes a client that may not use passwords', async () => {
    const { plain } = identity.users;
    const batch = core.attempt(identity.url, identity.clients.batch);
    for (const status of [400, 401] as const) {
      identity.policy.unauthorizedClientStatus = status;
      await assert.rejects(batch.send(password, { user: plain.name, secret: plain.password }, signal), {
        code: 'grantNotAllowed',
      });
    }
  });

  describe('at another identity provider', () => {
    it('signs in with the password there, and with an access token of several KB from there', async () => {
      const { salesforceOnly: sara } = identity.users;
      assert.ok(await works(await attempt.send(salesforce, { user: sara.name, secret: sara.password }, signal)));
      const step = await attempt.send(salesforce, { user: sara.name, secret: sara.idpAccessToken ?? '' }, signal);
      assert.ok(await works(step));
      assert.deepEqual(step.method, salesforce);
      assert.equal(identity.requests.tokenCalls()[0]?.form['idp_system'], 'salesforce');
      assert.ok(identity.requests.all.every(({ secretInUrl }) => !secretInUrl));
    });

    it('asks for a code there too', async () => {
      const user = identity.users.add({ name: 'x@acme.com', password: 'p', mfa: 'EMAIL', idpSystem: 'salesforce' });
      const step = await attempt.send(salesforce, { user: user.name, secret: user.password }, signal);
      assert.ok(step.kind === 'codeNeeded');
      const signedIn = await attempt.sendCode(step, user.code(), signal);
      assert.ok(await works(signedIn));
      assert.deepEqual(signedIn.method, salesforce);
    });
  });

  describe('with a one-time code', () => {
    it('says where the code comes from and until when it is accepted', async () => {
      const { withAuthenticator, withEmail } = identity.users;
      const app = await codeAsked(withAuthenticator);
      assert.equal(app.deliveredBy, 'authenticator');
      assert.equal(app.expiresAt, shared.clock.now() + 600_000);
      assert.equal((await codeAsked(withEmail)).deliveredBy, 'email');
    });

    it('asks for the code whatever status Reltio gives', async () => {
      identity.policy.mfaStatus = 'SOMETHING_NEW';
      assert.ok(
        await works(await attempt.sendCode(await codeAsked(), identity.users.withAuthenticator.code(), signal)),
      );
    });

    it('signs in with the code, whatever blanks are in it', async () => {
      const step = await codeAsked();
      const code = identity.users.withAuthenticator.code();
      const typed = ` ${code.slice(0, 3)} ${code.slice(3)}\n`;
      const signedIn = await attempt.sendCode(step, typed, signal);
      assert.ok(await works(signedIn));
      assert.deepEqual(signedIn.account, step.account);
    });

    it('accepts another code after a wrong one without sending the password again', async () => {
      const step = await codeAsked();
      await assert.rejects(attempt.sendCode(step, '000000x', signal), { code: 'wrongCode' });
      await assert.rejects(attempt.sendCode(step, '111111x', signal), { code: 'wrongCode' });
      assert.ok(await works(await attempt.sendCode(step, identity.users.withAuthenticator.code(), signal)));
      assert.equal(identity.requests.tokenCalls('password').length, 1);
      const codes = identity.requests.tokenCalls('state_token');
      assert.equal(codes.length, 3);
      assert.ok(codes.every(({ form }) => !('password' in form)));
    });

    it("sends no code after the state's own expiry", async () => {
      identity.policy.stateTokenLifetime = 120;
      const step = await codeAsked();
      await shared.clock.pass(120_000);
      const code = identity.users.withAuthenticator.code();
      await assert.rejects(attempt.sendCode(step, code, signal), { code: 'codeExpired' });
      assert.equal(identity.requests.tokenCalls('state_token').length, 0);
    });

    it("accepts a code until the state's own expiry, whatever the answer's outer number says", async () => {
      identity.policy.stateTokenLifetime = 120;
      const step = await codeAsked();
      await shared.clock.pass(119_500);
      assert.ok(await works(await attempt.sendCode(step, identity.users.withAuthenticator.code(), signal)));
    });

    it('believes a server that expires the state earlier', async () => {
      const step = await codeAsked();
      identity.requests.clear();
      await attempt.sendCode(step, identity.users.withAuthenticator.code(), signal);
      await assert.rejects(attempt.sendCode(step, identity.users.withAuthenticator.code(), signal), {
        code: 'codeExpired',
      });
    });

    it('recognizes that wrong codes have locked the account', async () => {
      const step = await codeAsked();
      for (let wrong = 0; wrong < 5; wrong += 1) {
        await assert.rejects(attempt.sendCode(step, 'x', signal), { code: 'wrongCode' });
        await shared.clock.pass(1_000);
      }
      await assert.rejects(attempt.sendCode(step, identity.users.withAuthenticator.code(), signal), {
        code: 'accountLocked',
      });
    });
  });

  it('can be cancelled', async () => {
    identity.faults.next({ kind: 'hang' });
    const controller = new AbortController();
    const arrival = identity.requests.arrival();
    const work = attempt.send(password, { user: 'jane@acme.com', secret: 'x' }, controller.signal);
    await arrival;
    controller.abort();
    await assert.rejects(work, { code: 'cancelled' });
  });
});
