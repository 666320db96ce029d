import assert from 'node:assert/strict';
import { kindOf, type FailureKind } from '../../../src/core/dataApi/failedCall';
import { forbidden } from '../../identity/forbidden';
import { auth, causeOf, dev, entitiesOfDev, explain, staging, type SampleCall } from './sampleCall';

const url = entitiesOfDev;
const uuid = 'da583da2-2066-4d40-884a-be01d2176002';
const shape = (errorCode: number, errorMessage: string, errorDetailMessage = errorMessage) => ({
  severity: 'Error',
  errorMessage,
  errorCode,
  errorDetailMessage,
  innerErrorData: { exception: 'com.reltio.metadata.errors.CommonException:Code: SOMETHING' },
});
const page = '<!DOCTYPE html><html><head><title>Welcome</title></head></html>';
const gatewayPage = '<html><head><title>403 Forbidden</title></head><body><center>nginx</center></body></html>';

/** Every shape of an answer that Reltio documents or that was seen, in the words of its own examples. */
const shapes: readonly (readonly [what: string, call: SampleCall, kind: FailureKind, cause: string])[] = [
  [
    'a bearer that has expired',
    { status: 401, body: { error: 'invalid_token', error_description: `Invalid access token: ${uuid}` } },
    'tokenExpiredOrRejected',
    'tokenInvalid',
  ],
  [
    'the same in the other words',
    { status: 401, body: { error: 'invalid_token', error_description: `Token is invalid: ${uuid}` } },
    'tokenExpiredOrRejected',
    'tokenInvalid',
  ],
  [
    'the same without words',
    { status: 401, body: { error: 'invalid_token' } },
    'tokenExpiredOrRejected',
    'tokenInvalid',
  ],
  [
    'the same as 400',
    { status: 400, body: { error: 'invalid_token', error_description: 'Token has expired' } },
    'tokenExpiredOrRejected',
    'tokenInvalid',
  ],
  [
    'the same in a header only',
    { status: 401, body: '', headers: { 'www-authenticate': 'Bearer realm="oauth", error="invalid_token"' } },
    'tokenExpiredOrRejected',
    'tokenInvalid',
  ],
  [
    'no bearer',
    {
      status: 401,
      body: { error: 'unauthorized', error_description: 'Full authentication is required to access this resource' },
    },
    'noToken',
    'noToken',
  ],
  [
    'no bearer, in a header only',
    { status: 401, body: '', headers: { 'www-authenticate': 'Bearer realm="oauth"' } },
    'noToken',
    'noToken',
  ],
  [
    'the MCP server',
    { status: 401, body: { error_code: 'Unauthorized', error: 'No authorization bearer token detected' } },
    'noToken',
    'noTokenForMcp',
  ],
  ['401 without a body', { status: 401, body: '' }, 'tokenExpiredOrRejected', 'tokenRefused'],
  ['401, and nothing else is known', { status: 401 }, 'tokenExpiredOrRejected', 'tokenRefused'],
  [
    'the page of Spring Boot',
    {
      status: 401,
      body: { timestamp: 1, status: 401, error: 'Unauthorized', message: 'No message available', path: '/' },
    },
    'tokenExpiredOrRejected',
    'tokenRefused',
  ],
  [
    '401 with the page of a server in between',
    { status: 401, body: '<html><head><title>401 Authorization Required</title></head></html>' },
    'notReltio',
    'foreignPage',
  ],
  [
    '401 with a page, of which only the header is known',
    { status: 401, headers: { 'content-type': 'text/html; charset=utf-8' } },
    'notReltio',
    'foreignPage',
  ],
  ['401 with the page of a network', { status: 401, body: page }, 'notReltio', 'foreignPage'],
  [
    'a user who is locked out',
    { status: 401, body: { error: 'unauthorized', error_description: 'User account is locked' } },
    'accountLocked',
    'accountLocked',
  ],
  [
    'the same under another name',
    { status: 401, body: { error: 'invalid_token', error_description: 'User is disabled' } },
    'accountLocked',
    'accountLocked',
  ],
  [
    'a password that has expired',
    { status: 401, body: { error: 'unauthorized', error_description: 'User credentials have expired' } },
    'accountLocked',
    'passwordExpired',
  ],
  [
    'a database that fails behind a 401',
    { status: 401, body: { error: 'unauthorized', error_description: 'Could not open JDBC Connection' } },
    'outage',
    'serverError',
  ],

  ['804', { status: 403, body: forbidden('errorCode804').body }, 'missingRole', 'roleMissing'],
  ['access_denied', { status: 403, body: forbidden('accessDenied').body }, 'missingRole', 'roleMissing'],
  ['403 of the identity server', { status: 403, body: forbidden('errorCode403').body }, 'missingRole', 'roleMissing'],
  ['403 without a body', { status: 403, body: forbidden('empty').body }, 'ipAllowList', 'deniedSilently'],
  ['403, and nothing else is known', { status: 403 }, 'missingRole', 'roleMissing'],
  [
    'the workflow',
    {
      status: 403,
      body: {
        status: 'failed',
        error: { errorCode: 10005, errorMessage: 'User is not authorized to perform this operation.' },
      },
    },
    'missingRole',
    'roleMissing',
  ],
  [
    'a user without the rights of an administrator',
    {
      status: 403,
      body: { errorCode: 403, errorMessage: 'User a@b.com does not have enough access privileges to view c@b.com' },
    },
    'missingRole',
    'roleMissing',
  ],
  [
    'a token without the scope',
    { status: 403, body: { error: 'insufficient_scope', error_description: 'Insufficient scope', scope: 'a' } },
    'missingRole',
    'scopeMissing',
  ],
  [
    'the same in a header only',
    { status: 403, body: '', headers: { 'www-authenticate': 'Bearer error="insufficient_scope"' } },
    'missingRole',
    'scopeMissing',
  ],
  [
    'an IP address that is not allowed',
    { status: 403, body: { errorCode: 403, errorMessage: 'IP address 10.0.0.1 is not allowed' } },
    'ipAllowList',
    'networkDenied',
  ],
  [
    'the same in other words',
    { status: 403, body: shape(804, 'Not on the whitelist of the tenant') },
    'ipAllowList',
    'networkDenied',
  ],
  [
    'a function that is switched off',
    { status: 403, body: shape(1, 'This operation is disabled') },
    'missingRole',
    'roleMissing',
  ],
  ['the page of a gateway', { status: 403, body: gatewayPage }, 'ipAllowList', 'deniedSilently'],
  ['the text of a gateway', { status: 403, body: 'RBAC: access denied' }, 'ipAllowList', 'deniedSilently'],
  ['403 with the page of a network', { status: 403, body: page }, 'notReltio', 'foreignPage'],
  [
    'the list of all tenants',
    { status: 403, body: forbidden('errorCode804').body, url: 'https://dev.reltio.com/reltio/tenants' },
    'missingRole',
    'staffOnly',
  ],

  [
    'a tenant that does not exist',
    { status: 404, body: shape(4, 'Tenant with id "abc" doesn\'t exist under customer Acme') },
    'tenant',
    'tenantUnknown',
  ],
  [
    'a tenant that is not set up',
    { status: 400, body: shape(127, 'Tenant abc not configured. Use admin API to configure tenant') },
    'tenant',
    'tenantUnknown',
  ],
  [
    'an object that does not exist',
    { status: 404, body: shape(101, 'Object with id=entities/x not found') },
    'notFound',
    'objectMissing',
  ],
  [
    'a part of a tenant that is not set up',
    { status: 404, body: shape(901, 'Validation Functions are not configured for the given tenant.') },
    'notFound',
    'objectMissing',
  ],
  ['an unknown path', { status: 404, body: '' }, 'notFound', 'pathMissing'],
  ['an unknown path, with a page', { status: 404, body: page }, 'notFound', 'pathMissing'],

  ['429 without a body', { status: 429, body: '' }, 'rateLimited', 'rateLimited'],
  ['429 with one', { status: 429, body: shape(429, 'Too many requests.') }, 'rateLimited', 'rateLimited'],
  ['2001 as 503', { status: 503, body: shape(2001, 'Internal application error.') }, 'outage', 'serverDown'],
  ['2001 as 500', { status: 500, body: shape(2001, 'Internal application error.') }, 'outage', 'serverError'],
  [
    'an error page of a gateway',
    { status: 502, body: '<html><title>502 Bad Gateway</title></html>' },
    'outage',
    'serverDown',
  ],
  ['500 without a body', { status: 500, body: '' }, 'outage', 'serverError'],
  [
    '503 with the code of a mistake',
    { status: 503, body: shape(2003, 'Unsupported request.') },
    'outage',
    'serverDown',
  ],
  ['504', { status: 504 }, 'outage', 'serverDown'],
  ['408', { status: 408 }, 'outage', 'serverDown'],
  [
    'the workflow with an internal error',
    { status: 500, body: { status: 'failed', error: { errorCode: 10000, errorMessage: 'Internal error occurred' } } },
    'outage',
    'serverError',
  ],
  [
    'an unknown type as 500',
    { status: 500, body: shape(119, 'Type is not found for URI x and tenant y') },
    'badRequest',
    'requestRefused',
  ],
  [
    'an unknown method as 500',
    { status: 500, body: shape(2003, 'Request method not supported') },
    'badRequest',
    'wrongMethod',
  ],
  [
    'too large a request',
    { status: 507, body: shape(2006, 'The request might consume more resources') },
    'badRequest',
    'tooMuch',
  ],
  ['too large a body', { status: 413 }, 'badRequest', 'tooMuch'],
  ['400', { status: 400, body: shape(150, 'Failed to parse content as JSON') }, 'badRequest', 'requestRefused'],
  [
    '400 with an internal error',
    { status: 400, body: shape(2001, 'Internal application error.') },
    'badRequest',
    'requestRefused',
  ],
  ['405', { status: 405 }, 'badRequest', 'wrongMethod'],
  ['422', { status: 422 }, 'badRequest', 'requestRefused'],

  ['200 with a page', { status: 200, body: page }, 'notReltio', 'foreignPage'],
  [
    '200 with a page, of which only the header is known',
    { status: 200, headers: { 'content-type': 'text/html' } },
    'notReltio',
    'foreignPage',
  ],
  ['200', { status: 200, body: '[]' }, 'unknown', 'notFailed'],
  ['302', { status: 302, body: '' }, 'notReltio', 'redirected'],
  ['304', { status: 304, body: '' }, 'unknown', 'notFailed'],
  ['407', { status: 407, body: page }, 'notReltio', 'networkSignIn'],
  ['511', { status: 511, body: page }, 'notReltio', 'networkSignIn'],
  [
    'a refusal of the local proxy',
    {
      status: 401,
      body: 'The key is missing.',
      headers: { 'x-reltio-local-proxy': 'key' },
      url: 'http://127.0.0.1:59876/k/dev/x',
    },
    'notReltio',
    'localProxy',
  ],
  ['no answer', { noAnswer: 'other' }, 'unreachable', 'noConnection'],
  ['no certificate that is trusted', { noAnswer: 'certificate' }, 'unreachable', 'certificate'],
  ['a host that does not exist', { noAnswer: 'hostNotFound' }, 'wrongHost', 'hostNotFound'],
  ['nothing', {}, 'unknown', 'unknown'],
];

