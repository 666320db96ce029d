import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/base/failure';
import { remedyOf } from '../../../src/core/model/remedy';
import type { Session } from '../../../src/core/model/session';
import { monday } from '../../fakes/fakeClock';
import { pastedSession, robotSession, sampleSession, sampleTokens } from '../../fakes/sampleSession';

const soon = monday + 60_000;
const expired = monday + 3_600_000;
const errors = { from: monday, to: expired };
const unknownSecret = new Failure('clientUnknown');
const { refreshToken: _none, ...accessOnly } = sampleTokens();
const registered = { kind: 'loginPage', registersClient: true } as unknown as Session['method'];

describe('the remedy of a session', () => {
  for (const [what, session, now, lastFailure, remedy] of [
    ['signed in', sampleSession(), soon, undefined, undefined],
    ['expired, and refreshable', sampleSession(), expired, undefined, undefined],
    ['without a refresh token', sampleSession({ tokens: accessOnly }), soon, undefined, 'renew'],
    ['without a refresh token, expired', sampleSession({ tokens: accessOnly }), expired, undefined, 'signIn'],
    ['whose client has no secret here', sampleSession(), soon, unknownSecret, 'updateClientSecret'],
    ['whose registered client is gone', sampleSession({ method: registered }), soon, unknownSecret, 'signIn'],
    [
      'without a refresh token, whose client has no secret here',
      sampleSession({ tokens: accessOnly }),
      soon,
      unknownSecret,
      'renew',
    ],
    ['with errors for an hour', sampleSession({ refreshErrors: errors }), expired, undefined, 'signIn'],
    ['with errors, not expired', sampleSession({ refreshErrors: errors }), soon, undefined, undefined],
    [
      'with errors, then nobody answering',
      sampleSession({ refreshErrors: errors }),
      expired,
      new Failure('unreachable'),
      undefined,
    ],
    [
      'with errors, and one more answer',
      sampleSession({ refreshErrors: errors }),
      expired,
      new Failure('serverError', { status: 503 }),
      'signIn',
    ],
    ['of a client, with errors', robotSession({ refreshErrors: errors }), expired, undefined, undefined],
    ['whose refresh token was rejected', sampleSession({ state: 'signInAgain' }), soon, undefined, 'signIn'],
    ['whose client was rejected', sampleSession({ state: 'clientRejected' }), soon, undefined, 'updateClientSecret'],
    [
      'whose client was rejected, with errors',
      sampleSession({ state: 'clientRejected', refreshErrors: errors }),
      expired,
      undefined,
      'signIn',
    ],
    [
      'whose registered client was rejected',
      sampleSession({ state: 'clientRejected', method: registered }),
      soon,
      undefined,
      'signIn',
    ],
    ['whose token was rejected', sampleSession({ state: 'rejected' }), soon, undefined, 'renew'],
    ['whose token was rejected, expired', sampleSession({ state: 'rejected' }), expired, undefined, undefined],
    [
      'whose token was rejected, expired, without a refresh token',
      sampleSession({ state: 'rejected', tokens: accessOnly }),
      expired,
      undefined,
      'signIn',
    ],
    [
      'whose token was rejected, expired, with errors',
      sampleSession({ state: 'rejected', refreshErrors: errors }),
      expired,
      undefined,
      'signIn',
    ],
    [
      'whose token was rejected, expired, whose client has no secret here',
      sampleSession({ state: 'rejected', refreshErrors: errors }),
      expired,
      unknownSecret,
      'updateClientSecret',
    ],
    ['pasted', pastedSession(), soon, undefined, 'pasteToken'],
    ['pasted, expired', pastedSession(), expired, undefined, 'pasteToken'],
  ] as const) {
    it(`${what}: ${remedy ?? 'none'}`, () => {
      assert.equal(remedyOf(session, now, lastFailure), remedy);
    });
  }
});
