import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/base/failure';
import { withoutRefreshToken } from '../../../src/core/model/tokens';
import { statusView } from '../../../src/features/statusBar/view';
import { monday } from '../../fakes/fakeClock';
import { jane, sampleSession, sampleTokens } from '../../fakes/sampleSession';
import { sampleState } from '../../fakes/sampleState';

const second = 1_000;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const textAt = (left: number): string => statusView(sampleState(), monday + hour - left, 'focused').text;
const offline = { failure: new Failure('dns', { host: 'auth.reltio.com' }), since: monday };

describe('the status bar', () => {
  it('says each state in its own words, icon and colour', () => {
    const expired = sampleTokens({ accessTokenExpiresAt: monday });
    const at = (changes: Parameters<typeof sampleState>[0]) => {
      const { text, severity } = statusView(sampleState(changes), monday + 10 * minute, 'focused');
      return [text, severity];
    };
    assert.deepEqual(at({ session: undefined }), ['$(key) Reltio: Sign in', 'none']);
    assert.deepEqual(at({ session: undefined, problem: new Failure('sessionsUnreadable') }), [
      '$(warning) Reltio: Sign in',
      'warning',
    ]);
    assert.deepEqual(at({}), ['$(key) Reltio 50 min', 'none']);
    assert.deepEqual(at({ isRefreshing: true }), ['$(sync~spin) Reltio: Refreshing…', 'none']);
    assert.deepEqual(at({ session: sampleSession({ tokens: expired }) }), [
      '$(key) Reltio: Refreshes on next use',
      'none',
    ]);
    assert.deepEqual(at({ outage: offline }), ['$(debug-disconnect) Reltio 50 min, offline', 'none']);
    const [text] = at({ outage: offline, session: sampleSession({ tokens: expired }) });
    assert.match(String(text), /^\$\(debug-disconnect\) Reltio: Offline since \d\d:\d\d$/);
    assert.deepEqual(at({ refreshTokenExpiresAt: monday + 2 * day }), [
      '$(bell) Reltio 50 min: Renew sign-in',
      'warning',
    ]);
    assert.deepEqual(at({ session: sampleSession({ state: 'clientRejected' }) }), [
      '$(error) Reltio: Client rejected',
      'error',
    ]);
    assert.deepEqual(at({ session: sampleSession({ state: 'signInAgain', tokens: expired }) }), [
      '$(warning) Reltio: Sign in again',
      'warning',
    ]);
  });

  it('asks for the account if none is in use, and says why', () => {
    const at = (signedOutAccount: typeof jane | undefined, problem?: Failure) => {
      const { text, spoken, severity } = statusView(
        sampleState({ session: undefined, question: { signedOutAccount }, problem }),
        monday,
        'focused',
      );
      return [text, spoken, severity];
    };
    assert.deepEqual(at(undefined), [
      '$(account) Reltio: Choose account',
      'Reltio: No account has been chosen for this workspace yet. Choose the account for this workspace.',
      'none',
    ]);
    assert.deepEqual(at(jane, new Failure('sessionsUnreadable')), [
      '$(account) Reltio: Choose account',
      'Reltio: jane@acme.com (auth.reltio.com) is no longer signed in. Choose the account for this workspace.',
      'warning',
    ]);
  });

  it('shows in every state whose token is on the clipboard, in words that stay true', () => {
    const copied = {
      label: 'omar@acme.com (auth.reltio.com)',
      form: 'token',
      at: monday,
      clearAfter: 60,
      isOverdue: false,
    } as const;
    for (const changes of [
      {},
      { session: undefined },
      { session: undefined, question: { signedOutAccount: jane } },
      { outage: offline },
      { session: sampleSession({ state: 'clientRejected' as const }) },
    ]) {
      const plain = statusView(sampleState(changes), monday, 'focused');
      const shown = statusView(sampleState({ ...changes, copied }), monday, 'focused');
      assert.equal(shown.text, `${plain.text} $(clippy)`);
      assert.equal(
        shown.spoken,
        `${plain.spoken} The token of omar@acme.com (auth.reltio.com) is on the clipboard. It will be cleared 1 minute after it was copied.`,
      );
      assert.equal(shown.nextChange, plain.nextChange, 'it needs no timer');
    }
    const spoken = (changes: object): string =>
      statusView(sampleState({ copied: { ...copied, ...changes } }), monday, 'focused').spoken;
    assert.match(spoken({ clearAfter: 45 }), /be cleared 45 seconds after/);
    assert.match(spoken({ clearAfter: 90 }), /be cleared 90 seconds after/);
    assert.match(
      spoken({ form: 'header', isOverdue: true }),
      /The Authorization header of omar.* is still on the clipboard because it could not be cleared yet\.$/,
    );
    assert.match(spoken({ form: 'curl' }), /The cURL command of omar.* is on the clipboard\./);
    assert.match(spoken({ clearAfter: undefined }), /was copied at \d\d:\d\d and may still be on the clipboard\.$/);
  });

  it('shows what only the user can fix rather than an old failure', () => {
    const outage = { failure: new Failure('serverError', { status: 503 }), since: monday };
    const withoutRefresh = withoutRefreshToken(sampleTokens());
    const at = (session: Parameters<typeof sampleSession>[0]): [string, string] => {
      const view = statusView(sampleState({ outage, session: sampleSession(session) }), monday + minute, 'focused');
      return [view.condition, view.severity];
    };
    assert.deepEqual(at({ state: 'signInAgain', tokens: withoutRefresh }), ['signInSoon', 'warning']);
    assert.deepEqual(at({ state: 'rejected' }), ['tokenRejected', 'warning']);
    assert.deepEqual(at({ state: 'clientRejected' }), ['clientRejected', 'error']);
    assert.deepEqual(
      at({ tokens: withoutRefresh }),
      ['fresh', 'none'],
      'a token that cannot be refreshed waits for no server',
    );
  });

  it('does not call it offline when the server answered', () => {
    const outage = { failure: new Failure('serverError'), since: monday };
    const session = sampleSession({ tokens: sampleTokens({ accessTokenExpiresAt: monday }) });
    const { text } = statusView(sampleState({ outage, session }), monday + minute, 'focused');
    assert.match(text, /Reltio: Cannot refresh since/);
    assert.equal(
      statusView(sampleState({ outage }), monday + minute, 'focused').text,
      '$(debug-disconnect) Reltio 59 min, cannot refresh',
    );
  });

  it('changes its icon for the last five minutes and counts seconds in the last minute', () => {
    assert.equal(textAt(5 * minute + 1), '$(key) Reltio 5 min');
    assert.equal(textAt(5 * minute), '$(watch) Reltio 5 min');
    assert.equal(textAt(minute), '$(watch) Reltio 1 min');
    assert.equal(textAt(minute - 1), '$(watch) Reltio 59 s');
    assert.equal(textAt(500), '$(watch) Reltio 0 s');
  });

  it('shows the expiry as a time of day without the focus, with one timer for that moment', () => {
    const view = statusView(sampleState(), monday + 20 * minute, 'visible');
    assert.match(view.text, /^\$\(key\) Reltio until \d\d:\d\d$/);
    assert.equal(view.nextChange, 40 * minute);
    assert.equal(statusView(sampleState(), monday, 'idle').nextChange, undefined);
  });

  it('changes nothing before that moment while the window has no focus', () => {
    const early = statusView(sampleState(), monday, 'visible').text;
    const late = statusView(sampleState(), monday + 58 * minute, 'visible').text;
    assert.equal(late, early);
  });

  it('wakes when the sign-in is about to expire, whatever it shows until then', () => {
    const noticeIn = (milliseconds: number) => ({ refreshTokenExpiresAt: monday + 2 * hour + 3 * day + milliseconds });
    const later = monday + 2 * hour; // the token has expired
    for (const attention of ['focused', 'visible'] as const) {
      assert.equal(statusView(sampleState(noticeIn(7 * minute)), later, attention).nextChange, 7 * minute);
      assert.equal(statusView(sampleState(noticeIn(0)), later, attention).condition, 'renewSoon');
      assert.equal(statusView(sampleState(noticeIn(0)), later, attention).nextChange, undefined);
      assert.equal(statusView(sampleState(noticeIn(0)), later - 90 * minute, attention).nextChange !== undefined, true);
    }
    const state = sampleState({ refreshTokenExpiresAt: monday + 20 * minute + 3 * day });
    assert.equal(statusView(state, monday, 'visible').nextChange, 20 * minute);
    assert.equal(statusView(sampleState(noticeIn(7 * minute)), later, 'idle').nextChange, undefined);
  });

  it('wakes at the expiry of a token whose time left it does not show, and at midnight for a time of day in the past', () => {
    const session = sampleSession({ state: 'clientRejected' });
    assert.equal(statusView(sampleState({ session }), monday, 'focused').nextChange, hour);
    const expired = sampleState({
      outage: offline,
      session: sampleSession({ tokens: sampleTokens({ accessTokenExpiresAt: monday }) }),
    });
    const midnight = new Date(monday).setHours(24, 0, 0, 0);
    assert.equal(statusView(expired, midnight - minute, 'focused').nextChange, minute);
    assert.match(statusView(expired, midnight, 'focused').text, /since .*5.*, \d\d:\d\d$/);
    assert.equal(statusView(expired, midnight, 'focused').nextChange, undefined);
  });

  it('names the account in use where there are several', () => {
    assert.equal(statusView(sampleState({ isNamed: true }), monday, 'focused').text, '$(key) Reltio jane@acme.com 1 h');
  });

  it('marks an expiry that is only an estimate', () => {
    const session = sampleSession({ tokens: sampleTokens({ expiryIsEstimate: true }) });
    const view = statusView(sampleState({ session }), monday + minute, 'focused');
    assert.equal(view.text, '$(key) Reltio ~59 min');
    assert.match(view.spoken, /about 59 minutes/);
  });

  it('speaks words: no icon, no unit, no seconds', () => {
    for (let left = 0; left <= hour; left += second) {
      const { spoken } = statusView(sampleState(), monday + hour - left, 'focused');
      assert.doesNotMatch(spoken, /\$\(|\d+ s\b|\bmin\b/);
    }
    assert.match(statusView(sampleState(), monday + 18 * minute, 'focused').spoken, /expires in 42 minutes\.$/);
  });

  it('colours only what the user must act on, and never by colour alone', () => {
    const plain = statusView(sampleState(), monday, 'focused').text;
    for (const changes of [
      { session: sampleSession({ state: 'clientRejected' as const }) },
      { refreshTokenExpiresAt: monday + day },
      { session: undefined, problem: new Failure('sessionsUnreadable') },
    ]) {
      const view = statusView(sampleState(changes), monday, 'focused');
      assert.notEqual(view.severity, 'none');
      assert.notEqual(view.text, plain);
    }
    assert.equal(statusView(sampleState({ outage: offline }), monday, 'focused').severity, 'none');
  });

  describe('over a day, second by second', () => {
    /** The bar as its item drives it: it shows a text, sleeps until `nextChange`, and shows the next. */
    function watch(
      attention: 'focused' | 'visible' | 'idle',
      refreshes: boolean,
    ): { wakeUps: number[]; wrong: string[] } {
      const wakeUps: number[] = [];
      const wrong: string[] = [];
      let tokens = sampleTokens();
      let shown = statusView(sampleState(), monday, attention);
      let wakeAt = shown.nextChange === undefined ? Infinity : monday + shown.nextChange;
      for (let now = monday; now < monday + day; now += second) {
        if (refreshes && now >= tokens.accessTokenExpiresAt) {
          tokens = sampleTokens({ accessTokenExpiresAt: now + hour, expiryKnownAt: now, accessTokenReceivedAt: now });
          shown = statusView(sampleState({ session: sampleSession({ tokens }) }), now, attention);
          wakeAt = now + (shown.nextChange ?? Infinity);
        }
        while (wakeAt <= now) {
          wakeUps.push(wakeAt);
          shown = statusView(sampleState({ session: sampleSession({ tokens }) }), wakeAt, attention);
          wakeAt += shown.nextChange ?? Infinity;
        }
        const left = tokens.accessTokenExpiresAt - now;
        if (!isTrue(shown.text, left)) wrong.push(`${shown.text} with ${left / second} s left`);
      }
      return { wakeUps, wrong };
    }

    /** Whether a text is true to its own precision. */
    function isTrue(text: string, left: number): boolean {
      if (/until/.test(text)) return left > 0;
      const [, amount, unit] = /(\d+) (s|min|h)$/.exec(text) ?? [];
      if (amount === undefined) return left <= 0;
      const precision = { s: second, min: minute, h: hour }[unit ?? ''] ?? 0;
      return left >= Number(amount) * precision - second && left < (Number(amount) + 1) * precision;
    }

    it('is never wrong by more than its precision and wakes at most 120 times in an hour', () => {
      const { wakeUps, wrong } = watch('focused', true);
      assert.deepEqual(wrong, []);
      for (let start = monday; start < monday + day; start += hour) {
        const inHour = wakeUps.filter((time) => time > start && time <= start + hour).length;
        assert.ok(inHour >= 118 && inHour <= 120, `${inHour} wake-ups`);
      }
    });

    it('wakes once at the expiry while another window has the focus, and never while the user is idle', () => {
      assert.equal(watch('visible', false).wakeUps.length, 1);
      assert.equal(watch('idle', false).wakeUps.length, 0);
    });

    it('notices the start of every condition, with the focus or without', () => {
      const state = sampleState({
        session: sampleSession({ tokens: sampleTokens({ accessTokenExpiresAt: monday + 5 * hour }) }),
        refreshTokenExpiresAt: monday + 3 * day + 7 * hour,
      });
      for (const attention of ['focused', 'visible'] as const) {
        let shown = statusView(state, monday, attention);
        let wakeAt = monday + (shown.nextChange ?? Infinity);
        for (let now = monday; now < monday + day; now += minute) {
          while (wakeAt <= now) {
            shown = statusView(state, wakeAt, attention);
            wakeAt += shown.nextChange ?? Infinity;
          }
          const { text, severity } = statusView(state, now, attention);
          if (attention === 'visible') assert.deepEqual([shown.text, shown.severity], [text, severity]);
          else assert.equal(shown.severity, severity);
        }
      }
    });

    it('runs no timer while signed out or after the expiry', () => {
      assert.equal(statusView(sampleState({ session: undefined }), monday, 'focused').nextChange, undefined);
      assert.equal(statusView(sampleState(), monday + 2 * hour, 'focused').nextChange, undefined);
    });
  });
});