describe('the explanation of a failed call', () => {
  for (const [what, call, kind, cause] of shapes) {
    it(`says ${kind} for ${what}`, () => {
      assert.deepEqual(
        { ...explain({ url, ...call }), retryAfterMs: undefined },
        { kind, cause, retryAfterMs: undefined },
      );
      const text = typeof call.body === 'object' ? { ...call, body: JSON.stringify(call.body) } : call;
      assert.equal(causeOf(text), cause, 'as text, and without an address');
    });
  }

  it('is there for every kind', () => {
    const kinds = new Set(shapes.map(([, , kind]) => kind));
    const missing = [...new Set(Object.values(kindOf))].filter((kind) => !kinds.has(kind));
    assert.deepEqual(missing, ['wrongIdentityServer']); // below
  });

  describe('of a token that is not accepted', () => {
    const call = { url, status: 401, body: { error: 'invalid_token' } };

    it('depends on the identity server of the account that sent it', () => {
      assert.equal(causeOf(call, { issuer: staging }), 'otherIssuer');
      assert.equal(causeOf(call, { issuer: auth, issuers: [staging] }), 'tokenInvalid');
      assert.equal(
        causeOf({ ...call, url: 'https://unlisted.reltio.com/reltio/api/x' }, { issuer: staging }),
        'tokenInvalid',
      );
    });

    it('says if nobody is signed in at the identity server of the environment', () => {
      assert.equal(causeOf(call, { issuers: [staging] }), 'noAccountThere');
      assert.equal(causeOf(call, { issuers: [staging, auth] }), 'tokenInvalid');
      assert.equal(causeOf(call, { issuers: [] }), 'tokenInvalid');
    });

    it('says so of a named environment without an address, too', () => {
      assert.equal(
        causeOf({ ...call, url: undefined as unknown as string }, { named: dev, issuers: [staging] }),
        'noAccountThere',
      );
    });

    it('blames no identity server where no token was sent', () => {
      const body = { error: 'unauthorized', error_description: 'Full authentication is required' };
      assert.equal(causeOf({ ...call, body }, { issuer: staging }), 'noToken');
    });
  });

  it('has the wait that Reltio asks for, where waiting helps', () => {
    const headers = { 'retry-after': '7' };
    assert.equal(explain({ url, status: 429, headers }).retryAfterMs, 7_000);
    assert.equal(explain({ url, status: 503, headers }).retryAfterMs, 7_000);
    assert.equal(explain({ url, status: 403, headers }).retryAfterMs, undefined);
    assert.equal(explain({ url, status: 429, headers: { 'retry-after': 'soon' } }).retryAfterMs, undefined);
    const date = 'Sat, 28 Nov 2026 19:00:00 GMT';
    const dated = { date, 'retry-after': 'Sat, 28 Nov 2026 19:01:00 GMT' };
    assert.equal(explain({ url, status: 503, headers: dated }).retryAfterMs, 60_000);
  });

  it('is never that the local proxy answered, if it did not', () => {
    const headers = { 'x-reltio-local-proxy': 'key' };
    assert.equal(causeOf({ status: 404, headers, url }), 'pathMissing');
  });
});
