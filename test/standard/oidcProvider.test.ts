import assert from 'node:assert/strict';
import type { HttpRequest } from '../../src/core/oauth/httpClient';
import { isCallbackOf, listenForCallback, readCallback } from '../../src/core/browserSignIn/browserSignIn';
import { freePort, openInBrowser } from './browser';
import { codeIn, StandardCore } from './standardCore';
import { clients, scopes, startStandardServer, type StandardServer } from './standardServer';

const hour = 3_600_000;

describe('the core at an OpenID provider that others wrote', function () {
  this.timeout(60_000); // loading the provider takes a few seconds while other tests run
  let server: StandardServer;
  let window: StandardCore;
  let opened: StandardCore[];

  before(async () => {
    server = await startStandardServer();
  });
  after(() => server.close());

  beforeEach(() => {
    server.rotates = true;
    server.declines = false;
    opened = [];
    window = open();
  });
  afterEach(() => {
    for (const { sent, close } of opened) {
      close();
      assert.deepEqual(
        sent.filter(({ method, url }) => method === 'POST' && url.includes('?')),
        [],
        'no secret is in an address',
      );
    }
  });

  const open = (shared?: StandardCore['shared']): StandardCore => {
    const core = new StandardCore(server.url, shared);
    opened.push(core);
    return core;
  };
  const code = (expected: string) => (error: { readonly code?: unknown }) => error.code === expected;

  describe('authorization code with PKCE', () => {
    for (const authentication of ['basic', 'body', 'withoutSecret'] as const) {
      const client = clients[authentication];
      it(`gets a session that is refreshed and revoked, with the client authenticated by ${authentication}`, async () => {
        const session = await window.signIn(client);
        assert.ok(await server.knowsAccessToken(session.tokens.accessToken));
        assert.deepEqual(session.tokens.scopes?.toSorted(), scopes);
        await window.shared.clock.pass(hour);
        const { tokens } = await window.core.sessions.fresh(session.id);
        assert.notEqual(tokens.accessToken, session.tokens.accessToken);
        assert.ok(await server.knowsAccessToken(tokens.accessToken));
        assert.equal((await window.core.sessions.signOut(session.id, 'atReltioToo'))?.atReltio, 'revoked');
        assert.ok(!(await server.knowsRefreshToken(tokens.refreshToken!)));
      });
    }

    it('finds out from the server that it offers PKCE, and that it names itself in the callback', async () => {
      const request = await window.request(clients.basic, 'http://localhost:8081');
      assert.equal(new URL(request.url).searchParams.get('code_challenge_method'), 'S256');
      assert.deepEqual(request.issuer, { ...request.issuer, issuer: server.url, namesItself: true });
      const { searchParams } = await openInBrowser(request.url);
      assert.equal(searchParams.get('iss'), server.url);
      searchParams.set('iss', 'https://auth.evil.example');
      assert.deepEqual(readCallback(request, searchParams), { kind: 'foreign' });
      searchParams.delete('iss');
      assert.notEqual(readCallback(request, searchParams).kind, 'code');
    });

    it('is received by the listener on this machine', async () => {
      const redirectUri = `http://127.0.0.1:${await freePort()}`;
      const request = await window.request(clients.basic, redirectUri);
      const isExpected = (parameters: URLSearchParams): boolean => isCallbackOf(request, parameters);
      const listener = await listenForCallback(new URL(redirectUri), isExpected, window.limit);
      const callback = await openInBrowser(request.url);
      const forged = new URL(callback);
      forged.searchParams.set('state', 'of another request');
      assert.notEqual((await fetch(forged)).status, 200);
      assert.equal((await fetch(callback)).status, 200);
      const session = await window.exchange(clients.basic, codeIn(request, await listener.answer));
      await listener.close();
      assert.ok(await server.knowsAccessToken(session.tokens.accessToken));
    });

    it('ends with a refusal when the user declines', async () => {
      server.declines = true;
      const request = await window.request(clients.basic, 'http://localhost:8081');
      const { searchParams } = await openInBrowser(request.url);
      assert.deepEqual(readCallback(request, searchParams), {
        kind: 'refused',
        error: 'access_denied',
        description: 'The user declined.',
      });
    });

    it('is refused without the verifier, with another verifier, and with another redirect', async () => {
      for (const spoil of [
        ({ code, redirectUri }: Code) => ({ code, redirectUri }),
        (whole: Code) => ({ ...whole, codeVerifier: 'A'.repeat(43) }),
        (whole: Code) => ({ ...whole, redirectUri: 'http://localhost:8082' }),
      ]) {
        const whole = await window.authorize(clients.basic);
        await assert.rejects(window.exchange(clients.basic, spoil(whole)), code('signInCodeRejected'));
      }
      assert.deepEqual(window.core.own, []);
    });

    it('is accepted once: the second use is refused and revokes the tokens of the first', async () => {
      const whole = await window.authorize(clients.basic);
      const session = await window.exchange(clients.basic, whole);
      await assert.rejects(window.exchange(clients.basic, whole), code('signInCodeRejected'));
      assert.ok(!(await server.knowsAccessToken(session.tokens.accessToken)));
      await assert.rejects(window.core.sessions.refreshNow(session.id), code('signInAgain'));
    });

    it('is refused to another client', async () => {
      const whole = await window.authorize(clients.basic);
      await assert.rejects(window.exchange(clients.body, whole), code('signInCodeRejected'));
    });

    it('with a wrong secret blames the client', async () => {
      const whole = await window.authorize(clients.basic);
      await assert.rejects(window.exchange({ ...clients.basic, secret: 'wrong' }, whole), code('clientRejected'));
    });
  });

  describe('refresh', () => {
    it('follows the rotation for a day, and keeps each new refresh token', async () => {
      const { id, tokens } = await window.signIn(clients.basic);
      const seen = new Set([tokens.refreshToken]);
      for (let hours = 1; hours <= 24; hours += 1) {
        await window.shared.clock.pass(hour);
        const { tokens: next } = await window.core.sessions.fresh(id);
        assert.ok(await server.knowsAccessToken(next.accessToken));
        seen.add(next.refreshToken);
      }
      assert.equal(seen.size, 25);
    });

    it('keeps the refresh token of a server that does not rotate it', async () => {
      server.rotates = false;
      const { id, tokens } = await window.signIn(clients.basic);
      await window.shared.clock.pass(hour);
      const refreshed = await window.core.sessions.fresh(id);
      assert.equal(refreshed.tokens.refreshToken, tokens.refreshToken);
      assert.equal(refreshed.tokens.refreshTokenReceivedAt, tokens.refreshTokenReceivedAt);
      assert.notEqual(refreshed.tokens.accessToken, tokens.accessToken);
    });

    it('never uses a replaced refresh token, however many windows ask at once', async () => {
      const windows = [window, open(window.shared), open(window.shared), open(window.shared)];
      const { id } = await window.signIn(clients.basic);
      for (let hours = 1; hours <= 5; hours += 1) {
        await window.shared.clock.pass(hour);
        const all = Promise.all(windows.flatMap(({ core }) => [core.sessions.fresh(id), core.sessions.fresh(id)]));
        const fresh = await window.whileTimePasses(all);
        assert.equal(new Set(fresh.map(({ tokens }) => tokens.accessToken)).size, 1);
        assert.ok(await server.knowsAccessToken(fresh[0]!.tokens.accessToken));
      }
      assert.equal(windows.flatMap(({ sent }) => sent).filter(isRefresh).length, 5);
    });

    it('asks to sign in again when another tool has used the refresh token, so that the server revoked everything', async () => {
      const session = await window.signIn(clients.basic);
      const otherTool = open();
      const copy = await otherTool.adopt(session, clients.basic);
      await otherTool.shared.clock.pass(hour);
      await otherTool.core.sessions.fresh(copy.id);
      await window.shared.clock.pass(hour);
      await assert.rejects(window.core.sessions.fresh(session.id), code('signInAgain'));
      assert.equal(window.core.stored(session.id)?.state, 'signInAgain');
      await otherTool.shared.clock.pass(hour);
      await assert.rejects(otherTool.core.sessions.fresh(copy.id), code('signInAgain'));
    });

    it('keeps the refresh token while the client is rejected, and goes on with the right secret', async () => {
      const { id, tokens } = await window.signIn(clients.basic);
      await window.core.clients.save(server.url, { ...clients.basic, secret: 'wrong' });
      await window.shared.clock.pass(hour);
      await assert.rejects(window.core.sessions.fresh(id), code('clientRejected'));
      await window.core.real.settled();
      assert.equal(window.core.stored(id)?.state, 'clientRejected');
      assert.equal(window.core.stored(id)?.tokens.refreshToken, tokens.refreshToken);
      await window.core.clients.save(server.url, clients.basic);
      const { session } = await window.core.sessions.refreshNow(id, 'newSecret');
      assert.ok(await server.knowsAccessToken(session.tokens.accessToken));
      assert.equal(window.core.stored(id)?.state, 'signedIn');
    });
  });

  describe('client credentials', () => {
    it('get one token after the other, without a refresh token', async () => {
      const { id, account, tokens } = await window.signInAsClient(clients.basic);
      assert.deepEqual(account, { identityServer: server.url, clientId: clients.basic.id });
      assert.equal(tokens.refreshToken, undefined);
      await window.shared.clock.pass(hour - 1);
      assert.equal((await window.core.sessions.fresh(id)).tokens.accessToken, tokens.accessToken);
      await window.shared.clock.pass(1);
      const { tokens: next } = await window.core.sessions.fresh(id);
      assert.notEqual(next.accessToken, tokens.accessToken);
      assert.ok(await server.knowsAccessToken(next.accessToken));
    });

    it('go into the body where the server decodes the header, which we do not encode, and from then on only there', async () => {
      const session = await window.signInAsClient(clients.decoded);
      assert.ok(await server.knowsAccessToken(session.tokens.accessToken));
      assert.deepEqual(window.sent.map(isInHeader), [true, false]);
      await window.shared.clock.pass(hour);
      await window.core.sessions.fresh(session.id);
      await window.core.sessions.signOut(session.id, 'atReltioToo');
      assert.deepEqual(window.sent.map(isInHeader), [true, false, false, false]);
    });

    it('with a wrong secret blame the client, and try each place once', async () => {
      await assert.rejects(window.signInAsClient({ ...clients.basic, secret: 'wrong' }), code('clientRejected'));
      assert.deepEqual(window.sent.map(isInHeader), [true, false]);
    });
  });

  describe('revoke', () => {
    it('revokes both tokens at sign-out', async () => {
      const { id, tokens } = await window.signIn(clients.basic);
      assert.equal((await window.core.sessions.signOut(id, 'atReltioToo'))?.atReltio, 'revoked');
      // Here the access token would do, too, but not at Reltio.
      assert.equal(formOf(window.sent.at(-1)).get('token'), tokens.refreshToken);
      assert.ok(!(await server.knowsAccessToken(tokens.accessToken)));
      assert.ok(!(await server.knowsRefreshToken(tokens.refreshToken!)));
      assert.deepEqual(window.core.own, []);
    });

    it('counts tokens that the server no longer knows as revoked', async () => {
      const session = await window.signIn(clients.basic);
      const otherTool = open();
      const copy = await otherTool.adopt(session, clients.basic);
      await otherTool.core.sessions.signOut(copy.id, 'atReltioToo');
      assert.equal((await window.core.sessions.signOut(session.id, 'atReltioToo'))?.atReltio, 'revoked');
    });

    it('says that the tokens may still be valid when the server rejects the client', async () => {
      const { id, tokens } = await window.signIn(clients.basic);
      await window.core.clients.save(server.url, { ...clients.basic, secret: 'wrong' });
      const signedOut = await window.core.sessions.signOut(id, 'atReltioToo');
      assert.ok(code('clientRejected')(signedOut?.atReltio as { code?: unknown }));
      assert.ok(await server.knowsAccessToken(tokens.accessToken));
      assert.deepEqual(window.core.own, []);
    });

    it('leaves the tokens alone at a sign-out on this machine only', async () => {
      const { id, tokens } = await window.signIn(clients.basic);
      await window.core.sessions.signOut(id, 'here');
      assert.ok(await server.knowsRefreshToken(tokens.refreshToken!));
    });
  });
});

const isInHeader = ({ headers }: HttpRequest): boolean => headers['authorization'] !== undefined;
const formOf = (request: HttpRequest | undefined): URLSearchParams => new URLSearchParams(request?.body);
const isRefresh = (request: HttpRequest): boolean => formOf(request).get('grant_type') === 'refresh_token';

type Code = Awaited<ReturnType<StandardCore['authorize']>>;
