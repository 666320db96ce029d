import { shownMessages } from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { Failure, isFailure } from '../../../src/core/base/failure';
import { pastedTokenClient } from '../../../src/core/model/account';
import { dueReminders } from '../../../src/core/model/renewNotice';
import { remedyOf, type SessionRemedy } from '../../../src/core/model/remedy';
import type { Session } from '../../../src/core/model/session';
import { isExpired, withoutRefreshToken } from '../../../src/core/model/tokens';
import { clickCommand } from '../../../src/features/statusBar/click';
import { menuSections } from '../../../src/features/statusBar/menu';
import { detailsText } from '../../../src/features/statusBar/details/detailsText';
import { tooltipText } from '../../../src/features/statusBar/tooltip';
import { statusView } from '../../../src/features/statusBar/view';
import { sessionFindings } from '../../../src/features/diagnosis/sessionFindings';
import { describe as inWords, remedyFor } from '../../../src/editor/messages/messages';
import { remedyOffers } from '../../../src/editor/messages/offerRemedy';
import { monday } from '../../fakes/fakeClock';
import { answer, badClient } from '../../fakes/fakeHttp';
import { pastedSession, robotSession, sampleSession, sampleTokens } from '../../fakes/sampleSession';
import { Installation } from '../../fakes/installation';
import { sampleState } from '../../fakes/sampleState';

const hour = 3_600_000;
const now = monday + 2 * hour;
const valid = sampleTokens({ accessTokenExpiresAt: now + 60_000, expiryKnownAt: now - 60_000 });
const expired = sampleTokens();
const { id: _pasted, ...pasted } = pastedSession();
const { id: _robot, ...robot } = robotSession();

/** Every state in which a refresh does not help, or does not need to. */
const cases: Readonly<Record<string, readonly [Partial<Session>, SessionRemedy | undefined]>> = {
  'refresh token rejected, token valid for a minute': [
    { state: 'signInAgain', tokens: withoutRefreshToken(valid) },
    'signIn',
  ],
  'refresh token rejected, token expired': [{ state: 'signInAgain', tokens: withoutRefreshToken(expired) }, 'signIn'],
  'no refresh token, token valid': [{ tokens: withoutRefreshToken(valid) }, 'renew'],
  'no refresh token, token expired': [{ tokens: withoutRefreshToken(expired) }, 'signIn'],
  'token rejected before its expiry': [{ state: 'rejected', tokens: valid }, 'renew'],
  'token rejected, and expired since': [{ state: 'rejected', tokens: expired }, undefined],
  'token rejected, expired, no refresh token': [{ state: 'rejected', tokens: withoutRefreshToken(expired) }, 'signIn'],
  'client rejected': [{ state: 'clientRejected', tokens: expired }, 'updateClientSecret'],
  'refresh answered with errors for an hour': [
    { tokens: expired, refreshErrors: { from: now - hour - 1, to: now - 1 } },
    'signIn',
  ],
  'token rejected and expired, then errors for an hour': [
    { state: 'rejected', tokens: expired, refreshErrors: { from: now - hour - 1, to: now - 1 } },
    'signIn',
  ],
  'client rejected once, then other errors for an hour': [
    { state: 'clientRejected', tokens: expired, refreshErrors: { from: now - hour - 1, to: now - 1 } },
    'signIn',
  ],
  'refresh answered with errors for less': [
    { tokens: expired, refreshErrors: { from: now - 1, to: now - 1 } },
    undefined,
  ],
  'refresh failing for an hour, token valid': [
    { tokens: valid, refreshErrors: { from: now - hour - 1, to: now - 1 } },
    undefined,
  ],
  'pasted token, valid for a minute': [{ ...pasted, tokens: withoutRefreshToken(valid) }, 'pasteToken'],
  'pasted token, expired': [{ ...pasted, tokens: withoutRefreshToken(expired) }, 'pasteToken'],
  'pasted token, rejected': [{ ...pasted, state: 'signInAgain', tokens: withoutRefreshToken(expired) }, 'pasteToken'],
  'client that asks again, valid for a minute': [{ ...robot, tokens: withoutRefreshToken(valid) }, undefined],
  'client that asks again, expired': [{ ...robot, tokens: withoutRefreshToken(expired) }, undefined],
  'client that asks again, after an hour of errors': [
    { ...robot, tokens: withoutRefreshToken(expired), refreshErrors: { from: now - hour - 1, to: now - 1 } },
    undefined,
  ],
  'client that asks again, rejected': [
    { ...robot, state: 'clientRejected', tokens: withoutRefreshToken(expired) },
    'updateClientSecret',
  ],
  'token of a client that asks again, rejected before its expiry': [
    { ...robot, state: 'rejected', tokens: withoutRefreshToken(valid) },
    'renew',
  ],
  'nothing is wrong': [{ tokens: valid }, undefined],
};

