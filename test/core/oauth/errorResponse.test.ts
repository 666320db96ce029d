import assert from 'node:assert/strict';
import { classifyRefusal } from '../../../src/core/oauth/errorResponse';
import { documentedClient } from '../../../src/core/oauth/client';
import { isFailure, type FailureCode } from '../../../src/core/base/failure';
import { grantTraits, type Grant } from '../../../src/core/oauth/grants';
import { requestToken } from '../../../src/core/oauth/tokenEndpoint';
import { CannedHttp, noSignal, response } from '../../fakes/cannedHttp';

type Kind = Grant['kind'];
const kinds = Object.keys(grantTraits) as Kind[];
const token = '676742af-989b-4d40-b7cc-f69ccadd45ea';

const oauth = (error: string, error_description?: string) => JSON.stringify({ error, error_description });

/** Every shape of body that Reltio's pages, Spring and Reltio's own tools show, and what a network in between may send. */
const bodies = {
  empty: '',
  html: '<!DOCTYPE html><html><body>Welcome to Hotel Wi-Fi</body></html>',
  htmlNamingARefreshToken: '<html><body>Error: Invalid refresh token</body></html>',
  plainText: 'Too Many Requests',
  brokenJson: '{"error":"invalid_grant","error_descr',
  jsonNull: 'null',
  jsonText: '"invalid_grant"',
  jsonArray: '[{"error":"invalid_grant"}]',
  jsonWithoutError: '{"status":"failed"}',
  errorIsNumber: '{"error":400}',
  errorIsObject: '{"status":"failed","error":{"errorCode":10005,"errorMessage":"x"}}',
  errorIsNull: '{"error":null,"error_description":"invalid_grant"}',
  errorCode804: '{"severity":"Error","errorMessage":"Security error.","errorCode":804,"innerErrorData":{}}',
  errorCode403: '{"errorCode":403,"errorMessage":"Access is denied"}',
  errorCode2001: '{"severity":"Error","errorMessage":"Internal application error.","errorCode":2001}',
  accessDenied: oauth('access_denied', 'Access is denied'),
  unauthorized: oauth('unauthorized', 'Full authentication is required to access this resource'),
  springBoot: '{"timestamp":1,"status":401,"error":"Unauthorized","message":"Bad credentials","path":"/oauth/token"}',
  invalidClient: oauth('invalid_client', 'Bad client credentials'),
  invalidClientInCapitals: oauth('INVALID_CLIENT'),
  invalidClientBare: oauth('invalid_client'),
  hostedMcp: '{"error_code":"Unauthorized","error":"No authorization bearer token detected"}',
  wrongPassword: oauth('invalid_grant', 'Invalid Username or Password'),
  bareInvalidGrant: oauth('invalid_grant'),
  invalidGrantWithOddDescription: '{"error":"invalid_grant","error_description":{"a":1}}',
  locked: oauth('invalid_grant', 'User account is locked'),
  disabled: oauth('invalid_grant', 'User is disabled'),
  passwordExpired: oauth('invalid_grant', 'User credentials have expired'),
  accountExpired: oauth('invalid_grant', 'User account has expired'),
  databaseDown: oauth('invalid_grant', 'Could not open JDBC Connection for transaction'),
  disabledUnauthorized: oauth('unauthorized', 'User is disabled'),
  lockedUnauthorized: oauth('unauthorized', 'User account is locked'),
  accountExpiredUnauthorized: oauth('unauthorized', 'User account has expired'),
  passwordExpiredUnauthorized: oauth('unauthorized', 'User credentials have expired'),
  disabledInSpringBootShape: '{"status":401,"error":"Unauthorized","message":"User is disabled","path":"/oauth/token"}',
  wrongPasswordUnauthorized: oauth('unauthorized', 'Invalid Username or Password'),
  disabledInSecondField:
    '{"error":"unauthorized","error_description":"unauthorized","errorMessage":"User is disabled"}',
  disabledInReltiosField: '{"error":"unauthorized","errorDetailMessage":"User is disabled"}',
  databaseDownUnauthorized: oauth('unauthorized', 'Could not open JDBC Connection for transaction'),
  directoryDownUnauthorized: oauth('unauthorized', 'ldap.acme.com:636; nested exception is CommunicationException'),
  germanUnauthorized: oauth('unauthorized', 'Benutzer ist deaktiviert'),
  unauthorizedBare: oauth('unauthorized'),
  unauthorizedTwice: oauth('unauthorized', 'Unauthorized'),
  badCredentials: oauth('unauthorized', 'Bad credentials'),
  noAuthentication: oauth('unauthorized', 'An Authentication object was not found in the SecurityContext'),
  clientDisabled: oauth('unauthorized', 'Client is disabled'),
  invalidRefreshToken: oauth('invalid_grant', `Invalid refresh token: ${token}`),
  expiredRefreshToken: oauth('invalid_token', `Invalid refresh token (expired): ${token}`),
  refreshTokenWithoutErrorField: JSON.stringify({ errorCode: 401, errorMessage: `Invalid refresh token: ${token}` }),
  refreshTokenUnderAnotherError: oauth('unauthorized', `Invalid refresh token: ${token}`),
  refreshTokenInSpringBootShape: JSON.stringify({
    status: 401,
    error: 'Unauthorized',
    message: 'Invalid refresh token',
  }),
  invalidTokenBare: oauth('invalid_token'),
  invalidAccessToken: oauth('invalid_token', `Invalid access token: ${token}`),
  invalidStateToken: oauth('invalid_grant', `Invalid state token: ${token}`),
  invalidRequest: oauth('invalid_request', "Required String parameter 'x' is not present"),
  invalidScope: oauth('invalid_scope', 'Invalid scope'),
  unauthorizedClient: oauth('unauthorized_client', 'Unauthorized grant type: password'),
  unsupportedGrantType: oauth('unsupported_grant_type', 'Unsupported grant type: password'),
  tooManyRequests: oauth('too_many_requests', 'Too Many Requests'),
  multiTokenLimit: oauth('limit_exceeded', 'The limit of active tokens is exceeded'),
  multiTokenLimitInWords: oauth('invalid_request', 'Token limit exceeded for client acme_loader'),
  multiTokenLimitInReltiosField: '{"errorCode":1,"errorMessage":"Maximum number of active tokens reached"}',
  rateLimit: oauth('rate_limit_exceeded', 'Rate limit exceeded, 10 requests a second'),
  rateLimitBare: oauth('rate_limit_exceeded'),
  unknownError: oauth('something_new', 'Nobody knows'),
} as const;
type Shape = keyof typeof bodies;
const shapes = Object.keys(bodies) as Shape[];

