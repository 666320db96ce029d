import assert from 'node:assert/strict';
import type { AuthorizationRequest } from '../../../src/core/browserSignIn/authorizationRequest';
import { isCallbackOf, readCallback, readPastedCallback } from '../../../src/core/browserSignIn/callback';

const request: AuthorizationRequest = {
  url: 'https://auth.reltio.com/oauth/sso',
  redirectUri: 'http://localhost:8081',
  state: 'the-state',
  codeVerifier: undefined,
  issuer: { issuer: 'https://auth.reltio.com', namesItself: false },
};
const naming: AuthorizationRequest = { ...request, issuer: { ...request.issuer, namesItself: true } };
const query = (text: string): URLSearchParams => new URLSearchParams(text);

describe('a callback', () => {
  it('belongs to the request with its state, given once, and holds a code or an error', () => {
    const verdicts = {
      'code=c&state=the-state': true,
      'error=access_denied&state=the-state': true,
      'state=the-state': false,
      'code=c': false,
      'code=c&state=': false,
      'code=c&state=the-stat': false,
      'code=c&state=The-State': false,
      'code=c&state=the-state&state=the-state': false,
      'code=c&state=another&state=the-state': false,
      '': false,
    };
    const found = Object.keys(verdicts).map((text) => [text, isCallbackOf(request, query(text))]);
    assert.deepEqual(Object.fromEntries(found), verdicts);
  });

  it('gives the code, if its state is that of the request', () => {
    assert.deepEqual(readCallback(request, query('code=c%2B1&state=the-state')), { kind: 'code', code: 'c+1' });
    for (const text of ['code=c&state=other', 'code=c', 'error=access_denied&state=other', 'error=access_denied']) {
      assert.deepEqual(readCallback(request, query(text)), { kind: 'foreign' }, text);
    }
  });

  it('gives the refusal of the sign-in page', () => {
    assert.deepEqual(readCallback(request, query('error=access_denied&error_description=No&state=the-state')), {
      kind: 'refused',
      error: 'access_denied',
      description: 'No',
    });
    assert.deepEqual(readCallback(request, query('error=server_error&code=c&state=the-state')), {
      kind: 'refused',
      error: 'server_error',
      description: undefined,
    });
  });

  it('cannot be used without one code of printable characters', () => {
    const codes = ['', 'code=', 'code=%20', 'code=a%0Ab', 'code=%C3%A4', 'code=a&code=b', `code=${'x'.repeat(5_000)}`];
    for (const text of [...codes, 'code=c&token=t', 'code=c&id_token=t', 'response=jwt']) {
      assert.deepEqual(
        readCallback(request, query(`${text}&state=the-state`)),
        { kind: 'unusable' },
        text.slice(0, 20),
      );
    }
  });

  it('is foreign if another server names itself in it (RFC 9207)', () => {
    const other = query('code=c&state=the-state&iss=https%3A%2F%2Fauth.evil.example');
    const own = query('code=c&state=the-state&iss=https%3A%2F%2Fauth.reltio.com');
    for (const asked of [request, naming]) {
      assert.deepEqual(readCallback(asked, other), { kind: 'foreign' });
      assert.deepEqual(readCallback(asked, own), { kind: 'code', code: 'c' });
    }
    assert.deepEqual(readCallback(naming, query('code=c&state=the-state')), { kind: 'unusable' });
  });

  it('is of a server that names itself with a slash at the end, or without the one in its metadata', () => {
    const issuer = 'https://auth.reltio.com';
    for (const [announced, named] of [
      [issuer, `${issuer}/`],
      [`${issuer}/`, issuer],
    ] as const) {
      const asked = { ...naming, issuer: { issuer: announced, namesItself: true } };
      const back = (iss: string) => query(`code=c&state=the-state&iss=${encodeURIComponent(iss)}`);
      assert.deepEqual(readCallback(asked, back(named)), { kind: 'code', code: 'c' });
      for (const other of [`${issuer}//`, `${issuer}/x`, `${issuer}.evil.example`, 'http://auth.reltio.com', '/', '']) {
        assert.deepEqual(readCallback(asked, back(other)), { kind: 'foreign' }, other);
      }
      const twice = query(`code=c&state=the-state&iss=${encodeURIComponent(named)}&iss=${encodeURIComponent(named)}`);
      assert.notEqual(readCallback(asked, twice).kind, 'code');
    }
  });

  it('may lack the state if the user pasted it, but not have another one', () => {
    for (const asked of [request, naming]) {
      assert.deepEqual(readPastedCallback(asked, query('code=c')), { kind: 'code', code: 'c' });
    }
    assert.deepEqual(readPastedCallback(request, query('code=c&state=the-state')), { kind: 'code', code: 'c' });
    for (const text of ['code=c&state=other', 'code=c&state=', 'code=c&iss=https%3A%2F%2Fauth.evil.example']) {
      assert.deepEqual(readPastedCallback(request, query(text)), { kind: 'foreign' }, text);
    }
    assert.deepEqual(readPastedCallback(request, query('error=access_denied')), {
      kind: 'refused',
      error: 'access_denied',
      description: undefined,
    });
  });
});