const words: Readonly<Record<SessionRemedy, RegExp>> = {
  signIn: /sign in again/i,
  renew: /renew (the |your )?sign-in|renew it/i,
  pasteToken: /paste another (token|one)/i,
  updateClientSecret: /update (the )?client secret/i,
};
const all = Object.keys(words) as SessionRemedy[];

function namesOnly(remedy: SessionRemedy | undefined, text: string, where: string): void {
  for (const other of all.filter((one) => one !== remedy)) {
    assert.doesNotMatch(text, words[other], `${where} names ${other}: ${text}`);
  }
}

describe('the remedy for a session is the same everywhere', () => {
  for (const [what, [changes, remedy]] of Object.entries(cases)) {
    const session = sampleSession(changes);
    const state = sampleState({ session });

    it(`${what}: ${remedy ?? 'nothing'} in the status bar, its menu, its tooltip, the details and the diagnosis`, () => {
      assert.equal(remedyOf(session, now), remedy);
      const view = statusView(state, now, 'focused');
      const details = detailsText([state], state, now);
      namesOnly(remedy, view.spoken, 'the spoken label');
      namesOnly(remedy, details, 'the details');
      const tooltip = tooltipText(state, now, 'focused');
      namesOnly(remedy, tooltip, 'the tooltip');
      const [token] = menuSections(state, [], now);
      namesOnly(remedy, token?.entries.map(({ label }) => label).join(', ') ?? '', 'the menu');
      const [finding] = sessionFindings([session], now, () => undefined);
      if (remedy === undefined) {
        assert.equal(view.severity, 'none');
        return;
      }
      const command = `reltioAuth.${remedy === 'pasteToken' ? 'signIn' : remedy}`;
      assert.equal(clickCommand('reltioAuth.refreshToken', state, now).command, command);
      assert.deepEqual(token?.entries[0]?.does, { command, about: 'session' });
      assert.match(tooltip, new RegExp(`command:${command}\\?`));
      assert.match(details, words[remedy]);
      const isQuiet = what === 'no refresh token, token valid'; // nothing is wrong yet
      const isSoon = what === 'pasted token, valid for a minute';
      assert.equal(view.severity === 'none', isQuiet);
      assert.ok(isQuiet || words[remedy].test(view.spoken), view.spoken);
      assert.equal(finding?.next === undefined, isQuiet || isSoon);
    });

    it(`${what}: ${remedy ?? 'nothing'} where a manual refresh, or a request of another extension, fails`, async () => {
      const shared = new Installation();
      await shared.clock.pass(now - monday);
      const core = shared.openCore();
      const { clientId } = session.account;
      await core.holds(changes, { id: clientId === pastedTokenClient ? 'reltio_ui' : clientId, secret: 'secret' });
      shared.http.always = remedy === 'updateClientSecret' ? badClient : answer(500);
      for (const call of [() => core.sessions.refreshNow('jane'), () => core.sessions.fresh('jane', 5_000)]) {
        const outcome = await shared.clock.finish(call().catch((error: unknown) => error));
        if (isFailure(outcome)) {
          namesOnly(remedy, inWords(outcome), 'the message');
          const isOutage = outcome.code === 'serverError' && !/hour$/.test(what); // a rejected token, and no server to ask
          assert.equal(remedyFor(outcome), isOutage ? remedyFor(new Failure('serverError')) : remedy, outcome.code);
        }
      }
    });
  }

  it('offers to sign in again or to renew, by what the session needs, once for each token', () => {
    const offer = remedyOffers({ now: () => now, steady: () => 0, after: () => () => undefined });
    shownMessages.length = 0;
    for (const [changes, remedy] of Object.values(cases)) {
      const isOffered =
        remedy === 'pasteToken'
          ? changes.tokens !== undefined && isExpired(changes.tokens, now)
          : remedy !== 'updateClientSecret';
      if (remedy !== undefined && isOffered) {
        const session = sampleSession({ ...changes, id: JSON.stringify(changes) });
        const before = shownMessages.length;
        offer(session);
        offer(session);
        assert.equal(shownMessages.length, before + 1);
        offer({ ...session, tokens: { ...session.tokens, accessTokenReceivedAt: now } });
        assert.equal(shownMessages.length, before + 2, 'another token');
        namesOnly(remedy, shownMessages.at(-1)?.texts.join(' ') ?? '', 'the message');
        assert.match(shownMessages.at(-1)?.texts[1] ?? '', words[remedy]);
      }
    }
    assert.equal(shownMessages.length, 24);
  });

  it('offers nothing for a session that has recovered meanwhile, nor for one whose client is rejected', () => {
    const offer = remedyOffers({ now: () => now, steady: () => 0, after: () => () => undefined });
    shownMessages.length = 0;
    offer(sampleSession({ tokens: valid }));
    offer(sampleSession({ state: 'clientRejected' }));
    assert.deepEqual(shownMessages, []);
  });

  it('is only to update the client secret if that is missing, even shortly before the sign-in expires', () => {
    const missing = { failure: new Failure('clientUnknown', { host: 'auth.reltio.com' }), since: now };
    for (const [changes, outage] of [
      [{ state: 'clientRejected' }, undefined],
      [{ state: 'signedIn' }, missing],
      [{ state: 'signedIn', refreshErrors: { from: now - hour - 1, to: now - 1 } }, missing],
    ] as const) {
      const session = sampleSession({ ...changes, tokens: expired });
      const state = sampleState({ session, outage, refreshTokenExpiresAt: now + hour });
      const texts = [
        statusView(state, now, 'focused').spoken,
        tooltipText(state, now, 'focused'),
        detailsText([state], state, now),
        menuSections(state, [], now)[0]
          ?.entries.map(({ label }) => label)
          .join(', ') ?? '',
        sessionFindings([session], now, () => outage?.failure)[0]?.next ?? '',
      ];
      texts.forEach((text) => {
        assert.match(text, words.updateClientSecret);
        namesOnly('updateClientSecret', text, 'a text');
      });
    }
    assert.deepEqual(dueReminders([sampleSession({ state: 'clientRejected' })], {}, 1, now), []);
    assert.equal(dueReminders([sampleSession({ tokens: valid })], {}, 1, now).length, 1);
  });

  it('is to wait while no server answers, even after a long time of errors', () => {
    const session = sampleSession({ tokens: expired, refreshErrors: { from: now - hour - 1, to: now - 1 } });
    const outage = { failure: new Failure('dns', { host: 'auth.reltio.com' }), since: now - 60_000 };
    const state = sampleState({ session, outage });
    assert.equal(statusView(state, now, 'focused').condition, 'offline');
    namesOnly(undefined, tooltipText(state, now, 'focused'), 'the tooltip');
    namesOnly(undefined, detailsText([state], state, now), 'the details');
    assert.equal(menuSections(state, [], now)[0]?.entries[0]?.label, 'Refresh token (expired)');
    const [finding] = sessionFindings([session], now, () => outage.failure);
    assert.equal(finding?.next, undefined);
  });
});