/** The statuses for which the body does not matter. */
const byStatus: Readonly<Record<number, FailureCode>> = {
  0: 'redirected',
  300: 'redirected',
  301: 'redirected',
  302: 'redirected',
  303: 'redirected',
  304: 'redirected',
  307: 'redirected',
  308: 'redirected',
  402: 'requestRefused',
  403: 'forbidden',
  404: 'noTokenEndpoint',
  405: 'noTokenEndpoint',
  406: 'requestRefused',
  407: 'proxy',
  408: 'timeout',
  409: 'requestRefused',
  410: 'noTokenEndpoint',
  413: 'requestRefused',
  415: 'requestRefused',
  418: 'requestRefused',
  422: 'requestRefused',
  423: 'requestRefused',
  429: 'rateLimited',
  451: 'requestRefused',
  500: 'serverError',
  501: 'serverError',
  502: 'serverError',
  503: 'serverError',
  504: 'serverError',
  511: 'notReltio',
  520: 'serverError',
  599: 'serverError',
};

/** Bodies with which a client is refused a token because it has too many, with any of these statuses. */
const usedUp: readonly Shape[] = ['multiTokenLimit', 'multiTokenLimitInWords', 'multiTokenLimitInReltiosField'];
const usedUpAt: readonly number[] = [400, 401, 403, 409, 422, 429];

