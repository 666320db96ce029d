import assert from 'node:assert/strict';
import { failureTable, type FailureCode } from '../../../src/core/base/failureTable';
import { exitCodeOf } from '../../../src/core/terminal/exitCodeOf';
import { exitCodes } from '../../../src/core/terminal/exitCodes';

describe('the exit code of a failure', () => {
  const codes = Object.keys(failureTable) as FailureCode[];

  it('never says that all is well, and is never one of the program itself', () => {
    const others: readonly number[] = [exitCodes.ok, exitCodes.wrongUsage, exitCodes.noWindow];
    assert.deepEqual(
      codes.filter((code) => others.includes(exitCodeOf({ code }))),
      [],
    );
  });

  it('tells apart what a script can do about it', () => {
    const expected: Readonly<Partial<Record<FailureCode, number>>> = {
      signedOut: 3,
      signInAgain: 3,
      refreshTokenRejected: 3,
      clientRejected: 3,
      accountLocked: 3,
      storeDamaged: 3,
      otherServer: 3,
      dns: 4,
      tls: 4,
      timeout: 4,
      serverError: 4,
      rateLimited: 4,
      notReltio: 4,
      lockBusy: 4,
      cancelled: 5,
      workspaceNotTrusted: 5,
      windowNotFocused: 5,
      noAccountFits: 7,
      severalAccounts: 7,
      noEnvironment: 7,
      noRefreshToken: 8,
      neverRefreshed: 8,
      windowOutdated: 1,
      sessionsUnreadable: 1,
      tokenNotForShell: 1,
      untrustedHost: 1,
    };
    const names = Object.keys(expected) as FailureCode[];
    assert.deepEqual(Object.fromEntries(names.map((code) => [code, exitCodeOf({ code })])), expected);
  });
});
