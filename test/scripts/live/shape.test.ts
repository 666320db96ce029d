import assert from 'node:assert/strict';
import fc from 'fast-check';
import { publicHost } from '../../../scripts/live/report';
import { plainWords, shapeOf } from '../../../scripts/live/shape';

const answer = (body: string, headers: Readonly<Record<string, string>> = {}, status = 400): string =>
  shapeOf({ kind: 'response', status, headers, body });

describe('the shape of an answer', () => {
  it('names members and types, and the values that say how a server works', () => {
    assert.equal(
      answer(
        JSON.stringify({
          access_token: 'abc',
          token_type: 'bearer',
          expires_in: 3599,
          scope: 'a b',
          roles: ['x'],
          user: { a: 1 },
        }),
        { 'content-type': 'application/json;charset=UTF-8' },
        200,
      ),
      'HTTP 200, application/json: { access_token string of 3, token_type "bearer", expires_in 3599, scope string of 3, roles array of 1, user object of 1 }',
    );
  });

  it('counts the members of an answer that may be named after customers, unless it is an error', () => {
    const shape = (status: number, json: object): string =>
      shapeOf({ kind: 'response', status, headers: {}, body: JSON.stringify(json) }, 'counted');
    assert.match(shape(200, { acme: {}, zeppelin: {} }), /: object of 2$/);
    assert.match(shape(401, { error: 'invalid_token' }), /: \{ error "invalid_token" \}$/);
  });

  it('says what is not JSON, empty, or a list', () => {
    assert.match(answer('<html>'), /6 characters that are not JSON$/);
    assert.match(answer(' '), /empty$/);
    assert.match(answer('[1,2]'), /array of 2$/);
  });

  it('names the wait and the scheme that headers ask for, and no other part of them', () => {
    const shape = answer('', { 'retry-after': '17', 'www-authenticate': 'Bearer realm="acme", error="x"' });
    assert.match(shape, /; Retry-After 17; WWW-Authenticate Bearer$/);
    assert.doesNotMatch(answer('', { 'retry-after': 'abc' }), /Retry/);
  });

  it('keeps the plain words of an error text, and nothing else of it', () => {
    assert.equal(plainWords('Invalid refresh token: 0f3e-aa'), 'Invalid refresh token: …');
    assert.equal(plainWords('User jane@acme.com is locked'), 'User … is locked');
    assert.equal(plainWords('Zeppelin Corporation'), '…');
    assert.equal(plainWords('Bad credentials'), 'Bad credentials');
  });

  it('never repeats a value that may be secret, whatever the answer', () => {
    const secret = 'Zq7secretZq7';
    const hostile = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(secret, `x ${secret}`, `${secret} is invalid`, 1, true, null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom('error', 'error_description', 'message', 'user', 'state_token', `${secret}1`, 'access_token'),
          tie('value'),
          { maxKeys: 4 },
        ),
      ),
    })).value;
    fc.assert(
      fc.property(hostile, fc.boolean(), (value, isText) => {
        const text = answer(isText ? `${secret} ${secret}` : JSON.stringify(value), {
          'content-type': 'application/json',
        });
        // `error` is a code of the protocol, so a single word of it is shown
        return !text.replace(/error "[A-Za-z0-9_.]+"/g, '').includes(secret);
      }),
      { numRuns: 2_000, seed: 14 },
    );
  });
});

describe('the hosts of a report', () => {
  it('are those that all customers share', () => {
    assert.equal(publicHost('https://auth.reltio.com'), 'auth.reltio.com');
    assert.equal(publicHost('https://auth-stg.cloud.reltio.com'), 'auth-stg.cloud.reltio.com');
    assert.equal(publicHost('https://auth-idev-02.reltio.com'), 'auth-idev-02.reltio.com');
    assert.equal(publicHost('https://auth-acme.reltio.com'), 'a host below reltio.com');
    assert.equal(publicHost('https://login-acme.reltio.com'), 'a host below reltio.com');
    assert.equal(publicHost('https://acme-dev.reltio.com'), 'a host below reltio.com');
    assert.equal(publicHost('https://auth.acme.com'), 'another host');
    assert.equal(publicHost('https://auth.reltio.com.evil.example'), 'another host');
  });
});