/** Bodies that mean the same for all grants, with 400 and 401. */
const alike: Partial<Record<Shape, FailureCode>> = {
  empty: 'notReltio',
  html: 'notReltio',
  htmlNamingARefreshToken: 'notReltio',
  plainText: 'notReltio',
  brokenJson: 'notReltio',
  jsonNull: 'notReltio',
  jsonText: 'notReltio',
  jsonArray: 'notReltio',
  jsonWithoutError: 'badAnswer',
  errorIsNumber: 'badAnswer',
  errorIsObject: 'badAnswer',
  errorIsNull: 'badAnswer',
  errorCode804: 'badAnswer',
  errorCode403: 'badAnswer',
  errorCode2001: 'badAnswer',
  accessDenied: 'forbidden',
  unauthorized: 'clientRejected',
  springBoot: 'clientRejected',
  unauthorizedBare: 'clientRejected',
  unauthorizedTwice: 'clientRejected',
  badCredentials: 'clientRejected',
  noAuthentication: 'clientRejected',
  clientDisabled: 'clientRejected',
  invalidClient: 'clientRejected',
  invalidClientInCapitals: 'clientRejected',
  invalidClientBare: 'clientRejected',
  hostedMcp: 'requestRefused',
  invalidRequest: 'requestRefused',
  invalidScope: 'requestRefused',
  unauthorizedClient: 'grantNotAllowed',
  unsupportedGrantType: 'grantNotAllowed',
  tooManyRequests: 'requestRefused',
  multiTokenLimit: 'requestRefused',
  multiTokenLimitInWords: 'requestRefused',
  multiTokenLimitInReltiosField: 'badAnswer',
  rateLimit: 'requestRefused',
  rateLimitBare: 'requestRefused',
  unknownError: 'requestRefused',
  accountExpired: 'accountLocked',
  locked: 'accountLocked',
  disabled: 'accountLocked',
  passwordExpired: 'passwordExpired',
  databaseDown: 'serverError',
  disabledUnauthorized: 'accountLocked',
  lockedUnauthorized: 'accountLocked',
  accountExpiredUnauthorized: 'accountLocked',
  passwordExpiredUnauthorized: 'passwordExpired',
  disabledInSpringBootShape: 'accountLocked',
  disabledInSecondField: 'accountLocked',
  disabledInReltiosField: 'accountLocked',
  databaseDownUnauthorized: 'serverError',
  directoryDownUnauthorized: 'serverError',
  germanUnauthorized: 'requestRefused',
};

/** What every grant but a refresh token gets. 400 and 401 mean the same. */
const forSignIn: Partial<Record<Shape, Readonly<Record<Exclude<Kind, 'refreshToken'>, FailureCode>>>> = {
  wrongPassword: {
    password: 'wrongPassword',
    oneTimeCode: 'wrongCode',
    clientCredentials: 'clientRejected',
    authorizationCode: 'signInCodeRejected',
  },
  bareInvalidGrant: {
    password: 'wrongPassword',
    oneTimeCode: 'wrongCode',
    clientCredentials: 'clientRejected',
    authorizationCode: 'signInCodeRejected',
  },
  invalidGrantWithOddDescription: {
    password: 'wrongPassword',
    oneTimeCode: 'wrongCode',
    clientCredentials: 'clientRejected',
    authorizationCode: 'signInCodeRejected',
  },
  wrongPasswordUnauthorized: {
    password: 'wrongPassword',
    oneTimeCode: 'requestRefused',
    clientCredentials: 'requestRefused',
    authorizationCode: 'requestRefused',
  },
  invalidRefreshToken: {
    password: 'wrongPassword',
    oneTimeCode: 'wrongCode',
    clientCredentials: 'clientRejected',
    authorizationCode: 'signInCodeRejected',
  },
  expiredRefreshToken: {
    password: 'wrongPassword',
    oneTimeCode: 'codeExpired',
    clientCredentials: 'clientRejected',
    authorizationCode: 'signInCodeRejected',
  },
  refreshTokenWithoutErrorField: {
    password: 'badAnswer',
    oneTimeCode: 'badAnswer',
    clientCredentials: 'badAnswer',
    authorizationCode: 'badAnswer',
  },
  refreshTokenUnderAnotherError: {
    password: 'requestRefused',
    oneTimeCode: 'requestRefused',
    clientCredentials: 'requestRefused',
    authorizationCode: 'requestRefused',
  },
  refreshTokenInSpringBootShape: {
    password: 'requestRefused',
    oneTimeCode: 'requestRefused',
    clientCredentials: 'requestRefused',
    authorizationCode: 'requestRefused',
  },
  invalidTokenBare: {
    password: 'wrongPassword',
    oneTimeCode: 'wrongCode',
    clientCredentials: 'clientRejected',
    authorizationCode: 'signInCodeRejected',
  },
  invalidAccessToken: {
    password: 'wrongPassword',
    oneTimeCode: 'wrongCode',
    clientCredentials: 'clientRejected',
    authorizationCode: 'signInCodeRejected',
  },
  invalidStateToken: {
    password: 'wrongPassword',
    oneTimeCode: 'codeExpired',
    clientCredentials: 'clientRejected',
    authorizationCode: 'signInCodeRejected',
  },
};

