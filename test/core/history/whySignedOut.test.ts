import assert from 'node:assert/strict';
import type { HistoryEntry, Happening } from '../../../src/core/history/entry';
import type { Cause } from '../../../src/core/history/signedOut';
import { whySignedOut } from '../../../src/core/history/whySignedOut';
import { accountLabel } from '../../../src/core/model/account';
import { withoutRefreshToken } from '../../../src/core/model/tokens';
import { monday } from '../../fakes/fakeClock';
import { jane, pastedSession, robotSession, sampleSession, sampleTokens } from '../../fakes/sampleSession';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = monday + 5 * hour;

function happened(what: Happening, at: number, facts: Partial<HistoryEntry> = {}): HistoryEntry {
  return { at, what, session: 'jane', account: accountLabel(jane), bootedAt: 0, ...facts };
}

const signedIn = happened('signedIn', monday, { left: hour, isFinal: false });
const read: HistoryEntry = { at: now, what: 'read', bootedAt: 0 };
const lost = sampleSession({ state: 'signInAgain', tokens: withoutRefreshToken(sampleTokens()) });
const rejected = (facts: Partial<HistoryEntry> = {}): HistoryEntry =>
  happened('refreshTokenRejected', now - hour, { age: 4 * hour, idle: minute, sinceAnswer: hour, ...facts });
const rotating = happened('refreshed', monday + hour, { idle: 0, rotates: true, left: hour });
const steady = happened('refreshed', monday + hour, { idle: 0, rotates: false, left: hour });

function causeOf(
  entries: readonly HistoryEntry[],
  session: Parameters<typeof whySignedOut>[1] = lost,
): Cause | undefined {
  return whySignedOut([...entries, read], session, now)?.cause;
}

