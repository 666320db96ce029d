import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkToken } from '../../../src/core/oauth/checkToken';
import { documentedClient } from '../../../src/core/oauth/client';
import { isFailure } from '../../../src/core/base/failure';
import { type Grant, oneTimeCodeGrant, passwordGrant, refreshTokenGrant } from '../../../src/core/oauth/grants';
import { revoke } from '../../../src/core/oauth/revoke';
import { requestToken } from '../../../src/core/oauth/tokenEndpoint';
import { CannedHttp, noSignal, response } from '../../fakes/cannedHttp';

const server = 'https://auth.reltio.com';

/** Every field that one of our parsers reads. */
const fields = [
  'access_token',
  'refresh_token',
  'token_type',
  'expires_in',
  'scope',
  'state_token',
  'token',
  'mfaType',
  'error',
  'error_description',
  'errorCode',
  'errorMessage',
  'errorDetailMessage',
  'message',
  'status',
  'active',
  '__proto__',
  'constructor',
  'toString',
  'valueOf',
  'toJSON',
];
const words = [
  'invalid_token',
  'invalid_client',
  'unauthorized',
  'bearer',
  'Token has expired',
  '401',
  'success',
  '\u202E',
];

/** JSON that is meant to break a parser: known names with values of every kind, deep and long. */
const hostileValue = fc.letrec<{ value: unknown; object: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(null, true, false, 0, -1, 1e308, 401, '', ...words),
    fc.string(),
    fc.double(),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(fc.constantFrom(...fields), tie('value'), { maxKeys: 6, noNullPrototype: false }),
}));

const deep = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const hostileBody = fc.oneof(
  hostileValue.object.map((value) => JSON.stringify(value)),
  fc
    .tuple(fc.constantFrom(...fields), fc.integer({ min: 1, max: 100_000 }))
    .map(([field, depth]) => `{"${field}":${deep(depth)}}`),
  fc.constantFrom(...fields).map((field) => `{"${field}":{"toString":null,"valueOf":1}}`),
  fc.string(),
);
const hostileAnswer = fc.record({
  status: fc.constantFrom(0, 199, 200, 201, 204, 302, 400, 401, 403, 404, 429, 500, 503),
  body: hostileBody,
  headers: fc.dictionary(
    fc.constantFrom('retry-after', 'www-authenticate', 'date', 'content-type'),
    fc.oneof(fc.string(), fc.constantFrom('1e999', '9'.repeat(400), '-1', 'Basic "', 'Thu, 01 Jan 1970 00:00:00 GMT')),
  ),
});

const grants: readonly Grant[] = [
  passwordGrant('jane', 'password'),
  refreshTokenGrant('r0'),
  oneTimeCodeGrant('state', '123456'),
];
const parsers: Readonly<Record<string, (http: CannedHttp) => Promise<unknown>>> = {
  ...Object.fromEntries(
    grants.map((grant) => [
      `the token endpoint, ${grant.kind}`,
      (http: CannedHttp) => requestToken(http, server, documentedClient, grant, noSignal),
    ]),
  ),
  checkToken: (http) => checkToken(http, server, documentedClient, 'a0', noSignal),
  revoke: (http) => revoke(http, server, documentedClient, 'r0', noSignal),
};

describe('a hostile answer', () => {
  for (const [name, parse] of Object.entries(parsers)) {
    it(`makes ${name} throw only a Failure, which holds no text of it`, async function () {
      this.timeout(30_000);
      const property = fc.asyncProperty(hostileAnswer, async ({ status, body, headers }) => {
        const answer = response(status, body, headers);
        try {
          await parse(new CannedHttp(answer, answer));
        } catch (error) {
          assert.ok(isFailure(error), String(error));
          assert.match(error.message, /^[a-zA-Z]+ auth\.reltio\.com( \d+)?$/);
          assert.ok(error.retryAfterMs === undefined || error.retryAfterMs >= 0, `${error.retryAfterMs}`);
        }
      });
      await fc.assert(property, { numRuns: 200 }); // test/fuzz/answers.test.ts makes more of each
    });
  }

  for (const body of [
    '{"errorCode":{"toString":null}}',
    '{"errorCode":{"toString":null,"valueOf":null}}',
    `{"errorCode":${deep(50_000)}}`,
    `{"errorCode":[["401"]]}`,
  ]) {
    it(`decides nothing about a token: ${body.slice(0, 40)}`, async () => {
      await assert.rejects(checkToken(new CannedHttp(response(200, body)), server, documentedClient, 'a0', noSignal), {
        code: 'badAnswer',
      });
    });
  }

  it('gives no token of megabytes', async () => {
    const body = { access_token: 'a'.repeat(1_000_000), refresh_token: 'r1', expires_in: 3_600 };
    const http = new CannedHttp(response(200, body));
    await assert.rejects(requestToken(http, server, documentedClient, refreshTokenGrant('r0'), noSignal), {
      code: 'badAnswer',
    });
  });

  it('does not lose a refresh token of several KB', async () => {
    const body = { access_token: 'a'.repeat(16_000), refresh_token: 'r'.repeat(16_000), expires_in: 3_600 };
    const token = await requestToken(
      new CannedHttp(response(200, body)),
      server,
      documentedClient,
      refreshTokenGrant('r0'),
      noSignal,
    );
    assert.ok(token.kind === 'granted' && token.refreshToken?.length === 16_000);
  });
});