/** The only answers for which a refresh token is discarded (docs/sessions.md, "What an answer means"). */
const rejectedAt: Readonly<Record<400 | 401, readonly Shape[]>> = {
  400: [
    'wrongPassword',
    'bareInvalidGrant',
    'invalidGrantWithOddDescription',
    'invalidRefreshToken',
    'invalidStateToken',
  ],
  401: [
    'invalidRefreshToken',
    'expiredRefreshToken',
    'invalidTokenBare',
    'invalidAccessToken',
    'refreshTokenWithoutErrorField',
    'refreshTokenUnderAnotherError',
    'refreshTokenInSpringBootShape',
  ],
};

/** What 400 and 401 mean for a refresh token that is kept. */
const refreshSurvives: Partial<Record<Shape, FailureCode>> = {
  refreshTokenWithoutErrorField: 'badAnswer',
};

/** Bodies without an error. With a Basic challenge, 401 then blames the client in the Basic header (RFC 6749 section 5.2). */
const mute: readonly Shape[] = [
  'empty',
  'html',
  'htmlNamingARefreshToken',
  'plainText',
  'brokenJson',
  'jsonNull',
  'jsonText',
  'jsonArray',
];
const basicChallenges = [
  'Basic',
  'basic realm="oauth"',
  'Basic realm="Reltio", charset="UTF-8"',
  'Bearer realm="oauth2", error="invalid_token", BASIC realm="x"',
];
const otherChallenges = ['', 'Bearer realm="oauth"', 'Negotiate', 'Bearer realm="a, Basic b"', 'Basically realm="x"'];

function expected(kind: Kind, status: number, shape: Shape): FailureCode {
  if (kind === 'clientCredentials' && usedUp.includes(shape) && usedUpAt.includes(status)) {
    return 'quotaUsedUp';
  }
  const fixed = byStatus[status];
  if (fixed !== undefined) {
    return fixed;
  }
  assert.ok(status === 400 || status === 401);
  if (kind !== 'refreshToken') {
    return alike[shape] ?? forSignIn[shape]?.[kind] ?? assert.fail(`no expectation for ${shape}`);
  }
  if (rejectedAt[status].includes(shape)) {
    return 'refreshTokenRejected';
  }
  return alike[shape] ?? refreshSurvives[shape] ?? 'requestRefused';
}

async function codeOf(kind: Kind, status: number, body: string, challenge?: string): Promise<FailureCode> {
  const grant: Grant = { kind, form: { grant_type: 'x' } };
  const headers = challenge === undefined ? {} : { 'www-authenticate': challenge };
  const http = new CannedHttp(response(status, body, headers));
  const error: unknown = await requestToken(http, 'https://auth.reltio.com', documentedClient, grant, noSignal).then(
    () => assert.fail('must not be granted'),
    (thrown: unknown) => thrown,
  );
  assert.ok(isFailure(error));
  assert.equal(error.status, status);
  assert.equal(error.host, 'auth.reltio.com');
  return error.code;
}

