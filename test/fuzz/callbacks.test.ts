import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AuthorizationRequest } from '../../src/core/browserSignIn/authorizationRequest';
import { isCallbackOf, readCallback, readPastedCallback, type Callback } from '../../src/core/browserSignIn/callback';
import { pastedCallback } from '../../src/core/browserSignIn/pastedCallback';
import { strayAnswer } from '../../src/core/browserSignIn/strayRequest';
import { fuzz } from './fuzz';
import { hostileTexts } from './hostile';
import { mutatedString } from './mutations';

const state = 'Zk3-state-of-this-sign-in_9d';
const issuer = 'https://auth.reltio.com';
const request = (namesItself: boolean): AuthorizationRequest => ({
  url: `${issuer}/oauth/sso`,
  redirectUri: 'http://localhost:8081',
  state,
  codeVerifier: undefined,
  issuer: { issuer, namesItself },
});
const iss = encodeURIComponent(issuer);
const queries = [
  `code=Xy%2B1-abc&state=${state}`,
  `state=${state}&code=abc&iss=${iss}`,
  `error=access_denied&error_description=No&state=${state}&iss=${iss}%2F`,
  `code=abc&state=${state}&iss=https%3A%2F%2Fevil.example`,
  `code=abc&code=def&state=${state}`,
  `code=abc&state=of-another-sign-in`,
];

function assertCallback(callback: Callback, parameters: URLSearchParams): void {
  const [code, ...others] = parameters.getAll('code');
  switch (callback.kind) {
    case 'code':
      assert.deepEqual([callback.code, others], [code, []]);
      assert.match(callback.code, /^[\x20-\x7e]{1,4096}$/);
      break;
    case 'refused':
      assert.deepEqual([callback.error, parameters.getAll('error').length], [parameters.get('error'), 1]);
      break;
    case 'foreign':
    case 'unusable':
      assert.deepEqual(Object.keys(callback), ['kind'], 'nothing of the query is passed on');
  }
}

describe('hostile callbacks', () => {
  fuzz(
    'to the listener',
    fc.tuple(mutatedString(...queries.map((query) => `?${query}`)), fc.boolean()),
    ([text, namesItself]) => {
      const parameters = new URLSearchParams(text);
      const expected = request(namesItself);
      const states = parameters.getAll('state');
      assert.equal(
        isCallbackOf(expected, parameters),
        states.length === 1 && states[0] === state && (parameters.has('code') || parameters.has('error')),
      );
      const callback = readCallback(expected, parameters);
      assertCallback(callback, parameters);
      if (parameters.get('state') !== state) assert.equal(callback.kind, 'foreign');
      if (namesItself && !parameters.has('iss')) assert.notEqual(callback.kind, 'code');
      if (callback.kind !== 'code') return 'refused';
      assert.ok(['', issuer, `${issuer}/`].includes(parameters.get('iss') ?? ''), 'no code of another server');
      return 'accepted';
    },
    { least: [0.05, 0.5] },
  );

  fuzz(
    'pasted',
    fc.tuple(
      mutatedString(
        ...queries.map((query) => `http://localhost:8081/?${query}`),
        ...queries.map((query) => `"localhost:8081?${query.replaceAll('&', '&amp;')}"`),
        `http://localhost:8081/#${queries[0] ?? ''}`,
        'Xy%2B1-abc',
        `${issuer}/login?id=redirectUrlNotAllowed`,
      ),
      fc.boolean(),
    ),
    ([text, namesItself]) => {
      const pasted = pastedCallback(text);
      if (typeof pasted === 'string') return 'refused';
      const callback = readPastedCallback(request(namesItself), pasted);
      assertCallback(callback, pasted);
      if (callback.kind !== 'code') return 'refused';
      assert.ok([state, null].includes(pasted.get('state')), 'no code of another sign-in');
      return 'accepted';
    },
  );

  const address = new URL('http://localhost:8081/back');
  const header = fc.constantFrom('host', 'purpose', 'sec-purpose', 'origin', 'x-forwarded-host', '__proto__');
  const hosts = mutatedString('localhost:8081', 'localhost:8081', '127.0.0.1:8081', 'evil.example');
  fuzz(
    'of any method, host and path',
    fc.record({
      method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'POST', 'CONNECT', ''),
      url: mutatedString('/back?code=c&state=s', '/back?', '//evil.example/back', 'http://localhost:8081/back'),
      hosts: fc.oneof(fc.constant<string[]>(['localhost:8081']), fc.array(hosts, { maxLength: 2 })),
      more: fc.option(fc.tuple(header, fc.constantFrom('prefetch;prerender', 'preview', ...hostileTexts))),
    }),
    ({ method, url, hosts: sent, more }) => {
      const [name, value] = more ?? ['accept', '*/*'];
      const headersDistinct = { [name]: [value], host: sent };
      const stray = strayAnswer({ method, url, headersDistinct }, address);
      if (stray === undefined) {
        assert.deepEqual([method, sent, url.split('?')[0]], ['GET', ['localhost:8081'], '/back']);
        return 'accepted';
      }
      assert.ok(stray.status >= 400 && /^[A-Z][a-z ]+$/.test(stray.text), 'says nothing of the request');
      return 'refused';
    },
    { least: [0.01, 0.5] },
  );
});