describe('why a session gives no token', () => {
  it('says nothing of a session that is in order, or only has to be refreshed', () => {
    assert.equal(causeOf([signedIn], sampleSession()), undefined);
    assert.equal(causeOf([], sampleSession()), undefined);
  });

  it('is the network while the token has expired and requests fail since the last answer', () => {
    const failed = happened('failed', monday + 3 * hour, { code: 'dns' });
    assert.deepEqual(whySignedOut([signedIn, failed, read], sampleSession(), now), {
      cause: 'networkOnly',
      at: failed.at,
    });
    const renewed = sampleTokens({ expiryKnownAt: now - minute, accessTokenExpiresAt: now + hour });
    assert.equal(causeOf([signedIn, failed], sampleSession({ tokens: renewed })), undefined);
    const justFailed = { ...failed, at: now - 2 * hour, session: 'omar' };
    assert.equal(causeOf([signedIn, justFailed], sampleSession()), undefined);
    const ofHost = { ...justFailed, host: 'auth.reltio.com' };
    assert.equal(causeOf([signedIn, ofHost], sampleSession()), 'networkOnly');
    assert.equal(causeOf([signedIn, { ...ofHost, host: 'login.acme.com' }], sampleSession()), undefined);
    const answered = sampleTokens({ expiryKnownAt: now - hour, accessTokenExpiresAt: now - minute });
    assert.equal(causeOf([signedIn, failed], sampleSession({ tokens: answered })), undefined);
    const hourOfErrors = sampleSession({ refreshErrors: { from: monday + hour, to: monday + 3 * hour } });
    assert.equal(causeOf([signedIn], hourOfErrors), 'networkOnly');
  });

  it('is the age once the refresh token is 28 days old, or as old as the setting says', () => {
    assert.equal(causeOf([signedIn, rejected({ age: 28 * day })]), 'expired');
    assert.equal(causeOf([signedIn, rejected({ age: 27 * day })]), 'endedElsewhere');
    assert.equal(whySignedOut([signedIn, rejected({ age: 7 * day }), read], lost, now, 7)?.cause, 'expired');
  });

  it('does not count time by which the clock was set', () => {
    const ahead = rejected({ age: 40 * day, bootedAt: 39 * day });
    assert.equal(causeOf([{ ...signedIn, at: now }, ahead]), 'endedElsewhere');
    assert.equal(causeOf([{ ...signedIn, at: now }, rejected({ age: 40 * day, bootedAt: now + 1 })]), 'expired');
  });

  it('is a lost answer after a broken connection or a dead window, if the server replaces refresh tokens', () => {
    const broken = { code: 'unreachable' } as const;
    for (const [what, facts] of [['noAnswer', broken], ['windowDied'], ['writeLost']] as const) {
      const trouble = happened(what, now - 2 * hour + minute, facts);
      assert.equal(causeOf([signedIn, rotating, trouble, rejected()]), 'lostAnswer', what);
      assert.equal(causeOf([signedIn, trouble, rejected()]), 'unknown', `${what}, and it may keep them`);
      assert.equal(causeOf([signedIn, steady, trouble, rejected()]), 'endedElsewhere', what);
      const before = { ...trouble, at: now - 2 * hour - 1 };
      assert.equal(causeOf([signedIn, rotating, before, rejected()]), 'endedElsewhere', `${what}, answered since`);
    }
    const ofAnother = happened('noAnswer', now - hour - minute, { ...broken, session: 'omar' });
    assert.equal(causeOf([signedIn, rotating, ofAnother, rejected()]), 'endedElsewhere');
    const failed = happened('failed', now - hour - minute);
    assert.equal(causeOf([signedIn, rotating, failed, rejected()]), 'endedElsewhere');
  });

  it('is not sure of a lost answer if the server or a proxy answered with something else', () => {
    for (const code of ['notReltio', 'badAnswer', 'serverError', 'tooLarge'] as const) {
      const trouble = happened('noAnswer', now - hour - minute, { code });
      assert.equal(causeOf([signedIn, rotating, trouble, rejected()]), 'unknown', code);
      const died = happened('windowDied', now - hour - 2 * minute);
      const why = whySignedOut([signedIn, rotating, died, trouble, rejected(), read], lost, now);
      assert.deepEqual(why, { cause: 'lostAnswer', at: died.at }, code);
    }
  });

  it('is unknown if another program had the refresh token first, until a refresh has brought another', () => {
    const joined = { ...signedIn, left: hour / 2 };
    assert.equal(causeOf([joined, rotating, rejected()]), 'endedElsewhere');
    const ofEarlier = { ...rotating, session: 'earlier', at: monday - hour };
    assert.equal(causeOf([ofEarlier, joined, rejected()]), 'unknown', 'may be older than it seems');
    assert.equal(causeOf([joined, steady, rejected()]), 'unknown', 'may be older than it seems');
  });

  it('is another login if only the access token was rejected while in use', () => {
    const early = happened('accessTokenRejected', now - hour, { idle: minute, left: hour / 2 });
    assert.equal(causeOf([signedIn, early], sampleSession({ state: 'rejected' })), 'anotherLogin');
    assert.equal(causeOf([signedIn], sampleSession({ state: 'rejected' })), 'unknown');
    assert.equal(causeOf([{ ...early, idle: hour }], sampleSession({ state: 'rejected' })), 'unknown');
    assert.equal(causeOf([signedIn, early], lost), 'endedElsewhere', 'its refresh token too');
  });

  it('is an idle policy only at the third time, if no session has survived such a pause', () => {
    const ended = (at: number, session: string): HistoryEntry =>
      happened('refreshTokenRejected', at, { session, age: hour, idle: 40 * minute, sinceAnswer: hour });
    const last = rejected({ idle: 40 * minute });
    assert.equal(causeOf([signedIn, last]), 'unknown');
    const first = ended(monday - 2 * day, 'first');
    assert.equal(causeOf([ended(monday - day, 'before'), signedIn, last]), 'unknown');
    assert.equal(causeOf([first, ended(monday - day, 'before'), signedIn, last]), 'idlePolicy');
    const survived = happened('refreshed', monday + hour, { idle: 2 * hour, rotates: false });
    assert.equal(causeOf([first, ended(monday - day, 'before'), signedIn, survived, last]), 'endedElsewhere');
    const short = { ...ended(monday - day, 'before'), idle: minute };
    assert.equal(causeOf([short, { ...short, session: 'first' }, signedIn, last]), 'unknown');
    const inUse = ['3', '4', '5'].map((session) => ({ ...short, session }));
    assert.equal(causeOf([first, ended(monday - day, 'before'), ...inUse, signedIn, last]), 'unknown');
    const ofAnother = { ...ended(monday - day, 'before'), account: 'omar' };
    assert.equal(causeOf([first, ofAnother, signedIn, last]), 'unknown');
  });

  it('is the client if the server rejects it', () => {
    const client = happened('clientRejected', now - hour - minute);
    assert.deepEqual(whySignedOut([signedIn, client, read], sampleSession({ state: 'clientRejected' }), now), {
      cause: 'clientChanged',
      at: client.at,
    });
    assert.equal(causeOf([signedIn, steady, client, rejected()]), 'clientChanged');
  });

  it('is the revocation by Renew Sign-In, if the sign-in after it is missing', () => {
    const revoked = happened('revokedHere', now - hour);
    assert.equal(causeOf([signedIn, revoked, rejected()]), 'revokedHere');
  });

  it('is the expiry of a token that nothing can refresh, or the clock that only makes it look so', () => {
    const ofPasted = { ...signedIn, session: 'pasted' };
    assert.equal(causeOf([ofPasted], pastedSession()), 'tokenExpired');
    assert.equal(causeOf([], pastedSession()), 'tokenExpired');
    const setBy = 4.5 * hour;
    const ahead = [
      { ...ofPasted, bootedAt: 0 },
      { ...read, bootedAt: setBy },
    ];
    assert.equal(whySignedOut(ahead, pastedSession(), now)?.cause, 'clock');
    assert.equal(whySignedOut([ofPasted, read], pastedSession(), monday - hour)?.cause, 'clock', 'from the future');
    assert.equal(whySignedOut([ofPasted, read], pastedSession(), monday + minute), undefined);
  });

  it('does not guess who ended a pasted token early, or why after a pause', () => {
    const pasted = pastedSession({ state: 'signInAgain' });
    const early = happened('accessTokenRejected', now - hour, { session: 'pasted', idle: 0, isFinal: true });
    assert.equal(causeOf([early], pasted), 'endedElsewhere');
    const pauses = ['1', '2', 'pasted'].map((session) => ({ ...early, session, idle: hour }));
    assert.equal(causeOf(pauses, pasted), 'unknown', 'its own program may have used it');
    const ofClient = { ...early, session: 'robot' };
    assert.equal(causeOf([ofClient], robotSession({ state: 'rejected' })), 'revokedElsewhere');
  });

  it('knows of a session that is gone whether the user signed out', () => {
    const died = happened('windowDied', now - minute);
    assert.equal(causeOf([signedIn, happened('signedOut', now - hour), died], 'jane'), 'signedOutHere');
    assert.equal(causeOf([signedIn, happened('replaced', now - hour)], 'jane'), undefined);
    assert.equal(causeOf([signedIn], 'jane'), 'keyring');
    assert.equal(causeOf([{ ...signedIn, inBrowser: true }], 'jane'), 'unknown');
    assert.equal(causeOf([signedIn], 'nobody'), undefined);
  });

  it('is unknown without a history', () => {
    assert.deepEqual(whySignedOut([], lost, now), { cause: 'unknown', at: now });
  });
});