describe('what a refusal means', () => {
  for (const kind of kinds) {
    for (const status of [400, 401, ...Object.keys(byStatus).map(Number)]) {
      it(`${kind}: ${status} with every body`, async () => {
        const found = await Promise.all(
          shapes.map(async (shape) => [shape, await codeOf(kind, status, bodies[shape])]),
        );
        assert.deepEqual(
          Object.fromEntries(found),
          Object.fromEntries(shapes.map((shape) => [shape, expected(kind, status, shape)])),
        );
      });
    }
  }

  for (const kind of kinds) {
    for (const status of [400, 401, 403, 407, 500]) {
      it(`${kind}: ${status} with every body beside every challenge`, async () => {
        for (const challenge of [...basicChallenges, ...otherChallenges]) {
          const isBasic = status === 401 && basicChallenges.includes(challenge);
          for (const shape of shapes) {
            const wanted = isBasic && mute.includes(shape) ? 'clientRejected' : expected(kind, status, shape);
            assert.equal(await codeOf(kind, status, bodies[shape], challenge), wanted, `${shape} ${challenge}`);
          }
        }
      });
    }
  }

  it('never rejects a refresh token for a status other than 400 and 401, nor for another grant', async () => {
    for (const status of Object.keys(byStatus).map(Number)) {
      for (const shape of shapes) {
        assert.notEqual(await codeOf('refreshToken', status, bodies[shape]), 'refreshTokenRejected');
      }
    }
    for (const status of [400, 401]) {
      for (const shape of shapes) {
        for (const kind of kinds.filter((one) => one !== 'refreshToken')) {
          assert.notEqual(await codeOf(kind, status, bodies[shape]), 'refreshTokenRejected');
        }
      }
    }
  });

  it('reads the refusal of a code under the name that users of the login page saw, and of nothing else', () => {
    const refusal = (description: string) =>
      JSON.stringify({ error: 'invalid_request', error_description: description });
    const code = refusal('Invalid Authorization code');
    assert.equal(classifyRefusal('authorizationCode', 400, code), 'signInCodeRejected');
    assert.equal(classifyRefusal('password', 400, code), 'requestRefused');
    assert.equal(classifyRefusal('refreshToken', 400, code), 'requestRefused');
    assert.equal(classifyRefusal('authorizationCode', 400, refusal('Missing redirect_uri')), 'requestRefused');
  });

  it('parses a JSON body with a byte order mark', async () => {
    assert.equal(await codeOf('refreshToken', 400, `\uFEFF${bodies.invalidRefreshToken}`), 'refreshTokenRejected');
  });
});

describe('what a 200 without a token means', () => {
  const odd: Record<string, readonly [string, FailureCode]> = {
    'nothing at all': ['', 'notReltio'],
    'a captive portal': [bodies.html, 'notReltio'],
    'JSON that stops': ['{"access_token":"abc","expires_', 'notReltio'],
    null: ['null', 'notReltio'],
    'an array': ['[]', 'notReltio'],
    'an empty object': ['{}', 'badAnswer'],
    'an error with the wrong status': [bodies.invalidRefreshToken, 'badAnswer'],
    'a number for a token': ['{"access_token":7,"token_type":"bearer"}', 'badAnswer'],
    'a token with a line end': ['{"access_token":"a\\nb","token_type":"bearer"}', 'badAnswer'],
    'a token of another type': ['{"access_token":"a","token_type":"mac"}', 'badAnswer'],
  };
  for (const [what, [body, code]] of Object.entries(odd)) {
    it(`${what}: ${code}, for every grant`, async () => {
      for (const kind of kinds) {
        assert.equal(await codeOf(kind, 200, body), code);
      }
    });
  }
});
