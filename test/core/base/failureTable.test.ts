import assert from 'node:assert/strict';
import type { FailureRow } from '../../../src/core/base/failureRow';
import { failureTable, type FailureCode } from '../../../src/core/base/failureTable';

const codesThatBlock = (blocks: FailureRow['blocks']): readonly FailureCode[] =>
  (Object.keys(failureTable) as FailureCode[]).filter((code) => failureTable[code].blocks === blocks).toSorted();

describe('what a failed refresh is held against', () => {
  it('is the client, for what is wrong with the client', () => {
    assert.deepEqual(codesThatBlock('client'), ['clientRejected', 'clientUnknown', 'grantNotAllowed', 'quotaUsedUp']);
  });

  it('is the session alone, for what may be different for the next one: its account, its token and our own storage', () => {
    assert.deepEqual(codesThatBlock('session'), [
      'accountLocked',
      'badAnswer',
      'journalUnreadable',
      'lockBusy',
      'passwordExpired',
      'requestRefused',
      'sessionsUnreadable',
      'storeNewer',
      'tokenUnchanged',
    ]);
  });

  it('is nothing, for what a refresh does not fail with, or is a state of the session', () => {
    assert.deepEqual(codesThatBlock('nothing'), [
      'accountAmbiguous',
      'accountElsewhere',
      'accountUnknown',
      'askedJustNow',
      'callbackTimeout',
      'cancelled',
      'codeExpired',
      'environmentUnknown',
      'expiresTooSoon',
      'fileNotSaved',
      'localProxyPortTaken',
      'localProxyStopped',
      'localProxyStuck',
      'neverRefreshed',
      'noAccountFits',
      'noAccountInUse',
      'noEnvironment',
      'noRefreshToken',
      'notAnEnvironment',
      'notSignedIn',
      'pasteAgain',
      'pastedNotChecked',
      'portBusy',
      'refreshKeepsFailing',
      'refreshTokenRejected',
      'reltioIdeFailed',
      'reltioIdeMissing',
      'settingsNotWritten',
      'severalAccounts',
      'signInAgain',
      'signInCodeRejected',
      'signedOut',
      'storeDamaged',
      'storeNotWritten',
      'tokenAccessDenied',
      'tokenNotAccepted',
      'tokenNotForShell',
      'tokenRejected',
      'tokensNeedTrust',
      'windowNotFocused',
      'windowOutdated',
      'workspaceNotTrusted',
      'wrongCode',
      'wrongPassword',
    ]);
  });
});
