import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkToken } from '../../src/core/oauth/checkToken';
import type { Grant } from '../../src/core/oauth/grants';
import { isFailure } from '../../src/core/base/failure';
import type { HttpResponse } from '../../src/core/oauth/httpClient';
import { retryAfterMs } from '../../src/core/oauth/retryAfter';
import { revoke } from '../../src/core/oauth/revoke';
import { requestToken } from '../../src/core/oauth/tokenEndpoint';
import type { GrantedToken, OneTimeCodeNeeded } from '../../src/core/oauth/tokenResponse';
import { receive } from '../../src/core/model/receive';
import { timeLeft, shouldRefresh, type Tokens } from '../../src/core/model/tokens';
import { describe as sentenceOf } from '../../src/editor/messages/messages';
import { CannedHttp, noSignal } from '../fakes/cannedHttp';
import { monday } from '../fakes/fakeClock';
import { sampleTokens } from '../fakes/sampleSession';
import { builtAnswer } from './builtAnswers';
import { canary } from './hostile';
import { mutatedString, mutatedText } from './mutations';
import { fuzz, type Verdict } from './fuzz';

const server = 'https://auth.reltio.com';
const client = { id: 'reltio_ui', secret: canary };

const good = {
  access_token: 'e2db1a57-d21e-4b2c-a8f6-2c0a5bcb2b1d',
  token_type: 'bearer',
  refresh_token: '59cd1c67-95b1-47e2-8d0a-1a2b3c4d5e6f',
  expires_in: 3599,
  scope: 'entities_api configuration_api',
};
const oneTimeCode = { state_token: { token: 'f00d-cafe', mfaType: 'EMAIL', expires_in: '600' } };
const refusals = [
  { error: 'invalid_grant', error_description: `Invalid refresh token: ${canary}` },
  { error: 'unauthorized', error_description: 'Full authentication is required to access this resource' },
  { errorCode: 401, errorMessage: `Token is invalid: ${canary}`, severity: 'Error' },
  { timestamp: 1, status: 500, error: 'Internal Server Error', message: 'Connection to the database failed' },
];
const headers = fc
  .tuple(
    fc.constantFrom('', 'retry-after', 'www-authenticate', 'date'),
    mutatedString('5', '120', 'Wed, 21 Oct 2026 07:28:00 GMT', 'Basic realm="oauth2"', '9'.repeat(400)),
  )
  .map(([name, value]): Record<string, string> => (name === '' ? {} : { [name]: value }));
const badStatuses = fc.constantFrom(400, 401, 403, 404, 429, 500, 302, 0, 503, 204, 511);

function answers(body: fc.Arbitrary<string>, status: fc.Arbitrary<number>): fc.Arbitrary<HttpResponse> {
  return fc
    .tuple(status, headers, body)
    .map(([code, head, text]) => ({ kind: 'response', status: code, headers: head, body: text }));
}

/** The error is a failure with a sentence, and nothing of the sentence comes from the answer. */
function assertFailure(error: unknown): void {
  assert.ok(isFailure(error), `no failure but ${String(error)}`);
  const said = `${error.message} ${sentenceOf(error)}`;
  assert.ok(!said.includes(canary) && !/[\p{Cc}\u2028\u202e]/u.test(said), said);
  assert.ok(error.retryAfterMs === undefined || (error.retryAfterMs >= 0 && Number.isFinite(error.retryAfterMs)));
}

async function verdictOf(call: Promise<unknown>): Promise<Verdict> {
  try {
    await call;
    return 'accepted';
  } catch (error) {
    assertFailure(error);
    return 'refused';
  }
}

function assertTokens(tokens: Tokens, expiresIn: number): void {
  for (const now of [monday - 10_000, monday, monday + 1_800_000, monday + 1e12]) {
    const left = timeLeft(tokens, now);
    assert.ok(Number.isFinite(left) && left >= 0 && left <= Math.max(expiresIn * 1000, 3_600_000), `${left} left`);
    shouldRefresh(tokens, now);
  }
}

