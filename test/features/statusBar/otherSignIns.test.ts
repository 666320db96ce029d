import assert from 'node:assert/strict';
import type { Session } from '../../../src/core/model/session';
import { refreshTokenExpiry, timeLeft } from '../../../src/core/model/tokens';
import { detailsText } from '../../../src/features/statusBar/details/detailsText';
import { menuSections } from '../../../src/features/statusBar/menu';
import { tooltipText } from '../../../src/features/statusBar/tooltip';
import { statusView } from '../../../src/features/statusBar/view';
import { monday } from '../../fakes/fakeClock';
import { pastedSession, robotSession } from '../../fakes/sampleSession';
import { sampleState } from '../../fakes/sampleState';

const minute = 60_000;
const hour = 60 * minute;

const view = (session: Session, now: number, attention: 'focused' | 'visible' = 'focused') =>
  statusView(sampleState({ session }), now, attention);
const tooltip = (session: Session, now: number) => tooltipText(sampleState({ session }), now, 'focused');
const details = (session: Session, now: number) => {
  const state = sampleState({ session });
  return detailsText([state], state, now);
};
const menu = (session: Session, now: number) =>
  menuSections(sampleState({ session }), [], now)[0]!.entries.map(({ label }) => label);

describe('a client in the status bar', () => {
  const session = robotSession();

  it('counts down as any other session, and is refreshed on next use', () => {
    assert.equal(view(session, monday + 20 * minute).text, '$(key) Reltio 40 min');
    assert.deepEqual(
      [view(session, monday + hour).condition, view(session, monday + hour).severity],
      ['expired', 'none'],
    );
    assert.equal(menu(session, monday)[0], 'Refresh token (1 h left)');
  });

  it('does not sign in again when its token expires', () => {
    const lasts = 'does not expire: the client gets another token when this one expires';
    assert.ok(tooltip(session, monday).includes(lasts));
    assert.match(details(session, monday), new RegExp(`Sign-in: +${lasts}`));
    assert.equal(refreshTokenExpiry(session.tokens, 28), undefined);
  });
});

describe('a pasted token in the status bar', () => {
  const session = pastedSession();

  it('says in words that it is never refreshed', () => {
    assert.match(view(session, monday).spoken, /expires in 1 hour and is never refreshed\.$/);
    assert.match(tooltip(session, monday), /expires with this token, which was pasted and is never refreshed/);
    assert.match(details(session, monday), /expires with this token, which was pasted and is never refreshed/);
    assert.match(details(session, monday), /Client: +unknown, because the token was pasted\n/);
  });

  it('offers to paste another token and never a refresh, in whatever state', () => {
    for (const now of [monday, monday + 57 * minute, monday + hour]) {
      assert.equal(menu(session, now)[0], 'Paste another token');
      assert.match(tooltip(session, now), /Paste another token\]\(command:reltioAuth\.signIn\?/);
      assert.doesNotMatch(tooltip(session, now) + menu(session, now).join(), /refreshed on|refresh token|Refresh\]/i);
    }
  });

  it('warns in the last five minutes and after its expiry, with the focus or without', () => {
    const soon = monday + 55 * minute;
    assert.deepEqual([view(session, soon - 1).condition, view(session, soon - 1).severity], ['fresh', 'none']);
    assert.deepEqual([view(session, soon).condition, view(session, soon).severity], ['pasteSoon', 'warning']);
    assert.equal(view(session, soon).text, '$(bell) Reltio 5 min: Paste another token');
    assert.equal(view(session, monday, 'visible').nextChange, 55 * minute, 'the text changes then');
    assert.equal(view(session, soon, 'visible').nextChange, 5 * minute);
    const after = view(session, monday + hour);
    assert.deepEqual([after.text, after.severity], ['$(warning) Reltio: Paste another token', 'warning']);
    assert.equal(after.nextChange, undefined);
    assert.equal(timeLeft(session.tokens, monday + hour), 0);
  });
});
