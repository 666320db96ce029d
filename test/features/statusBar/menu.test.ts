import assert from 'node:assert/strict';
import { languages, translations } from '../../../scripts/l10n/languages';
import { Failure } from '../../../src/core/base/failure';
import type { Account } from '../../../src/core/model/account';
import { withoutRefreshToken } from '../../../src/core/model/tokens';
import { clickCommand } from '../../../src/features/statusBar/click';
import { menuSections } from '../../../src/features/statusBar/menu';
import type { StatusState } from '../../../src/features/statusBar/state';
import { monday } from '../../fakes/fakeClock';
import { jane, sampleSession, sampleTokens } from '../../fakes/sampleSession';
import { inLanguage } from '../../fakes/inLanguage';
import { sampleState } from '../../fakes/sampleState';

const now = monday + 18 * 60_000;
const day = 24 * 3_600_000;
const withoutRefresh = withoutRefreshToken(sampleTokens());
const labels = (state: StatusState, others = [] as Parameters<typeof menuSections>[1]): string[] =>
  menuSections(state, others, now).flatMap(({ entries }) => entries.map(({ label }) => label));

describe('the menu', () => {
  it('begins with the refresh, so that a click and Enter refresh', () => {
    assert.equal(labels(sampleState())[0], 'Refresh token (42 min left)');
  });

  it('says in each language that this entry refreshes, and not that there is a refresh token', () => {
    const expired = sampleSession({ tokens: sampleTokens({ accessTokenExpiresAt: monday }) });
    for (const language of languages()) {
      const texts = translations(language);
      inLanguage(texts, () => {
        for (const state of [sampleState(), sampleState({ session: expired })])
          assert.match(labels(state)[0] ?? '', new RegExp(texts['Refresh'] ?? '', 'i'), language);
      });
    }
  });

  it('leaves room for its first entry, however long the label of the account is', () => {
    const long = { ...jane, clientId: 'registered-d8e7d27f-5d1f-46da-90a4-427eaa194f16' };
    const titleOf = (account: Account): string | undefined =>
      menuSections(sampleState({ session: sampleSession({ account }) }), [], now)[0]?.title;
    assert.equal(titleOf(jane), 'jane@acme.com (auth.reltio.com)');
    assert.equal(titleOf(long), 'jane@acme.com');
  });

  it('begins with what helps in each state', () => {
    const expired = sampleTokens({ accessTokenExpiresAt: monday });
    const first = (changes: Partial<StatusState>): string | undefined => labels(sampleState(changes))[0];
    assert.match(first({ session: undefined }) ?? '', /Sign in$/);
    assert.match(first({ session: sampleSession({ state: 'signInAgain', tokens: expired }) }) ?? '', /Sign in again/);
    assert.match(first({ session: sampleSession({ state: 'clientRejected' }) }) ?? '', /Update client secret/);
    assert.match(first({ session: sampleSession({ tokens: expired }) }) ?? '', /Refresh token \(expired\)/);
  });

  it('begins with the choice of an account if none is in use, and offers no token', () => {
    for (const gone of [jane, undefined]) {
      const all = labels(sampleState({ session: undefined, question: { signedOutAccount: gone } }), [sampleSession()]);
      assert.deepEqual(all, [
        'Choose account',
        'Show details',
        'Sign in with another account',
        'Sign out',
        'Show log',
        'Start local proxy',
      ]);
    }
  });

  it('offers to clear a copied token while it is on the clipboard, in every state, and never first', () => {
    const copied = { label: 'jane', form: 'token', at: monday, clearAfter: 60, isOverdue: false } as const;
    for (const changes of [{}, { session: undefined }, { session: undefined, question: { signedOutAccount: jane } }]) {
      assert.ok(labels(sampleState({ ...changes, copied })).indexOf('Clear copied token') > 0);
      assert.ok(!labels(sampleState(changes)).includes('Clear copied token'));
    }
  });

  it('offers the other accounts by their labels', () => {
    const omar = sampleSession({ id: 'omar', account: { ...jane, user: 'omar@acme.com' } });
    assert.ok(labels(sampleState(), [omar]).includes('Use omar@acme.com (auth.reltio.com)'));
  });

  it('begins with what helps, and offers no refresh that can only fail, where there is no refresh token', () => {
    for (const [state, first] of [
      ['signInAgain', 'Sign in again'],
      ['signedIn', 'Renew sign-in'],
    ] as const) {
      const all = labels(sampleState({ session: sampleSession({ state, tokens: withoutRefresh }) }));
      assert.equal(all[0], first);
      assert.ok(!all.some((label) => label.startsWith('Refresh')));
    }
  });

  it('offers to renew as soon as the status bar asks for it', () => {
    assert.deepEqual(labels(sampleState({ refreshTokenExpiresAt: now + day })).slice(0, 2), [
      'Refresh token (42 min left)',
      'Renew sign-in',
    ]);
  });

  it('offers the diagnosis if the server cannot be reached or does not refresh', () => {
    for (const code of ['dns', 'serverError'] as const) {
      const outage = { failure: new Failure(code), since: monday };
      assert.equal(labels(sampleState({ outage }))[1], 'Diagnose sign-in');
    }
    assert.ok(!labels(sampleState()).includes('Diagnose sign-in'));
  });

  it('keeps icons out of the labels, which a screen reader reads', () => {
    for (const { entries } of menuSections(sampleState(), [sampleSession()], now)) {
      for (const { icon, label } of entries) {
        assert.match(icon, /^[a-z-]+$/);
        assert.doesNotMatch(label, /\$\(/);
      }
    }
  });
});

describe('a click on the status bar', () => {
  const click = (wanted: 'reltioAuth.showMenu' | 'reltioAuth.refreshToken', changes: Partial<StatusState>) =>
    clickCommand(wanted, sampleState(changes), now);

  it('does what the user chose', () => {
    assert.deepEqual(click('reltioAuth.showMenu', {}), { command: 'reltioAuth.showMenu', arguments: [] });
    assert.deepEqual(click('reltioAuth.refreshToken', {}), { command: 'reltioAuth.refreshToken', arguments: ['jane'] });
    assert.deepEqual(click('reltioAuth.refreshToken', { refreshTokenExpiresAt: now + day }), {
      command: 'reltioAuth.refreshToken',
      arguments: ['jane'],
    });
  });

  it('runs what helps where a refresh can only fail', () => {
    const remedies: [Parameters<typeof sampleSession>[0], string][] = [
      [{ state: 'signInAgain', tokens: { ...withoutRefresh, accessTokenExpiresAt: monday } }, 'reltioAuth.signIn'],
      [{ state: 'signInAgain', tokens: withoutRefresh }, 'reltioAuth.signIn'],
      [{ state: 'rejected' }, 'reltioAuth.renew'],
      [{ state: 'clientRejected' }, 'reltioAuth.updateClientSecret'],
    ];
    for (const [session, command] of remedies) {
      assert.deepEqual(click('reltioAuth.refreshToken', { session: sampleSession(session) }), {
        command,
        arguments: ['jane'],
      });
    }
  });

  it('leads to the choice of an account where none is in use', () => {
    for (const wanted of ['reltioAuth.showMenu', 'reltioAuth.refreshToken'] as const) {
      for (const gone of [jane, undefined]) {
        assert.deepEqual(click(wanted, { session: undefined, question: { signedOutAccount: gone } }), {
          command: 'reltioAuth.switchAccount',
          arguments: [],
        });
      }
    }
  });

  it('signs in while no account is signed in', () => {
    for (const wanted of ['reltioAuth.showMenu', 'reltioAuth.refreshToken'] as const) {
      assert.deepEqual(click(wanted, { session: undefined }), { command: 'reltioAuth.signIn', arguments: [] });
    }
  });
});