function assertGranted(granted: GrantedToken | OneTimeCodeNeeded): void {
  assert.ok(Number.isFinite(granted.expiresIn) && granted.expiresIn >= 0);
  if (granted.kind === 'oneTimeCodeNeeded') {
    assert.match(granted.stateToken, /^[\x20-\x7e]+$/);
    return;
  }
  assert.match(granted.accessToken, /^[\x21-\x7e]+$/);
  assert.ok(granted.refreshToken === undefined || /^[\x20-\x7e]+$/.test(granted.refreshToken));
  assert.ok(granted.scopes?.every((scope) => scope !== '' && !/\s/.test(scope)) !== false);
  assertTokens(receive(undefined, granted, monday), granted.expiresIn);
  for (const before of [sampleTokens(), sampleTokens({ accessToken: granted.accessToken, expiryIsEstimate: true })]) {
    const after = receive(before, granted, monday + 60_000);
    assertTokens(after, granted.expiresIn);
    assert.ok(after.refreshToken !== undefined, 'a refresh token is never lost');
  }
}

describe('hostile answers of the identity server', () => {
  const grants: readonly Grant[] = [
    { kind: 'password', form: { username: 'jane', password: canary } },
    { kind: 'oneTimeCode', form: { code: canary } },
    { kind: 'refreshToken', form: { refresh_token: canary } },
  ];

  fuzz(
    'a token, or a state token',
    fc.tuple(fc.constantFrom(...grants), answers(mutatedText(good, good, oneTimeCode), fc.constant(200))),
    async ([grant, answer]) => {
      const call = requestToken(new CannedHttp(answer), server, client, grant, noSignal);
      return verdictOf(call.then(assertGranted));
    },
  );

  fuzz(
    'a refusal of a token',
    fc.tuple(fc.constantFrom(...grants), answers(mutatedText(...refusals, good), badStatuses)),
    async ([grant, answer]) => {
      const call = requestToken(new CannedHttp(answer), server, client, grant, noSignal);
      return verdictOf(call.then(assertGranted));
    },
    { least: [0, 0.5] },
  );

  fuzz(
    'checkToken',
    answers(
      mutatedText(
        { ...good, active: true, username: 'jane' },
        { active: false },
        { errorCode: 2001, errorMessage: 'Internal application error.' },
        ...refusals,
      ),
      fc.constantFrom(200, 200, 401, 400, 403, 500),
    ),
    async (answer) => {
      const call = checkToken(new CannedHttp(answer), server, client, 'a0', noSignal, 0);
      return verdictOf(
        call.then((verdict) => {
          assert.ok(verdict === 'notValid' || verdict.roles instanceof Map);
        }),
      );
    },
  );

  fuzz(
    'revoke',
    answers(
      mutatedText(
        { status: 'success' },
        {},
        { error: 'invalid_request', message: 'Missing parameter: token' },
        ...refusals,
      ),
      fc.constantFrom(200, 200, 204, 400, 401, 404, 500),
    ),
    async (answer) => {
      const http = new CannedHttp(answer, answer);
      const verdict = await verdictOf(revoke(http, server, client, 'r0', noSignal));
      assert.ok(http.requests.length <= 2);
      return verdict;
    },
  );

  const calls: readonly ((http: CannedHttp) => Promise<unknown>)[] = [
    ...grants.map((grant) => (http: CannedHttp) => requestToken(http, server, client, grant, noSignal)),
    (http) => checkToken(http, server, client, 'a0', noSignal, 0),
    (http) => revoke(http, server, client, 'r0', noSignal),
  ];
  fuzz(
    'an answer built from known fields with values of every kind',
    fc.tuple(fc.constantFrom(...calls), builtAnswer),
    async ([call, answer]) => {
      const verdict = verdictOf(
        call(new CannedHttp(answer, answer)).catch((error: unknown) => {
          assert.match(error instanceof Error ? error.message : '', /^[a-zA-Z]+ auth\.reltio\.com( \d+)?$/);
          throw error;
        }),
      );
      return await verdict;
    },
    { least: [0, 0.5], oneIn: 10 },
  );

  fuzz(
    'Retry-After',
    fc.tuple(
      mutatedString(
        '5',
        '0',
        '120.5',
        'Wed, 21 Oct 2026 07:28:00 GMT',
        'Sunday, 06-Nov-94 08:49:37 GMT',
        '9'.repeat(400),
      ),
      mutatedString('Wed, 21 Oct 2026 07:27:00 GMT', ''),
    ),
    ([after, date]) => {
      const wait = retryAfterMs({ 'retry-after': after, date });
      assert.ok(wait === undefined || (wait >= 0 && Number.isFinite(wait)), String(wait));
      return wait === undefined ? 'refused' : 'accepted';
    },
  );
});
